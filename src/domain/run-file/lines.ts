import { z } from "zod";

import { CallRecord, ChatMessage } from "../call.ts";
import { goldShape, Scalar, type Verdict, verdicts } from "../grader.ts";
import { Ballot, JudgeCall } from "../judging.ts";
import { outcomes } from "../outcome.ts";
import { Params } from "../params.ts";
import { TaskRequest } from "../request/task-request.ts";
import { expected } from "../schema/expected.ts";
import { byName, list, Moment, record } from "../schema/readonly.ts";
import { EnvironmentRef, GraderRef, RedLine, Tool } from "../suite.ts";
import { BatchLine } from "./batch.ts";
import { Collected, GradedElsewhere } from "./elsewhere.ts";
import { RunLine } from "./header.ts";
import { EndLine, LimitLine, ResumeLine } from "./session.ts";
import { LabelsSaid, SubScore } from "./sub-score.ts";

const text = z.string();

/** An item's prompt in one wording: the base wording or an alternative. */
const RenderedPrompt = record({
  wording: text.nullable(),
  /** Globs over the targets that are asked in it; absent where all are. */
  for: list(text).exactOptional(),
  ask_digest: text,
  /** System prompt, few-shot and scripted messages, before the first turn. */
  messages: list(ChatMessage),
  /** The rendered prompt of each turn. */
  turns: list(text),
});
export type RenderedPrompt = z.infer<typeof RenderedPrompt>;

const GoldTurn = record({
  ...goldShape,
  weight: z.number().nonnegative(),
  /** Null if the turn is sent but not graded. */
  grader: GraderRef.nullable(),
});
export type GoldTurn = z.infer<typeof GoldTurn>;

const ItemLine = record({
  kind: z.literal("item"),
  /** `suite/task/item` */
  item: text,
  suite: text,
  task: text,
  dimension: list(text),
  tags: list(text),
  cluster: text.nullable(),
  weight: z.number().nonnegative(),
  /** Weight of the item's task among the tasks of its dimension. */
  task_weight: z.number().nonnegative(),
  difficulty: Scalar.nullable(),
  /** Absent where the suite says nothing of it. */
  language: text.exactOptional(),
  /** The variables of the item, those of its matrix included; absent where it has none. */
  vars: byName(Scalar).exactOptional(),
  /** Names of the variables that come from a matrix; absent where there is none. */
  axes: list(text).exactOptional(),
  /** Level on the ladder of its task, and what guessing gets there; absent where the task is none. */
  ladder: record({
    level: z.int().positive(),
    floor: z.number().min(0).lt(1),
  }).exactOptional(),
  severity: z.literal("红线").nullable(),
  /** Absent where the item has no severity or the suite says nothing: unresolved replies go to review. */
  red_line: RedLine.exactOptional(),
  /** A risk of annex A, such as A1.3; absent where the suite names none. */
  risk: text.exactOptional(),
  source: text.nullable(),
  /** Params of the suite and the task; a target's own override them. */
  params: Params,
  /** What the task adds to its requests; absent where it adds nothing. */
  request: TaskRequest.exactOptional(),
  /** Declared tools, as the suite wrote them. */
  tools: list(Tool),
  /** The passages of its context, which the prompt shows; absent where it has none. */
  context: list(text).exactOptional(),
  /** What answers the calls; absent where they are only recorded. */
  environment: EnvironmentRef.exactOptional(),
  /** Requests after which an agent is stopped; absent where nothing answers calls. */
  max_steps: z.int().positive().exactOptional(),
  asks: list(RenderedPrompt),
  turns: list(GoldTurn),
  gold_digest: text,
});
export type ItemLine = z.infer<typeof ItemLine>;

/** A call of a conversation that goes on: what is paid for stands in the file before the next call is made. */
const StepLine = record({
  kind: z.literal("step"),
  /** Of the answer that the conversation will be, which repeats its calls. */
  key: text,
  item: text,
  target: text,
  /** The answer's digest. */
  digest: text,
  /** The call's place in the conversation, from 1. */
  step: z.int().positive(),
  call: CallRecord,
  lagged: z.boolean().exactOptional(),
});
export type StepLine = z.infer<typeof StepLine>;

