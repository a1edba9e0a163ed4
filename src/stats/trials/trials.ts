/** How the trials of one item become one value, before items are averaged. */
const reductions = ["mean", "any", "all", "majority"] as const;
export type Reduction = (typeof reductions)[number];

/**
 * Reduces the trials' values in [0, 1] to one; null for none. `any` is the best, `all` the worst, `majority`
 * is 1 if more than half of the trials are fully right, and ½ if exactly half are.
 */
export function reduceTrials(values: readonly number[], reduction: Reduction): number | null {
  if (values.length === 0) return null;
  switch (reduction) {
    case "mean":
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    case "any":
      return Math.max(...values);
    case "all":
      return Math.min(...values);
    case "majority": {
      const right = 2 * values.filter((value) => value === 1).length;
      return right === values.length ? 0.5 : Number(right > values.length);
    }
  }
}

/**
 * Unbiased pass@k: 1 - C(n - c, k) / C(n, k) with c of n trials right (Chen et al., arXiv:2107.03374,
 * eq. 1), as a product that does not overflow. Null if k > n.
 */
export function passAtK(right: number, n: number, k: number): number | null {
  if (k > n || k < 1) return null;
  let failing = 1;
  for (let i = 0; i < k; i++) failing *= Math.max(0, n - right - i) / (n - i);
  return 1 - failing;
}

/**
 * Unbiased pass^k, that all of k trials are right: C(c, k) / C(n, k) with c of n trials right (Yao et al.,
 * arXiv:2406.12045, τ-bench), as a product that does not overflow. Null if k > n.
 */
export function passAllK(right: number, n: number, k: number): number | null {
  if (k > n || k < 1) return null;
  let holding = 1;
  for (let i = 0; i < k; i++) holding *= Math.max(0, right - i) / (n - i);
  return holding;
}
