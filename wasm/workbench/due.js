// Who is to be asked in a year, who has answered, and the contact log. All of it internal.

pages.due = () => {
  const year = state.year ?? Number(today().slice(0, 4)) + (today().slice(5) > "06-30" ? 1 : 0);
  const track = JSON.parse(state.bench.track(year, today(), state.lang));
  const named = (list, key, code) => list?.find((entry) => entry[key] === code)?.name?.[state.lang] ?? (code === track.project ? track.region[state.lang] : code);
  const wave = (row) => named(track.waves, "wave", row.wave);
  const place = (row) => named(track.municipalities, "municipality", row.municipality);
  // The region stands below its municipalities, wave by wave.
  const order = (row) => (track.waves ?? []).findIndex((one) => one.wave === row.wave);
  const due = [...(track.due ?? []), ...(track.due_totals ?? [])].sort((one, other) => order(one) - order(other)).map((row) => [
    wave(row),
    String(row.cohort),
    place(row),
    count(row.population),
    track.names ? count(row.reachable) : "–",
    count(row.invited),
    count(row.answered),
  ]);
  const all = (track.response_totals ?? []).filter((row) => row.sex === "all");
  const response = all.map((row) => [wave(row), String(row.year), count(row.n_population), count(row.n_answered), percent(row.rate)]);
  return [
    mark(),
    h("p", {}, t("dueHelp")),
    form(
      (data) => {
        state.year = Number(data.get("year"));
        slowly(() => render());
      },
      field("wb-due", t("year"), input("wb-due", { name: "year", type: "number", min: 1990, max: 2100, required: true, value: String(year) })),
      button(t("showDue")),
    ),
    ...problemsOf(track),
    due.length ? table(t("dueTable", year), [t("wave"), t("cohort"), t("municipality"), t("cohortSize"), t("reachable"), t("invited"), t("answered")], due) : null,
    track.due ? part(t("lists"), lists(track, year, wave)) : null,
    track.due ? part(t("downloads"), fetching(year)) : null,
    response.length ? table(t("rate"), [t("wave"), t("year"), t("cohortSize"), t("answered"), t("rate")], response) : null,
    track.text
      ? folded(t("wholeReport"), h("div", { class: "bp-scroll", tabindex: "0", role: "region", "aria-label": t("wholeReport") }, h("pre", { class: "wb-text" }, track.text)))
      : null,
    contactFile(),
    folded(t("advanced"), contactLog(), withdrawing(), linkingKey()),
  ];
};

/** Lists for mail merge, and the word that they were sent. */
const lists = (track, year, wave) => {
  if (!state.overview.contact_log) return h("p", {}, t("noLog"));
  if (!track.names) return h("p", {}, t("noNames"));
  const one = (mailing, reminders) => {
    const size = reminders ? mailing.to_remind : mailing.to_invite;
    const label = t(reminders ? "reminders" : "invitations", size);
    const fetch = () => {
      const bytes = state.bench.mailing(year, mailing.wave, reminders, today(), state.lang);
      download(`${year}-${mailing.wave}-${reminders ? "reminders" : "invitations"}.csv`, bytes, "text/csv");
    };
    const log = () => {
      const told = JSON.parse(state.bench.log_sent(year, mailing.wave, reminders, today(), state.lang));
      if (told.errors) return [told.problems[0].message, "wrong"];
      changed();
      return t("logged");
    };
    if (!size) return label;
    const of = `${wave(mailing)}: `;
    return [act(label, fetch, { "aria-label": of + label }), " ", act(t(reminders ? "sentReminders" : "sentInvitations"), log, { class: "wb-quiet", "aria-label": of + t(reminders ? "sentReminders" : "sentInvitations") })];
  };
  const rows = (track.mailings ?? []).filter((mailing) => mailing.year === year);
  return [
    h("p", {}, t("listsHelp")),
    h("dl", { class: "wb-lists" }, rows.map((mailing) => [h("dt", {}, wave(mailing)), h("dd", {}, one(mailing, false)), h("dd", {}, one(mailing, true))])),
  ];
};

