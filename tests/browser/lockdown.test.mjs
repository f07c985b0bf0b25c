// The three ways of docs/embed.md in pages that allow as little as a municipality's publishing system may: Trusted Types,
// every source named, frames sandboxed, and the widget on another server than the page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, look, open, readAloud, sideways, told, violations } from "./support/browser.mjs";
import { FALLBACK, host, HOST_CSS, region, texts } from "./support/cubes.mjs";
import { assets, serve } from "./support/server.mjs";

const element = (origin = "") => `<bygdepuls-indicator src="${origin}/region.json" lang="nb">${FALLBACK}</bygdepuls-indicator>`;
const json = JSON.stringify(region());
const open_to_all = { "access-control-allow-origin": "*" };
/** Everything forbidden that is not named. */
const tight = (origin = "'self'") =>
  [
    "default-src 'none'",
    `script-src ${origin} 'wasm-unsafe-eval'`,
    `connect-src ${origin}`,
    "style-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types bygdepuls",
  ].join("; ");

let browser;
const servers = [];
const start = async (options) => {
  const server = await serve(options);
  servers.push(server);
  return server;
};
before(async () => {
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await Promise.all(servers.map((server) => server.close()));
});

const isDrawn = async (page, wrong) => {
  assert.equal((await told(page, 1))[0].what, "bygdepuls-ready");
  const spoken = await readAloud(page);
  for (const text of texts(region(), "nb")) assert.ok(spoken.includes(text), `not read aloud: ${text}`);
  assert.deepEqual(wrong, []);
};

test("the element, in a page that allows nothing but what it needs", async () => {
  const server = await start({
    folders: assets,
    policy: tight(),
    files: { "/": host(element()), "/host.css": HOST_CSS, "/region.json": json },
  });
  const { page, wrong, close } = await open(browser, `${server.origin}/`);
  await isDrawn(page, wrong);
  await close();
});

test("the element, with script, module and figures on another server", async () => {
  const { readFile } = await import("node:fs/promises");
  const files = { "/region.json": { body: json, headers: open_to_all } };
  for (const name of ["bygdepuls.js", "bygdepuls_bg.wasm"]) {
    files[`/assets/${name}`] = { body: await readFile(`${assets["/assets/"]}/${name}`), headers: open_to_all };
  }
  const data = await start({ files });
  const page_of = host(element(data.origin), { script: `${data.origin}/assets/bygdepuls.js` });
  const site = await start({ policy: tight(data.origin), files: { "/": page_of, "/host.css": HOST_CSS } });
  const { page, wrong, close } = await open(browser, `${site.origin}/`);
  await isDrawn(page, wrong);
  // No request to anyone else.
  const asked = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => new URL(name).origin));
  assert.deepEqual([...new Set(asked)].sort(), [data.origin, site.origin].sort());
  assert.deepEqual(await page.context().cookies(), []);
  await close();
});

test("a page whose policy forbids wasm, the script or the connection keeps the table", async () => {
  const policies = {
    wasm: "default-src 'self'",
    script: "default-src 'self'; script-src 'none'",
    connection: `${tight()}; connect-src 'none'`.replace("connect-src 'self'; ", ""),
    "trusted types": tight().replace("trusted-types bygdepuls", "trusted-types none"),
  };
  for (const [what, policy] of Object.entries(policies)) {
    const server = await start({ folders: assets, policy, files: { "/": host(element()), "/host.css": HOST_CSS, "/region.json": json } });
    const { page, close } = await open(browser, `${server.origin}/`, { expected: [""] });
    if (what !== "script") assert.equal((await told(page, 1))[0].what, "bygdepuls-error", what);
    assert.equal(await page.locator(".paste").isVisible(), true, what);
    assert.match(await readAloud(page), /40–60 %/);
    await close();
  }
});

test("the frame, sandboxed with nothing allowed", async () => {
  // The figure's own page stands in for the one that `run` writes, which site.test.mjs visits.
  const figure = `<!doctype html><html lang="nb"><head><meta charset="utf-8"><title>Figur</title>
<link rel="stylesheet" href="/assets/bygdepuls.css"></head><body><main><h1>Figur</h1>${FALLBACK}</main></body></html>`;
  const frame = `<iframe src="/figure.html" title="Ungdom: hvem kan tenke seg å bo her" sandbox width="100%" height="400"></iframe>`;
  const server = await start({
    folders: assets,
    policy: tight(),
    files: { "/": host(frame), "/host.css": HOST_CSS, "/figure.html": figure },
  });
  const { page, wrong, close } = await open(browser, `${server.origin}/`, { viewport: { width: 320, height: 800 } });
  assert.equal(await page.frameLocator("iframe").locator(".paste").isVisible(), true);
  assert.equal(await sideways(page), false);
  assert.deepEqual(wrong, []);
  await look(page, "lockdown-frame");
  await close();
});

test("picture and table, with neither script nor frame", async () => {
  const policy = "default-src 'none'; img-src 'self'; style-src 'self'";
  const picture = `<img src="/figure.svg" alt="10. klasse, 2025–2026: 40–60 %" width="320" height="40">${FALLBACK}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="40"><rect width="320" height="40" fill="#0a58a6"/></svg>`;
  const page_of = host(picture).replace(/<script.*?<\/script>/, "");
  const server = await start({ policy, files: { "/": page_of, "/host.css": HOST_CSS, "/figure.svg": svg } });
  const { page, wrong, close } = await open(browser, `${server.origin}/`, { bypassCSP: false });
  assert.equal(await page.locator("img").evaluate((image) => image.naturalWidth), 320);
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(wrong, []);
  await close();
});
