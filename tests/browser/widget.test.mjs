// <bygdepuls-indicator>: draws, falls back, follows its attributes, under a strict policy.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, look, MODES, open, plain, readAloud, sideways, told, violations } from "./support/browser.mjs";
import { county, curve, expected, FALLBACK, funnel, gap, HIDDEN, hidden, host, HOST_CSS, hostile, large, openStatistics, region, texts } from "./support/cubes.mjs";
import { assets, serve } from "./support/server.mjs";

const element = (src, attributes = "", inside = FALLBACK) =>
  `<bygdepuls-indicator src="${src}" ${attributes}>${inside}</bygdepuls-indicator>`;
const files = {
  "/host.css": HOST_CSS,
  "/region.json": JSON.stringify(region()),
  "/county.json": JSON.stringify(county()),
  "/hidden.json": JSON.stringify(hidden()),
  "/large.json": JSON.stringify(large()),
  "/hostile.json": JSON.stringify(hostile()),
  "/gap.json": JSON.stringify(gap()),
  "/curve.json": JSON.stringify(curve()),
  "/funnel.json": JSON.stringify(funnel()),
  "/open.json": JSON.stringify(openStatistics()),
  "/leaking.json": JSON.stringify({ ...gap(), value: gap().value.map((value) => value ?? 7) }),
  "/broken.json": "{",
  "/": host(element("region.json")),
  "/county": host(element("county.json")),
  "/hidden": host(element("hidden.json")),
  "/gap": host(element("gap.json")),
  "/curve": host(element("curve.json")),
  "/funnel": host(element("funnel.json")),
  "/open": host(element("open.json")),
  "/leaking": host(element("leaking.json")),
  "/large": host(element("large.json")),
  "/hostile": host(element("hostile.json")),
  "/broken": host(element("broken.json")),
  "/missing": host(element("missing.json")),
  "/bare": host(element("missing.json", "", "")),
  "/twenty": host(Array.from({ length: 20 }, (_, at) => element(at % 2 ? "region.json" : "county.json")).join("\n")),
};

let browser;
let server;
before(async () => {
  browser = await launch();
  server = await serve({ folders: assets, files });
});
after(async () => {
  await browser?.close();
  await server?.close();
});

const visit = (path, options) => open(browser, server.origin + path, options);
/** Text that is rendered, in the figure or in the fallback. */
const seen = (page) =>
  page.evaluate(() => {
    const element = document.querySelector("bygdepuls-indicator");
    const drawn = element.shadowRoot?.querySelector(".bp-figure");
    return (drawn ?? element).innerText;
  });
const fallbackStays = async (page) => {
  assert.match(plain(await seen(page)), /Innlimt tabell[\s\S]*10\. klasse, 2025–2026\s+40–60 %/);
  assert.equal(await page.locator(".paste").isVisible(), true);
  assert.match(await readAloud(page), /40–60 %/);
};

for (const [mode, settings] of Object.entries(MODES)) {
  for (const name of ["region", "county", "hidden"]) {
    test(`${name}, ${mode}: drawn, read aloud, without violations, nothing to scroll sideways`, async () => {
      const { page, wrong, close } = await visit(name === "region" ? "/" : `/${name}`, settings);
      assert.equal((await told(page, 1))[0].what, "bygdepuls-ready");
      await look(page, `widget-${name}-${mode}`);
      const spoken = await readAloud(page);
      const cube = { region, county, hidden }[name]();
      for (const text of texts(cube, "nb")) assert.ok(spoken.includes(text), `not read aloud: ${text}`);
      const about = cube.extension.bygdepuls.about;
      for (const text of [about.base.nb, about.notice.nb, about.sources[0].name.nb, "21. november 2026"]) {
        assert.ok(spoken.includes(text), `not read aloud: ${text}`);
      }
      assert.deepEqual(await violations(page), []);
      assert.equal(await sideways(page), false);
      assert.equal(await page.locator(".paste").isVisible(), false);
      assert.deepEqual(wrong, []);
      await close();
    });
  }
}

