// Start: open what was saved, try the demo, or begin from nothing.

/** What is in the project: rounds, and what is wrong. */
const summary = () => {
  const { overview } = state;
  const counted = new Map(overview.counted ?? []);
  const left = new Map();
  for (const [year, rows, why] of overview.left_out ?? []) left.set(year, [...(left.get(year) ?? []), `${rows} ${why}`]);
  const rows = (overview.rounds ?? []).map(({ year, closes }) => [String(year), closes, count(counted.get(year)), (left.get(year) ?? []).join(", ")]);
  return [
    overview.notice ? h("p", { class: "wb-notice" }, h("strong", {}, overview.notice)) : null,
    overview.municipalities?.length ? h("p", {}, `${t("municipalities")}: ${overview.municipalities.join(", ")}`) : null,
    rows.length ? table(t("rounds"), [t("year"), t("closes"), t("counted"), t("leftOut")], rows) : null,
    ...problemsOf(overview),
    overview.errors === 0 ? h("p", {}, t("noProblems")) : null,
  ];
};

const mayDiscard = () => !(state.changed || state.contactsChanged) || confirm(t("discard"));

/** Another project is open. */
const opened = (word, isChanged) => {
  Object.assign(state, { changed: isChanged, contactsChanged: false, asked: null, report: null, comparison: null, year: null, internal: false });
  refresh();
  render();
  document.getElementById("wb-inside")?.focus();
  return t(word, state.overview.region ?? "");
};

const opening = () =>
  part(
    t("openTitle"),
    form(
      (data) => {
        if (!mayDiscard()) return;
        slowly(async () => {
          state.bench.open(await bytesOf(data.get("file")), data.get("passphrase"), state.lang);
          return opened("opened", false);
        });
      },
      drop("wb-file", t("file"), t("openHelp"), { name: "file", accept: ".bygdepuls,.zip" }),
      field("wb-pass", t("passphrase"), input("wb-pass", { type: "password", name: "passphrase", autocomplete: "off" }, true), t("passphraseOpen")),
      button(t("open")),
    ),
  );

const trying = () =>
  part(
    t("demoTitle"),
    h("p", {}, t("demoHelp")),
    form(() => {
      if (!mayDiscard()) return;
      slowly(async () => {
        state.bench.open(await unpacked(DEMO), "", state.lang);
        return opened("opened", false);
      });
    }, button(t("demo"))),
  );

/** What Statistics Norway hands out, and the register as a project has it. */
const POPULATION = ".csv,.txt,.json,.px,.xlsx";

/** The day of this or next year's usual fieldwork, as a date to begin with. */
const usual = (monthDay) => {
  const year = Number(today().slice(0, 4));
  return `${today().slice(5) > "04-30" ? year + 1 : year}-${monthDay}`;
};

const beginning = () => {
  const day = (name, label, value, required) => field(`wb-${name}`, label, input(`wb-${name}`, { type: "date", name, value, required }));
  const years = [0, 3, 8, 13].map((value, at) => {
    const id = `wb-wave-${at + 1}`;
    return field(id, `${t("wave")} ${at + 1}: ${t("waveNames")[at]}`, input(id, { type: "number", name: `wave${at + 1}`, min: 0, max: 40, required: true, value }));
  });
  const begin = async (data) => {
    const asked = {
      name: data.get("name"),
      list: t("municipalities"),
      file: data.get("population").name,
      municipalities: data.get("municipalities"),
      opens: data.get("opens"),
      closes: data.get("closes"),
      reminders: [data.get("reminder1"), data.get("reminder2")],
      waves: Object.fromEntries([1, 2, 3, 4].map((wave) => [wave, Number(data.get(`wave${wave}`))])),
    };
    const told = JSON.parse(state.bench.begin(JSON.stringify(asked), await bytesOf(data.get("population")), state.lang));
    if (told.errors) {
      showProblems("wb-begin-problems", told);
      return [t("notMade"), "wrong"];
    }
    return opened("made", true);
  };
  const area = h("textarea", { id: "wb-municipalities", name: "municipalities", rows: 5, required: true, spellcheck: "false", "aria-describedby": "wb-municipalities-help" });
  // The line of a municipality that was found, unless it is there.
  const add = ({ code, name }) => {
    const lines = area.value.split("\n").filter((line) => line.trim());
    if (lines.some((line) => line.trim().startsWith(code))) return false;
    area.value = [...lines, `${code} ${name}`].join("\n");
    return true;
  };
  return part(
    t("newTitle"),
    h("p", {}, t("newHelp")),
    folded(
      t("newForm"),
      form(
        (data) => {
          if (mayDiscard()) slowly(() => begin(data));
        },
        field("wb-name", t("regionName"), input("wb-name", { name: "name", required: true, autocomplete: "off" }, true), t("regionHelp")),
        searching("wb-search", add),
        field("wb-municipalities", t("municipalities"), area, t("municipalitiesHelp")),
        fieldset(
          t("fieldwork"),
          null,
          day("opens", t("opens"), usual("04-01"), true),
          day("reminder1", t("reminder", 1), usual("04-11"), false),
          day("reminder2", t("reminder", 2), usual("04-21"), false),
          day("closes", t("closes"), usual("04-30"), true),
        ),
        fieldset(t("wavesTitle"), t("wavesHelp"), years),
        drop("wb-population", t("population"), t("populationHelp"), { name: "population", required: false, accept: POPULATION }),
        h("div", { id: "wb-begin-problems" }),
        button(t("make")),
      ),
    ),
  );
};

const population = () =>
  folded(
    t("putPopulation"),
    form(
      (data) =>
        slowly(async () => {
          const file = data.get("population");
          const told = JSON.parse(state.bench.put_population(file.name, await bytesOf(file), state.lang));
          if (told.errors) {
            showProblems("wb-population-problems", told);
            return [t("populationBad"), "wrong"];
          }
          changed();
          return t("populationPut");
        }),
      drop("wb-population-new", t("population"), t("populationHelp"), { name: "population", accept: POPULATION }),
      h("div", { id: "wb-population-problems" }),
      button(t("putPopulation")),
    ),
  );

pages.start = () => [
  state.overview ? h("section", {}, h("h3", { id: "wb-inside", tabindex: "-1" }, t("inside")), summary(), population()) : null,
  opening(),
  trying(),
  beginning(),
];
