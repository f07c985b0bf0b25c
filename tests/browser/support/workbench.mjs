// The workbench in a browser that is offline, used with the keyboard, and the example's files for it.
import assert from "node:assert/strict";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launch, open } from "./browser.mjs";
import { questionnaire, records } from "./exports.mjs";

export const root = fileURLToPath(new URL("../../../", import.meta.url));
const bench = pathToFileURL(join(root, "wasm/pkg/workbench.html")).href;
export const example = join(root, "examples/indre-namdal");
export const PASSPHRASE = "elv fjell brobygger ost";
export const THIS_YEAR = "2026-11-22";
export const NEXT_YEAR = "2027-05-10";
const LONG = { timeout: 90_000 };

let browser;
/** Where a test puts its files. */
export let folder;
before(async () => {
  browser = await launch();
  folder = await mkdtemp(join(tmpdir(), "workbench-"));
});
after(() => browser?.close());

/** The page, ready, on a day, in a browser that is offline; with everything that it asked for. */
export async function workbench({ day = THIS_YEAR, ...context } = {}) {
  const asked = [];
  const opened = await open(browser, bench, {
    offline: true,
    acceptDownloads: true,
    before: async (page) => {
      page.on("request", (request) => asked.push(request.url()));
      page.on("dialog", (dialog) => dialog.accept());
      await page.clock.setFixedTime(new Date(`${day}T12:00:00`));
    },
    ...context,
  });
  await opened.page.waitForSelector("html[data-ready]", LONG);
  const done = async () => {
    assert.deepEqual(opened.wrong, []);
    assert.deepEqual(asked.filter((url) => !/^(file|blob|data):/.test(url)), [], "a request left the machine");
    await opened.close();
  };
  return { ...opened, asked, done };
}

export const settled = (page) => page.waitForFunction(() => !document.body.hasAttribute("aria-busy"), undefined, LONG);
export const status = (page) => page.getByRole("status").textContent();

/** Presses a button with the keyboard, and waits until it is done. */
export async function press(page, name, options = {}) {
  await page.getByRole("button", { name, exact: true, ...options }).first().focus();
  await page.keyboard.press("Enter");
  await settled(page);
}

/** Opens what is folded, with the keyboard. */
export async function unfold(page, name) {
  const summary = page.locator("summary", { hasText: name }).first();
  await summary.focus();
  await page.keyboard.press("Enter");
}

/** Goes to a step with the keyboard alone. */
export async function step(page, name) {
  await press(page, new RegExp(`^\\d\\. ${name}$`), { exact: undefined });
}

export async function says(page, text) {
  await page.waitForFunction((text) => document.getElementById("wb-status").textContent.includes(text), text, LONG);
}

export async function demo(page) {
  await press(page, "Åpne demodata");
  await says(page, "Indre Namdal er åpnet");
}

export async function downloaded(page, label) {
  const waiting = page.waitForEvent("download", LONG);
  await press(page, label);
  const file = await waiting;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

export async function save(page, label = "Lagre prosjektfila") {
  await step(page, "Lagre");
  const own = page.locator("form", { has: page.getByRole("button", { name: label }) });
  await own.getByLabel("Passord", { exact: true }).fill(PASSPHRASE);
  await own.getByLabel("Passordet en gang til").fill(PASSPHRASE);
  return downloaded(page, label);
}

export async function put(name, bytes) {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

/** Opens a file on the first step. */
export async function openFile(page, path, passphrase) {
  await step(page, "Start");
  await page.getByLabel("Fil", { exact: true }).setInputFiles(path);
  await page.getByLabel("Passord", { exact: true }).fill(passphrase);
  await page.keyboard.press("Enter");
  await settled(page);
}

/** Reads an export as that of a year. */
export async function read(page, year, path) {
  await step(page, "Årets svar");
  await page.getByLabel("Året svarene er fra").fill(String(year));
  await page.getByLabel("Fila fra skjemaverktøyet").setInputFiles(path);
  await press(page, "Les fila");
}

export const text = (path) => readFile(join(example, path), "utf8");

/** The example's answers of 2026, given a year later. */
export async function nextYear() {
  const rows = records((await text("answers-invented/2026.csv")).replaceAll("2026-", "2027-"));
  return [rows, questionnaire(await text("questionnaire/survey.csv"), await text("questionnaire/choices.csv"))];
}

/** The population of the example, and of a year more, as if nobody moved. */
export async function population() {
  const register = await text("register/population.csv");
  const later = register.split("\n").filter((line) => line.split(",")[1] === "2026" && Number(line.split(",")[2]) < 40);
  const older = later.map((line) => line.split(",").map((cell, at) => (at === 1 ? "2027" : at === 2 ? Number(cell) + 1 : cell)).join(","));
  return `${register}${older.join("\n")}\n`;
}