test("the table holds every value once, in the order of the cube, in three languages", async () => {
  const { page, wrong, close } = await visit("/");
  await told(page, 1);
  for (const [place, lang] of ["nb", "nn", "en"].entries()) {
    await page.evaluate((lang) => document.querySelector("bygdepuls-indicator").setAttribute("lang", lang), lang);
    await told(page, place + 2);
    const rows = await page.evaluate(() =>
      [...document.querySelector("bygdepuls-indicator").shadowRoot.querySelectorAll("tbody tr")].map((row) =>
        [...row.cells].map((cell) => cell.textContent),
      ),
    );
    const wanted = expected(region(), lang).flatMap(({ heading, rows }) => [
      [heading],
      ...(rows.every((row) => row.text.startsWith(": ")) ? [[HIDDEN[lang]]] : rows.map(({ label, text }) => [label, text])),
    ]);
    assert.deepEqual(rows.map((row) => row.map(plain)), wanted);
  }
  assert.deepEqual(wrong, []);
  await close();
});

/** Each row of the figure's table: its label and its cells, with brackets and what stands beside them. */
const rowsOf = (page) =>
  page.evaluate(() =>
    [...document.querySelector("bygdepuls-indicator").shadowRoot.querySelectorAll("tbody tr")].map((row) =>
      [...row.cells].map((cell) => cell.textContent.replace(/[\u00a0\u202f]/g, " ")),
    ),
  );
/** Name and description of the picture, as a screen reader has them. */
const pictureOf = async (page) => {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const picture = nodes.find((node) => !node.ignored && ["image", "img"].includes(node.role?.value));
  return plain(picture.name.value);
};

const FAMILIES = {
  gap: {
    name: /^Behov og tilgang på kompetanse De neste 10 årene, personer\. Indre Namdal, Alle: mangler 49, trolig mellom 19 og 78; .*Indre Namdal, Helse og omsorg: mangler 36, .*Indre Namdal, Teknikk og industri: mangler 9, trolig mellom −6 og 24; .*Det er ikke klart om det mangler noen\. Indre Namdal, Undervisning: .*Kultur: ikke vist\./,
    rows: 10,
    row: ["Teknikk og industri", "37 (29–46)", "28 (17–40)", "9 (−6 til 24) ikke klart"],
    none: ["Kultur", ": ikke vist", ": ikke vist", ": ikke vist"],
  },
  curve: {
    name: /^Fortsatt i jobben 2026\. Med tilknytning: Start 100 %; 6 måneder 96 %, trolig mellom 88 % og 99 %; .*Uten tilknytning: .*24 måneder 40–60 %; 36 måneder ikke vist\.$/,
    rows: 2,
    row: ["Med tilknytning", "100 %", "96 % (88–99 %)", "91 % (81–96 %)", "88 % (77–94 %)", "84 % (71–91 %)", "80 % (64–89 %)"],
    none: ["Uten tilknytning", "100 %", "90 % (80–95 %)", "78 % (66–86 %)", "66 % (53–76 %)", "40–60 %", ": ikke vist"],
  },
  funnel: {
    name: /^Fra utlysning til ansatt 2026\. Utlyst 100 %; .*Takket ja 59 %, trolig mellom 46 % og 70 %; Begynt finnes ikke\.$/,
    rows: 4,
    row: ["Takket ja", "59 % (46–70 %)"],
    none: ["Begynt", ".."],
  },
  open: {
    name: /^Befolkningsvekst Bilde av tallene i tabellen/,
    rows: 4,
    row: ["Grong", "−5,8 plass 31–60 av 78", "−2,5"],
    none: ["Lierne", "−9,3 plass 60–74 av 78", ":"],
  },
};
for (const [mode, settings] of Object.entries(MODES)) {
  for (const [name, wanted] of Object.entries(FAMILIES)) {
    test(`${name}, ${mode}: picture named, table whole, within the page, and reached by keyboard`, async () => {
      const { page, wrong, close } = await visit(`/${name}`, settings);
      assert.equal((await told(page, 1))[0].what, "bygdepuls-ready");
      await look(page, `widget-${name}-${mode}`);
      assert.match(await pictureOf(page), wanted.name);
      const rows = (await rowsOf(page)).filter((row) => row.length > 1);
      assert.equal(rows.length, wanted.rows);
      assert.ok(rows.some((row) => row.join("|") === wanted.row.join("|")), rows.join("\n"));
      assert.ok(rows.some((row) => row.join("|") === wanted.none.join("|")), rows.join("\n"));
      assert.deepEqual(await violations(page), []);
      assert.equal(await sideways(page), false);
      await page.keyboard.press("Tab");
      const role = await page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.getAttribute("role"));
      assert.equal(role, "region");
      assert.deepEqual(wrong, []);
      await close();
    });
  }
}

