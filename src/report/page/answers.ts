import type { CallRecord } from "../../domain/call.ts";
import type { ItemLine, ReviewLine, ScoreLine } from "../../domain/run-file/lines.ts";
import type { View } from "../view/model.ts";
import type { CountingLines } from "./counting-lines.ts";

import { verdicts } from "../../domain/grader.ts";
import { isGraded, outcomes } from "../../domain/outcome.ts";
import { clean } from "../render/format.ts";
import { isRefusal } from "../score/zero-reasons.ts";
import { findNumber } from "../view/columns.ts";
import { flag } from "../view/shapes.ts";
import { createBlocks, type BlockSlot } from "./blocks.ts";
import { createCriteria, type CriterionMarks } from "./criteria.ts";
import { createFailures, type FailureCause } from "./failures.ts";
import { latencyOf, type TargetLatency, type TimedCall } from "./latency.ts";
import { createTokenCosts, type TokenCosts } from "./token-costs.ts";

/** Columns by item, in one order; `at` are block and slot of the item's line. */
export type ItemColumns = {
  readonly id: string[];
  readonly task: number[];
  /** The beginning of the question, plain. */
  readonly excerpt: string[];
  /** 1 where the item is a red line. */
  readonly severe: number[];
  /** Numbers in `tags`. */
  readonly tags: (readonly number[])[];
  readonly block: number[];
  readonly slot: number[];
};

/** Columns by answer, by item and then by target. Times in ms; -1 where something is unknown or did not happen. */
export type AnswerColumns = {
  readonly item: number[];
  readonly target: number[];
  readonly wording: number[];
  readonly trial: number[];
  /** 0 for none, else the place in `verdicts` plus one. */
  readonly verdict: number[];
  readonly outcome: number[];
  readonly value: number[];
  /** Code points of the reply without reasoning. */
  readonly chars: number[];
  readonly output: number[];
  readonly reasoning: number[];
  /** Of the first call. */
  readonly first_token_ms: number[];
  /** Of all calls together. */
  readonly total_ms: number[];
  readonly cost: number[];
  /** 1: a person ruled on it. */
  readonly ruled: number[];
  /** 1: it counts 0 because it refuses, as the board says. */
  readonly refused: number[];
  readonly block: number[];
  readonly slot: number[];
  /** Of the score and the rulings; -1 where there are none. */
  readonly score_block: number[];
  readonly score_slot: number[];
};

/** What a page knows of every answer without reading its block. */
export type AnswerIndex = {
  readonly targets: readonly string[];
  readonly tasks: View["tasks"];
  readonly tags: readonly string[];
  readonly wordings: readonly (string | null)[];
  readonly verdicts: readonly string[];
  readonly outcomes: readonly string[];
  readonly currency: "CNY" | "USD";
  readonly items: ItemColumns;
  readonly answers: AnswerColumns;
};

/** One answer in a block. */
export type AnswerRecord = { readonly turns: readonly CallRecord[] };
/** Its grade and the rulings on it. */
export type ScoreRecord = {
  readonly score: Omit<ScoreLine, "kind" | "key"> | null;
  readonly reviews: readonly Omit<ReviewLine, "kind" | "key">[];
};

export type GatheredAnswers = {
  readonly index: AnswerIndex;
  readonly blocks: readonly Buffer[];
  readonly latency: readonly TargetLatency[];
  readonly failures: readonly FailureCause[];
  readonly token_costs: readonly TokenCosts[];
  readonly criteria: readonly CriterionMarks[];
};

