// What is published is JSON-stat to others too, and the core writes the same bytes under Node as natively.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { root } from "./support/server.mjs";

const JSONstat = createRequire(import.meta.url)("jsonstat-toolkit");

/** Published cubes: those kept with the tests and those of the example region, written by the native program. */
const folders = [join(root, "tests/data"), process.env.BYGDEPULS_SITE && join(process.env.BYGDEPULS_SITE, "public")];
const cubes = folders
  .filter((folder) => folder && existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  .filter((path) => path.endsWith(".json"))
  .map((path) => ({ path, bytes: readFileSync(path) }))
  .filter(({ bytes }) => bytes.includes('"class":"dataset"'));

test("there are cubes to read", () => assert.ok(cubes.length >= 2));

for (const { path, bytes } of cubes) {
  const name = path.slice(root.length);
  test(`${name}: an independent reader finds the same values`, () => {
    const written = JSON.parse(bytes);
    // It changes what it is given: it gets its own.
    const dataset = new JSONstat(JSON.parse(bytes));
    assert.equal(dataset.class, "dataset");
    assert.deepEqual(dataset.id, written.id);
    assert.deepEqual(dataset.role.metric, ["measure"]);
    // Every cell, addressed by its codes: the place in the list is worked out here.
    const sizes = written.size;
    for (let index = 0; index < written.value.length; index++) {
      let rest = index;
      const at = {};
      for (let axis = sizes.length - 1; axis >= 0; axis--) {
        at[written.id[axis]] = written.dimension[written.id[axis]].category.index[rest % sizes[axis]];
        rest = Math.floor(rest / sizes[axis]);
      }
      const cell = dataset.Data(at);
      assert.equal(cell.value, written.value[index]);
      assert.equal(cell.status, written.status[index]);
    }
    for (const id of dataset.id) {
      for (const code of dataset.Dimension(id).id) assert.ok(dataset.Dimension(id).Category(code).label);
    }
  });

  test(`${name}: read and written under Node, the bytes are the same`, { skip: !process.env.BYGDEPULS_NODE && "the core for Node is not built: cargo xtask test" }, async () => {
    const { republish } = await import(pathToFileURL(join(process.env.BYGDEPULS_NODE, "bygdepuls.js")));
    assert.equal(Buffer.compare(republish(bytes), bytes), 0);
  });
}