test("no script: the table inside the element is complete", async () => {
  const { page, wrong, close } = await visit("/", { javaScriptEnabled: false });
  await fallbackStays(page);
  assert.deepEqual(wrong, []);
  await close();
});

for (const [what, pattern] of [["script", "**/bygdepuls.js"], ["module", "**/*.wasm*"], ["figures", "**/region.json"]]) {
  test(`the ${what} cannot be fetched: the table inside the element stays`, async () => {
    const { page, wrong, close } = await visit("/", {
      expected: ["ERR_FAILED"],
      before: (page) => page.route(pattern, (route) => route.abort()),
    });
    if (what !== "script") assert.equal((await told(page, 1))[0].what, "bygdepuls-error");
    await fallbackStays(page);
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(wrong, []);
    await close();
  });
}

for (const path of ["/missing", "/broken", "/leaking"]) {
  test(`${path.slice(1)} figures: the table inside the element stays`, async () => {
    const { page, wrong, close } = await visit(path, { expected: ["404"] });
    assert.equal((await told(page, 1))[0].what, "bygdepuls-error");
    await fallbackStays(page);
    assert.deepEqual(wrong, []);
    await close();
  });
}

test("with nothing inside, a figure that cannot be drawn says so", async () => {
  const { page, close } = await visit("/bare", { expected: ["404"] });
  await told(page, 1);
  assert.match(await readAloud(page), /Figuren kan ikke vises nå\./);
  await close();
});

test("it tries again when its address changes, and goes back to the table when the new one fails", async () => {
  const { page, close } = await visit("/missing", { expected: ["404"] });
  await told(page, 1);
  const go = (src) => page.evaluate((src) => (document.querySelector("bygdepuls-indicator").src = src), src);
  await go("region.json");
  assert.equal((await told(page, 2))[1].what, "bygdepuls-ready");
  assert.match(await seen(page), /Indre Namdal/);
  await go("broken.json");
  assert.equal((await told(page, 3))[2].what, "bygdepuls-error");
  await fallbackStays(page);
  await close();
});

