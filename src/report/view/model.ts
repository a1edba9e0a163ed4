import type { Verdict } from "../../domain/grader.ts";
import type { Ballot } from "../../domain/judging.ts";
import type { Outcome } from "../../domain/outcome.ts";
import type { WorkerSeen } from "../../domain/run-file/event.ts";
import type { TargetEntry, RunLine } from "../../domain/run-file/header.ts";
import type { RandomDraw } from "../../domain/run-file/lines.ts";
import type { EndLine, LoopHealth } from "../../domain/run-file/session.ts";
import type { LabelsSaid, SubScore } from "../../domain/run-file/sub-score.ts";
import type { Variables } from "../../domain/variables/variables.ts";
import type { ColumnStore, KeyTable } from "./columns.ts";

import { verdicts } from "../../domain/grader.ts";
import { outcomes } from "../../domain/outcome.ts";
import { createColumns } from "./columns.ts";
import { itemShape, rowShape, callShape, histogramBins } from "./shapes.ts";

/** What a report keeps of one ballot: no texts. */
export type BallotView = Pick<
  Ballot,
  | "judge"
  | "value"
  | "orders"
  | "both"
  | "fault"
  | "asked_again"
  | "doubts_reference"
  | "stands_in_for"
>;

/** Repeated calls of a judge, and what they cost. */
export type Reasks = {
  calls: number;
  readonly cost: { CNY: number; USD: number };
  unknown: number;
};

/** One graded turn that a judge graded, or that a rule decided so that no judge was asked. */
export type JudgedTurn = {
  readonly value: number | null;
  readonly ballots: readonly BallotView[];
  /** For a pair: what it was compared with, and both lengths in characters; null in other modes. */
  readonly pair: {
    readonly baseline: string;
    readonly chars: number;
    readonly baseline_chars: number;
  } | null;
  /** For a cascade: what the rule alone said, and who decided; null where there was no rule. */
  readonly rule: { readonly value: number | null; readonly decided: boolean } | null;
};

/** Counts of one answer: calls made, the fewest that there are, rules broken, and effects that are forbidden. */
type AgentMark = {
  readonly calls: number;
  readonly fewest_calls: number | null;
  readonly breaches: number;
  readonly forbidden: number;
};

/** Whether one constraint of an item was kept; null where a judge was to say and none did. */
export type ConstraintMark = { readonly check: string; readonly ok: boolean | null };

/** What a report keeps of one sub-score. */
export type SubScoreMark = Pick<SubScore, "name" | "value" | "verdict">;

/** The newest ruling of one person on one answer. */
export type Ruling = {
  readonly who: string;
  readonly made_ms: number;
  readonly verdict: Verdict;
  readonly value: number | null;
  readonly sampled: boolean;
  /** Decides over the others. */
  readonly arbiter: boolean;
};

/** What a grader said of an answer that a person ruled on. */
export type GraderSaid = {
  /** Null where no grader has said anything. */
  readonly verdict: Verdict | null;
  readonly value: number | null;
  readonly grader: string | null;
};

/** An answer that people ruled on, with what stood below their rulings. */
export type Reviewed = {
  said: GraderSaid;
  readonly rulings: Map<string, Ruling>;
  /** The random draw that it came from; null where it came from none, or from one that was not recorded. */
  draw: RandomDraw | null;
};

type TaskView = {
  readonly suite: string;
  readonly task: string;
  readonly dimension: readonly string[];
  readonly weight: number;
};

export type Items = ColumnStore<ReturnType<typeof itemShape>>;

type Rows = ColumnStore<ReturnType<typeof rowShape>>;

type Calls = ColumnStore<ReturnType<typeof callShape>>;

/** Running sums of a target, kept correct when answers are replaced, so that a live display need not visit every row. */
export type Totals = {
  answers: number;
  /** By verdict code: 0 not graded yet, then as in `verdicts`. */
  readonly verdicts: Uint32Array;
  /** By outcome code, as in `outcomes`. */
  readonly outcomes: Uint32Array;
  /** Answers that stand in the score's denominator, and the sum of their values. */
  counted: number;
  value: number;
  /** Answers whose token counts cannot be true. */
  doubted: number;
  readonly cost: { CNY: number; USD: number };
  /** Paid for answers that later ones replaced, and for steps of conversations that have no answer yet. */
  readonly replacedCost: { CNY: number; USD: number };
  readonly judgeCost: { CNY: number; USD: number };
  judgeCalls: number;
  judgeCostUnknown: number;
  /** First-token times and speeds by logarithmic bin; see `quantileOf`. */
  readonly firstToken: Uint32Array;
  readonly speed: Uint32Array;
};

/** Names with the answers that hold them, and the sets of names that came with one answer, the first of which is empty. */
export type NameSets = {
  readonly counts: Map<string, number>;
  readonly sets: (readonly string[])[];
};

