import type { Interval } from "../../stats/interval.ts";

import { normalQuantile } from "../../stats/distributions.ts";

/** Pearson's correlation; null with fewer than two pairs, and where one side does not vary. */
export function correlation(pairs: readonly (readonly [number, number])[]): number | null {
  const n = pairs.length;
  if (n < 2) return null;
  const [a, b] = [0, 1].map((side) => pairs.reduce((sum, pair) => sum + (pair[side] ?? 0), 0) / n);
  let [ab, aa, bb] = [0, 0, 0];
  for (const [x, y] of pairs) {
    const [dx, dy] = [x - (a ?? 0), y - (b ?? 0)];
    ab += dx * dy;
    aa += dx * dx;
    bb += dy * dy;
  }
  // Equal values leave rounding errors, which correlate with anything.
  if (aa < 1e-12 || bb < 1e-12) return null;
  return Math.min(1, Math.max(-1, ab / Math.sqrt(aa * bb)));
}

/** Fisher's 95% interval of a correlation of n pairs (Metron 1, 1921); null below five, where it spans nearly all. */
export function correlationInterval(r: number, n: number): Interval | null {
  if (n < 5) return null;
  const z = Math.atanh(Math.min(0.999999, Math.max(-0.999999, r)));
  const half = normalQuantile(0.975) / Math.sqrt(n - 3);
  return { low: Math.tanh(z - half), high: Math.tanh(z + half) };
}