const fetching = (year) => [
  h("p", {}, t("everythingHelp")),
  h(
    "p",
    { class: "wb-row" },
    act(t("calendar"), () => download(`${year}.ics`, state.bench.calendar(year, today(), state.lang), "text/calendar")),
    act(t("everything"), () => download(`${state.overview.id}-${year}-internt.zip`, state.bench.track_files(year, today(), state.lang), "application/zip")),
  ),
];

const contactFile = () =>
  state.overview.contact_log && !state.overview.names
    ? part(
        t("contactFile"),
        h("p", {}, t("contactFileHelp")),
        form(
          (data) =>
            slowly(async () => {
              const file = data.get("file");
              const found = state.bench.open_contacts(file.name, await bytesOf(file), data.get("passphrase"), state.lang);
              refresh();
              render();
              return t("contactsOpened", Number(found));
            }),
          drop("wb-contact-file", t("contactFile"), null, { name: "file", accept: ".bygdepuls" }),
          field("wb-contact-pass", t("passphrase"), input("wb-contact-pass", { type: "password", name: "passphrase", required: true, autocomplete: "off" })),
          button(t("open")),
        ),
      )
    : null;

const contactLog = () =>
  part(
    t("contactLog"),
    form(
      (data) =>
        slowly(async () => {
          const told = JSON.parse(state.bench.put_contacts(data.get("part"), await bytesOf(data.get("file")), today(), state.lang));
          if (told.errors) {
            showProblems("wb-contact-problems", told);
            return [t("contactsBad"), "wrong"];
          }
          state.contactsChanged = true;
          changed();
          return t("contactsPut");
        }),
      field("wb-part", t("contactPart"), select("wb-part", { name: "part" }, Object.entries(t("contactParts")), "persons")),
      drop("wb-contacts", t("file"), t("contactLogHelp"), { name: "file", accept: ".csv" }),
      h("div", { id: "wb-contact-problems" }),
      button(t("contactPut")),
    ),
  );

const withdrawing = () =>
  part(
    t("withdrawTitle"),
    h("p", {}, t("withdrawHelp")),
    form(
      (data) =>
        slowly(() => {
          const found = state.bench.withdraw(data.get("who").trim(), data.get("code") === "on", today());
          if (!found) return [t("notWithdrawn"), "wrong"];
          changed();
          return t("withdrawn");
        }),
      field("wb-who", t("withdrawWho"), input("wb-who", { name: "who", required: true, autocomplete: "off", spellcheck: "false" })),
      check("wb-code", t("withdrawKind"), { name: "code" }),
      button(t("withdrawDo")),
    ),
  );

/** The key of the pseudonyms: made here or read from a file, and never shown. */
const linkingKey = () => {
  const put = (name, bytes, word) => {
    const told = JSON.parse(state.bench.put_key(name, bytes, state.lang));
    if (told.errors) {
      showProblems("wb-key-problems", told);
      return [t("failed"), "wrong"];
    }
    changed();
    return t(word);
  };
  const made = () => {
    const random = crypto.getRandomValues(new Uint8Array(32));
    const digits = Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return put("key", new TextEncoder().encode(digits), "keyMade");
  };
  const has = state.overview.key;
  return part(
    t("key"),
    h("p", {}, t("keyHelp")),
    has ? h("p", {}, h("strong", {}, t("keyThere"))) : h("p", {}, act(t("keyMake"), made)),
    form(
      (data) => slowly(async () => put(data.get("key").name, await bytesOf(data.get("key")), "keyPut")),
      drop("wb-key", t("keyFile"), null, { name: "key" }),
      has ? check("wb-replace", t("keyReplace"), { required: true }) : null,
      h("div", { id: "wb-key-problems" }),
      button(t("keyRead")),
    ),
  );
};
