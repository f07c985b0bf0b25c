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

test("this year's export, from drop to figures", async () => {
  const answers = await readFile(new URL("../../examples/indre-namdal/answers-invented/2026.csv", import.meta.url), "utf8");
  const folder = await mkdtemp(join(tmpdir(), "workbench-"));
  const path = join(folder, "export.csv");
  await writeFile(path, answers.replaceAll("2026-", "2027-"));
  const { page, wrong, asked, close } = await workbench();
  await demo(page);
  await step(page, "Årets svar");
  await page.getByLabel("Fila fra skjemaverktøyet").setInputFiles(path);
  await page.getByRole("button", { name: "Les fila" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.getElementById("wb-status").textContent.includes("Fila er lest"));
  assert.match(await readAloud(page), /Reparasjonsrapport/);
  assert.deepEqual(await violations(page), []);
  await look(page, "workbench-repair");
  await page.getByLabel("År", { exact: true }).fill("2027");
  await page.getByLabel("Siste svardag").fill("2027-04-30");
  await page.getByRole("button", { name: "Legg svarene inn i prosjektet" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.getElementById("wb-status").textContent.includes("2027 ligger i prosjektet"));
  const row = await page.getByRole("row", { name: /^2027/ }).textContent();
  const before = await page.getByRole("row", { name: /^2026/ }).textContent();
  assert.equal(row.replaceAll("2027", "2026"), before, "the same answers count a year later");
  await step(page, "Tallene");
  assert.match(await readAloud(page), /2027/);
  assert.deepEqual(wrong, []);
  assert.deepEqual(asked.filter((url) => !/^(file|blob|data):/.test(url)), []);
  await close();
});

test("a file that cannot be read is refused with its place, and the project stays as it was", async () => {
  const folder = await mkdtemp(join(tmpdir(), "workbench-"));
  const path = join(folder, "export.csv");
  await writeFile(path, "bolge;kommune_oppvekst;int_kunne\n1;Røyrvikk;5\n");
  const { page, close } = await workbench();
  await demo(page);
  await step(page, "Årets svar");
  await page.getByLabel("Fila fra skjemaverktøyet").setInputFiles(path);
  await page.getByRole("button", { name: "Les fila" }).click();
  await page.waitForFunction(() => document.getElementById("wb-status").textContent.includes("kan ikke legges inn"));
  assert.match(await readAloud(page), /export\.csv, 2, kommune_oppvekst/);
  assert.equal(await page.getByRole("button", { name: "Legg svarene inn" }).count(), 0);
  await close();
});

test("who is due, internally", async () => {
  const { page, close } = await workbench();
  await demo(page);
  await step(page, "Hvem skal spørres");
  await page.getByLabel("År", { exact: true }).fill("2027");
  await page.getByRole("button", { name: "Vis" }).click();
  await settled(page);
  const spoken = await readAloud(page);
  assert.match(spoken, /INTERNT – unntatt offentlighet/);
  assert.match(spoken, /Røyrvik/);
  const wheel = await downloaded(page, "Last ned årshjulet (.ics)");
  assert.match(wheel.bytes.toString(), /^BEGIN:VCALENDAR\r\n/);
  await look(page, "workbench-due");
  await close();
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
