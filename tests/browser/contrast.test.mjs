// Contrast of the chart, which axe cannot judge: texts 4.5 to 1, shapes that carry meaning 3 to 1 (WCAG 2.2, 1.4.3, 1.4.11).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, MODES, open, told } from "./support/browser.mjs";
import { county, curve, funnel, gap, host, HOST_CSS, region } from "./support/cubes.mjs";
import { assets, serve } from "./support/server.mjs";

let browser;
let server;
before(async () => {
  browser = await launch();
  const figures = ["region", "county", "gap", "curve", "funnel"].map((name) => `<bygdepuls-indicator src="${name}.json"></bygdepuls-indicator>`);
  server = await serve({
    folders: assets,
    files: {
      "/host.css": HOST_CSS,
      "/region.json": JSON.stringify(region()),
      "/county.json": JSON.stringify(county()),
      "/gap.json": JSON.stringify(gap()),
      "/curve.json": JSON.stringify(curve()),
      "/funnel.json": JSON.stringify(funnel()),
      "/": host(figures.join("")),
    },
  });
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** Relative luminance of an sRGB colour, WCAG 2.2. */
function luminance(rgb) {
  const [red, green, blue] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test("the measure itself: black on white is 21, #767676 on white 4.54", () => {
  assert.equal(contrast([0, 0, 0], [255, 255, 255]), 21);
  assert.equal(contrast([118, 118, 118], [255, 255, 255]).toFixed(2), "4.54");
});

for (const mode of ["light", "dark", "forced"]) {
  test(`chart, ${mode}`, async (t) => {
    const { page, close } = await open(browser, `${server.origin}/`, MODES[mode]);
    await told(page, 5);
    const found = await page.evaluate(() => {
      const paint = (colour) => {
        const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
      };
      const list = [];
      for (const element of document.querySelectorAll("bygdepuls-indicator")) {
        const figure = element.shadowRoot.querySelector(".bp-figure");
        const paper = paint(getComputedStyle(figure).backgroundColor);
        for (const node of figure.querySelectorAll("svg text, svg rect, svg polygon, svg polyline")) {
          const style = getComputedStyle(node);
          const name = node.getAttribute("class");
          if (node.tagName === "text") list.push({ name, colour: paint(style.fill), paper, least: 4.5 });
          // A part that is not the one shown is told by its edge; the shown one and a point by what fills them.
          else if (/bp-(off|none)/.test(name)) list.push({ name, colour: paint(style.stroke), paper, least: 3 });
          else if (/bp-(interval|step)/.test(name)) list.push({ name, colour: paint(style.stroke), paper, least: 3 });
          else list.push({ name, colour: paint(style.fill), paper, least: 3 });
        }
      }
      return list;
    });
    assert.ok(found.length > 50);
    const lowest = {};
    for (const { name, colour, paper, least } of found) {
      assert.equal(paper[3], 255, "the paper must not let the host page through");
      const ratio = contrast(colour.slice(0, 3), paper.slice(0, 3));
      lowest[name] = Math.min(lowest[name] ?? Infinity, ratio);
      assert.ok(ratio >= least, `${name}: ${ratio.toFixed(2)} is less than ${least}`);
    }
    t.diagnostic(Object.entries(lowest).map(([name, ratio]) => `${name} ${ratio.toFixed(1)}`).join(", "));
    await close();
  });
}
