import type { Candidate, Found } from "../reading.ts";

import { strengths } from "../reading.ts";

const key = ({ letters }: Found): string => letters.join("");
const rank = ({ strength }: Candidate): number => strengths.indexOf(strength);

/**
 * Chooses among the ways to read a reply: the strongest, of equals the last, since a reply ends with what it means. A
 * correction counts where nothing is announced after it. Where one choice is asked and the reply opened with another one
 * than it ends with, and did not take it back, neither is taken.
 */
export function decide(candidates: readonly Candidate[], several: boolean): Found | null {
  if (candidates.length < 2) return candidates[0] ?? null;
  const placed = candidates.toSorted((a, b) => a.at - b.at);
  const announced = placed.findLast(({ strength }) => strength === "said")?.at ?? -1;
  const valid = placed.filter(({ strength, at }) => strength !== "corrected" || at > announced);
  const strongest = Math.max(...valid.map(rank));
  const last = valid.findLast((each) => rank(each) === strongest);
  if (last === undefined) return null;
  const { letters, why } = last;
  const rival =
    several || letters.length === 0 || last.strength === "corrected"
      ? undefined
      : valid.find((each) => each.firm === true && key(each) !== key(last));
  return rival === undefined
    ? { letters, why, at: last.at, ...doubt(last) }
    : { letters: [], why: `conflict: ${key(rival)} (${rival.why}), ${key(last)} (${why})` };
}

const doubt = ({ doubtful }: Found): { doubtful?: true } => (doubtful === true ? { doubtful } : {});
