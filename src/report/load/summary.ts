import type { LoadLine, LoadPlan, LoadRequest, LoadStep } from "../../domain/load/lines.ts";
import type {
  Bounded,
  KneeFigures,
  LoadPercentiles,
  LoadSummary,
  StepFigures,
} from "../../domain/load/summary.ts";
import type { Currency, Money } from "../../domain/money.ts";

import { isGraded } from "../../domain/outcome.ts";
import { beforeCut, fromPlan, judgedRows, speedOf } from "../../engine/load/good.ts";
import { searched } from "../../engine/load/load.ts";
import { isDecided, measuringSteps, toldInterval } from "../../engine/load/search.ts";
import { wilson } from "../../stats/interval.ts";
import { centred, percentilesByBlocks } from "../../stats/load/block-bootstrap.ts";
import { kneeOf } from "../../stats/load/knee.ts";
import { inflationOf } from "../../stats/load/long-run.ts";

/** Half the width of a knee's interval, as a share of it, from which on it counts as found. */
export const kneePrecision = 0.05;

type Lines = {
  readonly head: Pick<LoadLine, "plan" | "targets">;
  readonly steps: readonly LoadStep[];
  readonly rows: readonly LoadRequest[];
};

/** All figures of a load, from its raw rows: rows of several threads are one load, as nothing was averaged before. */
export function summaryOf({ head, steps, rows }: Lines): LoadSummary {
  const byStep = Map.groupBy(rows, ({ step }) => step);
  return {
    targets: head.targets.map(({ ref, simulated }) => {
      const own = steps
        .filter(({ target }) => target === ref)
        .map((line) => ({ line, rows: byStep.get(line.step) ?? [] }));
      const figures = own.map((each) => stepFigures(each.line, each.rows, head.plan));
      const knee = kneeFigures(own, figures, head.plan);
      return {
        target: ref,
        simulated,
        steps: figures,
        knee,
        cost_per_million_chars: costAt(knee, head.plan.hourly),
        paid: paidFor(own.flatMap((each) => each.rows)),
      };
    }),
  };
}

function stepFigures(line: LoadStep, rows: readonly LoadRequest[], { slo }: LoadPlan): StepFigures {
  const judged = judgedRows(rows, line, slo);
  const measured = judged.map(({ row }) => row);
  const answered = measured.filter(({ outcome }) => isGraded(outcome));
  const good = Float64Array.from(judged, (each) => (each.good ? 1 : 0));
  const ended = beforeCut(measured);
  const seconds = (line.measure_until_ms - line.measure_from_ms) / 1_000;
  const perSecond = (sum: number): number | null => (seconds > 0 ? sum / seconds : null);
  const tokens = answered.map(({ output_tokens }) => output_tokens);
  const limited = measured.filter(({ outcome }) => outcome === "rate-limited").length;
  return {
    step: line.step,
    loop: line.loop,
    level: line.level,
    trusted: line.self_check.trusted,
    cut: line.cut,
    arrivals: measured.length,
    done: answered.length,
    good: good.reduce((sum, each) => sum + each, 0),
    goodput: shareOf(good),
    outcomes: Object.fromEntries(
      [...Map.groupBy(measured, ({ outcome }) => outcome)].map(([name, all]) => [name, all.length]),
    ),
    rate_limited_share: measured.length === 0 ? null : limited / measured.length,
    ttft_ms: percentiles(ended.map((row) => endless(row, fromPlan(row, row.first_token_ms)))),
    total_ms: percentiles(ended.map((row) => endless(row, fromPlan(row, row.total_ms)))),
    ttft_sent_ms: percentiles(ended.map((row) => endless(row, row.first_token_ms))),
    speed: percentiles(answered.flatMap((row) => speedOf(row) ?? [])),
    chars_per_s: perSecond(answered.reduce((sum, { chars }) => sum + chars, 0)),
    tokens_per_s: tokens.includes(null)
      ? null
      : perSecond(tokens.reduce<number>((sum, each) => sum + (each ?? 0), 0)),
    requests_per_s: perSecond(answered.length),
    in_flight: inFlight(line, rows),
    send_lag_p99_ms: line.self_check.send_lag_p99_ms,
  };
}

/** A request without an answer took longer than all that had one: leaving it out would reward who hangs. */
const endless = (row: LoadRequest, ms: number | null): number =>
  isGraded(row.outcome) && ms !== null ? ms : Number.POSITIVE_INFINITY;

function percentiles(values: readonly number[]): LoadPercentiles {
  const found = percentilesByBlocks(Float64Array.from(values), [0.5, 0.9, 0.99]);
  const [p50 = null, p90 = null, p99 = null] = found.map((each) =>
    // JSON has no infinity: beyond the last answer nothing is known.
    each === null || !Number.isFinite(each.value)
      ? null
      : { value: each.value, low: finite(each.low), high: finite(each.high) },
  );
  return { p50, p90, p99 };
}

