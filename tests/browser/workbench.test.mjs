// The workbench as its users meet it: opened from a folder, without network, by keyboard, in Norwegian.
import assert from "node:assert/strict";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launch, look, MODES, open, readAloud, sideways, violations } from "./support/browser.mjs";

const bench = pathToFileURL(fileURLToPath(new URL("../../wasm/pkg/workbench.html", import.meta.url))).href;
const PASSPHRASE = "elv fjell brobygger ost";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** The page, ready, in a browser that is offline; with everything that it asked for. */
async function workbench(context = {}) {
  const asked = [];
  const opened = await open(browser, bench, {
    offline: true,
    acceptDownloads: true,
    before: (page) => page.on("request", (request) => asked.push(request.url())),
    ...context,
  });
  await opened.page.waitForSelector("html[data-ready]");
  return { ...opened, asked };
}

/** Goes to a step with the keyboard alone. */
async function step(page, name) {
  await page.getByRole("button", { name: new RegExp(`\\d\\. ${name}`) }).focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => !document.body.hasAttribute("aria-busy"));
}

const status = (page) => page.getByRole("status").textContent();
const settled = (page) => page.waitForFunction(() => !document.body.hasAttribute("aria-busy"), undefined, { timeout: 60_000 });

async function demo(page) {
  await page.getByRole("button", { name: "Åpne demodata" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.getElementById("wb-status").textContent.includes("Indre Namdal"));
}

async function downloaded(page, label) {
  const waiting = page.waitForEvent("download", { timeout: 60_000 });
  await page.getByRole("button", { name: label }).focus();
  await page.keyboard.press("Enter");
  const file = await waiting;
  await settled(page);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

async function save(page) {
  await step(page, "Lagre");
  await page.getByLabel("Passord", { exact: true }).fill(PASSPHRASE);
  await page.getByLabel("Passordet en gang til").fill(PASSPHRASE);
  return downloaded(page, "Lagre prosjektfila");
}

test("from demo data to a public edition, offline and by keyboard, and again next year with the saved file alone", async () => {
  const first = await workbench();
  await demo(first.page);
  await step(first.page, "Tallene");
  const spoken = await readAloud(first.page);
  assert.match(spoken, /svarene er oppdiktet/i);
  assert.match(spoken, /40–60 %/);
  assert.doesNotMatch(spoken, /95 %/, "no interval in what may be public");
  await look(first.page, "workbench-figures");
  await step(first.page, "Publiser");
  const edition = await downloaded(first.page, "Last ned utgaven (zip)");
  assert.match(edition.name, /^indre-namdal-\d{4}-\d\d-\d\d\.zip$/);
  assert.equal(edition.bytes.subarray(0, 2).toString(), "PK");
  const project = await save(first.page);
  assert.match(project.name, /\.bygdepuls$/);
  assert.equal(project.bytes.subarray(0, 21).toString(), "age-encryption.org/v1");
  assert.deepEqual(first.wrong, []);
  assert.deepEqual(first.asked.filter((url) => !/^(file|blob|data):/.test(url)), [], "a request left the machine");
  await first.close();

  // Another machine, a year later: nothing but the file and the passphrase.
  const folder = await mkdtemp(join(tmpdir(), "workbench-"));
  const path = join(folder, project.name);
  await writeFile(path, project.bytes);
  const second = await workbench();
  await second.page.getByLabel("Fil", { exact: true }).setInputFiles(path);
  await second.page.getByLabel("Passord").fill("et annet passord");
  await second.page.keyboard.press("Enter");
  await second.page.waitForFunction(() => document.getElementById("wb-status").textContent.includes("passer ikke"));
  await second.page.getByLabel("Passord").fill(PASSPHRASE);
  await second.page.keyboard.press("Enter");
  await second.page.waitForFunction(() => document.getElementById("wb-status").textContent.includes("Indre Namdal er åpnet"), undefined, { timeout: 60_000 });
  await step(second.page, "Publiser");
  // The ledger came along: all of this is out.
  assert.match(await readAloud(second.page), /publisert før/);
  assert.deepEqual(second.wrong, []);
  await second.close();
});

test("internal figures only for who says that they are bound to secrecy, and marked", async () => {
  const { page, close } = await workbench();
  await demo(page);
  await step(page, "Tallene");
  await page.getByLabel(/taushetsplikt/).check();
  await settled(page);
  const spoken = await readAloud(page);
  assert.match(spoken, /INTERNT – unntatt offentlighet/);
  assert.match(spoken, /Intervall/);
  await look(page, "workbench-internal");
  await close();
});

for (const [mode, context] of Object.entries(MODES)) {
  test(`every step can be read and used: ${mode}`, async () => {
    const { page, wrong, close } = await workbench(context);
    await demo(page);
    for (const name of ["Start", "Årets svar", "Hvem skal spørres", "Tallene", "Publiser", "Lagre"]) {
      await step(page, name);
      assert.deepEqual(await violations(page), [], `${mode}: ${name}`);
      assert.equal(await sideways(page), false, `${mode}: ${name}`);
      await look(page, `workbench-${mode}-${name}`);
    }
    assert.deepEqual(wrong, []);
    await close();
  });
}

test("nynorsk", async () => {
  const { page, close } = await workbench();
  await page.getByRole("button", { name: "Nynorsk" }).click();
  assert.equal(await page.locator("html").getAttribute("lang"), "nn");
  assert.match(await page.textContent("h1"), /arbeidsbenk/);
  assert.match(await readAloud(page), /Ingenting blir sendt nokon stad/);
  await close();
});
