// This year's answers: an export in, a report of what was done to it, and then the answers into the project.

const readExport = (asked) => {
  asked.closes ??= round(asked.year)?.closes ?? nextClosing(asked.year);
  state.asked = asked;
  state.report = JSON.parse(state.bench.import(JSON.stringify(asked), state.lang));
  render();
  document.getElementById("wb-repair")?.focus();
  return state.report.errors ? [t("notReady"), "wrong"] : t("ready");
};

/** What a column became, in words. */
const becomes = (column) =>
  ({ contact: t("becomesContact"), system: t("becomesSystem"), ignored: t("becomesIgnored"), not_placed: t("becomesNowhere") })[column.becomes] ?? column.variable ?? "";

/** What was done to an export, and what it lacks. */
const repairs = (report) => {
  const words = report.words ?? {};
  const tables = (report.files ?? []).map((file, at) => {
    const facts = [
      [t("dialect"), `${report.tools?.[at] ?? file.dialect} (${file.encoding})`],
      [t("rowsRead"), String(file.records)],
      [t("rowsKept"), String(file.written)],
    ];
    if (file.partial) facts.push([t("partial"), String(file.partial)]);
    if (file.dropped?.length) facts.push([t("dropped"), shortly(file.dropped.map((one) => one.line))]);
    const columns = (file.columns ?? []).map((column) => [
      column.heading,
      becomes(column),
      (column.changes ?? []).map((one) => `${words[one.change] ?? one.change}: ${one.count}`).join(", "),
    ]);
    return [table(file.file, [t("what"), t("found")], facts), folded(`${t("columns")} (${columns.length})`, table(t("columns"), [t("column"), t("becomes"), t("changes")], columns))];
  });
  const asked = (report.variables ?? []).filter((one) => one.question);
  const missing = asked.filter((one) => !one.in_export).map((one) => one.name);
  const kinds = asked
    .filter((one) => one.in_export)
    .map((one) => [one.name, ...[one.answered, one.dont_know, one.refused, one.not_asked, one.no_answer, one.break_off].map(String)]);
  return [
    ...problemsOf(report),
    ...tables,
    missing.length ? h("p", {}, `${t("missing")}: ${missing.join(", ")}`) : null,
    kinds.length ? folded(`${t("questions")} (${kinds.length})`, table(t("questions"), [t("question"), ...t("kinds")], kinds)) : null,
  ];
};

/** The first of a long list. */
const shortly = (list) => (list.length > 20 ? `${list.slice(0, 20).join(", ")} … (${list.length})` : list.join(", "));

/** Columns that found no question, with a choice for each. */
const placing = (report) => {
  const lost = (report.files ?? []).flatMap((file) => file.columns ?? []).filter((column) => column.becomes === "not_placed");
  const options = [["", t("leave")], ...(report.questions ?? []).map((name) => [name, name])];
  const fields = lost.map((column, at) => field(`wb-place-${at}`, column.heading, select(`wb-place-${at}`, { name: `place-${at}` }, options, "")));
  const dialects = [["", t("dialectAuto")], ...(report.dialects ?? [])];
  const again = (data) => {
    const place = { ...state.asked.place };
    lost.forEach((column, at) => {
      if (data.get(`place-${at}`)) place[column.heading] = data.get(`place-${at}`);
    });
    const { year, closes } = state.asked;
    const given = { dialect: data.get("dialect"), first: data.get("dates"), drop_partial: data.get("partial") === "on", keep_going: data.get("going") === "on" };
    slowly(() => readExport({ year, closes, place, ...given }));
  };
  return folded(
    lost.length ? `${t("otherwise")} (${lost.length} ${t("becomesNowhere")})` : t("otherwise"),
    form(
      again,
      lost.length ? h("p", {}, t("notPlacedHelp")) : null,
      fields,
      field("wb-dialect", t("dialect"), select("wb-dialect", { name: "dialect" }, dialects, state.asked.dialect ?? "")),
      field("wb-dates", t("dates"), select("wb-dates", { name: "dates" }, t("dateOrders"), state.asked.first ?? "")),
      check("wb-partial", t("dropPartial"), { name: "partial", checked: state.asked.drop_partial }),
      check("wb-going", t("keepGoing"), { name: "going", checked: state.asked.keep_going }),
      button(t("readAgain")),
    ),
  );
};

/** The round of a year, if the project has one. */
const round = (year) => (state.overview.rounds ?? []).find((one) => one.year === year);

const adding = () => {
  const { year } = state.asked;
  const add = (data) => {
    const closes = data.get("closes");
    // Which of several submissions of one person counts depends on the day.
    if (closes !== state.asked.closes) {
      const read = readExport({ ...state.asked, closes });
      if (state.report.errors) return read;
    }
    const told = JSON.parse(state.bench.add_round(year, closes, state.lang));
    if (told.errors) {
      showProblems("wb-add-problems", told);
      return [t("notAdded"), "wrong"];
    }
    state.report = null;
    changed();
    const { persons } = told;
    if (persons?.errors) return [`${t("added", year)} ${t("addressesNot")} ${persons.problems.map((one) => one.message).join("; ")}`, "wrong"];
    return persons ? `${t("added", year)} ${t("addresses", persons)}` : t("added", year);
  };
  return part(
    `${t("addTitle")}: ${year}`,
    form(
      (data) => slowly(() => add(data)),
      round(year) ? h("p", { class: "wb-help" }, t("replaces", year)) : null,
      field("wb-closes", t("closes"), input("wb-closes", { name: "closes", type: "date", required: true, value: state.asked.closes })),
      h("div", { id: "wb-add-problems" }),
      button(t("add")),
    ),
  );
};

pages.answers = () => {
  const { report } = state;
  const reading = form(
    (data) =>
      slowly(async () => {
        for (const [at, file] of data.getAll("export").entries()) state.bench.lay_export(file.name, await bytesOf(file), at > 0);
        return readExport({ year: Number(data.get("year")) });
      }),
    field("wb-year", t("exportYear"), input("wb-year", { name: "year", type: "number", min: 1990, max: 2100, required: true, value: state.asked?.year ?? today().slice(0, 4) })),
    drop("wb-export", t("exportFile"), t("exportHelp"), { name: "export", multiple: true, accept: ".csv,.tsv,.txt,.xlsx,.zip" }),
    button(t("read")),
  );
  const split = () => download(`${state.overview.id}-kontakt.csv`, state.bench.split_off(), "text/csv");
  return [
    part(t("exportTitle"), reading),
    report
      ? h(
          "section",
          {},
          h("h3", { id: "wb-repair", tabindex: "-1" }, t("repair")),
          repairs(report),
          report.contacts && !report.errors ? [h("p", { class: "wb-notice" }, t("splitOff")), h("p", {}, act(t("splitDownload"), split))] : null,
          report.files?.length ? placing(report) : null,
        )
      : summary(),
    report && !report.errors ? adding() : null,
  ];
};
