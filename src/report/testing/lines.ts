import type { CallRecord, Timing } from "../../domain/call.ts";
import type { Verdict } from "../../domain/grader.ts";
import type { Money } from "../../domain/money.ts";
import type { Outcome } from "../../domain/outcome.ts";
import type { RunLine, TargetEntry } from "../../domain/run-file/header.ts";
import type { AnswerLine, GoldTurn, ItemLine, ScoreLine } from "../../domain/run-file/lines.ts";
import type { EndLine } from "../../domain/run-file/session.ts";

import { digestOf as digest } from "../../domain/digest.ts";
import { answerKey } from "../../domain/id.ts";
import { isGraded } from "../../domain/outcome.ts";
import { unknownUsage } from "../../domain/usage.ts";

const digests = new Map<string, string>();

/** Remembered, because simulations ask for the same few again and again. */
function digestOf(text: string): string {
  const known = digests.get(text) ?? digest(text);
  digests.set(text, known);
  return known;
}

/** Run-file lines with believable contents, for tests and benchmarks. */
export const targetEntry = (ref: string, more: Partial<TargetEntry> = {}): TargetEntry => ({
  ref,
  provider: ref.slice(0, ref.indexOf("/")),
  model: ref.slice(ref.indexOf("/") + 1),
  variant: null,
  vendor: { zh: "某厂", en: "Some vendor" },
  base_model: null,
  protocol: "openai-chat",
  base_url: "http://127.0.0.1:9/v1",
  egress: "境内",
  params: {},
  limits: { scope: "account", concurrency: 8, rpm: null, tpm: null },
  price: null,
  reference: false,
  baseline: false,
  ...more,
});

export const runLine = (
  refs: readonly (string | TargetEntry)[],
  more: Partial<RunLine> = {},
): RunLine => ({
  kind: "run",
  schema: "run/1",
  id: "20261121T201600Z-ab12cd",
  tool: { version: "0.1.0", commit: null, node: "v24.0.0" },
  started_at: "2026-11-21T20:16:00.000Z",
  zone: "Asia/Shanghai",
  plan_digest: "plan",
  suites: [
    {
      id: "s",
      title: "样卷",
      license: null,
      source: null,
      data_class: "公开",
      digest: digestOf("suite s"),
      items: 0,
      seeds: {},
    },
  ],
  targets: refs.map((ref) => (typeof ref === "string" ? targetEntry(ref) : ref)),
  settings: {
    trials: 1,
    seed: 7,
    limit: null,
    filter: null,
    wordings: false,
    concurrency: 8,
    attempts: 5,
    deadlines_ms: { connect: 10_000, first_byte: 600_000, idle: 120_000, total: 1_800_000 },
    params: {},
    max_cost: null,
    max_tokens_total: null,
    via_sim: false,
  },
  fx: {},
  size: { items: 0, per_target: 0, answers: 0 },
  ...more,
});

const gold: GoldTurn = {
  question: "“画蛇添足”比喻什么？",
  options: { A: "多此一举", B: "锦上添花", C: "一举两得", D: "半途而废" },
  answer: "A",
  answers: null,
  aliases: [],
  tolerance: null,
  unit: null,
  points: null,
  partial: null,
  reference: null,
  rubric: null,
  constraints: null,
  tests: null,
  expected_calls: null,
  expect: null,
  weight: 1,
  grader: { use: "choice" },
};

export type ItemFacts = Partial<Omit<ItemLine, "kind" | "turns">> & {
  readonly turns?: readonly Partial<GoldTurn>[];
};

