import type { EndLine, LimitLine, ResumeLine } from "./session-lines.ts";
import type { CallRecord, ChatMessage } from "./call.ts";
import type { Fx } from "./config.ts";
import type { Gold, Scalar, Verdict } from "./grader.ts";
import type { Ballot, JudgeCall } from "./judging.ts";
import type { Money, PriceRow } from "./money.ts";
import type { Outcome } from "./outcome.ts";
import type { Params } from "./params.ts";
import type { DataClass, GraderRef } from "./suite.ts";
import type { Tool } from "./tool.ts";

/** How a target was reached, where it was not directly and with the usual trust. No credentials. */
export type NetworkEntry = {
  /** Scheme, host and port: times through a proxy hold for that proxy only. */
  readonly proxy: string | null;
  /** One a file: the SHA-256 fingerprint of its certificate, or of all of them together. */
  readonly ca: readonly { readonly sha256: string; readonly certificates: number }[];
  /** SHA-256 fingerprint of the certificate that we show. */
  readonly client_cert: string | null;
};

/** The run file's schema. A newer major number is refused by older tools. */
export const runSchema = "run/1";

export type SuiteEntry = {
  readonly id: string;
  readonly title: string | null;
  readonly license: string | null;
  readonly source: string | null;
  readonly data_class: DataClass;
  /** Digest of the suite's text and of every data file that it names. */
  readonly digest: string;
  readonly items: number;
  /** Generator name to seed. */
  readonly seeds: Readonly<Record<string, number>>;
  /** Digest of all but the generators' seeds; absent in files of earlier versions. */
  readonly recipe?: string;
};

export type TargetEntry = {
  readonly ref: string;
  readonly provider: string;
  readonly model: string;
  readonly variant: string | null;
  /** 机构. */
  readonly vendor: { readonly zh: string; readonly en: string };
  readonly base_model: string | null;
  readonly protocol: string;
  readonly base_url: string;
  readonly egress: string | null;
  /** Asked by us for every call of this target, over the suites' own. */
  readonly params: Params;
  readonly limits: {
    readonly scope: "account" | "model";
    readonly concurrency: number;
    readonly rpm: number | null;
    readonly tpm: number | null;
    /** Nobody stated the concurrency: the lane starts low and finds out. */
    readonly assumed?: boolean;
  };
  /** The row used, or null where the price is unknown. */
  readonly price: PriceRow | null;
  /** Shown in place with rank "-". */
  readonly reference: boolean;
  /** A baseline that asks nobody. */
  readonly baseline: boolean;
  /** Absent where it is reached directly. */
  readonly network?: NetworkEntry;
};

export type Settings = {
  readonly trials: number;
  readonly seed: number;
  readonly limit: number | null;
  readonly filter: string | null;
  readonly wordings: boolean;
  readonly concurrency: number | null;
  readonly attempts: number;
  readonly deadlines_ms: {
    readonly connect: number;
    readonly first_byte: number;
    readonly idle: number;
    readonly total: number;
  };
  readonly params: Params;
  readonly max_cost: Money | null;
  readonly max_tokens_total: number | null;
  /** The same for each target alone. */
  readonly max_cost_per_target?: Money | null;
  readonly max_tokens_per_target?: number | null;
  readonly via_sim: boolean;
  /** Generators draw from this instead of the suites' own seeds, so that the items are new. */
  readonly reseed?: number | null;
};

export type RunLine = {
  readonly kind: "run";
  readonly schema: typeof runSchema;
  readonly id: string;
  readonly tool: {
    readonly version: string;
    readonly commit: string | null;
    readonly node: string;
  };
  readonly started_at: string;
  /** IANA name of the machine's time zone. */
  readonly zone: string;
  /** Suites, targets and all settings that may not change on resume. */
  readonly plan_digest: string;
  readonly suites: readonly SuiteEntry[];
  readonly targets: readonly TargetEntry[];
  readonly settings: Settings;
  readonly fx: Fx;
  /** Judges of the run; absent where it has none. */
  readonly judges?: readonly TargetEntry[];
  /** Answers that a complete run holds, for each target and in all. */
  readonly size: { readonly items: number; readonly per_target: number; readonly answers: number };
};

/** One way of asking an item: the base wording or an alternative. */
export type Asked = {
  readonly wording: string | null;
  readonly ask_digest: string;
  /** System prompt, few-shot and scripted messages, before the first asked turn. */
  readonly messages: readonly ChatMessage[];
  /** The rendered prompt of each turn. */
  readonly turns: readonly string[];
};

export type GoldTurn = Gold & {
  readonly weight: number;
  /** Null where the turn is asked but not graded. */
  readonly grader: GraderRef | null;
};

export type ItemLine = {
  readonly kind: "item";
  /** `suite/task/item` */
  readonly item: string;
  readonly suite: string;
  readonly task: string;
  readonly dimension: readonly string[];
  readonly tags: readonly string[];
  readonly cluster: string | null;
  readonly weight: number;
  /** Weight of the item's task among the tasks of its dimension. */
  readonly task_weight: number;
  readonly difficulty: Scalar | null;
  readonly severity: "红线" | null;
  readonly source: string | null;
  /** Params of the suite and the task; a target's own go over them. */
  readonly params: Params;
  /** Declared tools, as the suite wrote them. */
  readonly tools: readonly Tool[];
  readonly asks: readonly Asked[];
  readonly turns: readonly GoldTurn[];
  readonly gold_digest: string;
};

export type AnswerLine = {
  readonly kind: "answer";
  readonly key: string;
  readonly item: string;
  readonly wording: string | null;
  readonly trial: number;
  readonly target: string;
  readonly ask_digest: string;
  /** `ask_digest`, model id, asked params and seed. */
  readonly digest: string;
  /** That of the last turn that was asked. */
  readonly outcome: Outcome;
  readonly turns: readonly CallRecord[];
  /** The process was too busy for its timings to be trusted. */
  readonly lagged?: boolean;
};

export type TurnScore = {
  readonly verdict: Verdict;
  readonly value: number | null;
  readonly extracted: string | null;
  readonly why: string;
  readonly notes?: Readonly<Record<string, Scalar>>;
  /** What each judge said, where judges graded. */
  readonly ballots?: readonly Ballot[];
};

export type ScoreLine = {
  readonly kind: "score";
  readonly key: string;
  readonly grader: { readonly id: string; readonly version: string; readonly digest: string };
  readonly verdict: Verdict;
  /** In [0, 1]; null where the verdict is not counted. */
  readonly value: number | null;
  readonly extracted: string | null;
  readonly why: string;
  readonly notes?: Readonly<Record<string, Scalar>>;
  /** What each judge said, where there is one graded turn and judges graded it. */
  readonly ballots?: readonly Ballot[];
  /** One a graded turn, where there are several. */
  readonly turns?: readonly TurnScore[];
  /** Judge calls, metered apart. */
  readonly judge_calls?: readonly JudgeCall[];
  /** Grading was cut off when the run stopped; it is done again when the run goes on. */
  readonly pending?: true;
};

export type ReviewLine = {
  readonly kind: "review";
  readonly key: string;
  readonly who: string;
  readonly when: string;
  readonly verdict: Verdict;
  readonly value: number | null;
  readonly reason: string;
  /** Drawn at random, not because it looked doubtful: only such rulings tell how well a grader does overall. */
  readonly sampled?: boolean;
  /** The person did not see the grader's verdict. */
  readonly blind?: boolean;
};

export type Line =
  | RunLine
  | ItemLine
  | AnswerLine
  | ScoreLine
  | ReviewLine
  | ResumeLine
  | LimitLine
  | EndLine;
