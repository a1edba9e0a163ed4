import type { Interval } from "../../stats/interval.ts";
import type { SteadinessReport } from "./steadiness.ts";

/** What a scorecard takes of one target's steadiness. */
export type SteadinessFigure = {
  readonly target: string;
  /** Availability as a user meets it, in [0, 1], with the 95% interval of the whole period; null where nothing was seen. */
  readonly value: number | null;
  readonly interval: Interval | null;
  /** p95 over p50 of the first token: 1 is as steady as can be; +Infinity where over 5% timed out. */
  readonly tail: { readonly value: number; readonly interval: Interval | null } | null;
  /** Share of the period's windows that were seen. */
  readonly coverage: number;
};

/** One figure a target, in the report's order. */
export const steadinessFigures = ({
  targets,
  period: { first, until },
}: SteadinessReport): readonly SteadinessFigure[] =>
  targets.map(({ target, user, tail, windows }) => ({
    target,
    value: user.value,
    interval: user.interval,
    tail,
    coverage: windows / (until - first),
  }));
