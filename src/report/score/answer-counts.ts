import type { Outcome } from "../../domain/outcome.ts";
import type { TargetView } from "../view/model.ts";

import { type Verdict, verdicts } from "../../domain/grader.ts";
import { outcomes } from "../../domain/outcome.ts";
import { flag } from "../view/shapes.ts";

/** Tokens over all answers; null where a vendor did not say. */
export type TokenSums = {
  readonly input: number | null;
  readonly cached_input: number | null;
  readonly output: number | null;
  readonly reasoning: number | null;
};

/** Sums over the rows of a target. */
export type AnswerCounts = ReturnType<typeof emptyCounts>;

const emptyCounts = () => ({
  answers: 0,
  counted: 0,
  verdicts: Object.fromEntries(["none", ...verdicts].map((name) => [name, 0])) as Record<
    Verdict | "none",
    number
  >,
  outcomes: {} as Partial<Record<Outcome, number>>,
  simulated: false,
  costIncomplete: false,
  costUnknown: false,
  /** Answers that a vendor was asked for and returned. */
  asked: 0,
  words: 0,
  cost: { CNY: 0, USD: 0 },
  tokens: { input: 0, cached_input: 0, output: 0, reasoning: 0 } as Record<
    keyof TokenSums,
    number | null
  >,
  calls: 0,
  firstOk: 0,
  firstToken: [] as number[],
  /** First-token times by the number of a region. */
  regionFirst: new Map<number, number[]>(),
  cachedFirst: [] as number[],
  uncachedFirst: [] as number[],
  firstAnswer: [] as number[],
  thinking: [] as number[],
  total: [] as number[],
  speed: [] as number[],
});

/** Sums the rows of the marked items up. */
export function countRows(target: TargetView, inside: Uint8Array): AnswerCounts {
  const counts = emptyCounts();
  for (let row = 0; row < target.rows.length; row++) {
    if (inside[target.rows.at.item[row] ?? 0] === 1) countRow(target, row, counts);
  }
  return counts;
}

const verdictNames = ["none", ...verdicts] as const;

function countRow(target: TargetView, row: number, counts: AnswerCounts): void {
  const { at } = target.rows;
  const verdict = verdictNames[at.verdict[row] ?? 0] ?? "none";
  const outcome = outcomes[at.outcome[row] ?? 0] ?? "ok";
  const flags = at.flags[row] ?? 0;
  counts.answers++;
  counts.verdicts[verdict]++;
  counts.outcomes[outcome] = (counts.outcomes[outcome] ?? 0) + 1;
  if (!Number.isNaN(at.value[row] ?? Number.NaN)) counts.counted++;
  if (flags & flag.simulated) counts.simulated = true;
  if (flags & flag.costIncomplete) counts.costIncomplete = true;
  if (flags & flag.costUnknown) counts.costUnknown = true;
  if (flags & flag.asked && verdict !== "failed") countAsked(target, row, counts);
  counts.cost[at.currency[row] === 1 ? "USD" : "CNY"] += at.cost[row] ?? 0;
  countCalls(target, row, counts);
}

function countAsked({ rows: { at } }: TargetView, row: number, counts: AnswerCounts): void {
  counts.asked++;
  counts.words += at.words[row] ?? 0;
  counts.tokens.input = add(counts.tokens.input, at.input[row]);
  counts.tokens.cached_input = add(counts.tokens.cached_input, at.cached_input[row]);
  counts.tokens.output = add(counts.tokens.output, at.output[row]);
  counts.tokens.reasoning = add(counts.tokens.reasoning, at.reasoning[row]);
}

const add = (sum: number | null, more: number | undefined): number | null =>
  sum === null || more === undefined || more < 0 ? null : sum + more;

function countCalls({ rows, calls: { at } }: TargetView, row: number, counts: AnswerCounts): void {
  const flags = rows.at.flags[row] ?? 0;
  if (!(flags & flag.asked) || flags & flag.elsewhere) return;
  const from = rows.at.calls_from[row] ?? 0;
  const region = rows.at.region[row] ?? 0;
  const ofRegion = counts.regionFirst.get(region) ?? [];
  counts.regionFirst.set(region, ofRegion);
  for (let call = from; call < from + (rows.at.calls[row] ?? 0); call++) {
    counts.calls++;
    counts.firstOk += at.first_ok[call] ?? 0;
    push(counts.firstToken, at.first_token_ms[call]);
    push(ofRegion, at.first_token_ms[call]);
    if (at.cached[call] === 2) push(counts.cachedFirst, at.first_token_ms[call]);
    if (at.cached[call] === 1) push(counts.uncachedFirst, at.first_token_ms[call]);
    push(counts.firstAnswer, at.first_answer_ms[call]);
    push(counts.thinking, at.thinking_ms[call]);
    push(counts.total, at.total_ms[call]);
    push(counts.speed, at.speed[call]);
  }
}

function push(list: number[], value: number | undefined): void {
  if (value !== undefined && !Number.isNaN(value)) list.push(value);
}
