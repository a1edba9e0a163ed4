import type { Prices } from "../../domain/choosing/prices.ts";
import type { LoadSummary } from "../../domain/load/summary.ts";
import type { Text } from "../../domain/text.ts";
import type { Interval } from "../../stats/interval.ts";
import type { MonthlyBill } from "../bill/bill.ts";
import type { Entry, Leaderboard } from "../leaderboard/leaderboard.ts";
import type { MigrationReport } from "../migration/migration.ts";
import type { Method, Node } from "../score/tree.ts";
import type { SteadinessFigure } from "../steadiness/figure.ts";
import type { TargetView, View } from "../view/model.ts";

/** One simulated world: what all targets have in common in it. */
export type SimulatedWorld = {
  /** By number of the cluster: how often its items come up. */
  readonly weights: Float64Array;
  /** Where between low and high the traffic is, from 0 to 1. */
  readonly level: number;
  readonly random: () => number;
};

/** What is known of one target under one criterion, in the criterion's unit. */
export type CriterionMeasure = {
  /** Null where nothing was measured; infinite where calls timed out. */
  readonly value: number | null;
  /** 95%, as other reports tell it; of a cost the low and the high month. */
  readonly interval: Interval | null;
  /** Why there is no value, or what has to be known of it. */
  readonly remark: Text | null;
  /** Its value in one simulated world. */
  readonly sample: (draw: SimulatedWorld) => number;
};

/** All that criteria look at. */
export type ChooseSource = {
  readonly view: View;
  readonly leaderboard: Leaderboard;
  readonly root: Node;
  readonly method: Method;
  readonly inside: Uint8Array;
  readonly bill: MonthlyBill | null;
  /** The team's own; null where none were named. */
  readonly prices: Prices | null;
  readonly loads: readonly LoadSummary[];
  /** Of 30 days, by target. */
  readonly steadiness: ReadonlyMap<string, SteadinessFigure>;
  /** Null where no incumbent was named. */
  readonly migration: MigrationReport | null;
};

/** A target with its summary. */
export type ChoiceCandidate = {
  readonly ref: string;
  readonly entry: Entry;
  readonly target: TargetView;
};

/**
 * A criterion is one file in `criteria/`: what it says of a target. `of` is the part that the card names. Throws a `UserError` for
 * a part that is not there.
 */
export type MeasureOf = (
  source: ChooseSource,
  candidate: ChoiceCandidate,
  of: string | null,
) => CriterionMeasure;

export const notMeasured = (zh: string, en: string): CriterionMeasure => ({
  value: null,
  interval: null,
  remark: { zh, en },
  sample: () => Number.NaN,
});

/** A value that no simulation moves. */
export const fixedMeasure = (
  value: number,
  interval: Interval | null = null,
  remark: Text | null = null,
): CriterionMeasure => ({ value, interval, remark, sample: () => value });
