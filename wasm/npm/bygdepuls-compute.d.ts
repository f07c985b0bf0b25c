/** A file: loaded, being loaded, chosen by a reader, or as bytes. A stream gives bytes. */
export type Source = Response | Blob | ReadableStream<Uint8Array> | ArrayBuffer | Uint8Array;

/** The options of `bygdepuls estimate`, without their dashes. Columns and codes are named as in the file. */
export interface Question {
  /** Mean of a column; this or `share`. */
  mean?: string;
  /** Share with one of the values: `"Y=V1,V2"`. */
  share?: string;
  /** Column of weights. */
  weights?: string;
  /** Columns to group by. */
  by?: string[] | string;
  /** Values of the analysed column that mean missing. */
  missing?: (string | number)[] | string | number;
  /** Name of the file in messages; a chosen file has its own. */
  file?: string;
  /** Language of messages; `en` if absent. */
  lang?: "nb" | "nn" | "en";
}

/** One figure. It is internal: it is not protected. */
export interface Estimate {
  by: Record<string, string>;
  statistic: string;
  variable: string;
  value: string | null;
  estimate: number | null;
  se: number | null;
  ci_lower: number | null;
  ci_upper: number | null;
  level: number | null;
  ci_method: string | null;
  df: number | null;
  n: number;
  sum_of_weights: number;
  status: string;
  notes: string[];
}

/** What `bygdepuls estimate --format json` prints. */
export interface Estimates {
  cells: Estimate[];
  /** Warnings as sentences. */
  warnings: string[];
}

/** One thing that is wrong, with its place. Answers are not quoted. */
export interface Problem {
  severity: "error" | "warning";
  code: string;
  message: string;
  file: string;
  line: number | null;
  record: number | null;
  column: string | null;
  value: string | null;
  expected: string | null;
  help: string | null;
}

/** The file or the question has errors. */
export declare class EstimateError extends Error {
  /** How many errors there are. */
  errors: number;
  /** Errors and warnings, at most 100. */
  problems: Problem[];
  /** Files with more than that, and how many more. */
  more: { file: string; more: number }[];
}

/** Estimates while the file loads. Rejects with an `EstimateError`, or with what went wrong in loading. */
export declare function estimate(source: Source | Promise<Source>, question: Question): Promise<Estimates>;

/** The same as text: to the byte what the command line prints. */
export declare function estimateText(source: Source | Promise<Source>, question: Question): Promise<string>;

/**
 * Loads the module before it is needed; otherwise the first estimate does. By default from beside the script; outside a
 * browser its bytes are given.
 */
export declare function load(module?: URL | Response | Promise<Response> | BufferSource | WebAssembly.Module): Promise<unknown>;
