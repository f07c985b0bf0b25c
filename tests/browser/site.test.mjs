// The pages that `bygdepuls run` writes, as a municipality serves them: strict policy, every page, every way of looking.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, look, MODES, open, plain, readAloud, sideways, told, violations } from "./support/browser.mjs";
import { texts } from "./support/cubes.mjs";
import { serve } from "./support/server.mjs";

const folder = process.env.BYGDEPULS_SITE && join(process.env.BYGDEPULS_SITE, "public");
const skip = !(folder && existsSync(folder)) && "no pages: cargo xtask test makes them";
const names = skip ? [] : readdirSync(folder);
const pages = names.filter((name) => name.endsWith(".html") && !name.endsWith(".table.html"));
/** Published cubes by the stem of their files. */
const cubes = Object.fromEntries(
  names
    .filter((name) => name.endsWith(".json"))
    .map((name) => [name.replace(/\.json$/, ""), JSON.parse(readFileSync(join(folder, name), "utf8"))])
    .filter(([, cube]) => cube.class === "dataset"),
);
const langOf = (name) => name.match(/\.(nn|en)\./)?.[1] ?? "nb";
const stemOf = (name) => name.split(".")[0];
/** The cubes that a page shows: its own, or all of them on the report and the page on embedding. */
const shownOn = (page) => (stemOf(page) in cubes ? [cubes[stemOf(page)]] : Object.values(cubes));
/** The register of measures, where it is published: what each is called. */
const measures = names.includes("measures.json") ? JSON.parse(readFileSync(join(folder, "measures.json"), "utf8")).measures : [];
const titles = (page) => measures.map((measure) => plain(measure.title[langOf(page)]).trim());
/** What a page must hold: all that its cubes show; the brief the paragraphs that lie beside it, the report the measures too. */
const wanted = (page) => {
  const figures = () => shownOn(page).flatMap((cube) => texts(cube, langOf(page)));
  switch (stemOf(page)) {
    case "brief":
      // A paragraph for each figure.
      return readFileSync(join(folder, page.replace(".html", ".txt")), "utf8").split("\n").filter(Boolean).map((text) => plain(text).trim());
    case "measures":
      return titles(page);
    case "report":
      return [...figures(), ...titles(page)];
    default:
      return figures();
  }
};
const missing = (spoken, page) => wanted(page).filter((text) => !plain(spoken).includes(text));

let browser;
let server;
before(async () => {
  if (skip) return;
  browser = await launch();
  server = await serve({ folders: { "/": folder } });
});
after(async () => {
  await browser?.close();
  await server?.close();
});

test("there are pages and cubes", { skip }, () => {
  assert.ok(Object.keys(cubes).length > 0);
  for (const name of ["index.html", "embed.html"]) assert.ok(pages.includes(name), name);
});

for (const name of pages) {
  for (const [mode, settings] of Object.entries(MODES)) {
    test(`${name}, ${mode}: complete, without violations, nothing to scroll sideways`, async () => {
      const { page, wrong, close } = await open(browser, `${server.origin}/${name}`, settings);
      if (stemOf(name) === "embed") await told(page, Object.keys(cubes).length);
      await look(page, `site-${name}-${mode}`);
      assert.deepEqual(missing(await readAloud(page), name), []);
      assert.deepEqual(await violations(page), []);
      assert.equal(await sideways(page), false);
      assert.deepEqual(wrong, []);
      await close();
    });
  }

  test(`${name}: complete without script, every address on it leads somewhere`, async () => {
    const { page, wrong, close } = await open(browser, `${server.origin}/${name}`, { javaScriptEnabled: false });
    assert.deepEqual(missing(await readAloud(page), name), []);
    const links = await page
      .locator("[href], [src]")
      .evaluateAll((nodes) => nodes.map((node) => new URL(node.getAttribute("href") ?? node.getAttribute("src"), document.baseURI).href));
    for (const link of new Set(links.filter((link) => link.startsWith(server.origin)))) {
      assert.equal((await page.request.get(link)).status(), 200, link);
    }
    assert.deepEqual(wrong, []);
    await close();
  });
}

test("the widget draws the chart and the table that the page already holds", { skip }, async () => {
  const { page, close } = await open(browser, `${server.origin}/embed.html`);
  await told(page, Object.keys(cubes).length);
  const pairs = await page.evaluate(() => {
    const bare = (node) => node.outerHTML.replace(/ (id|aria-labelledby|aria-describedby)="[^"]*"/g, "");
    const parts = (root) => ["svg", "table"].map((name) => [...root.querySelectorAll(name)].map(bare));
    return [...document.querySelectorAll("bygdepuls-indicator")].map((element) => [parts(element.shadowRoot), parts(element)]);
  });
  assert.equal(pairs.length, Object.keys(cubes).length);
  for (const [drawn, held] of pairs) assert.deepEqual(drawn, held);
  await close();
});

test("a page in a frame with nothing allowed is complete", { skip }, async () => {
  const [stem] = Object.keys(cubes);
  const frame = `<!doctype html><html lang="nb"><head><title>Vert</title></head><body><main><h1>Vert</h1>
<iframe src="/${stem}.html" title="Figur" sandbox width="100%" height="600"></iframe></main></body></html>`;
  const host = await serve({ folders: { "/": folder }, files: { "/host.html": frame } });
  const { page, wrong, close } = await open(browser, `${host.origin}/host.html`);
  const inside = page.frameLocator("iframe").locator("body");
  assert.deepEqual(missing(await inside.innerText(), `${stem}.html`), []);
  // The stylesheet came through: the figure has its own background.
  assert.notEqual(await inside.locator(".bp-figure").evaluate((figure) => getComputedStyle(figure).backgroundColor), "rgba(0, 0, 0, 0)");
  assert.deepEqual(wrong, []);
  await close();
  await host.close();
});

test("without its module the page on embedding shows the same figures", { skip }, async () => {
  const { page, close } = await open(browser, `${server.origin}/embed.html`, {
    expected: ["ERR_FAILED"],
    before: (page) => page.route("**/*.wasm*", (route) => route.abort()),
  });
  assert.ok((await told(page, Object.keys(cubes).length)).every(({ what }) => what === "bygdepuls-error"));
  assert.deepEqual(missing(await readAloud(page), "embed.html"), []);
  assert.equal(await page.locator("bygdepuls-indicator svg").first().isVisible(), true);
  await close();
});

for (const stem of Object.keys(cubes)) {
  test(`${stem}: pictures that load, words beside them, a table to paste`, async () => {
    const { page, close } = await open(browser, `${server.origin}/index.html`);
    for (const name of names.filter((name) => stemOf(name) === stem)) {
      if (/\.(svg|png)$/.test(name)) {
        const width = await page.evaluate(async (url) => {
          const image = new Image();
          image.src = url;
          await image.decode();
          return image.naturalWidth;
        }, `/${name}`);
        assert.ok(width > 200, name);
      }
      if (/\.(alt\.txt|table\.html)$/.test(name)) {
        const file = readFileSync(join(folder, name), "utf8");
        const read = name.endsWith(".html") ? await page.evaluate((html) => new DOMParser().parseFromString(html, "text/html").body.textContent, file) : file;
        assert.deepEqual(missing(read, name), [], name);
      }
    }
    for (const kind of [".svg", ".png", ".csv"]) assert.ok(names.includes(stem + kind), stem + kind);
    await close();
  });
}