/** An item named `suite/task/id`. */
export function itemLine(item: string, more: ItemFacts = {}): ItemLine {
  const [suite = "", task = ""] = item.split("/");
  const prompt = `${gold.question}\nA. 多此一举\nB. 锦上添花\nC. 一举两得\nD. 半途而废`;
  return {
    kind: "item",
    item,
    suite,
    task,
    dimension: ["中文特性", task],
    tags: [],
    cluster: null,
    weight: 1,
    task_weight: 1,
    difficulty: null,
    severity: null,
    source: null,
    params: {},
    tools: [],
    asks: [{ wording: null, ask_digest: digestOf(item), messages: [], turns: [prompt] }],
    gold_digest: digestOf(`gold of ${item}`),
    ...more,
    turns: (more.turns ?? [{}]).map((turn) => Object.assign({}, gold, turn)),
  };
}

export type AnswerFacts = {
  readonly item: string;
  readonly target: string;
  readonly wording?: string | null;
  readonly trial?: number;
  readonly outcome?: Outcome;
  readonly text?: string;
  readonly first_token_ms?: number;
  readonly total_ms?: number;
  readonly cost?: Money | null;
  readonly attempts?: CallRecord["attempts"];
  readonly simulated?: boolean;
  readonly call?: Partial<CallRecord>;
  readonly ask_digest?: string;
};

export const timingOf = (first: number, total: number, more: Partial<Timing> = {}): Timing => ({
  started_at: "2026-11-21T20:16:01.000Z",
  queued_ms: 0.4,
  connect_ms: null,
  headers_ms: first - 2,
  first_token_ms: first,
  first_answer_ms: first,
  last_token_ms: total - 1,
  total_ms: total,
  chunks: 20,
  max_gap_ms: 31.2,
  first_chars: 2,
  in_flight: 7,
  ...more,
});

const modelIn = (ref: string): string => ref.slice(ref.indexOf("/") + 1);

export function answerLine(facts: AnswerFacts): AnswerLine {
  const { item, target, wording = null, trial = 1, outcome = "ok" } = facts;
  const timing = timingOf(facts.first_token_ms ?? 200, facts.total_ms ?? 1_200);
  const graded = isGraded(outcome);
  const ask_digest = facts.ask_digest ?? digestOf(item);
  return {
    kind: "answer",
    key: answerKey({ item, wording, trial, target }),
    item,
    wording,
    trial,
    target,
    ask_digest,
    digest: ask_digest,
    outcome,
    turns: [
      {
        outcome,
        text: graded ? (facts.text ?? "比喻做了多余的事，反而不恰当。\n答案：A") : "",
        reasoning: "",
        finish: { reason: "stop", raw: "stop" },
        usage: graded
          ? { input: 96, cached_input: 0, cache_write: null, output: 20, reasoning: null }
          : unknownUsage,
        model_returned: graded ? `${modelIn(target)}-2026-01-01` : null,
        fingerprint: null,
        request_id: "req-1",
        dropped: [],
        simulated: facts.simulated ?? false,
        timing,
        cost: graded
          ? facts.cost === undefined
            ? { amount: 0.001, currency: "CNY" }
            : facts.cost
          : null,
        cost_incomplete: false,
        attempts: facts.attempts ?? [
          {
            outcome,
            status: 200,
            code: null,
            message: null,
            wait_ms: null,
            timing: null,
            streamed: false,
          },
        ],
        ...facts.call,
      },
    ],
  };
}

export function scoreLine(
  facts: Pick<AnswerFacts, "item" | "target" | "wording" | "trial">,
  verdict: Verdict,
  value: number | null = verdict === "right" ? 1 : 0,
): ScoreLine {
  const { item, target, wording = null, trial = 1 } = facts;
  return {
    kind: "score",
    key: answerKey({ item, wording, trial, target }),
    grader: { id: "choice", version: "1", digest: digestOf("choice 1") },
    verdict,
    value,
    extracted: "A",
    why: "marker",
  };
}

export const endLine = (more: Partial<EndLine> = {}): EndLine => ({
  kind: "end",
  when: "2026-11-21T20:20:00.000Z",
  status: "complete",
  answers: 0,
  failed: 0,
  wall_ms: 240_000,
  loop: { utilisation: 0.1, lag_p99_ms: 1.2, send_lag_p50_ms: 0.2, trusted: true },
  ...more,
});
