// What every step is made of: elements, forms, tables, and telling what happens.

const state = {
  lang: "nb",
  step: "start",
  bench: null,
  /** What is open and what is wrong with it, as the core says it. */
  overview: null,
  changed: false,
  contactsChanged: false,
  /** Whoever looks has said that they are bound by confidentiality. */
  internal: false,
  /** How the export that lies ready was read, and what became of it. */
  asked: null,
  report: null,
  /** The questionnaire that was compared last. */
  comparison: null,
  /** The year of the due list. */
  year: null,
  /** Which parts of the settings are open. */
  open: new Set(),
};

const t = (key, ...values) => {
  const word = WORDS[state.lang][key];
  return typeof word === "function" ? word(...values) : word;
};

/** An element. Texts are texts: nothing that a file says becomes markup. */
const h = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(name, value);
  }
  element.append(...children.flat(4).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
};

/** Markup that the core wrote and escaped. */
const written = (markup) => {
  const box = h("div", { class: "wb-figure" });
  box.innerHTML = markup;
  return box;
};

const today = () => {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
};

const say = (text, kind = "done") => {
  const status = document.getElementById("wb-status");
  status.className = `wb-status wb-${kind}`;
  status.textContent = text;
};

/** Does something slow: says so first, lets the page draw, and tells what went wrong. */
const slowly = async (work) => {
  document.body.setAttribute("aria-busy", "true");
  say(t("working"), "working");
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  try {
    const done = (await work()) ?? "";
    if (Array.isArray(done)) say(done[0], done[1]);
    else say(done);
  } catch (error) {
    const stopped = error instanceof WebAssembly.RuntimeError;
    say(stopped ? t("broken") : `${t("failed")}: ${error.message ?? error}`, "wrong");
  } finally {
    document.body.removeAttribute("aria-busy");
  }
};

const download = (name, bytes, type) => {
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
};

const bytesOf = async (file) => new Uint8Array(await file.arrayBuffer());

/** What the core says now, in the language of the page. */
const refresh = () => {
  state.overview = JSON.parse(state.bench.overview(today(), state.lang));
};

/** The project was changed: shows it, and remembers that it is not saved. */
const changed = () => {
  state.changed = true;
  refresh();
  render();
};

const field = (id, label, input, help) =>
  h("div", { class: "wb-field" }, h("label", { for: id }, label), help ? h("p", { id: `${id}-help`, class: "wb-help" }, help) : null, input);

const input = (id, attributes, help) => h("input", { id, "aria-describedby": help ? `${id}-help` : undefined, ...attributes });

const check = (id, label, attributes) =>
  h("p", { class: "wb-check" }, h("input", { type: "checkbox", id, ...attributes }), " ", h("label", { for: id }, label));

const select = (id, attributes, options, chosen) =>
  h("select", { id, ...attributes }, options.map(([value, label]) => h("option", { value, selected: value === chosen }, label)));

/** A place where a file can be dropped, which is a file field for everybody else. */
const drop = (id, label, help, attributes = {}) => {
  const chooser = input(id, { type: "file", required: true, ...attributes }, help);
  const box = field(id, label, chooser, help);
  box.classList.add("wb-drop");
  box.addEventListener("dragover", (event) => {
    event.preventDefault();
    box.classList.add("wb-over");
  });
  box.addEventListener("dragleave", () => box.classList.remove("wb-over"));
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    box.classList.remove("wb-over");
    if (event.dataTransfer.files.length) {
      chooser.files = event.dataTransfer.files;
      chooser.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
  return box;
};

const form = (onsubmit, ...children) =>
  h(
    "form",
    {
      class: "wb-form",
      onsubmit: (event) => {
        event.preventDefault();
        onsubmit(new FormData(event.target), event.target);
      },
    },
    ...children,
  );

const button = (label, attributes = {}) => h("button", { type: "submit", class: "wb-button", ...attributes }, label);

/** Fields that belong together. */
const fieldset = (legend, help, ...children) => h("fieldset", {}, h("legend", {}, legend), help ? h("p", { class: "wb-help" }, help) : null, ...children);

/** A button that does something at once. */
const act = (label, work, attributes = {}) => button(label, { type: "button", onclick: () => slowly(work), ...attributes });

/** A part of a step, with its heading. */
const part = (title, ...children) => h("section", {}, h("h3", {}, title), ...children);

/** A part that is opened when it is needed. */
const folded = (title, ...children) => h("details", { class: "wb-more" }, h("summary", {}, title), ...children);

const mark = () => h("p", { class: "bp-mark" }, h("strong", { lang: "nb" }, t("mark")));

const table = (caption, heads, rows) =>
  h(
    "div",
    { class: "bp-scroll", tabindex: "0", role: "region", "aria-label": caption },
    h(
      "table",
      {},
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, rows.map(([first, ...rest]) => h("tr", {}, h("th", { scope: "row" }, first), rest.map((cell) => h("td", {}, cell))))),
    ),
  );

