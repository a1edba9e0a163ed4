import type { Quantity } from "../../text/quantity/read.ts";
import type { Unit } from "../../text/quantity/units.ts";

/** What a gold accepts: a number (low = high) or any number of a range. */
export type Accepted = {
  readonly low: number;
  readonly high: number;
  readonly unit: Unit | null;
  /** The gold's unit is %, given as a separate field: a reply without a % sign is in % too. */
  readonly bare_percent: boolean;
  /** Number of decimals in the gold as written. */
  readonly decimals: number;
};

export type Tolerance = {
  readonly tolerance: number;
  readonly relative: number;
  readonly round_to_gold: boolean;
};

/** A unit of another kind is wrong; no unit means the gold's. A range is right only where the gold is the same one. */
export function isRight(reply: Quantity, gold: Accepted, rule: Tolerance): boolean {
  if (reply.unit !== null && gold.unit !== null && reply.unit.kind !== gold.unit.kind) return false;
  const unit = reply.unit === null || gold.unit === null ? 1 : reply.unit.scale / gold.unit.scale;
  const percent = gold.bare_percent && !reply.percent ? 0.01 : 1;
  const scale = unit * percent;
  const isRange = gold.low !== gold.high;
  if (reply.low !== reply.high) {
    return (
      isRange &&
      near(reply.low * scale, gold.low, rule, gold) &&
      near(reply.high * scale, gold.high, rule, gold)
    );
  }
  const value = reply.low * scale;
  if (isRange)
    return value >= gold.low - slack(gold.low, rule) && value <= gold.high + slack(gold.high, rule);
  return near(value, gold.low, rule, gold);
}

function near(value: number, gold: number, rule: Tolerance, { decimals }: Accepted): boolean {
  if (Math.abs(value - gold) <= slack(gold, rule)) return true;
  if (!rule.round_to_gold || decimals === 0) return false;
  const unit = 10 ** -decimals;
  return Math.abs(value - gold) <= unit / 2 + slack(gold, rule) && !isCoarser(value, decimals);
}

/** True where a value has no more decimals than the gold, so that it is simply another number. */
const isCoarser = (value: number, decimals: number): boolean =>
  Math.abs(value * 10 ** decimals - Math.round(value * 10 ** decimals)) < 1e-9;

/** Allows for the binary rounding of decimals. */
const slack = (gold: number, { tolerance, relative }: Tolerance): number =>
  Math.max(
    tolerance * (1 + 1e-9),
    relative * Math.abs(gold) * (1 + 1e-9),
    1e-9 * Math.abs(gold),
    1e-12,
  );
