import type { PointsRule } from "../../domain/choosing/scorecard.ts";

/** How values of one criterion become shares of its weight, from 0 to 1. `lowest` is the least value among the candidates. */
export function shareOf(
  rule: PointsRule,
  better: "higher" | "lower",
  lowest: number,
): (value: number) => number {
  if (rule === "lowest-price")
    return (value) =>
      value <= lowest ? 1 : value === Number.POSITIVE_INFINITY ? 0 : lowest / value;
  if ("steps" in rule) {
    const reaches = (value: number, from: number): boolean =>
      better === "higher" ? value >= from - slack : value <= from + slack;
    return (value) =>
      Math.max(
        0,
        ...rule.steps.filter(({ from }) => reaches(value, from)).map(({ points }) => points),
      ) / 100;
  }
  const { worst, best } = rule;
  return (value) =>
    Number.isFinite(value)
      ? Math.min(1, Math.max(0, (value - worst) / (best - worst)))
      : value > 0 === best > worst
        ? 1
        : 0;
}

/** Sums of decimal fractions reach a step that they reach by hand. */
const slack = 1e-9;
