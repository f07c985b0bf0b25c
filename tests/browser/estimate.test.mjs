// Estimates of any CSV in a page and under Node: to the byte what the command line prints, however the file arrives.
import assert from "node:assert/strict";
import { File } from "node:buffer";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { launch, open } from "./support/browser.mjs";
import { host, region } from "./support/cubes.mjs";
import { assets, root, serve } from "./support/server.mjs";

const folder = join(root, "wasm/pkg");
const { estimate, estimateText, interval, intervalText, load, EstimateError } = await import(pathToFileURL(join(folder, "bygdepuls-compute.js")));
await load(await readFile(join(folder, "compute/bindings_bg.wasm")));

/** What the command line prints of the same options. */
async function native(command, question) {
  const flag = ([name, value]) => {
    if (value === true) return [`--${name}`];
    const repeated = ["where", "contrast"].includes(name);
    const values = repeated ? [value].flat() : [[value].flat().join(name === "strata" ? ":" : ",")];
    return values.map((value) => `--${name}=${value}`);
  };
  const options = Object.entries(question).flatMap(flag);
  const args = [...command, ...options, "--format", "json", "--lang", "en"];
  const { stdout } = await promisify(execFile)(process.env.BYGDEPULS, args, { encoding: "buffer", maxBuffer: 1 << 28 });
  return stdout;
}

/** A stream that gives the bytes in portions of these sizes, over and over. */
function portions(bytes, sizes) {
  let [at, turn] = [0, 0];
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      const end = Math.min(bytes.length, at + sizes[turn++ % sizes.length]);
      controller.enqueue(bytes.subarray(at, end));
      at = end;
    },
  });
}

/** Records with what makes reading hard: quotes, line ends in fields, letters of two bytes, several blocks. */
function answers(records) {
  let state = 1;
  const random = (below) => (state = (state * 48271) % 2147483647) % below;
  let text = "year,cohort,school,pool,weight,y,text\r\n";
  for (let record = 0; record < records; record++) {
    const y = random(20) ? random(5) + 1 : "";
    const free = ["", "flytte hjem", '"båt, ""kanskje""\r\nen dag"', "ærlig"][random(4)];
    const cohort = random(3);
    const fields = [2015 + random(11), ["10TR", "VG3", "P5 & P10"][cohort], random(9), 20 + cohort, `${random(3)}.${random(1e6)}`, y];
    text += `${fields},${free}\r\n`;
  }
  return Buffer.from(text);
}

const generated = [
  { mean: "y", weights: "weight", by: ["year", "cohort"] },
  { share: "y=4,5", weights: "weight", by: ["cohort"], missing: ["1"] },
  { share: "y=5" },
  { mean: "y", by: ["text"], missing: ["98", "3"] },
];
const design = { weights: "weight", strata: "cohort", psu: ["school"], nest: true };
const designs = [
  { mean: "y", ...design, by: ["year"] },
  { mean: ["y", "weight"], ...design, fpc: "pool", covariance: true, deff: true },
  { total: ["y"], ...design, where: ["year>=2018", "cohort=VG3,10TR"], by: "year,cohort", df: "domain", ci: "z" },
  { share: "y=4,5", ...design, strata: ["year", "cohort"], by: ["year"], contrast: ["year:2025-2015", "year:0.5*2016-0.5*2015"] },
  { share: "y", ...design, by: ["cohort"], level: 0.9, ci: "logit", missing: [1] },
  { ratio: "y/weight", strata: "cohort", psu: "school", nest: true, df: 7, deff: "replace" },
  { share: "y=1", person: "school", by: ["text"], covariance: true },
  { share: "y=5", strata: ["year", "cohort", "text"], psu: "school,text", nest: true, where: "y!=3", "lonely-psu": "average" },
  { share: "y=2", strata: "text", psu: "school", nest: true, by: "year", "lonely-psu": "certainty", "adjust-domain-lonely": true },
  ...["t", "xlogit", "asin", "likelihood", "beta", "wilson"].map((ci) => ({ share: "y=4", ...design, by: ["year"], ci })),
];
const example = [
  { share: "int_kunne=4,5", by: ["bolge", "kommune_oppvekst"], missing: ["9"] },
  { mean: "omdomme", by: ["kull"] },
];

