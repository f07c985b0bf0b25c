// Published cubes for the tests, and what a reader must find of them, worked out here and not by the code under test.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./server.mjs";

const read = (name) => JSON.parse(readFileSync(join(root, "tests/data", name), "utf8"));

/** Bands of a region over waves and periods, with hidden cells and a hidden wave. */
export const region = () => read("sample_cube.json");
/** Exact figures of large units. */
export const county = () => read("sample_county.json");

/** Demand and supply of two regions by field: short, unclear, enough, hidden. */
export const gap = () => read("sample_gap.json");
/** Still in the job by months, one group with a band and a hidden month. */
export const curve = () => read("sample_curve.json");
/** From advertised to begun; the last step is not known. */
export const funnel = () => read("sample_funnel.json");
/** Official statistics: figures with decimals, places and symbols. */
export const openStatistics = () => read("sample_open.json");

/** The same region with nothing that may be shown. */
export function hidden() {
  const cube = region();
  cube.status = cube.status.map((status) => (status === "absent" ? status : ":"));
  cube.value = cube.value.map(() => null);
  return cube;
}

/** The same region in a file that does not fit the memory that an instance starts with. */
export function large() {
  const cube = region();
  cube.note.push("x".repeat(3_000_000));
  return cube;
}

/** A cube whose every text tries to become markup. */
export function hostile() {
  const attack = `"'><img src=x onerror="globalThis.hacked=1"><script>globalThis.hacked=1</script>&lt;b&gt;`;
  const spoil = (value) => {
    if (typeof value === "string") return attack + value;
    if (Array.isArray(value)) return value.map(spoil);
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, spoil(v)]));
    return value;
  };
  const cube = region();
  const { title, labels, about } = cube.extension.bygdepuls;
  cube.extension.bygdepuls = { indicator: attack, title: spoil(title), labels: spoil(labels), about: spoil(about) };
  return cube;
}

const THIRDS = {
  nb: ["få", "omtrent halvparten", "de fleste"],
  nn: ["få", "om lag halvparten", "dei fleste"],
  en: ["few", "about half", "most"],
};
const MARK = { nb: ": ikke vist", nn: ": ikkje vist", en: ": not shown" };
const UNDER = { nb: "under", nn: "under", en: "under" };
export const HIDDEN = {
  nb: "Her viser vi ikke tall: Enten er det for få svar, eller så passer vi på at ingen kan kjennes igjen.",
  nn: "Her viser vi ikkje tal: Anten er det for få svar, eller så passar vi på at ingen kan kjennast att.",
  en: "We show no figure here: either there are too few answers, or we are making sure that nobody can be recognised.",
};

/** Per wave that has a cell at all: its label, and per period the label and the value as text. */
export function expected(cube, lang) {
  const percent = (number) => (lang === "en" ? `${number}%` : `${number} %`);
  const [waves, periods, areas, measures] = cube.size;
  const labels = cube.extension.bygdepuls.labels;
  const at = Object.fromEntries(cube.dimension.measure.category.index.map((id, place) => [id, place]));
  const panels = [];
  for (let wave = 0; wave < waves; wave++) {
    const rows = [];
    for (let period = 0; period < periods; period++) {
      for (let area = 0; area < areas; area++) {
        const start = ((wave * periods + period) * areas + area) * measures;
        const value = (id) => cube.value[start + at[id]];
        const status = cube.status[start];
        if (status === "absent") continue;
        const text = {
          ":": () => MARK[lang],
          exact: () => percent(value("share")),
          under: () => `${UNDER[lang]} ${percent(value("share"))}`,
          over: () => `over ${percent(value("share"))}`,
          band: () => {
            const [band, bands] = [value("band"), value("bands")];
            if (bands === 3) return THIRDS[lang][band - 1];
            return `${(100 * (band - 1)) / bands}–${percent((100 * band) / bands)}`;
          },
        }[status]();
        const label = areas > 1 ? labels.area.categories[area][lang] : labels.period.categories[period][lang];
        rows.push({ label, text });
      }
    }
    if (rows.length) panels.push({ heading: labels.wave.categories[wave][lang], rows });
  }
  return panels;
}

/** Of figures of recruitment: every area, and every field where there are several. */
const named = (cube, lang) => {
  const { area, group } = cube.extension.bygdepuls.labels;
  return [area, group].flatMap(({ categories }) => (categories.length > 1 ? categories.map((label) => label[lang]) : []));
};

/** All texts that must be in the accessibility tree; a panel without a figure is its one sentence. */
export function texts(cube, lang) {
  if (!cube.id.includes("wave")) return named(cube, lang);
  const panels = expected(cube, lang);
  const silent = (panel) => panel.rows.every((row) => row.text === MARK[lang]);
  if (panels.every(silent)) return [HIDDEN[lang]];
  return panels.flatMap((panel) => [
    panel.heading,
    ...(silent(panel) ? [HIDDEN[lang]] : panel.rows.flatMap(({ label, text }) => [label, text])),
  ]);
}

/** The fallback that an editor pastes: marked, so that a test can tell it from the figure. */
export const FALLBACK = `<table class="paste"><caption>Innlimt tabell</caption>
<tr><th scope="row">10. klasse, 2025–2026</th><td>40–60 %</td></tr></table>`;

/** A host page in Norwegian with these elements in its body. */
export const host = (body, { lang = "nb", script = "/assets/bygdepuls.js" } = {}) =>
  `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>En kommuneside</title><link rel="stylesheet" href="/host.css"><script type="module" src="${script}"></script></head>
<body><main><h1>En kommuneside</h1><h2>Ungdom</h2>${body}</main></body></html>`;

/** The host's own style: follows the reader's wish for dark, as a good page does. */
export const HOST_CSS = `:root{color-scheme:light dark;font-family:sans-serif}body{margin:1rem}
table{border:3px dashed red}h2,h3{color:red;text-transform:uppercase}p{color:red}`;