/** Reads all lines once more into blocks, and what only they can tell. `inside` marks the items that count. */
export async function gatherAnswers(
  { view, again }: CountingLines,
  inside: Uint8Array,
): Promise<GatheredAnswers> {
  const store = createBlocks();
  const [packItem, packAnswer] = [store.packer(), store.packer()];
  const items = emptyItems();
  const tags = new Map<string, number>();
  const places: BlockSlot[] = [];
  const scores: (ScoreLine | undefined)[] = [];
  const scorePlaces: BlockSlot[] = [];
  const reviews = new Map<number, ReviewLine[]>();
  const [failures, tokenCosts, criteria] = [
    createFailures(),
    createTokenCosts(),
    createCriteria(view, inside),
  ];
  const calls: TimedCall[][] = view.targets.map(() => []);
  const hourOf = hourIn(view.run?.zone ?? "UTC");
  const packScore = store.packer();
  await again((line) => {
    if (line.kind === "item") {
      const number = findNumber(view.itemKeys, line.item);
      noteItem(items, number, line, tags, packItem(JSON.stringify(line)));
      items.task[number] = view.items.at.task[number] ?? -1;
    } else if (line.kind === "answer") {
      const number = findNumber(view.answerKeys, line.key);
      places[number] = packAnswer(JSON.stringify({ turns: line.turns } satisfies AnswerRecord));
      const asked = view.byRef.get(line.target);
      const target = asked?.index ?? 0;
      // What was paid includes the items outside the board, as in the sums beside it.
      for (const call of line.turns)
        tokenCosts.take(line.target, asked?.entry?.price ?? null, call);
      if (inside[findNumber(view.itemKeys, line.item)] !== 1) return;
      for (const call of line.turns) {
        failures.take(line.target, call);
        const timed = timedCall(call, line.region ?? null, hourOf);
        if (timed !== null) calls[target]?.push(timed);
      }
    } else if (line.kind === "score") {
      const number = findNumber(view.answerKeys, line.key);
      scorePlaces[number] = packScore(recordOf(line, []));
      scores[number] = line;
      criteria.take(number, line);
    } else if (line.kind === "review") {
      const number = findNumber(view.answerKeys, line.key);
      reviews.set(number, [...(reviews.get(number) ?? []), line]);
    }
  });
  for (const [number, own] of reviews)
    scorePlaces[number] = packScore(recordOf(scores[number], own));
  return {
    index: {
      targets: view.targets.map(({ ref }) => ref),
      tasks: view.tasks,
      tags: [...tags.keys()],
      wordings: view.wordings,
      verdicts,
      outcomes,
      currency: view.targets.some(({ totals }) => totals.cost.CNY > 0) ? "CNY" : "USD",
      items,
      answers: answerColumns(view, places, scorePlaces),
    },
    blocks: await store.close(),
    latency: view.targets.map(({ ref }, at) => latencyOf(ref, calls[at] ?? [])),
    failures: failures.causes(),
    token_costs: tokenCosts.costs(),
    criteria: criteria.marks(),
  };
}

function recordOf(score: ScoreLine | undefined, own: readonly ReviewLine[]): string {
  const without = <Line extends { readonly kind: string; readonly key: string }>(line: Line) => {
    const { kind: _kind, key: _key, ...rest } = line;
    return rest;
  };
  return JSON.stringify({
    score: score === undefined ? null : without(score),
    reviews: own.map(without),
  } satisfies ScoreRecord);
}

const emptyItems = (): ItemColumns => ({
  id: [],
  task: [],
  excerpt: [],
  severe: [],
  tags: [],
  block: [],
  slot: [],
});

const excerptChars = 60;

function noteItem(
  items: ItemColumns,
  number: number,
  line: ItemLine,
  tags: Map<string, number>,
  { block, slot }: BlockSlot,
): void {
  items.id[number] = clean(line.item, 300);
  items.excerpt[number] = clean(line.turns[0]?.question ?? "", 400).slice(0, excerptChars);
  items.severe[number] = line.severity === null ? 0 : 1;
  items.tags[number] = line.tags.map((tag) => {
    const found = tags.get(tag) ?? tags.size;
    tags.set(tag, found);
    return found;
  });
  items.block[number] = block;
  items.slot[number] = slot;
}

function timedCall(
  call: CallRecord,
  region: string | null,
  hourOf: (iso: string) => number,
): TimedCall | null {
  const { timing, outcome } = call;
  if (timing === null || (!isGraded(outcome) && outcome !== "timeout")) return null;
  const late = outcome === "timeout" ? Number.POSITIVE_INFINITY : null;
  return {
    first_token_ms: late ?? timing.first_token_ms,
    total_ms: late ?? timing.total_ms,
    in_flight: timing.in_flight,
    hour: hourOf(timing.started_at),
    cached: (call.usage.cached_input ?? 0) > 0,
    thinking: call.reasoning !== "" || (call.usage.reasoning ?? 0) > 0,
    region,
  };
}

