import type { Attempt } from "../../domain/call.ts";
import type { WindowsLine } from "../../domain/nights/lines.ts";
import type { Outcome } from "../../domain/outcome.ts";
import type { AnswerLine } from "../../domain/run-file/lines.ts";

import { seededRandom } from "../../stats/random.ts";
import { hourMs, windowCollector, windowMs } from "../steadiness/collect.ts";
import { answerLine, timingOf } from "./lines.ts";

/** A month of probes in compressed time. Hours and days are those of Beijing; days count from 0. */
export type MonthPlan = {
  /** The first day, such as 2026-11-01. */
  readonly start: string;
  readonly days: number;
  readonly targets: readonly string[];
  /** When probing begins each day, and for how many windows of five minutes. */
  readonly slots: readonly { readonly hour: number; readonly windows: number }[];
  readonly calls_per_window: number;
  readonly seed: number;
  /** How much stronger moods are than usual; 1 where absent. */
  readonly moods?: number;
  /** Share of attempts that fail in a window, and how; the usual half per cent of 5xx where null. */
  readonly failing?: (
    target: string,
    moment: ProbeMoment,
  ) => { readonly share: number; readonly outcome: Outcome; readonly status: number | null } | null;
  /** How many times as long as usual it takes. */
  readonly slower?: (target: string, moment: ProbeMoment) => number;
};

export type ProbeMoment = { readonly day: number; readonly hour: number; readonly minute: number };

const usual = { share: 0.005, outcome: "server" as const, status: 500 };
const statusOf = { ok: 200 } as const;
const attempts = 3;

/**
 * The answers of one slot of one day. Times are log-normal; every target has moods of its own that last for days and
 * hours (first-order autoregression), so that neighbours are alike as in life.
 */
export function slotAnswers(
  plan: MonthPlan,
  day: number,
  slot: MonthPlan["slots"][number],
): readonly AnswerLine[] {
  const start = Date.parse(`${plan.start}T00:00:00+08:00`) + day * 24 * hourMs + slot.hour * hourMs;
  return plan.targets.flatMap((target, number) => {
    const random = seededRandom(plan.seed * 7_919 + day * 131 + slot.hour * 17 + number * 1_009);
    return Array.from({ length: slot.windows }, (_, window) => window).flatMap((window) => {
      const at = start + window * windowMs;
      const minutes = slot.hour * 60 + window * 5;
      const moment = { day, hour: Math.floor(minutes / 60) % 24, minute: minutes % 60 };
      const mood = moodOf(plan, number, day, Math.floor(minutes / 60));
      const slower = plan.slower?.(target, moment) ?? 1;
      const median = (350 + 60 * number) * slower * Math.exp(mood);
      const failing = plan.failing?.(target, moment) ?? usual;
      return Array.from({ length: plan.calls_per_window }, (__, call) => {
        const facts = { item: `s/t/${window * plan.calls_per_window + call}`, target };
        const from = at + ((call + random()) / plan.calls_per_window) * (windowMs - 30_000);
        return answerOf(facts, { from, median, failing, random, day });
      });
    });
  });
}

/** The windows of a whole month, as records keep them: a line a target and slot. */
export function monthWindows(plan: MonthPlan): readonly WindowsLine[] {
  return Array.from({ length: plan.days }, (_, day) => day).flatMap((day) =>
    plan.slots.flatMap((slot) => {
      const collector = windowCollector();
      for (const answer of slotAnswers(plan, day, slot)) collector.add(answer);
      return collector.lines();
    }),
  );
}

type CallPlan = {
  readonly from: number;
  readonly median: number;
  readonly failing: {
    readonly share: number;
    readonly outcome: Outcome;
    readonly status: number | null;
  };
  readonly random: () => number;
  readonly day: number;
};

function answerOf(
  facts: { readonly item: string; readonly target: string },
  { from, median, failing, random, day }: CallPlan,
): AnswerLine {
  const made: Attempt[] = [];
  let at = from;
  let first = 0;
  for (let left = attempts; left > 0; left--) {
    first = median * Math.exp(0.5 * normal(random));
    const fails = random() < failing.share;
    const timing = timingOf(first, first * 4, { started_at: new Date(at).toISOString() });
    const outcome = fails ? failing.outcome : "ok";
    const status = fails ? failing.status : statusOf.ok;
    const rest = { code: null, message: null, wait_ms: null, streamed: !fails };
    made.push({ outcome, status, ...rest, timing });
    if (!fails) break;
    at += 2_000 + 4_000 * random();
  }
  const last = made.at(-1);
  const outcome = last?.outcome ?? "ok";
  const total_ms = first * 4;
  const timing = last?.timing ?? timingOf(first, total_ms);
  const answer = answerLine({
    ...facts,
    outcome,
    attempts: made,
    simulated: true,
    call: { timing },
  });
  return { ...answer, key: `${answer.key}-${day}` };
}

/** Logarithm of how much longer a target takes on a day and in an hour. */
function moodOf({ seed, moods = 1 }: MonthPlan, target: number, day: number, hour: number): number {
  const noise = (salt: number, place: number): number =>
    normal(seededRandom(seed * 104_729 + target * 331 + salt + place * 7));
  // Sums of the last values with falling weights: an autoregression without a memory to keep.
  const smooth = (salt: number, place: number, keep: number): number => {
    let [sum, weight, norm] = [0, 1, 0];
    for (let back = 0; back < 8; back++) {
      sum += weight * noise(salt, place - back);
      norm += weight * weight;
      weight *= keep;
    }
    return sum / Math.sqrt(norm);
  };
  return moods * (0.1 * smooth(0, day, 0.6) + 0.12 * smooth(50_000_000, day * 24 + hour, 0.7));
}

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
