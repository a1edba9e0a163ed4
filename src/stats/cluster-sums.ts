/** A sum for each cluster that has one, by place: `clusters` are their numbers, in the order in which they were met. */
export type ClusterSums = {
  readonly clusters: readonly number[];
  readonly sums: Float64Array;
};

/** The place of each cluster in the sums under way, from 1; all 0 between two calls. */
let places = new Int32Array(0);

/**
 * Adds `values[i]` to the cluster `clusters[i]`, a number from 0 that is not much larger than there are clusters. Every
 * score of every target goes through here with all its items, which is why no map is filled.
 */
export function sumsByCluster(clusters: ArrayLike<number>, values: ArrayLike<number>): ClusterSums {
  const met: number[] = [];
  const sums = new Float64Array(clusters.length);
  for (let at = 0; at < clusters.length; at++) {
    const cluster = clusters[at] ?? 0;
    const place = placeOf(cluster) || (places[cluster] = met.push(cluster));
    sums[place - 1] = (sums[place - 1] ?? 0) + (values[at] ?? 0);
  }
  for (const cluster of met) places[cluster] = 0;
  return { clusters: met, sums: sums.subarray(0, met.length) };
}

function placeOf(cluster: number): number {
  if (cluster >= places.length) {
    const longer = new Int32Array(2 * cluster + 1);
    longer.set(places);
    places = longer;
  }
  return places[cluster] ?? 0;
}

/** Adds up several: a cluster may lie in more than one. */
export function mergedSums(parts: readonly ClusterSums[]): ClusterSums {
  const [first, second] = parts;
  if (first !== undefined && second === undefined) return first;
  return sumsByCluster(
    parts.flatMap(({ clusters }) => clusters),
    parts.flatMap(({ sums }) => [...sums]),
  );
}
