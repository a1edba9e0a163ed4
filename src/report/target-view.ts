import type { TargetEntry } from "../domain/record.ts";
import type { Columns } from "./columns.ts";
import type { Judged } from "./judge-view.ts";
import type { Reviewed } from "./review-view.ts";

import { verdicts } from "../domain/grader.ts";
import { outcomes } from "../domain/outcome.ts";
import { createColumns } from "./columns.ts";

/** Bits of a row's `flags`. */
export const flag = {
  reviewed: 1,
  simulated: 2,
  lagged: 4,
  /** An attempt that failed after it had streamed may have been billed. */
  costIncomplete: 8,
  /** A call that was answered has no known cost. */
  costUnknown: 16,
  /** A request was made, so its price matters. */
  asked: 32,
} as const;

/** Verdict code 0 means not graded yet; else the index in `verdicts` plus one. */
export const verdictCode = { none: 0, ...codes(verdicts) };
export const outcomeCode = codes(outcomes, 0);

const rowShape = () => ({
  item: new Int32Array(0),
  wording: new Int32Array(0),
  trial: new Int32Array(0),
  /** Low 32 bits of the fingerprint of `ask_digest`. */
  ask: new Uint32Array(0),
  /** The same of the grader's digest, which covers its version; 0 where none graded. */
  grader: new Uint32Array(0),
  /** Byte in the file at which the answer's line starts; -1 where it came from no file. */
  offset: new Float64Array(0),
  /** NaN where the verdict is not counted. */
  value: new Float64Array(0),
  verdict: new Uint8Array(0),
  /** Code of the one letter that a grader took for the answer; 0 where it took none or more. */
  said: new Uint8Array(0),
  outcome: new Uint8Array(0),
  flags: new Uint8Array(0),
  calls_from: new Int32Array(0),
  calls: new Int32Array(0),
  /** Tokens over the turns; -1 where the vendor did not say. */
  input: new Int32Array(0),
  cached_input: new Int32Array(0),
  output: new Int32Array(0),
  reasoning: new Int32Array(0),
  /** Known cost over the turns. */
  cost: new Float64Array(0),
  /** 0 CNY, 1 USD. */
  currency: new Uint8Array(0),
  /** Of the answers, reasoning left out: code points, and 字数. */
  points: new Int32Array(0),
  words: new Int32Array(0),
});

const callShape = () => ({
  /** -1 once a later answer took the row. */
  row: new Int32Array(0),
  /** NaN where there is none; +Infinity for a call that finally timed out. */
  first_token_ms: new Float32Array(0),
  first_answer_ms: new Float32Array(0),
  total_ms: new Float32Array(0),
  /** Code points per second after the first delivery; NaN where the stream was none. */
  speed: new Float32Array(0),
  attempts: new Uint8Array(0),
  first_ok: new Uint8Array(0),
});

export type Rows = Columns<ReturnType<typeof rowShape>>;
export type Calls = Columns<ReturnType<typeof callShape>>;

/** Running sums of a target, kept right under replacement, so that a live display costs nothing per row. */
export type Totals = {
  answers: number;
  /** By verdict code: 0 not graded yet, then as in `verdicts`. */
  readonly verdicts: Uint32Array;
  /** By outcome code, as in `outcomes`. */
  readonly outcomes: Uint32Array;
  /** Answers that stand in the score's denominator, and the sum of their values. */
  counted: number;
  value: number;
  readonly cost: { CNY: number; USD: number };
  /** Paid for answers that later ones replaced. */
  readonly replacedCost: { CNY: number; USD: number };
  readonly judgeCost: { CNY: number; USD: number };
  judgeCalls: number;
  judgeCostUnknown: number;
  /** First-token times and speeds by logarithmic bin; see `quantileOf`. */
  readonly firstToken: Uint32Array;
  readonly speed: Uint32Array;
};

export type TargetView = {
  readonly ref: string;
  readonly index: number;
  entry: TargetEntry | null;
  readonly rows: Rows;
  readonly calls: Calls;
  /** Running sums for live display; what `summary.ts` computes from the rows is exact. */
  readonly totals: Totals;
  inFlight: number;
  retries: number;
  /** Values seen with their counts; at most `maxSeen` different ones are kept. */
  readonly models: Map<string, number>;
  readonly fingerprints: Map<string, number>;
  readonly judges: Map<string, number>;
  /** What judges and rules said of the newest score, by row; only rows that a judge could grade. */
  readonly judged: Map<number, readonly Judged[]>;
  /** Rows that people ruled on. */
  readonly reviews: Map<number, Reviewed>;
};

/** Bins of the histograms in `Totals`. */
export const histogramBins = 1_800;

/** A target without answers. */
export const createTarget = (ref: string, index: number): TargetView => ({
  ref,
  index,
  entry: null,
  rows: createColumns(rowShape()),
  calls: createColumns(callShape()),
  totals: createTotals(),
  inFlight: 0,
  retries: 0,
  models: new Map(),
  fingerprints: new Map(),
  judges: new Map(),
  judged: new Map(),
  reviews: new Map(),
});

function codes<Name extends string>(names: readonly Name[], from = 1): Record<Name, number> {
  return Object.fromEntries(names.map((name, index) => [name, index + from])) as Record<
    Name,
    number
  >;
}

const createTotals = (): Totals => ({
  answers: 0,
  verdicts: new Uint32Array(verdicts.length + 1),
  outcomes: new Uint32Array(outcomes.length),
  counted: 0,
  value: 0,
  cost: { CNY: 0, USD: 0 },
  replacedCost: { CNY: 0, USD: 0 },
  judgeCost: { CNY: 0, USD: 0 },
  judgeCalls: 0,
  judgeCostUnknown: 0,
  firstToken: new Uint32Array(histogramBins),
  speed: new Uint32Array(histogramBins),
});
