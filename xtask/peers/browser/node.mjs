// What core/benches/stream.rs does, as WebAssembly: node node.mjs FILE mean|share|design OUT.
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";

const package_ = new URL("../../../wasm/pkg/compute/", import.meta.url);
const { initSync, Estimation } = await import(new URL("bindings.js", package_));
const { memory } = initSync({ module: readFileSync(new URL("bindings_bg.wasm", package_)) });

const [file, statistic, out] = process.argv.slice(2);
const what = statistic === "mean" ? { mean: "return_intent" } : { share: "return_intent=4,5" };
const design = statistic === "design" ? { strata: "year:stratum", psu: "school", nest: true } : {};
const by = ["year", "cohort", "kommune"];
const question = JSON.stringify({ ...what, ...design, weights: "weight", by, missing: [9] });
const bytes = readFileSync(file);
let text;
for await (const _ of createInterface({ input: process.stdin })) {
  const start = performance.now();
  const estimation = new Estimation(question);
  for (let at = 0; at < bytes.length; ) {
    const length = Math.min(estimation.roomLength(), bytes.length - at);
    new Uint8Array(memory.buffer, estimation.room(), length).set(bytes.subarray(at, at + length));
    estimation.filled(length);
    at += length;
  }
  text = estimation.finish();
  estimation.free();
  console.log(performance.now() - start);
}
writeFileSync(out, text);
