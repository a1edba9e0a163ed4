import { quantileSorted } from "simple-statistics";

import type { Interval } from "./interval.ts";

import { seededRandom } from "./random.ts";

/** Enough for a bound of 2.5% that does not jump. */
const draws = 600;

/** Fewer clusters than this say nothing about how they differ. */
const leastClusters = 5;

/** A figure that a sample may leave undefined, such as a correlation where nothing varies. */
type Figure = number | null;

/**
 * 95% percentile intervals of several figures at once, by drawing whole clusters with replacement (Davison and Hinkley, Bootstrap
 * Methods and their Application, 1997, §3.8): rows on one question are not independent. Null with fewer than five clusters, and for a figure that
 * one draw in twenty leaves undefined.
 */
export function clusterBootstrap<Row, Name extends string>(
  rows: readonly Row[],
  clusterOf: (row: Row) => string,
  figures: (rows: readonly Row[]) => Readonly<Record<Name, Figure>>,
  seed = 20_260_101,
): (name: Name) => Interval | null {
  const clusters = [...Map.groupBy(rows, clusterOf).values()];
  if (clusters.length < leastClusters) return () => null;
  const random = seededRandom(seed);
  const found: Readonly<Record<Name, Figure>>[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const drawn = clusters.map(() => clusters[Math.floor(random() * clusters.length)] ?? []);
    found.push(figures(drawn.flat()));
  }
  return (name) => {
    const values = found.flatMap((each) => each[name] ?? []).toSorted((a, b) => a - b);
    if (values.length < 0.95 * draws) return null;
    return { low: quantileSorted(values, 0.025), high: quantileSorted(values, 0.975) };
  };
}
