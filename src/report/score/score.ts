import type { Reduction } from "../../stats/trials.ts";
import type { Items, TargetView, View } from "../view/model.ts";
import type { Method, Node } from "./tree.ts";

import { studentQuantile } from "../../stats/distributions.ts";
import { normalQuantile } from "../../stats/distributions.ts";
import { wilson, type Interval } from "../../stats/interval.ts";
import { reduceTrials } from "../../stats/trials.ts";
import { memberParts, type MemberParts } from "./member-method.ts";

/** The value of each item of a view by number, averaged over trials; NaN where nothing counts. */
export type ItemValues = Float64Array;

/**
 * A target's item values. Only the base wording counts; `wording` selects another by its number in
 * the view.
 */
export function itemValues(
  view: View,
  target: TargetView,
  reduction: Reduction = "mean",
  wording = 0,
): ItemValues {
  const { at, length } = target.rows;
  const values = new Float64Array(view.items.length).fill(Number.NaN);
  const trials = new Map<number, number[]>();
  for (let row = 0; row < length; row++) {
    const value = at.value[row] ?? Number.NaN;
    if (at.wording[row] !== wording || Number.isNaN(value)) continue;
    const item = at.item[row] ?? 0;
    const first = values[item] ?? Number.NaN;
    if (Number.isNaN(first)) values[item] = value;
    else trials.set(item, [...(trials.get(item) ?? [first]), value]);
  }
  for (const [item, all] of trials) values[item] = reduceTrials(all, reduction) ?? Number.NaN;
  return values;
}

export type Score = {
  /** In [0, 1]; null where nothing counts. */
  readonly value: number | null;
  readonly interval: Interval | null;
  readonly se: number | null;
  /** Items that count, and items of the tree. */
  readonly n: number;
  readonly of: number;
  /** A part of the tree has no counted item, so this is the score of the rest and not a total. */
  readonly partial: boolean;
  /** The suites in which a part has no counted item. */
  readonly lacking: readonly string[];
};

/**
 * The score of a node: `macro` takes the plain mean of its children, tasks of one parent by their weight;
 * `weighted` takes the members' and tasks' weights at every level; `micro` takes all items by their
 * weight; a member with a method of its own is scored by that. Definitions and formulas: docs/metrics.md.
 */
export function scoreOf(node: Node, values: ItemValues, items: Items, method: Method): Score {
  const { shares, strata, of, partial, lacking } = weigh(node, values, items, method);
  const known = { n: shares.size, of, partial, lacking };
  if (shares.size === 0) return { value: null, interval: null, se: null, ...known };
  const worth = worthOf(node, values, items);
  let value = 0;
  for (const [item, share] of shares) value += share * (worth[item] ?? 0);
  value = Math.min(1, Math.max(0, Math.round(value * 1e12) / 1e12));
  const { se, interval } = errorOf(value, shares, strata, worth, items);
  return { value, interval, se, ...known };
}

/** The share of each counted item in the score, with the groups in which items vary by chance. */
export type Weighed = {
  readonly shares: ReadonlyMap<number, number>;
  readonly strata: readonly (readonly number[])[];
  readonly of: number;
  readonly partial: boolean;
  readonly lacking: readonly string[];
};

/** What the values are worth under the members' methods: the values themselves where no member has one. */
export function worthOf(node: Node, values: ItemValues, items: Items): ItemValues {
  const members = (node.kind === "suite" ? [node] : node.children).filter(({ method }) => method);
  if (members.length === 0) return values;
  const worth = values.slice();
  for (const member of members) {
    for (const part of partsOf(member, values, items).parts) worth[part.item] = part.worth;
  }
  return worth;
}

function partsOf(member: Node, values: ItemValues, items: Items): MemberParts {
  const counted = itemsBelow(member).filter((item) => !Number.isNaN(values[item] ?? Number.NaN));
  return memberParts(member.method ?? "micro", counted, values, items);
}

const itemsBelow = (node: Node): readonly number[] => [
  ...node.items,
  ...node.children.flatMap(itemsBelow),
];

