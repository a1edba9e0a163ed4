import type { ItemLine } from "../../domain/run-file/lines.ts";
import type { Variables } from "../../domain/variables/variables.ts";
import type { Score } from "../score/score.ts";
import type { Node } from "../score/tree.ts";
import type { ItemValues } from "../score/weigh.ts";
import type { View } from "../view/model.ts";

import { UserError } from "../../domain/text.ts";
import { byValue } from "../../domain/variables/matrix.ts";
import { scanRun } from "../../store/runs/reader.ts";
import { suggestion } from "../../validation/suggest.ts";
import { scoreOf } from "../score/score.ts";
import { findNumber } from "../view/columns.ts";
import { levelOf } from "../view/items.ts";

/** Fewer items than this say little; reports mark them. */
export const fewItems = 20;

/** What every item can be sorted by; besides these, any variable of the items. */
const facets = ["tag", "difficulty", "source", "language"] as const;

type Value = Variables[string];

/** Items by what a facet says of them. */
export type Sorted = {
  readonly by: string;
  /** An item has several values, so that it stands in several slices. */
  readonly several: boolean;
  /** Numbers of the items in the view; a null value holds those of which the facet says nothing. */
  readonly slices: readonly { readonly value: Value | null; readonly items: readonly number[] }[];
};

/**
 * Sorts the items of a view by facets, whose values stand in the run files alone: they are read once more. Rejects with a
 * `UserError` where nothing in them has a variable of that name.
 */
export async function sortItems(
  view: View,
  files: readonly string[],
  wanted: readonly string[],
): Promise<readonly Sorted[]> {
  if (wanted.length === 0) return [];
  const found = wanted.map(() => new Map<number, readonly Value[]>());
  const variables = new Set<string>();
  for (const file of files) {
    await scanRun(file, (line) => {
      if (line.kind !== "item") return;
      for (const name of Object.keys(line.vars ?? {})) variables.add(name);
      const item = findNumber(view.itemKeys, line.item);
      if (item < 0) return;
      for (const [place, by] of wanted.entries()) found[place]?.set(item, valuesOf(line, by));
    });
  }
  return wanted.map((by, place) => {
    if (!isFacet(by) && !variables.has(by)) throw unknownFacet(by, variables);
    return sorted(by, found[place] ?? new Map<number, readonly Value[]>());
  });
}

const isFacet = (name: string): boolean => facets.some((facet) => facet === name);

function valuesOf(line: ItemLine, by: string): readonly Value[] {
  switch (by) {
    case "tag":
      return line.tags;
    case "difficulty":
    case "source":
      return line[by] === null ? [] : [line[by]];
    case "language":
      return line.language === undefined ? [] : [line.language];
    default: {
      const value = line.vars?.[by];
      return value === undefined ? [] : [value];
    }
  }
}

function sorted(by: string, found: ReadonlyMap<number, readonly Value[]>): Sorted {
  const slices = new Map<string, { value: Value | null; items: number[] }>();
  for (const [item, values] of found) {
    for (const value of values.length === 0 ? [null] : values) {
      const key = JSON.stringify(value);
      const slice = slices.get(key) ?? { value, items: [] };
      slices.set(key, slice);
      slice.items.push(item);
    }
  }
  return {
    by,
    several: [...found.values()].some((values) => values.length > 1),
    slices: [...slices.values()].toSorted(({ value: a }, { value: b }) => {
      if (a === null || b === null) return Number(a === null) - Number(b === null);
      return (by === "difficulty" ? levelOf(a) - levelOf(b) : 0) || byValue(a, b);
    }),
  };
}

function unknownFacet(by: string, variables: ReadonlySet<string>): UserError {
  const meant = suggestion(by, [...facets, ...variables]);
  return new UserError({
    zh: `--by ${by}：题目没有这一项${meant.zh}`,
    en: `--by ${by}: the items have no such field${meant.en}`,
  });
}

/** Scores of one slice: the mean of its items by their weight, wherever in the tree of dimensions they lie. */
export type SliceScores = {
  readonly value: Value | null;
  /** Items of the slice. */
  readonly n: number;
  readonly few: boolean;
  /** In the order of the targets. */
  readonly scores: readonly Score[];
};

export type Slices = Pick<Sorted, "by" | "several"> & { readonly slices: readonly SliceScores[] };

/** The scores of every slice, `values` being those of each target; `inside` marks the items that count. */
export function sliceScores(
  { by, several, slices }: Sorted,
  view: View,
  values: readonly ItemValues[],
  inside: Uint8Array,
): Slices {
  return {
    by,
    several,
    slices: slices.flatMap(({ value, items }) => {
      const own = items.filter((item) => inside[item] === 1);
      return own.length === 0 ? [] : [{ value, ...scoresOf(own, view, values) }];
    }),
  };
}

/** Scores of these items, one for each target. */
export function scoresOf(
  items: readonly number[],
  view: View,
  values: readonly ItemValues[],
): Omit<SliceScores, "value"> {
  const node = nodeOf(items);
  return {
    n: items.length,
    few: items.length < fewItems,
    scores: values.map((each) => scoreOf(node, each, view.items, "macro")),
  };
}

/** A tree of one dimension that holds these items. */
export const nodeOf = (items: readonly number[]): Node => ({
  kind: "dimension",
  name: "",
  weight: 1,
  children: [],
  items: [...items],
});
