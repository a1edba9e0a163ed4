import type { Interval } from "../../stats/interval.ts";
import type { SimulatedWorld } from "./criterion.ts";

import { percentile } from "../../stats/percentile.ts";
import { seededRandom } from "../../stats/random.ts";
import { exponential } from "../../stats/resampling/gamma.ts";
import { chancesAmong } from "./standing.ts";

/** What the simulation says of each target, in their order. */
export type SimulatedTarget = {
  /** 95% of its totals lie in it; totals are shares from 0 to 1. */
  readonly interval: Interval;
  /** Share of the draws in which it is first, and among the first three. */
  readonly first: number;
  readonly first_three: number;
};

export type SimulationSource = {
  readonly clusters: number;
  readonly draws: number;
  readonly seed: number;
  readonly targets: number;
  /** All totals in one simulated world. */
  readonly totals: (draw: SimulatedWorld) => readonly number[];
};

/** Weights that a simulation may draw in all: some seconds of one processor. */
const mostWeights = 4e7;

/** 4,000 draws, and down to 1,000 where very many items make each one long. */
export const drawsFor = (clusters: number): number =>
  Math.round(Math.min(4_000, Math.max(1_000, mostWeights / Math.max(1, clusters))));

/** Draws worlds and ranks the targets in each. */
export function simulate(source: SimulationSource): readonly SimulatedTarget[] {
  const { clusters, draws, seed, targets } = source;
  const random = seededRandom(seed);
  const weights = new Float64Array(clusters);
  const totals = Array.from({ length: targets }, () => new Float64Array(draws));
  const [first, three] = [new Float64Array(targets), new Float64Array(targets)];
  for (let at = 0; at < draws; at++) {
    for (let cluster = 0; cluster < clusters; cluster++) weights[cluster] = exponential(random);
    const sums = source.totals({ weights, level: random(), random });
    const [leads, places] = [chancesAmong(sums, 1), chancesAmong(sums, 3)];
    for (const [target, sum] of sums.entries()) {
      const own = totals[target];
      if (own !== undefined) own[at] = sum;
      first[target] = (first[target] ?? 0) + (leads[target] ?? 0);
      three[target] = (three[target] ?? 0) + (places[target] ?? 0);
    }
  }
  return totals.map((own, target) => {
    const sorted = own.toSorted();
    return {
      interval: { low: percentile(sorted, 0.025), high: percentile(sorted, 0.975) },
      first: (first[target] ?? 0) / draws,
      first_three: (three[target] ?? 0) / draws,
    };
  });
}
