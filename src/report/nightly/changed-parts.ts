import type { Night } from "../../stats/drift/night.ts";
import type { Anchors } from "./record.ts";

/** A dimension or an item before and after a change: means, and the answers behind them. */
export type ChangedPart = {
  /** `中文特性/成语`, or `suite/task/item`. */
  readonly name: string;
  readonly before: number;
  readonly after: number;
  readonly n_before: number;
  readonly n_after: number;
};

/** Nights by number: the reference from `from` on, the new level from `since` to `until`. */
export type ChangeSpan = {
  readonly from: number;
  readonly since: number;
  readonly until: number;
};

const mostDimensions = 3;
const mostItems = 5;

/** The dimensions and items that moved most in the direction of the change. Items moved by their own chance, too. */
export function changedParts(
  tables: readonly Anchors[],
  nights: readonly Night[],
  { from, since, until }: ChangeSpan,
): { readonly dimensions: readonly ChangedPart[]; readonly items: readonly ChangedPart[] } {
  const before = sums(nights.slice(from, since));
  const after = sums(nights.slice(since, until + 1));
  const anchors = tables[until];
  const items = [...after].flatMap(([name, now]) => {
    const then = before.get(name);
    const place = anchors?.names.indexOf(name) ?? -1;
    if (then === undefined || anchors === undefined || place === -1) return [];
    const dimension = anchors.dimensions[place]?.join("/") ?? "";
    return [{ ...partOf(anchors.items[place] ?? name, then, now), dimension }];
  });
  const sign = Math.sign(items.reduce((sum, item) => sum + item.after - item.before, 0));
  const ranked = <T extends ChangedPart>(parts: readonly T[]): readonly T[] =>
    parts
      .filter((part) => sign * (part.after - part.before) > 0)
      .toSorted((a, b) => sign * (b.after - b.before - (a.after - a.before)));
  const dimensions = [...Map.groupBy(items, ({ dimension }) => dimension)].map(([name, parts]) =>
    meanOf(name, parts),
  );
  return {
    dimensions: ranked(dimensions).slice(0, mostDimensions),
    items: ranked(items)
      .slice(0, mostItems)
      .map(({ dimension: _dimension, ...part }) => part),
  };
}

type Sum = { n: number; sum: number };

function sums(nights: readonly Night[]): ReadonlyMap<string, Sum> {
  const found = new Map<string, Sum>();
  for (const { names, n, sum } of nights) {
    for (const [at, name] of names.entries()) {
      if ((n[at] ?? 0) === 0) continue;
      const known = found.get(name) ?? { n: 0, sum: 0 };
      known.n += n[at] ?? 0;
      known.sum += sum[at] ?? 0;
      found.set(name, known);
    }
  }
  return found;
}

const partOf = (name: string, then: Sum, now: Sum): ChangedPart => ({
  name,
  before: then.sum / then.n,
  after: now.sum / now.n,
  n_before: then.n,
  n_after: now.n,
});

/** Items count alike, as in the judgement. */
function meanOf(name: string, parts: readonly ChangedPart[]): ChangedPart {
  const over = (value: (part: ChangedPart) => number): number =>
    parts.reduce((sum, part) => sum + value(part), 0);
  return {
    name,
    before: over(({ before }) => before) / parts.length,
    after: over(({ after }) => after) / parts.length,
    n_before: over(({ n_before }) => n_before),
    n_after: over(({ n_after }) => n_after),
  };
}
