import type { Verdict } from "../../domain/grader.ts";

/** Values this close are one, as in calibration. */
export const sameValue = 0.01 + 1e-12;

/** What matters of a person's ruling on an answer. */
export type Opinion = {
  readonly verdict: Verdict;
  readonly value: number | null;
  readonly arbiter?: boolean;
};

/** True where the newest rulings of several people on one answer differ and no arbiter has decided. */
export const isDisputed = (opinions: readonly Opinion[]): boolean =>
  differ(opinions) && !opinions.some(({ arbiter }) => arbiter === true);

/** True where two of them, an arbiter's left out, give different values, or only one gives any. */
export function differ(opinions: readonly Opinion[]): boolean {
  const [first, ...others] = opinions.filter(({ arbiter }) => arbiter !== true);
  return first !== undefined && others.some((each) => !isSameOpinion(first, each));
}

const isSameOpinion = (one: Opinion, other: Opinion): boolean =>
  one.value === null || other.value === null
    ? one.value === other.value
    : Math.abs(one.value - other.value) <= sameValue;
