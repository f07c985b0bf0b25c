/** A file: loaded, being loaded, chosen by a reader, or as bytes. A stream gives bytes. */
export type Source = Response | Blob | ReadableStream<Uint8Array> | ArrayBuffer | Uint8Array;

/** Names or codes: a list, or a text with commas between as on the command line. */
export type List = (string | number)[] | string | number;

/**
 * A method of intervals. `t` and `z` are for all statistics, the others for shares; those from `equal-tailed` on need
 * counts with a finite population.
 */
export type Method =
  | "t" | "z" | "logit" | "xlogit" | "asin" | "likelihood" | "likelihood-rao-scott" | "beta" | "korn-graubard"
  | "wilson" | "wilson-t" | "wilson-z" | "wilson-cc" | "clopper-pearson" | "mid-p" | "jeffreys" | "jeffreys-bcd"
  | "uniform-prior" | "agresti-coull" | "likelihood-ratio" | "logit-wald" | "arcsine" | "anscombe"
  | "equal-tailed" | "blaker" | "wang" | "bayes" | "wilson-fpc" | "clopper-pearson-fpc" | "nonresponse-bounds";

/** The options of `bygdepuls estimate`, without their dashes. Columns and codes are named as in the file. */
export interface Question {
  /** Means of columns; this, `total`, `share` or `ratio`. */
  mean?: List;
  /** Totals of columns. */
  total?: List;
  /** Share with one of the values: `"Y=V1,V2"`; the share of each value: `"Y"`. */
  share?: string;
  /** Total of a column over that of another: `"Y/X"`. */
  ratio?: string;
  /** Column of weights. */
  weights?: string;
  /** Column of strata, or several whose interaction they are: a list, or `"H1:H2"`. */
  strata?: string[] | string;
  /** Columns of sampling units, one for each stage; each record is one if absent. */
  psu?: string[] | string;
  /** Columns of the stratum's finite population, one for each stage: number of units, or sampling fraction. */
  fpc?: string[] | string;
  /** Whether sampling units with the same id in two strata are two. */
  nest?: boolean;
  /** Strata with a single sampling unit; `adjust` if absent. */
  "lonely-psu"?: "fail" | "remove" | "certainty" | "adjust" | "average";
  /** Whether that holds also where the sample has more units but the domain one. */
  "adjust-domain-lonely"?: boolean;
  /** Column that tells who is the same person in several records: the sampling unit when `psu` is absent. */
  person?: string;
  /** Conditions on the records: `"COL=V1,V2"`, also `!=`, `<`, `<=`, `>`, `>=`. The design stays that of the whole file. */
  where?: string[] | string;
  /** Columns to group by. */
  by?: string[] | string;
  /** Differences between two codes of a column in `by`: `"G:A-B"`, also `"G:0.5*A-0.5*B"`. */
  contrast?: string[] | string;
  /** Values of the analysed column that mean missing. */
  missing?: List;
  /** Method of the interval; if absent `t`, of shares `korn-graubard`, in a finite cohort `wang` or `bayes`. */
  ci?: Method;
  /** Confidence level; 0.95 if absent. */
  level?: number | string;
  /** Degrees of freedom: units less strata of the whole file (`design`, if absent), of the domain, or a number. */
  df?: "design" | "domain" | number | string;
  /** Design effect, against a simple random sample without replacement, or with. */
  deff?: boolean | "srs" | "replace";
  /** Whether the covariances of all figures are given too. */
  covariance?: boolean;
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
  /** Where it was asked for. */
  deff?: number | null;
  n: number;
  sum_of_weights: number;
  status: string;
  notes: string[];
}

/** What `bygdepuls estimate --format json` prints. */
export interface Estimates {
  cells: Estimate[];
  /** Between all cells that are no contrasts, where it was asked for. */
  covariance?: (number | null)[][];
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

/** The options of `bygdepuls interval`, without their dashes. */
export interface Counts {
  /** How many said yes. */
  successes: number;
  /** How many answered. */
  n: number;
  /** How many there are in all in the finite population of those who answered. */
  population?: number;
  /** Methods; `wang` with a population, otherwise `clopper-pearson`, if absent. */
  method?: Method | Method[] | "all" | (string & {});
  /** Confidence level; 0.95 if absent. */
  level?: number | string;
  /** Language of messages; `en` if absent. */
  lang?: "nb" | "nn" | "en";
}

/** The interval of a share by one method. */
export interface Interval extends Omit<Estimate, "variable" | "estimate" | "deff"> {
  variable: null;
  estimate: number;
}

/** Intervals of a share from counts. Rejects with the reason where there can be no such counts. */
export declare function interval(options: Counts): Promise<{ cells: Interval[]; warnings: string[] }>;

/** The same as text: to the byte what `bygdepuls interval --format json` prints. */
export declare function intervalText(options: Counts): Promise<string>;

/**
 * Loads the module before it is needed; otherwise the first estimate does. By default from beside the script; outside a
 * browser its bytes are given.
 */
export declare function load(module?: URL | Response | Promise<Response> | BufferSource | WebAssembly.Module): Promise<unknown>;
