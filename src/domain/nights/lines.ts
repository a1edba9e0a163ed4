import { z } from "zod";

import { formats } from "../formats.ts";
import { PriceRow } from "../money.ts";
import { outcomes } from "../outcome.ts";
import { Thinking } from "../params.ts";
import { mismatches } from "../request/mismatch.ts";
import { usageDoubts } from "../run-file/usage-counts.ts";
import { Amount, byName, Count, list, Moment, record } from "../schema/readonly.ts";
import { meetings } from "./meeting.ts";

/**
 * The lines of `nights/1`: what is kept of a night when its run file is gone. One file holds one measurement: a `night`
 * line, its `anchors`, and of every target a `target`, a `tasks` and a `windows` line. Described in docs/nights.md.
 */
const text = z.string();
const share = z.number().min(0).max(1);

/** Numbers with blanks between them; `3x239` stands for 239 times 3. */
const Column = z.string().regex(/^(?:-?\d[\d.e+-]*(?:x\d+)?(?: |$))*$/);

const NightLine = record({
  kind: z.literal("night"),
  schema: z.literal(formats.nights),
  run: text,
  /** The run of which this is a second measurement. */
  second_of: text.nullable(),
  /** The record before it when it was written: where that is gone, the history has lost nights. */
  previous: text.nullable(),
  started_at: Moment,
  complete: z.boolean(),
  /** Of the fresh items; null where they are the suites' own. */
  seed: z.int().nullable(),
  /** Time of day to which the run belongs, such as 10:00; null where a night has one run. */
  slot: text.nullable(),
  /** Bytes of the run file, unpacked: other ones since then make the record out of date. */
  bytes: Count,
  tool: text,
  suites: list(record({ id: text, digest: text })),
  trials: z.int().positive(),
});
export type NightLine = z.infer<typeof NightLine>;

/** The anchor items of a night, once for all its targets, by position. */
const AnchorsLine = record({
  kind: z.literal("anchors"),
  /** `suite/task/item`, sorted. */
  items: list(text),
  dimensions: list(list(text)),
  /** Index in `dimensions`. */
  dimension: Column,
  /** 32 bits of the digests of prompt, gold and grader with its version; a grader of 0 is not known. */
  ask: Column,
  gold: Column,
  grader: Column,
  /** By which the kept answers were graded before they were graded again; 0 where there was none. */
  grader_before: Column.optional(),
  /** `id version` by the grader's 32 bits. */
  graders: byName(text),
});
export type AnchorsLine = z.infer<typeof AnchorsLine>;

const Interval = record({ low: z.number(), high: z.number() });

const ThinkingKept = record({
  own: Thinking.nullable(),
  asked_off: Count,
  despite: Count,
  asked_on: Count,
  came: Count,
  silent: Count,
  unsent: Count,
  levels: list(
    record({ asked: text, held: text.nullable(), by: z.enum(["vendor", "us"]), answers: Count }),
  ),
});

const KeptScore = record({
  value: share.nullable(),
  interval: Interval.nullable(),
  se: Amount.nullable(),
  n: Count,
  of: Count,
  partial: z.boolean(),
  lacking: list(text),
});

const zeroReasonShape = {
  cut_thinking: Count,
  cut_answer: Count,
  empty: Count,
  reasoning_only: Count,
  refused: Count,
  no_answer: Count,
  filtered: Count,
  overflow: Count,
};

/** Median and 90th percentile in ms, and how many calls there were; first token and total. */
const Times = record({
  n: Count,
  first_token_p50_ms: Amount.nullable(),
  first_token_p90_ms: Amount.nullable(),
  total_p50_ms: Amount.nullable(),
  total_p90_ms: Amount.nullable(),
});
export type NightTimes = z.infer<typeof Times>;

const TargetLine = record({
  kind: z.literal("target"),
  ref: text,
  provider: text,
  /** By the anchors' position: answers, sums of values and of their squares; null where these are the sums. */
  n: Column,
  sum: Column,
  squares: Column.nullable(),
  /** The same by the graders before, of the anchors that have one; these two bridge nights of either grader. */
  before: record({ n: Column, sum: Column, squares: Column.nullable() }).nullish(),
  anchor_score: KeptScore,
  fresh_score: KeptScore.nullable(),
  answering: record({
    asked: Count,
    failed: Count,
    failures: z.partialRecord(z.enum(outcomes), Count).readonly(),
    empty: Count,
    notices: Count,
    same: Count,
    filtered: Count,
  }),
  simulated: z.boolean(),
  fingerprints: list(text),
  facts: record({
    model_asked: text.nullable(),
    models_returned: list(record({ id: text, answers: Count })),
    returned_as: list(text),
    priced_as: list(text),
    thinking_kept: ThinkingKept.nullable(),
    refused_params: list(record({ param: text, answers: Count })),
    not_as_asked: list(z.enum(mismatches)),
    misnamed: z.boolean(),
    counted: Count,
    zero_reasons: record(zeroReasonShape),
    usage_doubt: record({
      answers: Count,
      kinds: z.partialRecord(z.enum(usageDoubts), Count).readonly(),
    }).nullable(),
    shortfall: record({
      planned: Count,
      missing: Count,
      share: z.number(),
      bounds: Interval.nullable(),
    }).nullable(),
  }),
  times: Times,
  /** Paid for the target's calls and its judges, by currency; answers whose cost is not known. */
  cost: record({ CNY: Amount, USD: Amount, unknown: Count }),
  price: PriceRow.nullable(),
  /** Answers that were planned, and those that came. */
  plan: record({ answers: Count, done: Count }),
});
export type TargetLine = z.infer<typeof TargetLine>;