export type TargetView = {
  readonly ref: string;
  readonly index: number;
  entry: TargetEntry | null;
  readonly rows: Rows;
  readonly calls: Calls;
  /** Approximate running sums for live display; `summary.ts` computes the exact values from the rows. */
  readonly totals: Totals;
  inFlight: number;
  /** Of a run that is gone on with: answers that stand and are still to be asked for again. They do not count as done. */
  toAskAgain: number;
  retries: number;
  /** Names of models that came back, with the answers that hold them. */
  readonly models: Map<string, number>;
  /** The sets of names that came back with one answer; the first is empty. */
  readonly modelSets: (readonly string[])[];
  /** Models that answered instead of the asked one and whose price was taken. */
  readonly pricedAs: Set<string>;
  /** Params that the vendor refused, with the answers that were given without them. */
  readonly refused: NameSets;
  /** Levels of thinking that were not sent as asked, or that the vendor treats as others; see `levelOf`. */
  readonly levels: NameSets;
  /** Values seen with their counts; at most `maxSeen` different ones are kept. */
  readonly fingerprints: Map<string, number>;
  readonly judges: Map<string, number>;
  /** What judges and rules said of the newest score, by row; only rows that a judge could grade. */
  readonly judged: Map<number, readonly JudgedTurn[]>;
  /** The constraints of the newest score, by row; only rows whose grader checks constraints. */
  readonly checked: Map<number, readonly ConstraintMark[]>;
  /** By row: what the agent of an answer did, where `goal` graded it. */
  readonly agents: Map<number, AgentMark>;
  /** The sub-scores of the newest score, by row; only rows whose grader has several checks or fields. */
  readonly subScores: Map<number, readonly SubScoreMark[]>;
  /** The labels read from a row; only rows whose grader reads labels. */
  readonly labels: Map<number, LabelsSaid>;
  /** Rows that people ruled on. */
  readonly reviews: Map<number, Reviewed>;
};

export type StepsPaid = { CNY: number; USD: number };

export type Failure = {
  readonly key: string;
  readonly target: string;
  readonly outcome: Outcome;
  readonly code: string | null;
  readonly message: string | null;
};

/** The part of a run that one process did. */
type SessionView = {
  /** Null while it is under way and where it was cut off. */
  loop: LoopHealth | null;
  /** How long it took; null while it is under way and where it was cut off. */
  wall_ms: number | null;
  /** How many timed answers it got, failed ones aside, by number of the target. */
  readonly answers: Map<number, number>;
};

/** Numbers of items, and at the same places the answers planned for each. */
type ListedItems = {
  readonly items: number[];
  readonly answers: number[];
  /** By item, of each wording that was written for some targets alone: which these are. */
  readonly tuned: Map<number, readonly (readonly string[])[]>;
};

/** What readers know of a run, live or from its file. Its size does not depend on the length of any text. */
export type View = {
  /** The header read last. */
  run: RunLine | null;
  /** That of `run`; null while it is under way and where it was cut off. */
  end: EndLine | null;
  /** All headers, with the last `end` line of each. */
  readonly runs: RunLine[];
  readonly ends: (EndLine | null)[];
  /** The items that each of them names, with the answers that it plans for them. */
  readonly listed: ListedItems[];
  /** Answers that stand in a later run as well, which are the ones that count. */
  overlaps: number;
  /** Of each run, in order; a resumed run has several. */
  readonly sessions: SessionView[][];
  stopping: "interrupt" | "budget" | "failed" | null;
  readonly itemKeys: KeyTable;
  readonly items: Items;
  readonly clusterKeys: KeyTable;
  /** The labels of items that are graded by labels, by item. */
  readonly goldLabels: Map<number, readonly string[]>;
  readonly tasks: TaskView[];
  readonly taskKeys: KeyTable;
  /** Cells of matrices, each once, with their numbers from 1 by their JSON. */
  readonly cells: Variables[];
  readonly cellNumbers: Map<string, number>;
  /** Alternative wordings by number; 0 is the base wording. */
  readonly wordings: (string | null)[];
  /** Null, and the regions that answers name. */
  readonly regions: (string | null)[];
  /** Ids of graders by the fingerprint in the rows. */
  readonly graders: Map<number, string>;
  /** The same with their versions, as in `refusal 4`. */
  readonly versions: Map<number, string>;
  /** Judges whose votes came from the simulator. */
  readonly simulatedJudges: Set<string>;
  /** Calls that repeated a question because the first reply broke the form, by judge. */
  readonly reasks: Map<string, Reasks>;
  /** Names of the items that judges grade, by number. */
  readonly judgedItems: Map<number, string>;
  readonly targets: TargetView[];
  readonly byRef: Map<string, TargetView>;
  readonly answerKeys: KeyTable;
  readonly answerRows: ColumnStore<{ target: Int32Array; row: Int32Array }>;
  readonly asking: Set<string>;
  /** Of a live run on a queue: its workers, as they were a second ago. */
  workers: readonly WorkerSeen[];
  /** What the steps of conversations cost that have no answer yet, or one that failed, by its key. */
  readonly steps: Map<string, StepsPaid>;
  /** The newest last. */
  readonly failures: Failure[];
};

/** A target without answers. */
export const createTarget = (ref: string, index: number): TargetView => ({
  ref,
  index,
  entry: null,
  rows: createColumns(rowShape()),
  calls: createColumns(callShape()),
  totals: createTotals(),
  inFlight: 0,
  toAskAgain: 0,
  retries: 0,
  models: new Map(),
  modelSets: [[]],
  pricedAs: new Set(),
  refused: { counts: new Map(), sets: [[]] },
  levels: { counts: new Map(), sets: [[]] },
  fingerprints: new Map(),
  judges: new Map(),
  judged: new Map(),
  checked: new Map(),
  agents: new Map(),
  subScores: new Map(),
  labels: new Map(),
  reviews: new Map(),
});

const createTotals = (): Totals => ({
  answers: 0,
  verdicts: new Uint32Array(verdicts.length + 1),
  outcomes: new Uint32Array(outcomes.length),
  counted: 0,
  value: 0,
  doubted: 0,
  cost: { CNY: 0, USD: 0 },
  replacedCost: { CNY: 0, USD: 0 },
  judgeCost: { CNY: 0, USD: 0 },
  judgeCalls: 0,
  judgeCostUnknown: 0,
  firstToken: new Uint32Array(histogramBins),
  speed: new Uint32Array(histogramBins),
});
