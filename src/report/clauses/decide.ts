import type { ClauseBound, ClauseLimit } from "./clause.ts";
import type { MeasuredFigure } from "./measures/measure.ts";
import type { ResponseState } from "./response.ts";

/** What a figure says of a bound. */
type Decision = { readonly state: ResponseState; readonly value_meets: boolean | null };

/** Figures are sums of floating point. */
const slack = 1e-9;

/**
 * The rule of the table. `met`: the value keeps the bound and so does every value of its 95% interval. `missed`: neither the
 * value nor any value of the interval does. `open`: the interval straddles the bound, or is not known although only a sample was
 * seen. What was counted in full (`sampled: false` without an interval) is decided by the value alone.
 */
export function decide(figure: MeasuredFigure, bound: ClauseBound | null): Decision {
  const { value, interval, sampled } = figure;
  if (value === null) return { state: "untested", value_meets: null };
  if (bound === null) return { state: "open", value_meets: null };
  const value_meets = bound.limits.every((limit) => keeps(value, limit));
  if (interval === null)
    return { state: sampled ? "open" : value_meets ? "met" : "missed", value_meets };
  const low = interval.low ?? Number.NEGATIVE_INFINITY;
  const high = interval.high ?? Number.POSITIVE_INFINITY;
  const allIn = bound.limits.every((limit) => keeps(low, limit) && keeps(high, limit));
  const allOut = bound.limits.some((limit) => !keeps(low, limit) && !keeps(high, limit));
  if (value_meets && allIn) return { state: "met", value_meets };
  if (!value_meets && allOut) return { state: "missed", value_meets };
  return { state: "open", value_meets };
}

function keeps(value: number, { relation, value: limit }: ClauseLimit): boolean {
  const room = slack * Math.max(1, Math.abs(limit));
  switch (relation) {
    case "at-least":
      return value >= limit - room;
    case "at-most":
      return value <= limit + room;
    case "above":
      return value > limit + room;
    case "below":
      return value < limit - room;
  }
}
