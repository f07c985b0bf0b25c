// The same files give the same bytes, computed natively and as WebAssembly.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const example = fileURLToPath(new URL("../../examples/indre-namdal/", import.meta.url));

/** The example in the core built for Node. */
async function project() {
  const { Project } = await import(pathToFileURL(join(process.env.BYGDEPULS_NODE, "bygdepuls.js")));
  const project = new Project(await readFile(join(example, "project.toml"), "utf8"));
  for (const name of project.needs().split("\n")) project.add(name, await readFile(join(example, name)));
  return project;
}

test("native and wasm write the same cubes to the byte", async () => {
  const site = process.env.BYGDEPULS_SITE;
  const published = await readFile(join(site, "public/return_intent.json"));
  // The command line was run on the day that the file carries.
  const cubes = (await project()).run(JSON.parse(published).updated);
  const ids = cubes.ids().split("\n");
  assert.deepEqual(ids, ["return_intent", "good_place", "funnel", "time_to_fill", "retention_curve", "gap"]);
  for (const [at, id] of ids.entries()) {
    assert.equal(Buffer.compare(cubes.public(at), await readFile(join(site, `public/${id}.json`))), 0, id);
    assert.equal(Buffer.compare(cubes.internal(at), await readFile(join(site, `internal/${id}.json`))), 0, id);
  }
});

test("what is wrong with a file is named with its place", async () => {
  const broken = await project();
  const answers = (await readFile(join(example, "answers-invented/2025.csv"), "utf8")).replace("kommune_na", "kommune_naa");
  broken.add("answers-invented/2025.csv", Buffer.from(answers));
  assert.throws(() => broken.run(undefined), /answers-invented\/2025\.csv:1 kommune_na: the column is missing/);
});
