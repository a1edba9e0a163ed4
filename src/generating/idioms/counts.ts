import type { Draw } from "../draw.ts";

import { drawLeast, mostTimes, type Stride, sumsOfWalks } from "../walks.ts";
import { graphOf, type IdiomGraph } from "./chains.ts";
import { idioms } from "./idioms.ts";

/** A list with points, what a chain has to keep, and how many chains of the list keep it. */
export type CountAsked = {
  readonly words: readonly string[];
  readonly points: readonly number[];
  /** Idioms of a chain. */
  readonly length: number;
  /** Points of a whole chain, at least. */
  readonly least: number;
  /** By how much the points of neighbours differ, at least; 0 where that is not asked. */
  readonly apart: number;
  readonly answer: number;
};

type CountOptions = { readonly size: number; readonly chains: number; readonly rules: number };

const lengths = [5, 6, 7, 8, 9, 10] as const;

/** So many idioms are put to a list in which there are too few chains before another one is begun. */
const mostMore = 40;

/**
 * A list in which many idioms follow each other, and chains of one length to count in it, as many as are wanted or up to twice
 * as many.
 */
export function drawCount(draw: Draw, { size, chains, rules }: CountOptions): CountAsked {
  for (;;) {
    const apart = rules > 1 ? 2 : 0;
    let open: readonly number[] = draw.shuffle(lengths);
    const knot = beginKnot(draw);
    const points: number[] = [];
    for (let more = 0; more < mostMore; more += 1) {
      do knot.add();
      while (knot.words.size < size);
      while (points.length < knot.words.size) points.push(draw.int(1, 20));
      const words = [...knot.words];
      const graph = graphOf(words);
      const steps = stepsOf(graph, points, apart);
      const found = open.map((length) => ({
        length,
        sums: sumsOfWalks({ starts: points, steps, length }, chains * mostTimes),
      }));
      // Chains only become more, so a length that has too many is done with.
      open = found.flatMap(({ length, sums }) => (sums === null ? [] : [length]));
      if (open.length === 0) break;
      const asked = found.find(({ sums }) => sums !== null && sums.length >= chains);
      if (asked === undefined) continue;
      const { length, sums } = asked;
      if (sums === null) continue;
      const { least, reaching } = drawLeast(draw, sums);
      const order = draw.shuffle([...words.keys()]);
      return {
        words: order.map((at) => words[at] ?? ""),
        points: order.map((at) => points[at] ?? 0),
        length,
        least,
        apart,
        answer: reaching,
      };
    }
  }
}

/** On to the idioms that follow, where the points are so far apart. */
const stepsOf = (
  { next }: IdiomGraph,
  points: readonly number[],
  apart: number,
): readonly (readonly Stride[])[] =>
  next.map((following, at) =>
    following.flatMap((to) => {
      const adds = points[to] ?? 0;
      return Math.abs((points[at] ?? 0) - adds) >= apart ? [{ to, adds }] : [];
    }),
  );

/** So many idioms are looked at for each place of a list; of these the one is taken that follows and leads on most often. */
const tried = 20;

type Knot = { readonly words: ReadonlySet<string>; readonly add: () => void };

/** A list that grows by idioms which hang together with many of those that are in it. */
function beginKnot(draw: Draw): Knot {
  const words = new Set<string>();
  const [heads, tails] = [new Map<string, number>(), new Map<string, number>()];
  const linksOf = (word: string): number => {
    const after = heads.get(word.slice(-1)) ?? 0;
    const before = tails.get(word.slice(0, 1)) ?? 0;
    return after + before + 3 * after * before;
  };
  const add = (): void => {
    const rest = idioms.filter((word) => !words.has(word));
    const beside = rest.filter((word) => linksOf(word) > 0);
    const some = Array.from({ length: tried }, () => draw.pick(beside.length > 0 ? beside : rest));
    const [word = ""] = some.toSorted((a, b) => linksOf(b) - linksOf(a));
    words.add(word);
    heads.set(word.slice(0, 1), (heads.get(word.slice(0, 1)) ?? 0) + 1);
    tails.set(word.slice(-1), (tails.get(word.slice(-1)) ?? 0) + 1);
  };
  return { words, add };
}
