import type { Estimate } from "../../stats/interval.ts";
import type { TargetView, View } from "../view/model.ts";

import { shareEstimate } from "../../stats/interval.ts";
import { majorityAt } from "../../stats/trials/majority.ts";
import { passAllK, passAtK } from "../../stats/trials/trials.ts";
import { canVote } from "../view/detail.ts";

/** Several trials of the same items, read for every k. Formulas: docs/metrics.md. */
export type TrialShares = {
  /** Counted trials of the item with the fewest, and with the most. */
  readonly least: number;
  readonly most: number;
  readonly at: readonly TrialShare[];
};

export type TrialShare = {
  readonly k: number;
  /** Items with at least k counted trials, over which the means are taken. */
  readonly items: number;
  /** pass@k: one of k trials is right. */
  readonly pass_at: Estimate;
  /** pass^k: all of k trials are right. */
  readonly pass_all: Estimate;
  /** maj@k: the right answer has the most votes; null where the graders read no answers that could be voted on. */
  readonly majority: Estimate | null;
  /** Items over which maj@k is taken: fewer than `items` where some graders read no answers. */
  readonly majority_items: number;
};

type Tally = {
  n: number;
  right: number;
  silent: number;
  readonly others: Map<number, number>;
  /** Its grader reads answers, and no programs or free texts. */
  canVote: boolean;
};

/**
 * In the base wording; a trial is right where its value is 1. Items weigh the same, and intervals are Wilson's at the
 * effective size that the clusters leave. Null where no item has two counted trials.
 */
export function trialSharesOf(
  view: View,
  target: TargetView,
  isInside: (row: number) => boolean,
): TrialShares | null {
  if (!isAnyTriedTwice(view, target)) return null;
  const tallies = talliesOf(view, target, isInside);
  const sizes = [...tallies.values()].map(({ n }) => n);
  const most = sizes.reduce((max, n) => Math.max(max, n), 0);
  if (most < 2) return null;
  const majorities = new Map(
    [...tallies].flatMap(([item, tally]) => (tally.canVote ? [[item, majorityOf(tally)]] : [])),
  );
  const estimateOf = (k: number, valueOf: (item: number, tally: Tally) => number | null) => {
    const values: number[] = [];
    const clusters: number[] = [];
    for (const [item, tally] of tallies) {
      const value = tally.n < k ? null : valueOf(item, tally);
      if (value === null) continue;
      values.push(value);
      clusters.push(view.items.at.cluster[item] ?? 0);
    }
    return values.length === 0
      ? null
      : { ...shareEstimate(values, clusters), items: values.length };
  };
  const at = Array.from({ length: most }, (_, index) => {
    const k = index + 1;
    const pass = estimateOf(k, (_item, { right, n }) => passAtK(right, n, k));
    const all = estimateOf(k, (_item, { right, n }) => passAllK(right, n, k));
    const majority = estimateOf(k, (item) => majorities.get(item)?.[index] ?? null);
    if (pass === null || all === null) return null;
    const { items, ...pass_at } = pass;
    return {
      k,
      items,
      pass_at,
      pass_all: bare(all),
      majority: majority === null ? null : bare(majority),
      majority_items: majority?.items ?? 0,
    };
  });
  return { least: Math.min(...sizes), most, at: at.filter((each) => each !== null) };
}

const bare = ({ value, interval }: Estimate): Estimate => ({ value, interval });

const known = new Map<string, readonly number[] | null>();
const mostKnown = 10_000;

/** Remembered, because most items have one of a few tallies. */
function majorityOf({ right, silent, others }: Tally): readonly number[] | null {
  const counts = [...others.values()].toSorted((a, b) => b - a);
  const key = `${right} ${silent} ${counts.join(",")}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = majorityAt({ right, silent, others: counts });
  if (known.size === mostKnown) known.clear();
  known.set(key, made);
  return made;
}

/** Most runs ask once, and need no tally of every item. */
function isAnyTriedTwice({ items }: View, { rows: { at, length } }: TargetView): boolean {
  const seen = new Uint8Array(items.length);
  for (let row = 0; row < length; row += 1) {
    if (at.wording[row] !== 0 || Number.isNaN(at.value[row] ?? Number.NaN)) continue;
    const item = at.item[row] ?? 0;
    if (seen[item] === 1) return true;
    seen[item] = 1;
  }
  return false;
}

const none = { n: 0, right: 0, silent: 0, canVote: true };

function talliesOf(
  view: View,
  { rows: { at, length } }: TargetView,
  isInside: (row: number) => boolean,
): ReadonlyMap<number, Tally> {
  const tallies = new Map<number, Tally>();
  for (let row = 0; row < length; row += 1) {
    const value = at.value[row] ?? Number.NaN;
    if (at.wording[row] !== 0 || Number.isNaN(value) || !isInside(row)) continue;
    const item = at.item[row] ?? 0;
    const tally = tallies.get(item) ?? { ...none, others: new Map() };
    tallies.set(item, tally);
    tally.n += 1;
    const grader = view.graders.get(at.grader[row] ?? 0);
    tally.canVote &&= grader === undefined || canVote(grader);
    const vote = at.vote[row] ?? 0;
    if (value === 1) tally.right += 1;
    else if (vote === 0) tally.silent += 1;
    else tally.others.set(vote, (tally.others.get(vote) ?? 0) + 1);
  }
  return tallies;
}