const KeptSketch = record({ from: z.int(), counts: Column });

/** What a site or a probe draws: per task of a target its scores, outcomes and times. */
const TasksLine = record({
  kind: z.literal("tasks"),
  ref: text,
  tasks: list(
    record({
      /** `suite/task`. */
      task: text,
      dimension: list(text),
      n: Count,
      sum: Amount,
      squares: Amount,
      outcomes: z.partialRecord(z.enum(outcomes), Count).readonly(),
      /** Counts by logarithmic bin, (1.05^(i-1), 1.05^i], from bin `from` on. */
      first_token_ms: KeptSketch,
      total_ms: KeptSketch,
      /** Code points a second. */
      speed: KeptSketch,
    }),
  ),
});
export type TasksLine = z.infer<typeof TasksLine>;

/** What a month's availability is counted from: how the attempts at a target ended, in windows of five minutes. */
const WindowsLine = record({
  kind: z.literal("windows"),
  ref: text,
  /** Number since 1970 of the first window in which something was asked. */
  from: z.int(),
  /** Of every window in which something was asked: how many windows after the one before; the first is 0. */
  after: Column,
  /** Calls whose first attempt began in it, and those of them that it answered. */
  calls: Column,
  first: Column,
  /** Attempts that began in it, by how a user would have met them; a kind that never came is absent. */
  met: z.partialRecord(z.enum(meetings), Column).readonly(),
  /** Attempts that an SLA counts, and those of them that ended in a 5xx. */
  counted: Column,
  server: Column,
  /** Which time the hours hold: the total where no first token is seen. */
  timed: z.enum(["first_token", "total"]),
  /** By hour since 1970: the times of what was answered, and how many attempts timed out. */
  hours: list(record({ hour: z.int(), times: KeptSketch, late: Count })),
});
export type WindowsLine = z.infer<typeof WindowsLine>;

/** A target has another name from now on: its earlier nights belong to `to`. */
const MapLine = record({
  kind: z.literal("map"),
  schema: z.literal(formats.nights),
  from: text,
  to: text,
  when: Moment,
});
export type MapLine = z.infer<typeof MapLine>;

/** A message that a webhook accepted. */
const SentLine = record({
  kind: z.literal("sent"),
  schema: z.literal(formats.nights),
  /** The environment variable of the webhook's address. */
  hook: text,
  /** What was told: each event has one name, and is told once. */
  events: list(text),
  when: Moment,
});
export type SentLine = z.infer<typeof SentLine>;

export const nightSchemas = {
  night: NightLine,
  anchors: AnchorsLine,
  target: TargetLine,
  tasks: TasksLine,
  windows: WindowsLine,
  map: MapLine,
  sent: SentLine,
} as const;

export type NightsLine = z.infer<(typeof nightSchemas)[keyof typeof nightSchemas]>;

/** Numbers as a `Column`. */
export function columnText(values: ArrayLike<number>): string {
  const parts: string[] = [];
  for (let at = 0; at < values.length;) {
    let end = at + 1;
    while (end < values.length && values[end] === values[at]) end++;
    const length = end - at;
    const one = String(values[at]);
    // A run pays only where it is shorter than its values.
    if (length > 3) parts.push(`${one}x${length}`);
    else for (let each = 0; each < length; each++) parts.push(one);
    at = end;
  }
  return parts.join(" ");
}

/** The numbers of a `Column`. */
export function columnValues(column: string): number[] {
  const values: number[] = [];
  if (column === "") return values;
  for (const part of column.split(" ")) {
    const cross = part.indexOf("x");
    if (cross === -1) values.push(Number(part));
    else {
      const value = Number(part.slice(0, cross));
      for (let left = Number(part.slice(cross + 1)); left > 0; left--) values.push(value);
    }
  }
  return values;
}