/** See `scoreOf`. */
export function weigh(node: Node, values: ItemValues, items: Items, method: Method): Weighed {
  const shares = new Map<number, number>();
  const strata: number[][] = [];
  const state = { of: 0, partial: false, lacking: new Set<string>() };
  let suite = "";
  const present = (each: Node): boolean =>
    each.items.some((item) => !Number.isNaN(values[item] ?? Number.NaN)) ||
    each.children.some(present);
  const weightOf = (each: Node): number =>
    each.kind === "task" || (method !== "macro" && method !== "micro") ? each.weight : 1;
  const lacks = (): void => {
    state.partial = true;
    if (suite !== "") state.lacking.add(suite);
  };
  /** Returns the items of strata that are too small to vary on their own. */
  const share = (each: Node, part: number): number[] => {
    if (each.kind === "suite") suite = each.name;
    if (each.method !== undefined) return shareMember(each, part);
    state.of += each.items.length;
    const counted = each.items.filter((item) => !Number.isNaN(values[item] ?? Number.NaN));
    if (each.kind === "task" && counted.length === 0) lacks();
    if (each.kind === "suite" && each.children.length === 0) lacks();
    const whole = counted.reduce((sum, item) => sum + (items.at.weight[item] ?? 0), 0);
    for (const item of counted) {
      shares.set(item, whole > 0 ? (part * (items.at.weight[item] ?? 0)) / whole : 0);
    }
    const living = each.children.filter(present);
    const sum = living.reduce((total, child) => total + weightOf(child), 0);
    const left = [...counted];
    for (const child of each.children) {
      const childPart = living.includes(child) && sum > 0 ? (part * weightOf(child)) / sum : 0;
      left.push(...share(child, childPart));
    }
    if (new Set(left.map((item) => items.at.cluster[item])).size < 2) return left;
    strata.push(left);
    return [];
  };
  const shareMember = (each: Node, part: number): number[] => {
    const below = itemsBelow(each);
    const { parts, partial } = partsOf(each, values, items);
    state.of += below.length;
    if (partial || parts.length === 0 || !each.children.every(present)) lacks();
    for (const { item, share: own } of parts) shares.set(item, part * own);
    const counted = parts.map(({ item }) => item);
    if (new Set(counted.map((item) => items.at.cluster[item])).size < 2) return counted;
    strata.push(counted);
    return [];
  };
  share(node, 1);
  const found = { ...state, lacking: [...state.lacking] };
  if (method !== "micro") return { shares, strata, ...found };
  levelShares(shares, items);
  return { shares, strata: shares.size < 2 ? [] : [[...shares.keys()]], ...found };
}

function levelShares(shares: Map<number, number>, items: Items): void {
  let whole = 0;
  for (const item of shares.keys()) whole += items.at.weight[item] ?? 0;
  for (const item of shares.keys()) {
    shares.set(item, whole > 0 ? (items.at.weight[item] ?? 0) / whole : 0);
  }
}

/** Per cluster, the sum over its items of share · (value - mean of the stratum), scaled for few clusters. */
export function clusterSums(
  { shares, strata }: Pick<Weighed, "shares" | "strata">,
  values: ArrayLike<number>,
  items: Items,
): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  for (const stratum of strata) {
    let part = 0;
    let mean = 0;
    for (const item of stratum) {
      part += shares.get(item) ?? 0;
      mean += (shares.get(item) ?? 0) * (values[item] ?? 0);
    }
    mean = part > 0 ? mean / part : 0;
    const count = new Set(stratum.map((item) => items.at.cluster[item])).size;
    const scale = Math.sqrt(count / (count - 1));
    for (const item of stratum) {
      const cluster = items.at.cluster[item] ?? 0;
      const residual = scale * (shares.get(item) ?? 0) * ((values[item] ?? 0) - mean);
      sums.set(cluster, (sums.get(cluster) ?? 0) + residual);
    }
  }
  return sums;
}

function errorOf(
  p: number,
  shares: ReadonlyMap<number, number>,
  strata: readonly (readonly number[])[],
  values: ItemValues,
  items: Items,
): { readonly se: number | null; readonly interval: Interval } {
  const clusterShares = new Map<number, number>();
  for (const [item, share] of shares) {
    const cluster = items.at.cluster[item] ?? 0;
    clusterShares.set(cluster, (clusterShares.get(cluster) ?? 0) + share);
  }
  const sums = clusterSums({ shares, strata }, values, items);
  const se = strata.length === 0 ? null : Math.sqrt(sumOfSquares(sums.values()));
  const isPlain = strata.length < 2 && clusterShares.size === shares.size;
  const z = isPlain
    ? normalQuantile(0.975)
    : studentQuantile(0.975, freedom({ shares, strata }, values, items));
  return { se, interval: wilson(p, effectiveSize(p, se, clusterShares), z) };
}

/**
 * Satterthwaite's degrees of freedom of a sum of strata: (Σ v)² / Σ (v² / (C - 1)), with v the variance
 * and C the clusters of a stratum (Biometrics Bulletin 2, 1946). All clusters less strata where nothing varies.
 */
function freedom(
  { shares, strata }: Pick<Weighed, "shares" | "strata">,
  values: ItemValues,
  items: Items,
): number {
  let all = 0;
  let sum = 0;
  let squares = 0;
  for (const stratum of strata) {
    const sums = clusterSums({ shares, strata: [stratum] }, values, items);
    const variance = sumOfSquares(sums.values());
    all += sums.size - 1;
    sum += variance;
    squares += variance ** 2 / (sums.size - 1);
  }
  return Math.max(1, squares === 0 ? all : sum ** 2 / squares);
}

/** Kish's effective number of clusters, over the design effect where one can be seen. */
function effectiveSize(
  p: number,
  se: number | null,
  clusterShares: ReadonlyMap<number, number>,
): number {
  const kish = 1 / sumOfSquares(clusterShares.values());
  const plain = p * (1 - p);
  if (se === null || se === 0 || plain < 1e-12 || kish <= 1) return kish;
  return (kish * plain) / (se * se * (kish - 1));
}

function sumOfSquares(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