/** The hour of the day at which a moment lies in a time zone; in UTC where the zone is not known here. */
function hourIn(zone: string): (iso: string) => number {
  const made = (timeZone: string) =>
    new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", hourCycle: "h23" });
  let format: Intl.DateTimeFormat;
  try {
    format = made(zone);
  } catch {
    format = made("UTC");
  }
  const known = new Map<string, number>();
  return (iso) => {
    const name = iso.slice(0, 13);
    const hour = known.get(name) ?? Number(format.format(new Date(`${name}:00:00Z`)));
    known.set(name, hour);
    return hour;
  };
}

function answerColumns(
  view: View,
  places: readonly (BlockSlot | undefined)[],
  scores: readonly (BlockSlot | undefined)[],
): AnswerColumns {
  const { answerRows, targets } = view;
  const rowOf = (number: number): number => answerRows.at.row[number] ?? 0;
  const targetOf = (number: number) => targets[answerRows.at.target[number] ?? 0];
  const column = (read: (number: number) => number): number[] => order.map(read);
  const rows =
    (name: "item" | "wording" | "trial" | "verdict" | "outcome" | "output" | "reasoning") =>
    (number: number): number =>
      targetOf(number)?.rows.at[name][rowOf(number)] ?? 0;
  const [item, wording, trial] = [rows("item"), rows("wording"), rows("trial")];
  const target = (number: number): number => answerRows.at.target[number] ?? 0;
  const order = Array.from({ length: answerRows.length }, (_, number) => number).toSorted(
    (a, b) =>
      item(a) - item(b) || target(a) - target(b) || wording(a) - wording(b) || trial(a) - trial(b),
  );
  const calls = (number: number, name: "first_token_ms" | "total_ms"): readonly number[] => {
    const found = targetOf(number);
    const from = found?.rows.at.calls_from[rowOf(number)] ?? 0;
    const length = found?.rows.at.calls[rowOf(number)] ?? 0;
    return Array.from({ length }, (_, at) => found?.calls.at[name][from + at] ?? Number.NaN);
  };
  const whole = (value: number): number => (Number.isFinite(value) ? Math.round(value) : -1);
  return {
    item: column(item),
    target: column(target),
    wording: column(wording),
    trial: column(trial),
    verdict: column(rows("verdict")),
    outcome: column(rows("outcome")),
    value: column((number) => {
      const value = targetOf(number)?.rows.at.value[rowOf(number)] ?? Number.NaN;
      return Number.isNaN(value) ? -1 : Math.round(value * 10_000) / 10_000;
    }),
    chars: column((number) => targetOf(number)?.rows.at.points[rowOf(number)] ?? -1),
    output: column(rows("output")),
    reasoning: column(rows("reasoning")),
    first_token_ms: column((number) => whole(calls(number, "first_token_ms")[0] ?? Number.NaN)),
    total_ms: column((number) => whole(calls(number, "total_ms").reduce((sum, ms) => sum + ms, 0))),
    cost: column((number) => {
      const { at } = targetOf(number)?.rows ?? {};
      const unknown = ((at?.flags[rowOf(number)] ?? 0) & flag.costUnknown) !== 0;
      return unknown ? -1 : Number((at?.cost[rowOf(number)] ?? 0).toPrecision(4));
    }),
    ruled: column((number) =>
      ((targetOf(number)?.rows.at.flags[rowOf(number)] ?? 0) & flag.reviewed) === 0 ? 0 : 1,
    ),
    refused: column((number) => Number(isRefusal(view, targetOf(number), rowOf(number)))),
    block: column((number) => places[number]?.block ?? -1),
    slot: column((number) => places[number]?.slot ?? -1),
    score_block: column((number) => scores[number]?.block ?? -1),
    score_slot: column((number) => scores[number]?.slot ?? -1),
  };
}