test("integrity is that of the figures", async () => {
  const { page, close } = await visit("/", { expected: ["integrity"] });
  await told(page, 1);
  const set = (value) => page.evaluate((value) => document.querySelector("bygdepuls-indicator").setAttribute("integrity", value), value);
  await set("sha384-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
  assert.equal((await told(page, 2))[1].what, "bygdepuls-error");
  const { createHash } = await import("node:crypto");
  await set(`sha384-${createHash("sha384").update(files["/region.json"]).digest("base64")}`);
  assert.equal((await told(page, 3))[2].what, "bygdepuls-ready");
  await close();
});

test("texts that try to be markup stay texts", async () => {
  const { page, wrong, close } = await visit("/hostile");
  assert.equal((await told(page, 1))[0].what, "bygdepuls-ready");
  const found = await page.evaluate(() => ({
    hacked: globalThis.hacked,
    elements: document.querySelector("bygdepuls-indicator").shadowRoot.querySelectorAll("img, script, b").length,
  }));
  assert.deepEqual(found, { hacked: undefined, elements: 0 });
  assert.deepEqual(wrong, []);
  await close();
});

test("a large file makes the memory grow", async () => {
  const { page, wrong, close } = await visit("/large");
  assert.equal((await told(page, 1))[0].what, "bygdepuls-ready");
  assert.deepEqual(wrong, []);
  await close();
});

test("the heading has the level asked for; ids do not meet", async () => {
  const { page, close } = await visit("/twenty");
  await told(page, 20);
  assert.equal(await page.getByRole("heading", { level: 3 }).count(), 20);
  await page.evaluate(() => document.querySelector("bygdepuls-indicator").setAttribute("heading-level", "2"));
  await told(page, 21);
  assert.equal(await page.getByRole("heading", { level: 3 }).count(), 19);
  const ids = await page.evaluate(() =>
    [...document.querySelectorAll("bygdepuls-indicator")].flatMap((element) =>
      [...element.shadowRoot.querySelectorAll("[id]")].map((node) => node.id),
    ),
  );
  assert.equal(new Set(ids).size, ids.length);
  await close();
});

test("the keyboard reaches what can be opened, and opens it", async () => {
  const { page, close } = await visit("/");
  await told(page, 1);
  await page.keyboard.press("Tab");
  const focused = () => page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.tagName);
  assert.equal(await focused(), "SUMMARY");
  await page.keyboard.press("Enter");
  assert.ok((await readAloud(page)).includes(region().extension.bygdepuls.about.method.nb));
  await close();
});

test("a figure past its date says so, by the reader's clock", async () => {
  for (const [day, old] of [["2026-12-01", false], ["2028-01-15", true]]) {
    const { page, close } = await visit("/", { before: (page) => page.clock.setFixedTime(`${day}T12:00:00`) });
    await told(page, 1);
    const notice = page.locator(".bp-old");
    assert.equal(await notice.count(), old ? 1 : 0);
    if (old) await look(page, "widget-old");
    await close();
  }
});

test("after a panic the next figure has a new instance", async () => {
  // The first instance traps when it draws: `draw` is replaced before the widget gets it.
  const { page, wrong, close } = await visit("/twenty", {
    before: (page) =>
      page.addInitScript(() => {
        const instantiate = WebAssembly.instantiate;
        globalThis.instances = 0;
        WebAssembly.instantiate = async (...args) => {
          const { exports } = await instantiate(...args);
          if (++globalThis.instances > 1) return { exports };
          return { exports: { ...exports, draw: () => { throw new WebAssembly.RuntimeError("unreachable"); } } };
        };
      }),
  });
  await told(page, 20);
  assert.equal((await told(page, 20))[0].what, "bygdepuls-error");
  await page.evaluate(() => document.querySelector("bygdepuls-indicator").setAttribute("lang", "nn"));
  assert.equal((await told(page, 21))[20].what, "bygdepuls-ready");
  assert.equal(await page.evaluate(() => globalThis.instances), 2);
  assert.deepEqual(wrong, []);
  await close();
});

test("twenty figures: one module, all drawn", async (t) => {
  const times = [];
  for (let round = 0; round < 5; round++) {
    server.requests.length = 0;
    const { page, wrong, close } = await visit("/twenty");
    const events = await told(page, 20);
    assert.ok(events.every(({ what }) => what === "bygdepuls-ready"));
    assert.equal(server.requests.filter((path) => path.endsWith(".wasm")).length, 1);
    const start = await page.evaluate(() => globalThis.running);
    times.push(events[19].at - start);
    assert.deepEqual(wrong, []);
    await close();
  }
  t.diagnostic(`from the script running to the twentieth figure: ${times.map((time) => time.toFixed(0)).join(", ")} ms (goal 150)`);
});

test("a server that does not know wasm's MIME type is no obstacle", async () => {
  const other = await serve({ folders: assets, files, types: { ".wasm": "application/octet-stream" } });
  const { page, close } = await open(browser, `${other.origin}/`);
  assert.equal((await told(page, 1))[0].what, "bygdepuls-ready");
  await close();
  await other.close();
});
