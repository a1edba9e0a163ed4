import type { Midpoint } from "../../../stats/ladder/midpoint.ts";
import type { Ladder } from "../../slices/ladders.ts";
import type { MeasureOf } from "../criterion.ts";

import { UserError } from "../../../domain/text.ts";
import { unknownName } from "../../../validation/suggest.ts";
import { notMeasured } from "../criterion.ts";
import { twoSided } from "../measuring/two-sided.ts";

/** The mean of 半数水平 over the ladders, or that of one; what lies beyond a ladder counts as its end. */
export const measureOf: MeasureOf = ({ leaderboard }, { ref }, of) => {
  const ladders = of === null ? leaderboard.ladders : [ladderNamed(leaderboard.ladders, of)];
  const place = leaderboard.entries.findIndex(({ summary }) => summary.target === ref);
  const found = ladders.map(({ levels, scores }) => ({
    levels,
    midpoint: scores[place]?.midpoint ?? null,
  }));
  if (found.length === 0)
    return notMeasured("没有逐级加难的任务", "no task climbs a ladder of levels");
  const known = found.flatMap(({ levels, midpoint }) =>
    midpoint === null ? [] : [boundedBy(levels, midpoint)],
  );
  if (known.length < found.length)
    return notMeasured("有的阶梯没有回答", "some ladder has no answers");
  const mean = (of: (each: Bounded) => number): number =>
    known.reduce((sum, each) => sum + of(each), 0) / known.length;
  const beyond = known.some(({ beyond: own }) => own);
  // Ladders are independent: their errors add up by squares on either side.
  const value = mean((each) => each.value);
  const side = (end: "low" | "high"): number =>
    Math.sqrt(known.reduce((sum, each) => sum + (each[end] - each.value) ** 2, 0)) / known.length;
  return {
    value,
    interval: { low: value - side("low"), high: value + side("high") },
    remark: beyond
      ? {
          zh: "有的超出了阶梯，按阶梯的一端算",
          en: "some lie beyond a ladder and count as its end",
        }
      : null,
    sample: ({ random }) => mean((each) => twoSided(each, random)),
  };
};

type Bounded = {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly beyond: boolean;
};

function boundedBy(levels: readonly number[], { value, interval }: Midpoint): Bounded {
  const [least, most] = [Math.min(...levels), Math.max(...levels)];
  const kept = (each: number): number => Math.min(most, Math.max(least, each));
  return {
    value: kept(value),
    low: kept(interval.low),
    high: kept(interval.high),
    beyond: value < least || value > most,
  };
}

function ladderNamed(ladders: readonly Ladder[], of: string): Ladder {
  const nameOf = ({ suite, task }: Ladder): string => `${suite}/${task}`;
  const found = ladders.find((each) => nameOf(each) === of);
  if (found !== undefined) return found;
  throw new UserError(unknownName({ zh: "阶梯", en: "ladder" }, of, ladders.map(nameOf)));
}
