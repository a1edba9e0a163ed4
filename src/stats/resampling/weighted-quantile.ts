/** Sorted values with the cluster of each. */
export type ClusteredValues = {
  readonly values: Float64Array;
  readonly clusters: Int32Array;
};

export function sortedByValue(
  pairs: readonly { readonly value: number; readonly cluster: number }[],
): ClusteredValues {
  const sorted = pairs.toSorted((a, b) => (a.value === b.value ? 0 : a.value - b.value));
  return {
    values: Float64Array.from(sorted, ({ value }) => value),
    clusters: Int32Array.from(sorted, ({ cluster }) => cluster),
  };
}

/**
 * The q-quantile of weighted values: that of type 7 of Hyndman and Fan where all weights are equal, each value standing in the middle
 * of its weight's stretch. NaN without values.
 */
export function weightedQuantile(
  { values, clusters }: ClusteredValues,
  weights: ArrayLike<number>,
  q: number,
): number {
  const n = values.length;
  if (n === 0) return Number.NaN;
  let total = 0;
  for (let at = 0; at < n; at++) total += weights[clusters[at] ?? 0] ?? 0;
  const [first, last] = [weightAt(weights, clusters, 0), weightAt(weights, clusters, n - 1)];
  // From the middle of the first value's stretch to the middle of the last one's.
  const wanted = first / 2 + q * (total - (first + last) / 2);
  let [before, middle] = [0, first / 2];
  let passed = first;
  for (let at = 1; at < n; at++) {
    before = middle;
    const own = weightAt(weights, clusters, at);
    middle = passed + own / 2;
    passed += own;
    if (middle >= wanted)
      return between(values[at - 1] ?? 0, values[at] ?? 0, (wanted - before) / (middle - before));
  }
  return values[n - 1] ?? Number.NaN;
}

const weightAt = (weights: ArrayLike<number>, clusters: Int32Array, at: number): number =>
  weights[clusters[at] ?? 0] ?? 0;

/** Infinity stands for a timeout and is reached only as a whole. */
const between = (low: number, high: number, part: number): number =>
  low === high || part <= 0 || Number.isNaN(part)
    ? low
    : part >= 1
      ? high
      : low + (high - low) * part;
