import type { Interval } from "../../stats/interval.ts";

import { clusteredMean, wilson } from "../../stats/interval.ts";

/** A mean of values in [0, 1] with its 95% interval. */
export type Share = {
  readonly value: number;
  readonly interval: Interval;
  readonly n: number;
};

/** One value and the item that it comes from: values of one item are correlated. */
export type Drawn = { readonly value: number; readonly item: number };

/** Wilson's interval with the design effect of the items; null without values. */
export function shareOf(drawn: readonly Drawn[]): Share | null {
  if (drawn.length === 0) return null;
  const values = drawn.map(({ value }) => value);
  const clusters = drawn.map(({ item }) => item);
  const { mean, se } = clusteredMean({ values, clusters });
  const value = Math.min(1, Math.max(0, mean));
  const items = new Set(clusters).size;
  const spread = value * (1 - value);
  const size = se === null || se === 0 || spread < 1e-12 ? items : spread / (se * se);
  return { value, interval: wilson(value, size), n: drawn.length };
}
