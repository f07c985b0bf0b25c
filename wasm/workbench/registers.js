// The files that findings read: one place to drop a file for each, and trials, whose columns a person points out.

/** Reads a file into the project, or says at its field what is wrong with it. */
const laid = (id, told, word) => {
  if (told.done) return outcome("set-registers", told, word);
  showProblems(`${id}-problems`, told);
  const [first] = told.problems.filter((one) => one.severity === "error");
  if (first) markWrong(document.getElementById(id), first);
  document.getElementById(id)?.focus();
  return [t("registerBad"), "wrong"];
};

const register = ({ key, file, columns }) => {
  const id = `set-${key.replaceAll(".", "-")}`;
  const [label, help] = t("registers")[key];
  const put = (data) => async () => {
    const bytes = await bytesOf(data.get("file"));
    return laid(id, JSON.parse(state.bench.put_register(key, bytes, today(), state.lang)), "registerPut");
  };
  const remove = () => {
    if (!confirm(t("registerRemove", label))) return "";
    return laid(id, JSON.parse(state.bench.drop_register(key, today(), state.lang)), "registerGone");
  };
  return part(
    label,
    h("p", {}, file ? t("registerThere", file) : t("registerNone")),
    form(
      (data) => slowly(put(data)),
      drop(id, `${t("file")}: ${label}`, `${help} ${t("registerColumns", columns.replaceAll(",", ", "))}`, { name: "file", accept: ".csv,.tsv,.txt" }),
      h("div", { id: `${id}-problems` }),
      h("p", { class: "wb-row" }, button(file ? t("registerChange") : t("registerAdd")), file ? act(`${t("remove")}: ${label}`, remove, { class: "wb-quiet" }) : null),
    ),
  );
};

/** A choice among the columns of the trial's file, or among the words of one. */
const choice = (id, key, label, options, value, help) => chosen(id, key, label, options.map((one) => (Array.isArray(one) ? one : [one, one])), value, help);

/** What a trial's columns are. It is drawn anew when a column is chosen, with what was chosen so far. */
const trialColumns = (place, read) => {
  const names = read.columns.map((one) => one.name);
  const wordsOfColumn = (name) => read.columns.find((one) => one.name === name)?.words ?? [];
  /** The first column whose words could be those. */
  const guess = (list, not = []) => names.find((name) => list.includes(name.toLowerCase()) && !not.includes(name)) ?? "";
  const of = {
    outcome: "",
    period: guess(["period", "periode", "when", "tid"]),
    group: guess(["group", "gruppe"]),
    person: guess(["person", "person_id", "id"]),
    cluster: "",
  };
  const none = [["", t("trialNone")]];
  const draw = (focus) => {
    const data = new FormData(place.closest("form"));
    const now = (name, fallback) => (data.has(name) ? data.get(name) : fallback);
    for (const name of Object.keys(of)) of[name] = now(`trial-${name}`, of[name]);
    const pair = (name, column, first, second) => {
      const words = wordsOfColumn(column);
      const options = [["", t("trialChoose")], ...words.map((word) => [word, word])];
      const known = (at, word) => now(`trial-${name}${at}`, words.includes(word) ? word : (words.length === 2 ? words[at] : ""));
      return [
        choice(`trial-${name}0`, `findings.trial.${first}`, t("trialWords")[first], options, known(0, first)),
        choice(`trial-${name}1`, `findings.trial.${second}`, t("trialWords")[second], options, known(1, second)),
      ];
    };
    const column = (name, options, help) => {
      const box = choice(`trial-${name}`, `findings.trial.${name}`, t("trialWords")[name], options, of[name], help);
      box.querySelector("select").addEventListener("change", () => draw(`trial-${name}`));
      return box;
    };
    const codes = wordsOfColumn(of.outcome);
    const rest = names.filter((name) => !Object.values(of).includes(name));
    place.replaceChildren(
      column("outcome", [["", t("trialChoose")], ...names]),
      ...(codes.length ? [boxes("trial-yes", "findings.trial.yes", t("trialYes"), t("trialYesHelp"), codes.map((code) => [code, code]), data.getAll("trial-yes"))] : []),
      column("period", [["", t("trialChoose")], ...names]),
      ...(of.period ? pair("period-", of.period, "before", "after") : []),
      column("group", [...none, ...names], t("trialGroupHelp")),
      ...(of.group ? pair("group-", of.group, "trial", "comparison") : []),
      column("person", [...none, ...names], t("trialPersonHelp")),
      column("cluster", [...none, ...names], t("trialClusterHelp")),
      ...(rest.length ? [boxes("trial-baseline", "findings.trial.baseline", t("trialBaseline"), t("trialBaselineHelp"), rest.map((name) => [name, name]), data.getAll("trial-baseline"))] : []),
    );
    if (focus) document.getElementById(focus).focus();
  };
  draw();
};

