import type { CallRecord, ChatMessage } from "../call.ts";
import type { Gold, Scalar, Verdict } from "../grader.ts";
import type { Ballot, JudgeCall } from "../judging.ts";
import type { Outcome } from "../outcome.ts";
import type { Params } from "../params.ts";
import type { EnvironmentRef, GraderRef, RedLine, Tool } from "../suite.ts";
import type { RunLine } from "./header.ts";
import type { EndLine, LimitLine, ResumeLine } from "./session.ts";

/** An item's prompt in one wording: the base wording or an alternative. */
export type RenderedPrompt = {
  readonly wording: string | null;
  readonly ask_digest: string;
  /** System prompt, few-shot and scripted messages, before the first turn. */
  readonly messages: readonly ChatMessage[];
  /** The rendered prompt of each turn. */
  readonly turns: readonly string[];
};

export type GoldTurn = Gold & {
  readonly weight: number;
  /** Null if the turn is sent but not graded. */
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
  /** Absent where the item has no severity or the suite says nothing: unresolved replies go to review. */
  readonly red_line?: RedLine;
  readonly source: string | null;
  /** Params of the suite and the task; a target's own override them. */
  readonly params: Params;
  /** Declared tools, as the suite wrote them. */
  readonly tools: readonly Tool[];
  /** What answers the calls; absent where they are only recorded. */
  readonly environment?: EnvironmentRef;
  /** Requests after which an agent is stopped; absent where nothing answers calls. */
  readonly max_steps?: number;
  readonly asks: readonly RenderedPrompt[];
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
  /** Covers `ask_digest`, model id, requested params and seed. */
  readonly digest: string;
  /** The outcome of the last turn sent. */
  readonly outcome: Outcome;
  readonly turns: readonly CallRecord[];
  /** Around the start or the first token of one of its calls, this machine was late by more than the times allow. */
  readonly lagged?: boolean;
};

export type TurnScore = {
  readonly verdict: Verdict;
  readonly value: number | null;
  readonly extracted: string | null;
  readonly why: string;
  readonly notes?: Readonly<Record<string, Scalar>>;
  /** The judges' votes, if judges graded. */
  readonly ballots?: readonly Ballot[];
};

export type ScoreLine = {
  readonly kind: "score";
  readonly key: string;
  readonly grader: { readonly id: string; readonly version: string; readonly digest: string };
  readonly verdict: Verdict;
  /** In [0, 1]; null if the verdict is not counted. */
  readonly value: number | null;
  readonly extracted: string | null;
  readonly why: string;
  readonly notes?: Readonly<Record<string, Scalar>>;
  /** The judges' votes, if there is one graded turn and judges graded it. */
  readonly ballots?: readonly Ballot[];
  /** One per graded turn, if there are several. */
  readonly turns?: readonly TurnScore[];
  /** Judge calls, metered separately. */
  readonly judge_calls?: readonly JudgeCall[];
  /** Grading was cut off when the run stopped; it is repeated when the run resumes. */
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
  /** Drawn at random, not because it looked doubtful: only such reviews tell how well a grader does overall. */
  readonly sampled?: boolean;
  /** The person did not see the grader's verdict. */
  readonly blind?: boolean;
};

export type RunFileLine =
  | RunLine
  | ItemLine
  | AnswerLine
  | ScoreLine
  | ReviewLine
  | ResumeLine
  | LimitLine
  | EndLine;
