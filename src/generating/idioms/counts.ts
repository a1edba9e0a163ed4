import type { Draw } from "../draw.ts";

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

/** Between `chains` and so many times as many chains of the asked length stand in a list. */
const mostTimes = 2;

const lengths = [5, 6, 7, 8, 9, 10] as const;

/** So many idioms are put to a list in which there are too few chains before another one is begun. */
const mostMore = 40;

/**
 * A list in which many idioms follow each other, and chains of one length to count in it. Sums of points keep chains from
 * being counted by their ends alone: each has to be looked at.
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
      const found = open.map((length) => ({
        length,
        sums: sumsOf(graph, points, { length, apart, most: chains * mostTimes }),
      }));
      // Chains only become more, so a length that has too many is done with.
      open = found.flatMap(({ length, sums }) => (sums === null ? [] : [length]));
      if (open.length === 0) break;
      const asked = found.find(({ sums }) => sums !== null && sums.length >= chains);
      if (asked === undefined) continue;
      const { length, sums } = asked;
      if (sums === null) continue;
      const place = Math.floor((sums.length * draw.int(25, 55)) / 100);
      const least = sums.toSorted((a, b) => a - b)[place] ?? 0;
      const order = draw.shuffle([...words.keys()]);
      return {
        words: order.map((at) => words[at] ?? ""),
        points: order.map((at) => points[at] ?? 0),
        length,
        least,
        apart,
        answer: sums.filter((sum) => sum >= least).length,
      };
    }
  }
}

type Chains = { readonly length: number; readonly apart: number; readonly most: number };

/** The points of every chain of so many idioms, none twice; null where there are more than `most`. */
function sumsOf(
  { next }: IdiomGraph,
  points: readonly number[],
  { length, apart, most }: Chains,
): readonly number[] | null {
  const sums: number[] = [];
  const used = new Uint8Array(points.length);
  const extend = (at: number, sum: number, left: number): void => {
    if (sums.length > most) return;
    if (left === 0) {
      sums.push(sum);
      return;
    }
    used[at] = 1;
    const own = points[at] ?? 0;
    for (const to of next[at] ?? []) {
      const more = points[to] ?? 0;
      if (used[to] === 0 && Math.abs(own - more) >= apart) extend(to, sum + more, left - 1);
    }
    used[at] = 0;
  };
  points.forEach((own, at) => extend(at, own, length - 1));
  return sums.length > most ? null : sums;
}

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