let scratch;
let browser;
before(async () => {
  [scratch, browser] = await Promise.all([mkdtemp(join(tmpdir(), "bygdepuls-")), launch()]);
});
after(async () => {
  await browser?.close();
  await rm(scratch, { recursive: true });
});

test("native and wasm print the same bytes", async () => {
  const bytes = answers(20_000);
  const file = join(scratch, "answers.csv");
  await writeFile(file, bytes);
  const sources = [
    [file, bytes, [...generated, ...designs]],
    [join(root, "examples/indre-namdal/answers-invented/2025.csv"), null, example],
  ];
  for (const [file, made, questions] of sources) {
    const bytes = made ?? (await readFile(file));
    for (const question of questions) {
      const expected = await native(["estimate", file], question);
      const text = await estimateText(bytes, question);
      assert.equal(Buffer.compare(Buffer.from(text), expected), 0, JSON.stringify(question));
      assert.ok(JSON.parse(text).cells.length > 0);
    }
  }
});

test("intervals of counts: native and wasm print the same bytes", async () => {
  for (const options of [
    { successes: 5, n: 9, population: 12 },
    { successes: 5, n: 9, population: 12, method: "all", level: 0.9 },
    { successes: 0, n: 14, method: "all" },
    { successes: 39, n: 40, method: ["wilson", "jeffreys", "korn-graubard"] },
  ]) {
    const text = await intervalText(options);
    assert.equal(Buffer.compare(Buffer.from(text), await native(["interval"], options)), 0, JSON.stringify(options));
    assert.deepEqual(await interval(options), JSON.parse(text));
  }
  for (const [options, reason] of [
    [{ successes: 5 }, /n is needed/],
    [{ successes: -1, n: 4 }, /successes is a whole number/],
    [{ successes: 5, n: 4 }, /./],
    [{ successes: 5, n: 9, method: "wang" }, /method wang needs population/],
    [{ successes: 5, n: 9, methods: "wang" }, /unknown option methods/],
    [{ successes: 5, n: 9, level: 95 }, /level is a number between 0 and 1/],
    [{ successes: 5, n: 9, method: "wong" }, /unknown method wong/],
    [{ successes: 5, lang: "nb" }, /n må være med/],
    [{ successes: 5, n: 4.5, lang: "nn" }, /n er eit heiltal/],
    [{ successes: 5, n: 9, method: "wang", lang: "nb" }, /metoden wang trenger population/],
    [{ successes: 5, n: 9, methods: "wang", lang: "nn" }, /ukjent val methods/],
    [{ successes: 5, n: 4, lang: "nn" }, /fleire sa ja enn svara/],
    [{ successes: 5, n: 9, lang: "de" }, /lang is nb, nn or en/],
  ]) {
    await assert.rejects(interval(options), reason);
  }
});

test("where the file is cut does not matter", async () => {
  const bytes = answers(15_000);
  const expected = await estimateText(bytes, generated[0]);
  for (const sizes of [[1 << 18], [(1 << 18) + 1], [65_521], [7, 300_000, 1, 4096], [bytes.length]]) {
    assert.equal(await estimateText(portions(bytes, sizes), generated[0]), expected, `portions of ${sizes}`);
  }
  const short = answers(40);
  const whole = await estimateText(short, generated[3]);
  for (let at = 0; at <= short.length; at++) {
    assert.equal(await estimateText(portions(short, [at || 1, short.length]), generated[3]), whole, `cut at ${at}`);
  }
});

