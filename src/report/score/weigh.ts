import type { Items } from "../view/model.ts";
import type { Method, Node } from "./tree.ts";

import { memberParts, type MemberParts } from "./member-method.ts";

/** The value of each item of a view by number, averaged over trials; NaN where nothing counts. */
export type ItemValues = Float64Array;

/** The share of each counted item in the score, with the groups in which items vary by chance. */
export type Weighed = {
  readonly shares: ReadonlyMap<number, number>;
  readonly strata: readonly (readonly number[])[];
  readonly of: number;
  readonly partial: boolean;
  readonly lacking: readonly string[];
};

/**
 * What the values are worth under the members' methods: the values themselves where no member has one. Without caps no
 * item's worth depends on the values of others.
 */
export function worthOf(node: Node, values: ItemValues, items: Items, isCapped = true): ItemValues {
  const members = (node.kind === "suite" ? [node] : node.children).filter(({ method }) => method);
  if (members.length === 0) return values;
  const worth = values.slice();
  for (const member of members) {
    for (const { item, worth: own } of partsOf(member, values, items, isCapped).parts) {
      worth[item] = own;
    }
  }
  return worth;
}

function partsOf(member: Node, values: ItemValues, items: Items, isCapped = true): MemberParts {
  const counted = itemsBelow(member).filter((item) => !Number.isNaN(values[item] ?? Number.NaN));
  return memberParts(member.method ?? "micro", counted, values, items, isCapped);
}

const itemsBelow = (node: Node): readonly number[] => [
  ...node.items,
  ...node.children.flatMap(itemsBelow),
];

/** The shares by the node's method; see `scoreOf`. */
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
  /** True of items of two clusters at least. */
  const differ = (each: readonly number[]): boolean =>
    each.some((item) => items.at.cluster[item] !== items.at.cluster[each[0] ?? 0]);
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
    let left = counted;
    for (const child of each.children) {
      const childPart = living.includes(child) && sum > 0 ? (part * weightOf(child)) / sum : 0;
      left = left.concat(share(child, childPart));
    }
    if (!differ(left)) return left;
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
    if (!differ(counted)) return counted;
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
