import type { ItemResponses } from "./responses.ts";

/** The scores of respondents on a suite without one of its items. */
export type RestScores = {
  /** Sum and number of the values on the other items; null where there are none. */
  readonly without: (
    suite: string,
    respondent: number,
    value: number,
  ) => { readonly sum: number; readonly n: number } | null;
};

/** Adds up every respondent's values by suite, once for all items. */
export function restScores(items: readonly ItemResponses[]): RestScores {
  const totals = new Map<string, { sum: number; n: number }[]>();
  for (const { suite, responses } of items) {
    const own = totals.get(suite) ?? [];
    totals.set(suite, own);
    for (const { respondent, value } of responses) {
      const total = (own[respondent] ??= { sum: 0, n: 0 });
      total.sum += value;
      total.n += 1;
    }
  }
  return {
    without: (suite, respondent, value) => {
      const total = totals.get(suite)?.[respondent];
      if (total === undefined || total.n < 2) return null;
      // A sum of ones may end a hair below 0 or above n.
      const n = total.n - 1;
      return { sum: Math.min(n, Math.max(0, total.sum - value)), n };
    },
  };
}
