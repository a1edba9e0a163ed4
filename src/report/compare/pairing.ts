import type { TargetView, View } from "../view/model.ts";

import { matchNumber } from "../view/columns.ts";
import { verdictCode } from "../view/shapes.ts";

/** One target of one run. */
export type Side = { readonly view: View; readonly target: TargetView };

/** Rows of two sides that answer the same item, wording and trial, asked and judged alike. */
export type Pairing = {
  /** Row numbers, pair by pair. */
  readonly base: Int32Array;
  readonly new: Int32Array;
  /** Values of the items by the base view's numbers, the trials of each side averaged; NaN where there is none. */
  readonly baseValues: Float64Array;
  readonly newValues: Float64Array;
  readonly coverage: Coverage;
};

export type Coverage = {
  /** Answers in the base wording. */
  readonly base: number;
  readonly new: number;
  /** Answers to the same item and trial on both sides. */
  readonly common: number;
  /** Of those, the ones in which both count, with equal prompt, gold and grader: what is compared. */
  readonly compared: number;
  readonly base_not_counted: number;
  readonly new_not_counted: number;
  readonly other_prompt: number;
  readonly other_gold: number;
  readonly other_grader: number;
};

/**
 * Pairs two sides by item, wording and trial. Pairs whose prompt, gold or grader differs are counted and left
 * out of the values. `only` names the suites to look at; none for all.
 */
export function pairUp(base: Side, fresh: Side, only: readonly string[] = []): Pairing {
  const rowsByItem = chainRows(fresh);
  const size = Math.min(base.target.rows.length, fresh.target.rows.length);
  const pairs = { base: new Int32Array(size), new: new Int32Array(size), length: 0 };
  const baseSums = newSums(base.view.items.length);
  const freshSums = newSums(base.view.items.length);
  const counts = emptyCoverage();
  const a = base.target.rows.at;
  const b = fresh.target.rows.at;
  for (let row = 0; row < base.target.rows.length; row++) {
    const item = a.item[row] ?? 0;
    if (a.wording[row] !== 0 || !isInside(base.view, item, only)) continue;
    counts.base++;
    const other = matchNumber(base.view.itemKeys, item, fresh.view.itemKeys);
    const match = other < 0 ? -1 : findTrial(rowsByItem, fresh.target, other, a.trial[row] ?? 0);
    if (match < 0) continue;
    counts.common++;
    const same = isSame(base, row, fresh, match, counts);
    const counted = areCounted(a.value[row], b.value[match], counts);
    if (!same || !counted) continue;
    counts.compared++;
    pairs.base[pairs.length] = row;
    pairs.new[pairs.length] = match;
    pairs.length++;
    add(baseSums, item, a.value[row]);
    add(freshSums, item, b.value[match]);
  }
  for (let row = 0; row < fresh.target.rows.length; row++) {
    if (b.wording[row] === 0 && isInside(fresh.view, b.item[row] ?? 0, only)) counts.new++;
  }
  return {
    base: pairs.base.subarray(0, pairs.length),
    new: pairs.new.subarray(0, pairs.length),
    baseValues: means(baseSums),
    newValues: means(freshSums),
    coverage: counts,
  };
}

/** Whether an item is of one of the suites; of whatever suite where none is named. */
const isInside = ({ items, tasks }: View, item: number, suites: readonly string[]): boolean =>
  suites.length === 0 || suites.includes(tasks[items.at.task[item] ?? -1]?.suite ?? "");

const emptyCoverage = () => ({
  base: 0,
  new: 0,
  common: 0,
  compared: 0,
  base_not_counted: 0,
  new_not_counted: 0,
  other_prompt: 0,
  other_gold: 0,
  other_grader: 0,
});

function isSame(
  base: Side,
  row: number,
  fresh: Side,
  match: number,
  counts: ReturnType<typeof emptyCoverage>,
): boolean {
  const a = base.target.rows.at;
  const b = fresh.target.rows.at;
  const otherPrompt = a.ask[row] !== b.ask[match];
  const goldA = base.view.items.at.gold[a.item[row] ?? 0];
  const goldB = fresh.view.items.at.gold[b.item[match] ?? 0];
  const bothGraded = a.grader[row] !== 0 && b.grader[match] !== 0;
  const otherGrader = bothGraded && a.grader[row] !== b.grader[match];
  if (otherPrompt) counts.other_prompt++;
  if (goldA !== goldB) counts.other_gold++;
  if (otherGrader) counts.other_grader++;
  return !otherPrompt && goldA === goldB && !otherGrader;
}

function areCounted(
  valueA: number | undefined,
  valueB: number | undefined,
  counts: ReturnType<typeof emptyCoverage>,
): boolean {
  const missingA = Number.isNaN(valueA ?? Number.NaN);
  const missingB = Number.isNaN(valueB ?? Number.NaN);
  if (missingA) counts.base_not_counted++;
  if (missingB) counts.new_not_counted++;
  return !missingA && !missingB;
}

type Chains = { readonly first: Int32Array; readonly next: Int32Array };

/** Rows of each item in the base wording as linked lists. */
function chainRows({ view, target }: Side): Chains {
  const first = new Int32Array(view.items.length).fill(-1);
  const next = new Int32Array(target.rows.length).fill(-1);
  const { at } = target.rows;
  for (let row = 0; row < target.rows.length; row++) {
    if (at.wording[row] !== 0) continue;
    const item = at.item[row] ?? 0;
    next[row] = first[item] ?? -1;
    first[item] = row;
  }
  return { first, next };
}

function findTrial(
  { first, next }: Chains,
  target: TargetView,
  item: number,
  trial: number,
): number {
  let row = first[item] ?? -1;
  while (row >= 0 && target.rows.at.trial[row] !== trial) row = next[row] ?? -1;
  return row;
}

type Sums = { readonly sum: Float64Array; readonly n: Int32Array };

const newSums = (length: number): Sums => ({
  sum: new Float64Array(length),
  n: new Int32Array(length),
});

function add(sums: Sums, item: number, value: number | undefined): void {
  sums.sum[item] = (sums.sum[item] ?? 0) + (value ?? 0);
  sums.n[item] = (sums.n[item] ?? 0) + 1;
}

const means = ({ sum, n }: Sums): Float64Array =>
  sum.map((total, item) => (n[item] === 0 ? Number.NaN : total / (n[item] ?? 1)));

/** Items that went from right to wrong or back, by rows of each side, those of the first trial. */
export function flipsOf({ target: base }: Side, { target: fresh }: Side, pairing: Pairing) {
  const lost: number[] = [];
  const won: number[] = [];
  for (let pair = 0; pair < pairing.base.length; pair++) {
    const before = base.rows.at.verdict[pairing.base[pair] ?? 0] === verdictCode.right;
    const after = fresh.rows.at.verdict[pairing.new[pair] ?? 0] === verdictCode.right;
    if (before && !after) lost.push(pair);
    if (!before && after) won.push(pair);
  }
  return { lost, won };
}