/** The keys of a trial in the project file; what is blank is left out. */
const trialAsked = (data) => {
  const text = (name) => (data.get(`trial-${name}`) ?? "").trim();
  const all = {
    id: text("id"),
    outcome: text("outcome"),
    yes: data.getAll("trial-yes"),
    period: text("period"),
    before: text("period-0"),
    after: text("period-1"),
    group: text("group"),
    trial: text("group") && text("group-0"),
    comparison: text("group") && text("group-1"),
    person: text("person"),
    cluster: text("cluster"),
    baseline: data.getAll("trial-baseline"),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value.length));
};

const trials = (told) => {
  const place = h("div", { class: "wb-rows", "aria-live": "polite" });
  const chooser = drop("trial-file", `${t("file")}: ${t("trial")}`, t("trialHelp"), { name: "file", accept: ".csv,.tsv,.txt" });
  chooser.addEventListener("change", ({ target }) =>
    slowly(async () => {
      const [file] = target.files;
      if (!file) return "";
      const read = JSON.parse(state.bench.columns(file.name, await bytesOf(file), state.lang));
      showProblems("trial-problems", read);
      if (read.errors) return [t("registerBad"), "wrong"];
      trialColumns(place, read);
      return t("trialRead");
    }),
  );
  const put = async (data, own) => {
    const read = JSON.parse(state.bench.put_trial(JSON.stringify(trialAsked(data)), await bytesOf(data.get("file")), today(), state.lang));
    if (!read.done) {
      showProblems("trial-problems", read);
      showWrong(own, read);
      return [t("registerBad"), "wrong"];
    }
    return outcome("set-registers", read, "registerPut");
  };
  const remove = (id) => () => {
    if (!confirm(t("registerRemove", `${t("trial")} ${id}`))) return "";
    return outcome("set-registers", JSON.parse(state.bench.drop_trial(id, today(), state.lang)), "registerGone");
  };
  const there = told.trials.map(({ id, outcome: column }) => h("li", {}, `${id} (${column}) `, act(`${t("remove")}: ${id}`, remove(id), { class: "wb-quiet" })));
  return part(
    t("trial"),
    there.length ? h("ul", { class: "wb-found" }, there) : h("p", {}, t("registerNone")),
    form(
      (data, own) => slowly(() => put(data, own)),
      setting("trial-id", "findings.trial.id", t("trialId"), "", t("trialIdHelp"), { required: true, spellcheck: "false" }),
      chooser,
      place,
      h("div", { id: "trial-problems" }),
      button(t("trialAdd")),
    ),
  );
};

/** How the registers are used. */
const uses = ({ values }) =>
  part(
    t("uses"),
    form(
      (data) =>
        slowly(() => {
          const asked = { "findings.measures_are": data.get("set-measures"), "findings.horizon": wholeOf(data.get("set-horizon")) };
          const read = JSON.parse(state.bench.put_settings(JSON.stringify(asked), today(), state.lang));
          if (read.done) return outcome("set-registers", read);
          showProblems("set-uses-problems", read);
          showWrong(document.getElementById("set-registers"), read);
          return [t("notKept"), "wrong"];
        }),
      chosen("set-measures", "findings.measures_are", t("measuresAre"), t("measuresKinds"), values["findings.measures_are"], t("measuresHelp")),
      setting("set-horizon", "findings.horizon", t("horizon"), String(values["findings.horizon"]), t("horizonHelp"), { inputmode: "numeric" }),
      h("div", { id: "set-uses-problems" }),
      button(t("keep")),
    ),
  );

const registers = (told) =>
  kept("set-registers", t("setRegisters"), h("p", {}, t("setRegistersHelp")), told.registers.map(register), trials(told), uses(told), h("div", { id: "set-registers-problems" }));
