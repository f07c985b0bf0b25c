// Chromium, pages that remember what went wrong on them, and what a screen reader meets.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS, headless: true });

/** The ways in which a page is looked at. */
export const MODES = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  narrow: { viewport: { width: 320, height: 800 } },
  forced: { forcedColors: "active" },
};

/**
 * A page in its own context, with a list of what went wrong: errors of scripts, of the policy, of the console.
 * Words in `expected` name what a test provokes on purpose.
 */
export async function open(browser, url, { expected = [], before, ...context } = {}) {
  const scope = await browser.newContext({ viewport: { width: 1000, height: 800 }, ...context });
  const page = await scope.newPage();
  const wrong = [];
  const note = (text) => {
    if (!expected.some((word) => text.includes(word))) wrong.push(text);
  };
  page.on("pageerror", (error) => note(String(error)));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) note(`${message.text()} ${message.location().url}`);
  });
  // Every figure tells when it is drawn or cannot be; the test waits for as many as it has.
  if (context.javaScriptEnabled !== false) {
    await page.addInitScript(() => {
      globalThis.told = [];
      customElements.whenDefined("bygdepuls-indicator").then(() => (globalThis.running = performance.now()));
      for (const what of ["bygdepuls-ready", "bygdepuls-error"]) {
        addEventListener(what, (event) => globalThis.told.push({ what, at: performance.now(), why: String(event.detail) }));
      }
    });
  }
  await before?.(page);
  await page.goto(url);
  return { page, wrong, close: () => scope.close() };
}

/** Waits until so many figures have been drawn or refused; gives what they told. */
export async function told(page, count) {
  await page.waitForFunction((wanted) => globalThis.told.length >= wanted, count, { timeout: 10_000 });
  return page.evaluate(() => globalThis.told);
}

/** axe's violations, as short lines. It looks into shadow trees and frames by itself. */
export async function violations(page) {
  await page.evaluate(axeSource);
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
}

/** All text in Chromium's accessibility tree, in order, with plain spaces. */
export async function readAloud(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const spoken = nodes.filter((node) => !node.ignored && node.role?.value === "StaticText").map((node) => node.name.value);
  return plain(spoken.join("\n"));
}

/** No-break spaces as spaces. */
export const plain = (text) => text.replace(/[\u00a0\u202f]/g, " ");

/** Whether anything makes the page scroll sideways. */
export const sideways = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

/** A picture for a developer's eyes, in the folder that BYGDEPULS_SHOTS names. */
export async function look(page, name) {
  if (process.env.BYGDEPULS_SHOTS) await page.screenshot({ path: `${process.env.BYGDEPULS_SHOTS}/${name}.png`, fullPage: true });
}