const finite = (value: number | null): number | null =>
  value === null || !Number.isFinite(value) ? null : value;

/** Wilson's interval for as many independent requests as the dependent ones are worth. */
function shareOf(good: Float64Array): Bounded | null {
  const n = good.length;
  if (n === 0) return null;
  const value = good.reduce((sum, each) => sum + each, 0) / n;
  return { value, ...wilson(value, n / inflationOf([centred(good)])) };
}

/** The mean number of requests under way in the measured time, from the sums of their overlaps with it. */
function inFlight(line: LoadStep, rows: readonly LoadRequest[]): number | null {
  const [from, until] = [line.measure_from_ms, line.measure_until_ms];
  if (until <= from) return null;
  const sum = rows.reduce((total, row) => {
    if (row.send_lag_ms === null || row.total_ms === null) return total;
    const sent = row.planned_at_ms + row.send_lag_ms;
    return total + Math.max(0, Math.min(until, sent + row.total_ms) - Math.max(from, sent));
  }, 0);
  return sum / (until - from);
}

type OwnStep = { readonly line: LoadStep; readonly rows: readonly LoadRequest[] };

const noKnee: KneeFigures = {
  state: "none",
  rate: null,
  low: null,
  high: null,
  in_flight: null,
  chars_per_s: null,
  tokens_per_s: null,
};

/** The knee of the open steps. What was asked of a closed loop has none: its rate follows the server's. */
function kneeFigures(
  own: readonly OwnStep[],
  figures: readonly StepFigures[],
  { slo, good_share, mode, requests }: LoadPlan,
): KneeFigures {
  const isAsked = slo.ttft_ms !== null || slo.total_ms !== null || slo.speed !== null;
  const open = own.filter(({ line }) => line.loop === "open" && line.self_check.trusted);
  if (!isAsked || open.length === 0) return noKnee;
  const steps = open
    .map(({ line, rows }) => searched(rows, line, slo))
    .filter(({ good }) => good.length > 0);
  const passed = steps.filter(({ good }) => meanOf(good) >= good_share).map(({ level }) => level);
  const failed = steps.filter(({ good }) => meanOf(good) < good_share).map(({ level }) => level);
  if (failed.length === 0) return at("above", Math.max(...passed), null, null, figures);
  if (passed.length === 0) return at("below", Math.min(...failed), null, null, figures);
  const knee = kneeOf(mode === "search" ? measuringSteps(steps, requests ?? 0) : steps, good_share);
  if (knee === null) {
    // Between the levels that passed and failed; how surely nothing tells.
    const low = Math.max(1e-9, ...passed.filter((level) => level < Math.min(...failed)));
    return at("undetermined", Math.sqrt(low * Math.min(...failed)), null, null, figures);
  }
  const { low, high } = toldInterval(knee) ?? { low: null, high: null };
  return at(
    isDecided(knee, kneePrecision) ? "found" : "undetermined",
    knee.level,
    low,
    high,
    figures,
  );
}

const meanOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, each) => sum + each, 0) / Math.max(1, values.length);

/** What goes with a rate, by the nearest step that was not cut: its figures in proportion. */
function at(
  state: KneeFigures["state"],
  rate: number,
  low: number | null,
  high: number | null,
  figures: readonly StepFigures[],
): KneeFigures {
  const distance = ({ level }: StepFigures): number => Math.abs(Math.log(level / rate));
  const [nearest] = figures
    .filter(({ loop, cut, trusted }) => loop === "open" && !cut && trusted)
    .toSorted((a, b) => distance(a) - distance(b));
  const scaled = (value: number | null | undefined): number | null =>
    value === null || value === undefined || nearest === undefined
      ? null
      : (value * rate) / nearest.level;
  return {
    state,
    rate,
    low,
    high,
    in_flight: scaled(nearest?.in_flight),
    chars_per_s: scaled(nearest?.chars_per_s),
    tokens_per_s: scaled(nearest?.tokens_per_s),
  };
}

function costAt({ chars_per_s }: KneeFigures, hourly: Money | null): Money | null {
  if (hourly === null || chars_per_s === null || chars_per_s <= 0) return null;
  return { ...hourly, amount: (hourly.amount / 3_600 / chars_per_s) * 1e6 };
}

function paidFor(rows: readonly LoadRequest[]): readonly Money[] {
  const sums = new Map<Currency, number>();
  for (const { cost } of rows)
    if (cost !== null) sums.set(cost.currency, (sums.get(cost.currency) ?? 0) + cost.amount);
  return [...sums].map(([currency, amount]) => ({ amount, currency }));
}
