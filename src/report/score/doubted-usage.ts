import type { TargetView } from "../view/model.ts";

import { usageDoubts, type UsageDoubt } from "../../domain/run-file/usage-counts.ts";

/** Answers whose token counts cannot be true, by what gives them away. */
export type DoubtedUsage = {
  readonly answers: number;
  readonly kinds: Readonly<Partial<Record<UsageDoubt, number>>>;
};

/** With more doubted counts than this share a cost is not known, not even as a lower bound. */
export const mostDoubted = 0.02;

/** The doubted counts of a target among the rows that `inside` accepts; null where there is none. */
export function doubtedUsage(
  { rows: { at, length } }: TargetView,
  inside: (row: number) => boolean,
): DoubtedUsage | null {
  const kinds: Partial<Record<UsageDoubt, number>> = {};
  let answers = 0;
  for (let row = 0; row < length; row++) {
    const doubt = usageDoubts[(at.doubt[row] ?? 0) - 1];
    if (doubt === undefined || !inside(row)) continue;
    answers++;
    kinds[doubt] = (kinds[doubt] ?? 0) + 1;
  }
  return answers === 0 ? null : { answers, kinds };
}
