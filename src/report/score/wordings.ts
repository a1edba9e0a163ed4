import type { Estimate } from "../../stats/interval.ts";
import type { TreatmentSpread } from "../../stats/spread.ts";
import type { TargetView, View } from "../view/model.ts";

import { rotationOf } from "../../domain/rotate.ts";
import { wrapperKindOf } from "../../domain/wrap/wrappers.ts";
import { shareEstimate } from "../../stats/interval.ts";
import { spreadOf } from "../../stats/spread.ts";

/** How much a target's result depends on how the same items are put to it. Formulas: docs/metrics.md. */
export type Wordings = {
  /** Items scored in at least two wordings; those asked in two and scored in fewer are left out. */
  readonly items: number;
  readonly left_out: number;
  /** Null is the base wording. The mean of each is over its own n of these items. */
  readonly scores: readonly {
    readonly wording: string | null;
    readonly n: number;
    readonly score: Estimate;
  }[];
  /** Between the two wordings that differ most, over the n items that have both. */
  readonly spread: Omit<TreatmentSpread, "highest" | "lowest"> & {
    readonly highest: string | null;
    readonly lowest: string | null;
  };
  /** Items right (value 1) in one wording and not in another; null where no trial has two wordings scored. */
  readonly changed: Estimate | null;
};

/** Null where no item has a score in two wordings; rotations of the options and wrappers are none. `inside` marks the items that count. */
export function wordingsOf(view: View, target: TargetView, inside: Uint8Array): Wordings | null {
  const kept = wordingNumbers(view);
  if (kept.length < 2) return null;
  const asked = askedIn(view, target, inside, kept);
  const several = [...asked].flatMap(([item, trials]) => {
    const means = kept.map((_, place) => meanOf(trials.map((values) => values[place])));
    return means.filter((mean) => !Number.isNaN(mean)).length < 2 ? [] : [{ item, trials, means }];
  });
  const clusters = several.map(({ item }) => view.items.at.cluster[item] ?? 0);
  const columns = kept.map((_, place) => several.map(({ means }) => means[place] ?? Number.NaN));
  const spread = spreadOf(columns, clusters);
  if (spread === null) return null;
  const nameAt = (place: number): string | null => view.wordings[kept[place] ?? 0] ?? null;
  const scores = columns.flatMap((column, place) => {
    const scored = column.flatMap((value, at) => (Number.isNaN(value) ? [] : [at]));
    if (scored.length === 0) return [];
    const score = shareEstimate(
      scored.map((at) => column[at] ?? 0),
      scored.map((at) => clusters[at] ?? 0),
    );
    return [{ wording: nameAt(place), n: scored.length, score }];
  });
  return {
    items: several.length,
    left_out: asked.size - several.length,
    scores,
    spread: { ...spread, highest: nameAt(spread.highest), lowest: nameAt(spread.lowest) },
    changed: changedOf(several, clusters),
  };
}

/** The base wording first, the others by name: they are met in the order in which answers came. */
const wordingNumbers = ({ wordings }: View): readonly number[] =>
  wordings
    .flatMap((name, number) =>
      rotationOf(name) === 0 && wrapperKindOf(name) === null ? [{ name: name ?? "", number }] : [],
    )
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ number }) => number);

/** Of one trial, the value under each wording kept; holes where it has none. */
type Trial = (number | undefined)[];

/** The trials of each item that was asked in at least two wordings. */
function askedIn(
  view: View,
  { rows: { at, length } }: TargetView,
  inside: Uint8Array,
  kept: readonly number[],
): ReadonlyMap<number, readonly Trial[]> {
  const several = new Uint8Array(view.items.length);
  for (let row = 0; row < length; row++) {
    const item = at.item[row] ?? 0;
    if (inside[item] === 1 && kept.indexOf(at.wording[row] ?? 0) > 0) several[item] = 1;
  }
  const found = new Map<number, Trial[]>();
  for (let row = 0; row < length; row++) {
    const item = at.item[row] ?? 0;
    const place = kept.indexOf(at.wording[row] ?? 0);
    if (place < 0 || several[item] !== 1) continue;
    const trials = found.get(item) ?? [];
    if (trials.length === 0) found.set(item, trials);
    const values = (trials[(at.trial[row] ?? 1) - 1] ??= []);
    const value = at.value[row] ?? Number.NaN;
    if (!Number.isNaN(value)) values[place] = value;
  }
  return found;
}

/** NaN of none. */
function meanOf(values: readonly (number | undefined)[]): number {
  const known = values.filter((value) => value !== undefined);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Wordings are compared within a trial, so that more trials do not make more change; trials of an item are averaged. */
function changedOf(
  items: readonly { readonly trials: readonly Trial[] }[],
  clusters: readonly number[],
): Estimate | null {
  const shares = items.map(({ trials }) =>
    meanOf(
      trials.map((values) => {
        const rights = values.flatMap((value) => (value === undefined ? [] : [value === 1]));
        return rights.length < 2 ? undefined : Number(new Set(rights).size > 1);
      }),
    ),
  );
  const known = shares.flatMap((share, at) => (Number.isNaN(share) ? [] : [at]));
  if (known.length === 0) return null;
  return shareEstimate(
    known.map((at) => shares[at] ?? 0),
    known.map((at) => clusters[at] ?? 0),
  );
}