test("errors carry their places, and no answers", async () => {
  const lines = answers(20_000).toString().split("\r\n");
  const wrong = [...lines.slice(0, -1), "2015,VG3,1,20,-1.5,4,x", "2015,VG3,1,20,1.5", ""].join("\r\n");
  const found = await estimate(Buffer.from(wrong), { ...generated[0], file: "a.csv" }).catch((error) => error);
  assert.ok(found instanceof EstimateError);
  assert.equal(found.errors, 2);
  assert.match(found.message, new RegExp(`^a.csv:${lines.length}:weight: weight must not be negative\\na.csv:${lines.length + 1}: `));
  assert.deepEqual(found.problems.map(({ code, value }) => [code, value]), [["negative-weight", null], ["too-few-fields", null]]);

  const chosen = await estimate(new File(["a\n"], "b.csv"), { mean: "x" }).catch((error) => error);
  assert.equal(chosen.problems[0].file, "b.csv");
  const unknown = estimate(Buffer.from("a,b\n1,2\n"), { mean: "aa", lang: "nn" });
  await assert.rejects(unknown, (error) => error.problems[0].code === "missing-column" && error.problems[0].column === "aa");
  await assert.rejects(estimate(Buffer.from(""), { mean: "a" }), { name: "EstimateError" });
  for (const [question, reason] of [
    [{ means: "a" }, /needs one of mean, total, share, count and ratio/],
    [{ mean: "a", total: "a" }, /needs one of/],
    [{ mean: "a", byy: ["b"] }, /unknown option byy/],
    [{ ratio: "a" }, /ratio is written/],
    [{ mean: "a", where: ["b"] }, /where is written COL=V/],
    [{ mean: "a", contrast: "b" }, /contrast is written/],
    [{ mean: "a", df: 0 }, /df is design, domain or a number/],
    [{ mean: "a", nest: "yes" }, /nest is not true or false/],
    [{ mean: "a", deff: "both" }, /deff is true, srs or replace/],
    [{ mean: "a", ci: "none" }, /ci is the name of a method/],
    [{ mean: "a", "lonely-psu": "none" }, /lonely-psu is fail/],
    [{ mean: "a", by: [{}] }, /by is not a list of texts/],
    [{ mean: "a", by: [{}], lang: "nb" }, /by er ikke en liste av tekster/],
    [{ means: "a", lang: "nn" }, /spørsmålet treng éin av/],
    [{ mean: "a", df: 0, lang: "nb" }, /df er design, domain eller et tall over 0/],
  ]) {
    await assert.rejects(estimate(Buffer.from("a\n1\n"), question), reason);
  }
  await assert.rejects(estimate(new Response("", { status: 404 }), { mean: "a" }), /404/);
  const broken = new ReadableStream({ pull: (controller) => controller.error(new Error("the line is dead")) });
  await assert.rejects(estimate(broken, { mean: "a" }), /the line is dead/);
});

test("in a page: from a server and from a chosen file, without a request that is not needed", async () => {
  const bytes = answers(20_000);
  const page_of = (script) => `<!doctype html><html lang="en"><title>t</title><script type="module">${script}</script>`;
  const server = await serve({
    folders: assets,
    policy: "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'",
    files: { "/": page_of(`globalThis.compute = () => import("/assets/bygdepuls-compute.js");`), "/answers.csv": bytes },
  });
  const expected = await estimateText(bytes, generated[0]);
  const { page, wrong, close } = await open(browser, `${server.origin}/`);
  const texts = await page.evaluate(async (question) => {
    const { estimateText } = await globalThis.compute();
    const fetched = await estimateText(fetch("/answers.csv"), question);
    const file = new File([await (await fetch("/answers.csv")).arrayBuffer()], "answers.csv");
    return [fetched, await estimateText(file, question), await estimateText(file.stream(), question)];
  }, generated[0]);
  assert.deepEqual(texts.map((text) => text === expected), [true, true, true]);
  assert.equal(server.requests.filter((path) => path.endsWith(".wasm")).length, 1, "one module for all estimates");
  assert.deepEqual(wrong, []);
  await close();
  await server.close();
});

test("a page with a plain figure loads nothing that computes", async () => {
  const figure = '<bygdepuls-indicator src="/region.json"></bygdepuls-indicator>';
  const server = await serve({
    folders: assets,
    files: { "/": host(figure), "/host.css": "", "/region.json": JSON.stringify(region()) },
  });
  const { page, wrong, close } = await open(browser, `${server.origin}/`);
  await page.waitForFunction(() => globalThis.told.length === 1);
  await page.waitForLoadState("networkidle");
  const loaded = server.requests.filter((path) => path.startsWith("/assets/"));
  assert.deepEqual(loaded, ["/assets/bygdepuls.js", "/assets/bygdepuls_bg.wasm"]);
  assert.deepEqual(wrong, []);
  await close();
  await server.close();
});
