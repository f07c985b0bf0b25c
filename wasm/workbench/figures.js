// The figures, the findings, and what goes to the web editor.

/** Whether whoever looks is bound by confidentiality: asked once, for all that is internal. */
const duty = (id, label) =>
  check(id, label, {
    checked: state.internal,
    onchange: (event) => {
      state.internal = event.target.checked;
      slowly(() => {
        render();
        document.getElementById(id).focus();
      });
    },
  });

/** Before anybody has answered there is nothing to show. */
const nobody = () => (state.overview.errors === 0 && !state.overview.counted ? [h("p", {}, t("noAnswers"))] : null);

pages.figures = () => {
  if (nobody()) return nobody();
  const markup = state.bench.figures(state.internal, today(), state.lang);
  return [
    duty("wb-duty", t("duty")),
    h("h3", {}, t(state.internal ? "internal" : "public")),
    state.internal ? mark() : null,
    state.overview.internal_only && !state.internal ? h("p", {}, t("internalOnly")) : null,
    written(markup),
    ...problemsOf(state.overview),
  ];
};

/** A page that the core wrote, as a part of this one: its headings are below ours, and its links lead nowhere here. */
const within = (html) => {
  const box = new DOMParser().parseFromString(html, "text/html").querySelector("main");
  if (!box) return [];
  box.querySelectorAll("nav").forEach((nav) => nav.remove());
  const headings = [...box.querySelectorAll("h1, h2, h3, h4")];
  const level = (heading) => Number(heading.tagName[1]);
  const top = Math.min(...headings.map(level));
  for (const heading of headings) {
    const lower = document.createElement(`h${Math.min(6, 3 + level(heading) - top)}`);
    lower.append(...heading.childNodes);
    heading.replaceWith(lower);
  }
  for (const link of box.querySelectorAll("a")) link.replaceWith(...link.childNodes);
  return [...box.childNodes];
};

/** The page as one file: its stylesheets stand in it. */
const alone = (html) => {
  const style = `<style>${document.querySelector("style").textContent}</style>`;
  const links = /<link rel="stylesheet"[^>]*>/g;
  return html.replace(links, (link) => (html.indexOf(link) === html.search(links) ? style : ""));
};

/** The yearly report, made when somebody opens it. */
const report = (internal) => {
  const place = h("div", { class: "wb-figure bp-report" });
  const make = () => state.bench.report(internal, today(), state.lang);
  const fetch = () => download(`${state.overview.id}-${internal ? "internt" : "offentlig"}.${state.lang}.html`, alone(make()), "text/html");
  const part = folded(t(internal ? "reportInternal" : "reportPublic"), h("p", {}, act(t("reportDownload"), fetch)), place);
  part.addEventListener("toggle", () => {
    if (part.open && !place.childNodes.length) slowly(() => void place.append(...within(make())));
  });
  return part;
};

const finding = ({ title, reason, sentences, rows, together, method }) =>
  part(
    title,
    reason ? h("p", { class: "wb-help" }, `${t("notComputed")}: ${reason}`) : null,
    sentences.map((sentence) => h("p", {}, sentence)),
    rows.length > 1 ? folded(t("numbers"), together.map((groups) => h("p", {}, `${t("together")}: ${groups}`)), table(title, rows[0].map((head, at) => head || t(at === 1 ? "of" : "note")), rows.slice(1)), h("p", { class: "wb-help" }, method)) : null,
  );

pages.findings = () => {
  if (nobody()) return nobody();
  const ask = duty("wb-duty-findings", t("dutyFindings"));
  if (!state.internal) return [h("p", {}, t("findingsHelp")), ask];
  const told = JSON.parse(state.bench.findings(today(), state.lang));
  const back = () => download(`${state.overview.id}-dere-sa.${state.lang}.html`, state.bench.page_back(today(), state.lang), "text/html");
  const zip = () => download(`${state.overview.id}-${today()}-internt.zip`, state.bench.internal(today(), state.lang), "application/zip");
  return [
    mark(),
    h("p", {}, t("findingsHelp")),
    ask,
    state.overview.errors ? null : [h("p", {}, t("internalZipHelp")), h("p", { class: "wb-row" }, act(t("internalZip"), zip), told.page ? act(t("pageBack"), back) : null), report(true)],
    told.answers === undefined ? null : h("p", {}, t("basis", told.answers)),
    (told.list ?? []).map(finding),
    ...problemsOf(told),
  ];
};

pages.publish = () => {
  const { overview } = state;
  if (overview.internal_only) return [h("p", {}, t("internalOnly"))];
  if (nobody()) return nobody();
  return [
    h("p", {}, t("publishHelp")),
    overview.errors ? h("p", { class: "wb-notice" }, t("mustFix")) : [h("p", {}, t(overview.release ? "newEdition" : "nothingNew")), report(false)],
    ...problemsOf(overview),
    form(
      () =>
        slowly(async () => {
          for (const [name, bytes] of Object.entries(WIDGET)) state.bench.widget(`assets/${name}`, await unpacked(bytes));
          const zip = state.bench.publish(today(), state.lang);
          download(`${overview.id}-${today()}.zip`, zip, "application/zip");
          changed();
          return t("downloaded");
        }),
      button(t("download"), { disabled: overview.errors > 0 }),
    ),
  ];
};