/** The core's words where there is no command line. */
const here = (text) => HERE[state.lang].reduce((said, [command, instead]) => said.replaceAll(command, instead), text ?? "");

/** What is wrong, with its place; nothing where nothing is. */
const problemsOf = ({ problems = [], more = [] } = {}) => {
  const place = ({ file, line, column }) => [file, line ? `${t("line")} ${line}` : null, column].filter(Boolean).join(", ");
  const list = (severity, title) => {
    const some = problems.filter((problem) => problem.severity === severity);
    if (!some.length) return null;
    const what = (problem) => (problem.value ? `${problem.message}: ${problem.value}` : problem.message);
    const rows = some.map((problem) => [place(problem), here(what(problem)), here(problem.expected), here(problem.help)]);
    return h("section", { class: `wb-problems wb-${severity}` }, table(`${title} (${some.length})`, [t("place"), t("what"), t("expected"), t("help")], rows));
  };
  const rest = more.map(({ file, more: count }) => h("p", {}, `${file}: ${t("more", count)}`));
  return [list("error", t("problems")), list("warning", t("warnings")), ...rest];
};

/** Shows what is wrong in a place of the page, so that what was typed stays. */
const showProblems = (id, told) => document.getElementById(id).replaceChildren(...problemsOf(told).filter(Boolean));

/** Says at a field what is wrong with it. A group of boxes is no field that could be invalid, but it is told of too. */
const markWrong = (box, { message, expected, help }) => {
  const id = `${box.id}-error`;
  const sentence = (text) => (text ? `${text[0].toUpperCase()}${text.slice(1)}.` : "");
  const said = [sentence(message), expected ? `${t("expected")}: ${here(expected)}.` : "", sentence(here(help))].filter(Boolean).join(" ");
  const error = h("p", { id, class: "wb-at-field" }, said);
  document.getElementById(id)?.remove();
  if (box.tagName === "FIELDSET") box.append(error);
  else {
    box.after(error);
    box.setAttribute("aria-invalid", "true");
  }
  const described = (box.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
  box.setAttribute("aria-describedby", [...described, id].join(" "));
};

/** Says at the fields of a form, by key of the project file, what is wrong with them, and goes to the first. */
const showWrong = (own, { problems }) => {
  for (const box of own.querySelectorAll("[data-key]")) {
    const error = document.getElementById(`${box.id}-error`);
    if (!error) continue;
    error.remove();
    box.removeAttribute("aria-invalid");
    const described = box.getAttribute("aria-describedby").split(" ").filter((one) => one !== error.id);
    described.length ? box.setAttribute("aria-describedby", described.join(" ")) : box.removeAttribute("aria-describedby");
  }
  const bare = (value) => (value ?? "").replace(/^"|"$/g, "");
  for (const problem of problems.filter(({ severity, column }) => severity === "error" && column)) {
    const boxes = [...own.querySelectorAll(`[data-key="${CSS.escape(problem.column)}"]`)];
    // Of fields with one key, those that hold what is wrong.
    const same = boxes.filter((box) => box.value !== undefined && [box.value, dayOf(box.value)].includes(bare(problem.value)));
    (same.length ? same : boxes.slice(0, 1)).forEach((box) => markWrong(box, problem));
  }
  // To the first field; to the list where none of what is wrong has a field.
  (own.querySelector("[aria-invalid]") ?? own.querySelector(".wb-problems [tabindex]"))?.focus();
};

const count = (value) => (value === null || value === undefined ? "–" : String(value));
const percent = (value) => (value === null || value === undefined ? "–" : `${Math.round(100 * value)}\u00a0%`);

/** The steps by name: each gives what stands under its heading. */
const pages = {};
