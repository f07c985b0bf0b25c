// <bygdepuls-indicator src="return_intent.json" lang="nb">a table, for when this script does not run</bygdepuls-indicator>
//
// The class alone: `bygdepuls.js` is this file and the registration. One wasm instance draws every figure of the page.
// The build strips comment lines and indentation and fills in WASM_INTEGRITY.

const WASM_INTEGRITY = "";
const wasmUrl = new URL("bygdepuls_bg.wasm", import.meta.url);
// A new script never meets an old module in a cache.
if (WASM_INTEGRITY) wasmUrl.searchParams.set("v", WASM_INTEGRITY.slice(7, 15));

// The compiled module and its one instance: promises, so that twenty elements share one request.
let compiled;
let running;
let policy;
let count = 0;
const host = new CSSStyleSheet();
host.replaceSync(":host{display:block}:host([hidden]){display:none}");
const style = new CSSStyleSheet();

const get = async (url, integrity) => {
  const response = await fetch(url, integrity ? { integrity } : {});
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return response.arrayBuffer();
};

// Figures that ask for the same file at the same time share one request.
const loading = new Map();
const load = (url, integrity) => {
  const key = `${integrity} ${url}`;
  if (!loading.has(key)) loading.set(key, get(url, integrity).finally(() => loading.delete(key)));
  return loading.get(key);
};

// Not the streaming kind: that fails where a server does not know the MIME type of wasm.
const compile = () =>
  (compiled ??= get(wasmUrl, WASM_INTEGRITY)
    .then((bytes) => WebAssembly.compile(bytes))
    .catch((error) => {
      compiled = undefined;
      throw error;
    }));

const start = () =>
  (running ??= compile()
    .then((module) => WebAssembly.instantiate(module))
    .then(({ exports }) => {
      style.replaceSync(answer(exports, exports.style()));
      try {
        policy ??= globalThis.trustedTypes?.createPolicy("bygdepuls", { createHTML: (html) => html });
      } catch {
        // The page does not allow the policy; if it demands one, drawing fails and the table stays.
      }
      return exports;
    })
    .catch((error) => {
      running = undefined;
      throw error;
    }));

const answer = (core, length) => {
  const text = new TextDecoder().decode(new Uint8Array(core.memory.buffer, core.output(), Math.abs(length)));
  if (length < 0) throw new Error(text);
  return text;
};

const draw = (core, cube, ...view) => {
  try {
    // First the room, then the view of it: making room can move the memory.
    const place = core.input(cube.byteLength);
    new Uint8Array(core.memory.buffer, place, cube.byteLength).set(new Uint8Array(cube));
    return answer(core, core.draw(...view));
  } catch (error) {
    // After a panic nothing in the instance can be trusted: the next figure gets a new one.
    if (error instanceof WebAssembly.RuntimeError) running = undefined;
    throw error;
  }
};

const languages = { nb: 0, no: 0, nn: 1, en: 2 };
const sorry = ["Figuren kan ikke vises nå.", "Figuren kan ikkje visast no.", "The figure cannot be shown now."];

export class BygdepulsIndicator extends HTMLElement {
  static observedAttributes = ["src", "integrity", "lang", "heading-level"];
  #root = this.attachShadow({ mode: "open" });
  #id = ++count;
  #turn = 0;
  #waiting = false;
  #cube;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [host, style];
    this.#root.append(document.createElement("slot"));
  }

  get src() {
    return this.getAttribute("src") ?? "";
  }
  set src(url) {
    this.setAttribute("src", url);
  }
  get headingLevel() {
    return Number(this.getAttribute("heading-level")) || 3;
  }
  set headingLevel(level) {
    this.setAttribute("heading-level", level);
  }

  connectedCallback() {
    this.#ask();
  }
  attributeChangedCallback(name, before, after) {
    if (before === after) return;
    if (name === "src" || name === "integrity") this.#cube = undefined;
    this.#ask();
  }

  // Several attributes that change together are one drawing.
  #ask() {
    if (this.#waiting) return;
    this.#waiting = true;
    queueMicrotask(() => {
      this.#waiting = false;
      if (this.isConnected) this.#draw();
    });
  }

  async #draw() {
    // The latest drawing wins over one that is still loading.
    const turn = ++this.#turn;
    const language = languages[this.closest("[lang]")?.lang.split("-")[0].toLowerCase()] ?? 0;
    const fallback = document.createElement("slot");
    if (!this.src) return this.#root.replaceChildren(fallback);
    try {
      this.#cube ??= load(new URL(this.src, this.baseURI), this.getAttribute("integrity"));
      const [core, cube] = await Promise.all([start(), this.#cube]);
      if (turn !== this.#turn) return;
      const date = new Date();
      const today = (date.getFullYear() * 100 + date.getMonth() + 1) * 100 + date.getDate();
      const html = draw(core, cube, language, this.headingLevel, today, this.#id);
      this.#root.innerHTML = policy ? policy.createHTML(html) : html;
      this.#tell("ready");
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#cube = undefined;
      // What stands inside the element stays; the sentence is for an element with nothing inside.
      fallback.textContent = sorry[language];
      this.#root.replaceChildren(fallback);
      this.#tell("error", error);
    }
  }

  #tell(what, detail) {
    this.dispatchEvent(new CustomEvent(`bygdepuls-${what}`, { bubbles: true, composed: true, detail }));
  }
}
