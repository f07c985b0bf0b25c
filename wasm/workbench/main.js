// The page around the steps, and its start.

const STEPS = ["start", "settings", "form", "due", "answers", "figures", "findings", "publish", "save"];

const go = (step) => {
  state.step = step;
  say("");
  slowly(() => {
    render();
    document.getElementById("wb-heading").focus();
    return "";
  });
};

/** Whether something is not saved, at the end of the page. */
function showUnsaved() {
  document.getElementById("wb-unsaved").hidden = !(state.changed || state.contactsChanged);
}

function render() {
  document.documentElement.lang = state.lang;
  document.title = `${t(state.step)} – ${t("title")}`;
  const languages = Object.entries(LANGUAGES).map(([lang, name]) =>
    h("li", {}, h("button", { type: "button", lang, "aria-pressed": String(lang === state.lang), onclick: () => speak(lang) }, name)),
  );
  const steps = STEPS.map((step, at) =>
    h("li", {}, h("button", { type: "button", "aria-current": step === state.step ? "step" : undefined, onclick: () => go(step) }, `${at + 1}. ${t(step)}`)),
  );
  const isOpen = state.overview !== null || state.step === "start";
  const content = isOpen ? pages[state.step]() : [h("p", {}, t("nothingOpen"))];
  const after = STEPS[STEPS.indexOf(state.step) + 1];
  const region = state.overview?.region;
  document.getElementById("wb").replaceChildren(
    h("a", { class: "bp-skip", href: "#wb-heading" }, t("skip")),
    h(
      "header",
      { class: "bp-top" },
      h("nav", { "aria-label": t("languages") }, h("ul", { class: "wb-languages" }, languages)),
      h("h1", {}, region ? `${t("title")}: ${region}` : t("title")),
      h("p", { class: "bp-lead" }, t("lead")),
      h("nav", { "aria-label": t("steps") }, h("ol", { class: "wb-steps" }, steps)),
    ),
    h(
      "main",
      {},
      h("h2", { id: "wb-heading", tabindex: "-1" }, t(state.step)),
      content,
      state.overview && after ? h("p", { class: "wb-next" }, button(`${t("next")}: ${t(after)}`, { type: "button", class: "wb-quiet", onclick: () => go(after) })) : null,
    ),
    h("footer", {}, h("p", { id: "wb-unsaved", class: "wb-unsaved" }, t("unsaved"))),
  );
  showUnsaved();
}

/** Another language. What was read stays; what it says is said anew. */
function speak(lang) {
  state.lang = lang;
  slowly(() => {
    if (state.overview) refresh();
    if (state.report) state.report = JSON.parse(state.bench.import(JSON.stringify(state.asked ?? {}), lang));
    state.comparison = null;
    render();
    document.querySelector(`.wb-languages [lang=${lang}]`).focus();
    return "";
  });
}

/** What the build packed, as a stream: the module is compiled while it is unpacked. */
const unpacking = (text, type) => {
  const packed = atob(text);
  const bytes = new Uint8Array(packed.length);
  for (let at = 0; at < packed.length; at++) bytes[at] = packed.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream, { headers: { "content-type": type } });
};
const unpacked = async (text) => new Uint8Array(await unpacking(text, "").arrayBuffer());

addEventListener("beforeunload", (event) => {
  if (state.changed || state.contactsChanged) event.preventDefault();
});

(async () => {
  await bindings({ module_or_path: unpacking(MODULE, "application/wasm") });
  state.bench = new bindings.Workbench();
  state.lang = navigator.language.startsWith("nn") ? "nn" : "nb";
  render();
  document.documentElement.dataset.ready = "true";
})().catch((error) => {
  document.getElementById("wb-status").textContent = String(error);
});
