// The questionnaire: what is wrong with it, the files for survey tools, and a changed one beside it.

pages.form = () => {
  const told = JSON.parse(state.bench.form(state.lang));
  const facts = [
    [t("formTitle"), told.title ?? ""],
    [t("variables"), count(told.variables)],
    [t("formLanguages"), (told.languages ?? []).join(", ")],
    [t("formWaves"), (told.waves ?? []).map((wave) => wave.name).join(", ")],
    [t("personal"), (told.personal ?? []).join(", ")],
  ];
  const choices = [["", t("allWaves")], ...(told.waves ?? []).map((wave) => [wave.code, wave.name])];
  const fetching = form(
    (data) =>
      slowly(() => {
        const wave = data.get("wave");
        const zip = state.bench.form_files(wave, state.lang);
        download(`${state.overview.id}-${t("form").toLowerCase()}${wave ? `-${wave}` : ""}.zip`, zip, "application/zip");
      }),
    field("wb-form-wave", t("wave"), select("wb-form-wave", { name: "wave" }, choices, "")),
    button(t("formDownload")),
  );
  return [
    h("p", {}, t("formLead")),
    table(t("formFacts"), [t("what"), t("found")], facts),
    told.problems?.length ? problemsOf(told) : h("p", {}, t("formOk")),
    part(t("formDownload"), h("p", {}, t("formDownloadHelp")), fetching),
    part(t("formChange"), changing(), comparison()),
  ];
};

const changing = () =>
  form(
    (data) =>
      slowly(async () => {
        const file = data.get("form");
        state.comparison = JSON.parse(state.bench.compare_form(file.name, await bytesOf(file), state.lang));
        render();
        return state.comparison.errors ? [t("formBad"), "wrong"] : t("compared");
      }),
    drop("wb-form-file", t("file"), t("formChangeHelp"), { name: "form", accept: ".xlsx,.zip" }),
    button(t("compare")),
  );

/** Next year's day of closing, to begin with. */
const nextClosing = (year) => `${year}-${(state.overview.rounds?.at(-1)?.closes ?? "-04-30").slice(-5)}`;

const comparison = () => {
  const told = state.comparison;
  if (!told) return null;
  if (told.text === undefined) return problemsOf(told);
  const year = Math.max(Number(today().slice(0, 4)), ...(state.overview.rounds ?? []).map((round) => round.year + 1));
  const adopt = (data) => {
    const same = told.breaks.filter((name) => data.get(`same-${name}`) === "on");
    const result = JSON.parse(state.bench.adopt_form(Number(data.get("year")), data.get("closes"), JSON.stringify(same), today(), state.lang));
    if (result.refused) {
      showProblems("wb-adopt-problems", result);
      return [t("notAdopted"), "wrong"];
    }
    state.comparison = null;
    changed();
    return t("adopted");
  };
  const same = told.breaks.map((name) => check(`wb-same-${name}`, name, { name: `same-${name}` }));
  return [
    h("p", {}, h("strong", {}, t("breaks", told.breaks.length))),
    h("div", { class: "bp-scroll", tabindex: "0", role: "region", "aria-label": t("comparedTitle") }, h("pre", { class: "wb-text" }, told.text)),
    form(
      (data) => slowly(() => adopt(data)),
      field("wb-adopt-year", t("adoptYear"), input("wb-adopt-year", { name: "year", type: "number", min: 1990, max: 2100, required: true, value: year }, true), t("adoptHelp")),
      field("wb-adopt-closes", t("closes"), input("wb-adopt-closes", { name: "closes", type: "date", required: true, value: nextClosing(year) })),
      same.length ? fieldset(t("sameTitle"), t("sameHelp"), same) : null,
      h("div", { id: "wb-adopt-problems" }),
      button(t("adopt")),
    ),
  ];
};
