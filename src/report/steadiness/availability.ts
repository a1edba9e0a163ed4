import type { Interval } from "../../stats/interval.ts";
import type { SeenWindow } from "./series.ts";

import { wilson } from "../../stats/interval.ts";
import { attemptsIn, failuresIn } from "./series.ts";

/**
 * `sla`: as a service level agreement counts, 5xx alone, of the requests that got another status than 4xx; `user`: as a
 * user meets it, every attempt that the service did not answer, 429, timeouts and empty replies included.
 */
export type AvailabilityRule = "sla" | "user";

/** The availability of a period, of whose windows some were seen. */
export type Availability = {
  /** Mean over the windows seen of one less their share of errors; null where none was seen. */
  readonly value: number | null;
  /** 95%, of the whole period: what was not seen has an interval, what was seen has none. */
  readonly interval: Interval | null;
  /** Windows that count by this rule. */
  readonly windows: number;
};

/** A part of a whole, in clusters that share their luck. */
export type Hits = { readonly hit: number; readonly of: number };

/** Windows that are further apart belong to two visits. */
const visitGap = 12;
/** A visit ends after so many windows: an outage seldom lasts as long. */
const visitWindows = 72;

/**
 * The availability by a rule. Windows in which maintenance was announced are left out of `sla`. `total` is the number of
 * windows of the period that could have been seen.
 */
export function availabilityOf(
  windows: readonly SeenWindow[],
  rule: AvailabilityRule,
  total: number,
): Availability {
  const own = windows.filter(
    (window) => attemptsIn(window) > 0 && !(rule === "sla" && isMaintained(window)),
  );
  const errors = rule === "sla" ? slaErrors : userErrors;
  const visits = visitsOf(own).map((visit) => ({
    hit: visit.reduce((sum, window) => sum + 1 - errors(window), 0),
    of: visit.length,
  }));
  const { value, interval } = shareOf(visits);
  if (value === null || interval === null) return { value, interval, windows: own.length };
  const seen = Math.min(1, own.length / Math.max(1, total));
  const whole = (bound: number): number => seen * value + (1 - seen) * bound;
  return {
    value,
    interval: { low: whole(interval.low), high: whole(interval.high) },
    windows: own.length,
  };
}

/** A window without requests that count has no errors: that is how agreements have it. */
const slaErrors = ({ counted, server }: SeenWindow): number =>
  counted === 0 ? 0 : server / counted;

const userErrors = (window: SeenWindow): number => failuresIn(window) / attemptsIn(window);

/** At least half of what failed said that it was maintenance. */
export const isMaintained = (window: SeenWindow): boolean =>
  window.met.maintenance > 0 && window.met.maintenance * 2 >= failuresIn(window);

/** Windows by visit: what was seen within the same hours was lucky or not together. */
export function visitsOf(windows: readonly SeenWindow[]): readonly (readonly SeenWindow[])[] {
  const visits: SeenWindow[][] = [];
  for (const window of windows) {
    const visit = visits.at(-1);
    const [first, last] = [visit?.[0], visit?.at(-1)];
    const isSame =
      first !== undefined &&
      last !== undefined &&
      window.at - last.at <= visitGap &&
      window.at - first.at < visitWindows;
    if (isSame) visit?.push(window);
    else visits.push([window]);
  }
  return visits;
}

/**
 * A share with Wilson's interval at the effective number that the spread between clusters leaves (ratio estimator:
 * Cochran, Sampling Techniques, 1977, §6); where clusters agree to the last digit, at their number.
 */
export function shareOf(clusters: readonly Hits[]): {
  readonly value: number | null;
  readonly interval: Interval | null;
} {
  const own = clusters.filter(({ of }) => of > 0);
  const of = own.reduce((sum, each) => sum + each.of, 0);
  if (of === 0) return { value: null, interval: null };
  const value = Math.min(1, own.reduce((sum, { hit }) => sum + hit, 0) / of);
  const squares = own.reduce((sum, each) => sum + (each.hit - value * each.of) ** 2, 0);
  const count = own.length;
  const variance = count < 2 ? 0 : ((count / (count - 1)) * squares) / of ** 2;
  const spread = value * (1 - value);
  const size = variance <= 1e-18 || spread <= 1e-12 ? count : Math.min(of, spread / variance);
  return { value, interval: wilson(value, size) };
}
