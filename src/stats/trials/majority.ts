/** Trials above this are not counted out: their binomial coefficients leave the range of numbers. */
const mostTrials = 1_000;

/** Answers of n trials as a vote sees them. */
export type Votes = {
  /** Trials that are right: one answer, however it is spelt. */
  readonly right: number;
  /** How often each other answer came. */
  readonly others: readonly number[];
  /** Trials from which no answer was read: they vote for nothing. */
  readonly silent: number;
};

/**
 * maj@k for every k from 1 to n: the share of all subsets of k trials in which the right answer has more votes than any
 * other; a tie is no majority. Exact, by counting: with m right votes, Σ_m C(right, m) · [x^(k-m)] Π_i Σ_{j<m}
 * C(others_i, j) x^j · (1 + x)^silent, over C(n, k). Null above a thousand trials.
 */
export function majorityAt({ right, others, silent }: Votes): readonly number[] | null {
  const n = right + silent + others.reduce((sum, each) => sum + each, 0);
  if (n > mostTrials) return null;
  const ways = Array.from({ length: n + 1 }, () => 0);
  for (let m = 1; m <= right; m++) {
    const rest = others.reduce(
      (product, count) => times(product, chosen(count, m - 1)),
      chosen(silent, silent),
    );
    const own = chosen(right, m)[m] ?? 0;
    for (const [j, way] of rest.entries()) ways[m + j] = (ways[m + j] ?? 0) + own * way;
  }
  const all = chosen(n, n);
  return ways.slice(1).map((way, index) => Math.min(1, way / (all[index + 1] ?? 1)));
}

/** C(n, j) for j up to `most` or n: the coefficients of (1 + x)^n, cut. */
function chosen(n: number, most: number): readonly number[] {
  const row = [1];
  for (let j = 1; j <= Math.min(n, most); j++) row.push(((row[j - 1] ?? 0) * (n - j + 1)) / j);
  return row;
}

function times(a: readonly number[], b: readonly number[]): readonly number[] {
  const product = Array.from({ length: a.length + b.length - 1 }, () => 0);
  for (const [i, left] of a.entries())
    for (const [j, right] of b.entries()) product[i + j] = (product[i + j] ?? 0) + left * right;
  return product;
}
