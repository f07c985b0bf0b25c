// From a click to the figures in the page, ours and d3-dsv in turn, each time in a fresh browser context:
// node click.mjs FILE D3_SCRIPT ROUNDS. Prints { ours: [ms], d3: [ms], largest: { estimate, se } } as JSON.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launch } from "../../../tests/browser/support/browser.mjs";
import { assets, serve } from "../../../tests/browser/support/server.mjs";

const [file, d3, rounds] = process.argv.slice(2);
const page = (script, before = "") => `<!doctype html><html lang="en"><meta charset="utf-8"><title>${script}</title>${before}
<button>compute</button><table></table><script type="module" src="/pages/${script}"></script></html>`;
const server = await serve({
  // d3-dsv makes a function of the header.
  policy: "script-src 'self' 'unsafe-eval'",
  folders: { ...assets, "/pages/": fileURLToPath(new URL(".", import.meta.url)) },
  files: {
    "/answers.csv": readFileSync(file),
    "/d3.js": readFileSync(d3),
    "/ours": page("by_ours.js"),
    "/d3": page("by_d3.js", '<script src="/d3.js"></script>'),
  },
});
const browser = await launch();

async function click(name) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on("pageerror", (error) => console.error(`${name}: ${error}`));
  await page.goto(`${server.origin}/${name}`);
  await page.waitForFunction(() => globalThis.ready);
  await page.click("button");
  const result = await (await page.waitForFunction(() => globalThis.result)).jsonValue();
  await context.close();
  return result;
}

/** The largest relative difference; null where a page has no such figure. */
function difference(ours, d3, key) {
  if (ours.length !== d3.length) throw new Error(`${ours.length} and ${d3.length} figures`);
  return ours.reduce((largest, cell, place) => {
    const other = d3[place];
    if (cell.year !== other.year || cell.cohort !== other.cohort || cell.n !== other.n) {
      throw new Error(`${JSON.stringify(cell)} and ${JSON.stringify(other)}`);
    }
    return cell[key] === null ? null : Math.max(largest, Math.abs(cell[key] - other[key]) / Math.abs(other[key]));
  }, 0);
}

const times = { ours: [], d3: [] };
let largest;
// The first round is not counted.
for (let round = 0; round <= Number(rounds); round++) {
  const order = round % 2 ? ["ours", "d3"] : ["d3", "ours"];
  const results = {};
  for (const name of order) results[name] = await click(name);
  largest = Object.fromEntries(["estimate", "se"].map((key) => [key, difference(results.ours.cells, results.d3.cells, key)]));
  if (round > 0) for (const name of order) times[name].push(results[name].milliseconds);
}
await browser.close();
await server.close();
console.log(JSON.stringify({ ...times, largest }));
