// import { estimate } from "bygdepuls/compute";
// const { cells } = await estimate(fetch("answers.csv"), { share: "return_intent=4,5", by: ["year"], missing: [9] });
//
// const { cells } = await interval({ successes: 5, n: 9, population: 12 });
//
// A file is computed with while it loads, a block of 256 kB at a time, so the page answers in between without a worker.
// The build strips comment lines and indentation and fills in WASM_VERSION.
import init, { Estimation, interval as intervalOf } from "./compute/bindings.js";

const WASM_VERSION = "";
const wasmUrl = new URL("compute/bindings_bg.wasm", import.meta.url);
// A new script never meets an old module in a cache.
if (WASM_VERSION) wasmUrl.searchParams.set("v", WASM_VERSION);

// The bindings see to it that this is done once, and again only after it failed.
export const load = (module = wasmUrl) => init({ module_or_path: module });

export class EstimateError extends Error {
  constructor({ errors, problems, more }) {
    const place = ({ file, line, column }) => [file, line, column].filter((part) => part !== null).join(":");
    super(problems.map((problem) => `${place(problem)}: ${problem.message}`).join("\n"));
    this.name = "EstimateError";
    Object.assign(this, { errors, problems, more });
  }
}

const streamOf = (source) => {
  if (source instanceof Response) {
    if (!source.ok) throw new Error(`${source.status} ${source.url}`);
    return source.body ?? new Blob([]).stream();
  }
  if (source instanceof ReadableStream) return source;
  return (source instanceof Blob ? source : new Blob([source])).stream();
};

const feed = (memory, estimation, bytes) => {
  for (let at = 0; at < bytes.length; ) {
    const length = Math.min(estimation.roomLength(), bytes.length - at);
    // A new view each time: whatever was called in between may have moved the memory.
    new Uint8Array(memory.buffer, estimation.room(), length).set(bytes.subarray(at, at + length));
    estimation.filled(length);
    at += length;
  }
};

export const estimateText = async (source, question) => {
  const loading = load();
  // Whoever gives up on the source shall not leave a failure behind that nobody catches.
  loading.catch(() => {});
  const given = await source;
  const reader = streamOf(given).getReader();
  let core;
  loading.then(
    (exports) => (core = exports),
    (error) => reader.cancel(error),
  );
  let estimation;
  try {
    // What arrives before the module is kept: a stream that nobody reads stops loading.
    const early = [];
    for (let done = false; !done; ) {
      const portion = await reader.read();
      done = portion.done;
      if (done) core = await loading;
      else early.push(portion.value);
      if (!core) continue;
      estimation ??= new Estimation(JSON.stringify({ file: given.name, ...question }));
      for (const bytes of early.splice(0)) feed(core.memory, estimation, bytes);
    }
    const text = estimation.finish();
    const problems = text === undefined && estimation.problems();
    estimation.free();
    if (problems) throw new EstimateError(JSON.parse(problems));
    return text;
  } catch (error) {
    reader.cancel(error).catch(() => {});
    throw error;
  }
};

export const estimate = async (source, question) => JSON.parse(await estimateText(source, question));

export const intervalText = async (options) => {
  await load();
  return intervalOf(JSON.stringify(options));
};

export const interval = async (options) => JSON.parse(await intervalText(options));
