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

const comparison = () => {
  const told = state.comparison;
  if (!told) return null;
  if (told.text === undefined) return problemsOf(told);
  const adopt = () => {
    const result = JSON.parse(state.bench.adopt_form(state.lang));
    state.comparison = result.errors ? { ...result } : null;
    if (!result.errors) state.changed = true;
    refresh();
    render();
    return result.errors ? [t("notAdopted"), "wrong"] : t("adopted");
  };
  return [
    h("p", {}, h("strong", {}, t("breaks", told.breaks.length))),
    h("div", { class: "bp-scroll", tabindex: "0", role: "region", "aria-label": t("comparedTitle") }, h("pre", { class: "wb-text" }, told.text)),
    act(t("adopt"), adopt),
  ];
};