const AnswerLine = record({
  kind: z.literal("answer"),
  key: text,
  item: text,
  wording: text.nullable(),
  trial: z.int().positive(),
  target: text,
  ask_digest: text,
  /** Covers `ask_digest`, model id, requested params and seed. */
  digest: text,
  /** The outcome of the last turn sent. */
  outcome: z.enum(outcomes),
  turns: list(CallRecord),
  /** What stood at the head of its system prompt, so that no cache knew it; absent unless the run was cold. */
  nonce: text.exactOptional(),
  /** Around the start or the first token of one of its calls, this machine was late by more than the times allow. */
  lagged: z.boolean().exactOptional(),
  /** Who brought an answer that baimo did not ask for, and when it was given; absent where baimo asked. */
  collected: Collected.exactOptional(),
  /** What the tool that asked made of it; absent where none did. */
  graded_elsewhere: GradedElsewhere.exactOptional(),
  /** The worker of the queue that asked, and where it stands; absent where the process that writes asked by itself. */
  worker: text.exactOptional(),
  region: text.exactOptional(),
});
export type AnswerLine = z.infer<typeof AnswerLine>;

const ruledShape = {
  verdict: z.enum(verdicts),
  /** In [0, 1]; null if the verdict is not counted. */
  value: z.number().min(0).max(1).nullable(),
};

/** A score without a value counts nowhere, so it must say that it is none. */
const counts = ({ verdict, value }: { readonly verdict: Verdict; readonly value: number | null }) =>
  (value === null) === (verdict === "ungraded" || verdict === "failed");
const counted = {
  path: ["value"],
  error: expected(
    "ungraded、failed 时为 null，否则为 0 到 1 的数",
    "null for ungraded and failed, else a number from 0 to 1",
  ),
};

const scoreShape = {
  ...ruledShape,
  extracted: text.nullable(),
  why: text,
  notes: byName(Scalar).exactOptional(),
  /** The judges' votes, if there is one graded turn and judges graded it. */
  ballots: list(Ballot).exactOptional(),
  /** By name, if there is one graded turn and its grader has several checks or fields. */
  sub_scores: list(SubScore).exactOptional(),
  /** If there is one graded turn and its grader reads labels. */
  labels: LabelsSaid.exactOptional(),
};

const TurnScore = record(scoreShape).refine(counts, counted);
export type TurnScore = z.infer<typeof TurnScore>;

const ScoreLine = record({
  kind: z.literal("score"),
  key: text,
  grader: record({ id: text, version: text, digest: text }),
  ...scoreShape,
  /** One per graded turn, if there are several. */
  turns: list(TurnScore).exactOptional(),
  /** Judge calls, metered separately. */
  judge_calls: list(JudgeCall).exactOptional(),
  /** Grading was cut off when the run stopped; it is repeated when the run resumes. */
  pending: z.literal(true).exactOptional(),
}).refine(counts, counted);
export type ScoreLine = z.infer<typeof ScoreLine>;

/** How an answer was drawn at random: `drawn` of `of` answers, so with the probability drawn / of, by this seed. */
const RandomDraw = record({
  seed: z.int().nonnegative(),
  drawn: z.int().positive(),
  of: z.int().positive(),
}).refine(({ drawn, of }) => drawn <= of, {
  path: ["drawn"],
  error: expected("不大于 of 的整数", "a whole number of at most `of`"),
});
export type RandomDraw = z.infer<typeof RandomDraw>;

const ReviewLine = record({
  kind: z.literal("review"),
  key: text,
  who: text,
  when: Moment,
  ...ruledShape,
  reason: text,
  /** Drawn at random, not because it looked doubtful: only such reviews tell how well a grader does overall. */
  sampled: z.boolean().exactOptional(),
  /** The draw that it came from; absent in files of earlier versions, whose draws were not recorded. */
  draw: RandomDraw.exactOptional(),
  /** Decides where people disagreed, and outranks their rulings. */
  arbiter: z.literal(true).exactOptional(),
  /** The person did not see the grader's verdict. */
  blind: z.boolean().exactOptional(),
}).refine(counts, counted);
export type ReviewLine = z.infer<typeof ReviewLine>;

/** The one schema of each kind of line: the types, the published JSON Schema and the check on reading follow from it. */
export const lineSchemas = {
  run: RunLine,
  item: ItemLine,
  step: StepLine,
  answer: AnswerLine,
  score: ScoreLine,
  review: ReviewLine,
  resume: ResumeLine,
  limit: LimitLine,
  batch: BatchLine,
  end: EndLine,
} as const;

export type RunFileLine = z.infer<(typeof lineSchemas)[keyof typeof lineSchemas]>;
