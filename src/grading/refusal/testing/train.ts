import type { SeenReply } from "./tables.ts";

import { stances } from "../stances.ts";
import { type WordingModel, unitOf } from "../wording/chances.ts";
import { buckets } from "../wording/features.ts";

/** How strongly weights are held near 0, and when their search is over. */
const ridge = { pull: 0.3, rounds: 60, gap: 1e-3 } as const;

type Entry = { readonly features: Int32Array; readonly values: Float64Array };

/**
 * One weight a feature and stance by least squares with a penalty (Hoerl and Kennard, Technometrics 12, 1970), the targets 2/3 for the
 * stance of a reply and -1/3 for the others; by conjugate gradients. A feature counts by the root of the logarithm of how rare
 * it is, and one that a single reply has does not count. Equal replies give an equal model.
 */
export function trained(
  rows: readonly Pick<SeenReply, "features" | "said">[],
): WordingModel & { readonly weights: Float64Array } {
  const rarity = rarityIn(rows);
  const entries = rows.map((row) => entryOf(row, rarity));
  const weights = new Float64Array(buckets * stances.length);
  const bias = stances.map((stance, at) => {
    const targets = rows.map(({ said }) => (said === stance ? 2 / 3 : -1 / 3));
    const solved = solve(entries, targets);
    for (let feature = 0; feature < buckets; feature++)
      weights[feature * stances.length + at] = (solved[feature] ?? 0) * (rarity[feature] ?? 0);
    return (solved[buckets] ?? 0) * constant;
  });
  return { bias, weights, scale: 1 };
}

function rarityIn(rows: readonly Pick<SeenReply, "features">[]): Float64Array {
  const held = new Int32Array(buckets);
  for (const { features } of rows)
    for (const feature of new Set(features.flat())) held[feature] = (held[feature] ?? 0) + 1;
  return Float64Array.from(held, (count) =>
    count < 2 ? 0 : Math.sqrt(Math.log(rows.length / count) / Math.log(rows.length)),
  );
}

/** What stands for the bias among the features. */
const constant = 0.5;

function entryOf({ features: groups }: Pick<SeenReply, "features">, rarity: Float64Array): Entry {
  const values = new Map<number, number>([[buckets, constant]]);
  for (const [group, features] of groups.entries()) {
    const unit = unitOf(features, group);
    for (const feature of features)
      values.set(feature, (values.get(feature) ?? 0) + unit * (rarity[feature] ?? 0));
  }
  return {
    features: Int32Array.from(values.keys()),
    values: Float64Array.from(values.values()),
  };
}

/** The weights w for which (X'X + pull) w = X' targets. */
function solve(entries: readonly Entry[], targets: readonly number[]): Float64Array {
  const solution = new Float64Array(buckets + 1);
  const rest = spread(entries, targets);
  const way = Float64Array.from(rest);
  let length = dot(rest, rest);
  const enough = length * ridge.gap ** 2;
  for (let round = 0; round < ridge.rounds && length > enough; round++) {
    const image = spread(
      entries,
      entries.map((entry) => times(entry, way)),
    );
    for (let at = 0; at < image.length; at++)
      image[at] = (image[at] ?? 0) + ridge.pull * (way[at] ?? 0);
    const step = length / dot(way, image);
    for (let at = 0; at < way.length; at++) {
      solution[at] = (solution[at] ?? 0) + step * (way[at] ?? 0);
      rest[at] = (rest[at] ?? 0) - step * (image[at] ?? 0);
    }
    const next = dot(rest, rest);
    for (let at = 0; at < way.length; at++)
      way[at] = (rest[at] ?? 0) + (next / length) * (way[at] ?? 0);
    length = next;
  }
  return solution;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

function times({ features, values }: Entry, weights: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < features.length; at++)
    sum += (values[at] ?? 0) * (weights[features[at] ?? 0] ?? 0);
  return sum;
}

function spread(entries: readonly Entry[], amounts: readonly number[]): Float64Array {
  const sums = new Float64Array(buckets + 1);
  for (let row = 0; row < entries.length; row++) {
    const entry = entries[row];
    if (entry === undefined) continue;
    const { features, values } = entry;
    const amount = amounts[row] ?? 0;
    for (let at = 0; at < features.length; at++) {
      const feature = features[at] ?? 0;
      sums[feature] = (sums[feature] ?? 0) + amount * (values[at] ?? 0);
    }
  }
  return sums;
}

/** Steps to either side of 0 that a weight of half a byte has. */
const steps = 7;

/** The model in whole numbers from -7 to 7; the few weights beyond three and a half standard deviations are cut there. */
export function rounded({
  bias,
  weights,
}: ReturnType<typeof trained>): WordingModel & { readonly weights: Int8Array<ArrayBuffer> } {
  const scale = (3.5 * Math.sqrt(dot(weights, weights) / weights.length)) / steps;
  return {
    bias: bias.map((each) => Number(each.toFixed(6))),
    scale: Number(scale.toFixed(8)),
    weights: Int8Array.from(weights, (each) =>
      Math.max(-steps, Math.min(steps, Math.round(each / scale))),
    ),
  };
}
