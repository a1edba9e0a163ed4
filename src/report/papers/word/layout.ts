import type { Table } from "../../render/table.ts";

import { widthOf } from "../../render/width.ts";

/** Half-width characters of nine points that stand beside each other between the margins of an A4 page. */
const room = 94;
/** What a column takes beside its text. */
const padding = 2;
const most = 30;
const least = 5;

export type LaidTable = Table & {
  /** Widths of the columns as shares of the whole. */
  readonly shares: readonly number[];
};

/**
 * A table in parts that fit an A4 page upright: the first `keys` columns stand in each part, the others follow in their
 * order, as many as there is room for.
 */
export function laidOut({ columns, rows }: Table, keys: number): readonly LaidTable[] {
  const isGiven = columns.every(({ width }) => width !== undefined) && columns.length <= 5;
  const needed = columns.map(({ title, width = least }, at) => {
    if (isGiven) return width;
    const cells = rows.slice(0, 400).map((row) => widthOf((row[at] ?? "").slice(0, 400)));
    // Heads wrap between their words, cells had better not.
    const words = title.split(/\s+/).map((word) => Math.min(widthOf(word), 10));
    const head = Math.max(...words, Math.min(widthOf(title), 8), Math.ceil(widthOf(title) / 2));
    return Math.max(least, head, ...cells);
  });
  const { needs, groups } = placedIn(needed, keys);
  return groups.map((group) => {
    const whole = sumOf(needs, group);
    return {
      columns: group.flatMap((at) => columns[at] ?? []),
      rows: rows.map((row) => group.map((at) => row[at] ?? "")),
      shares: group.map((at) => (needs[at] ?? 0) / whole),
    };
  });
}

type Placed = {
  /** Widths by column. */
  readonly needs: readonly number[];
  /** Places of columns by part. */
  readonly groups: readonly (readonly number[])[];
};

/** A few columns are narrowed by letting long texts wrap, as far as it takes; more of them are parted. */
function placedIn(needed: readonly number[], keys: number): Placed {
  const all = needed.map((_, at) => at);
  const within = (bound: number): readonly number[] =>
    needed.map((need) => Math.min(need, bound) + padding);
  if (all.length <= mostWrapped && keys < 2) {
    const bound = [40, most, 24, 18, 14].find((each) => sumOf(within(each), all) <= room);
    if (bound !== undefined) return { needs: within(bound), groups: [all] };
  }
  const needs = within(most);
  return { needs, groups: groupsOf(needs, keys) };
}

function groupsOf(needs: readonly number[], keys: number): readonly (readonly number[])[] {
  const all = needs.map((_, at) => at);
  if (sumOf(needs, all) <= room) return [all];
  const named = all.slice(0, keys);
  const groups: number[][] = [];
  let group = [...named];
  for (const at of all.slice(keys)) {
    if (group.length > named.length && sumOf(needs, [...group, at]) > room) {
      groups.push(group);
      group = [...named];
    }
    group.push(at);
  }
  return [...groups, group];
}

const sumOf = (needs: readonly number[], places: readonly number[]): number =>
  places.reduce((sum, at) => sum + (needs[at] ?? 0), 0);

/** Columns up to which a table is narrowed instead of parted. */
const mostWrapped = 9;
