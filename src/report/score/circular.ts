import type { Interval, Estimate } from "../../stats/interval.ts";
import type { TargetView, View } from "../view/model.ts";

import { rotationOf } from "../../domain/rotate.ts";
import { meanEstimate, shareEstimate } from "../../stats/interval.ts";

/** How a target does when the options of the same questions change places. Formulas: docs/metrics.md. */
export type Circular = {
  /** Questions whose every order has a score; the others are left out. */
  readonly items: number;
  readonly left_out: number;
  /** In the written order alone. */
  readonly plain: Estimate;
  /** Over all orders. */
  readonly mean: Estimate;
  /** Right in every order. */
  readonly strict: Estimate;
  /** plain - strict, paired by item. */
  readonly drop: Estimate;
};

/** How often an option is chosen for its place. */
type OptionPosition = {
  readonly label: string;
  readonly chosen: number;
  readonly right: number;
  /** Share chosen less share right; the interval holds for all places together (Bonferroni). */
  readonly excess: Estimate;
};

export type PositionBias = {
  /** Answers with one letter to questions with one right letter. */
  readonly answers: number;
  /** Answers to such questions from which no single letter could be read. */
  readonly unread: number;
  readonly places: readonly OptionPosition[];
  /** Labels whose excess is above or below 0 beyond chance. */
  readonly preferred: readonly string[];
  readonly avoided: readonly string[];
};

/** Null where no question was scored in several orders, all of them. `inside` marks the items that count. */
export function circularOf(view: View, target: TargetView, inside: Uint8Array): Circular | null {
  const orders = ordersByItem(view, target, inside);
  const whole = [...orders].flatMap(([item, trials]) => {
    const full = [...trials.values()].filter(({ size }) => size === view.items.at.orders[item]);
    return full.length === 0 ? [] : [{ item, ...sharesOf(full) }];
  });
  if (whole.length === 0) return null;
  const clusters = whole.map(({ item }) => view.items.at.cluster[item] ?? 0);
  const share = (values: readonly number[]) => shareEstimate(values, clusters);
  return {
    items: whole.length,
    left_out: orders.size - whole.length,
    plain: share(whole.map(({ plain }) => plain)),
    mean: share(whole.map(({ mean }) => mean)),
    strict: share(whole.map(({ strict }) => strict)),
    drop: meanEstimate(
      whole.map(({ plain, strict }) => plain - strict),
      clusters,
    ),
  };
}

type Trials = Map<number, Map<number, number>>;

/** Of each circular item and trial, the value under each rotation. */
function ordersByItem(view: View, { rows }: TargetView, inside: Uint8Array): Map<number, Trials> {
  const { at, length } = rows;
  const rotations = view.wordings.map(rotationOf);
  const found = new Map<number, Trials>();
  for (let row = 0; row < length; row++) {
    const item = at.item[row] ?? 0;
    const wording = at.wording[row] ?? 0;
    const rotation = rotations[wording] ?? 0;
    const isOrder = wording === 0 || rotation > 0;
    if (!isOrder || inside[item] !== 1 || (view.items.at.orders[item] ?? 1) < 2) continue;
    const trials = entryOf(found, item, () => new Map<number, Map<number, number>>());
    const values = entryOf(trials, at.trial[row] ?? 1, () => new Map<number, number>());
    const value = at.value[row] ?? Number.NaN;
    if (!Number.isNaN(value)) values.set(rotation, value);
  }
  return found;
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** Means over the trials of one item. */
function sharesOf(trials: readonly ReadonlyMap<number, number>[]) {
  const over = (value: (orders: ReadonlyMap<number, number>) => number): number =>
    trials.reduce((sum, orders) => sum + value(orders), 0) / trials.length;
  return {
    plain: over((orders) => orders.get(0) ?? 0),
    mean: over((orders) => [...orders.values()].reduce((sum, each) => sum + each, 0) / orders.size),
    strict: over((orders) => ([...orders.values()].every((each) => each === 1) ? 1 : 0)),
  };
}

/** How a target's choices are distributed over the positions of the options; null where no letter was read. */
export function positionBias(
  view: View,
  { rows: { at, length } }: TargetView,
  inside: Uint8Array,
): PositionBias | null {
  const { options, right, cluster } = view.items.at;
  const rotations = view.wordings.map(rotationOf);
  const chosen: number[] = [];
  const gold: number[] = [];
  const clusters: number[] = [];
  let size = 0;
  let unread = 0;
  for (let row = 0; row < length; row++) {
    const item = at.item[row] ?? 0;
    const count = options[item] ?? 0;
    if (inside[item] !== 1 || count === 0 || Number.isNaN(at.value[row] ?? Number.NaN)) continue;
    const place = (at.said[row] ?? 0) - 65;
    if (place < 0 || place >= count) {
      unread++;
      continue;
    }
    size = Math.max(size, count);
    chosen.push(place);
    gold.push(((right[item] ?? 1) - 1 - (rotations[at.wording[row] ?? 0] ?? 0) + count) % count);
    clusters.push(cluster[item] ?? 0);
  }
  if (chosen.length === 0) return null;
  const places = Array.from({ length: size }, (_, place): OptionPosition => ({
    label: String.fromCharCode(65 + place),
    chosen: chosen.filter((each) => each === place).length,
    right: gold.filter((each) => each === place).length,
    excess: meanEstimate(
      chosen.map((each, row) => Number(each === place) - Number(gold[row] === place)),
      clusters,
      1 - 0.05 / size,
    ),
  }));
  const labels = (beyond: (interval: Interval) => boolean): readonly string[] =>
    places.flatMap(({ label, excess: { interval } }) =>
      interval !== null && beyond(interval) ? [label] : [],
    );
  return {
    answers: chosen.length,
    unread,
    places,
    preferred: labels(({ low }) => low > 0),
    avoided: labels(({ high }) => high < 0),
  };
}
