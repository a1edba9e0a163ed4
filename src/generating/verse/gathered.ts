import type { Draw } from "../draw.ts";

import { drawLeast, mostTimes } from "../walks.ts";
import { drawLine, type Shape } from "./verse.ts";
import { rhymeGroups } from "./words.ts";

/** A line of seven characters that somebody may choose. */
type Candidate = {
  readonly text: string;
  /** Null where it follows none of the four patterns. */
  readonly shape: Shape | null;
  readonly rhyme: string;
  readonly points: number;
};

export type Gathering = {
  readonly lines: readonly Pick<Candidate, "text" | "points">[];
  /** Points of the eight lines of a poem, at least. */
  readonly least: number;
  /** Sets of eight lines that make such a poem. */
  readonly ways: number;
};

/**
 * Lines from which poems of eight can be made, no two of whose lines share a character: in `ways` ways or up to twice as many
 * before their points are looked at. Lines come and go one by one until there are so many.
 */
export function drawGathering(
  draw: Draw,
  { lines: count, ways }: { lines: number; ways: number },
): Gathering {
  for (;;) {
    const rhymes = draw.sample(
      rhymeGroups.map(({ old }) => old),
      2,
    );
    const drawOne = (): Candidate | null => lineOf(draw, rhymes);
    let lines = draft(draw, count, rhymes[0] ?? "", drawOne);
    for (let tried = 0; tried < mostTried && lines.length <= mostLines; tried += 1) {
      const sums = sumsOfPoems(lines, ways * mostTimes);
      if (sums === null) lines = draw.shuffle(lines).slice(1);
      else if (sums.length < ways) lines = withMore(lines, sums.length < ways / 2 ? 3 : 1, drawOne);
      else {
        const { least, reaching } = drawLeast(draw, sums);
        // The answer stands nowhere in the question.
        if (least !== reaching) return { lines: draw.shuffle(lines), least, ways: reaching };
      }
    }
  }
}

function withMore(
  lines: readonly Candidate[],
  many: number,
  drawOne: () => Candidate | null,
): readonly Candidate[] {
  const all = new Map(lines.map((line) => [line.text, line]));
  while (all.size < lines.length + many) {
    const one = drawOne();
    if (one !== null && !all.has(one.text)) all.set(one.text, one);
  }
  return [...all.values()];
}

/** Lines that come or go before one begins anew. */
const mostTried = 30;

const mostLines = 64;

/** A sixth of the lines break their pattern, and a third are of the second rhyme. */
function lineOf(draw: Draw, [first = "", second = ""]: readonly string[]): Candidate | null {
  const shape = draw.pick(["a", "b", "b", "c", "d", "d"] as const);
  const [rhyme, isFaulty] = [draw.pick([first, first, second]), draw.int(1, 6) === 1];
  const text = drawLine(draw, { shape, rhyme, taken: "", isFaulty });
  if (text === null) return null;
  return { text, shape: isFaulty ? null : shape, rhyme, points: draw.int(1, 20) };
}

/** One poem that can be made, with other lines beside it. */
function draft(
  draw: Draw,
  count: number,
  rhyme: string,
  drawOne: () => Candidate | null,
): readonly Candidate[] {
  const lines = new Map<string, Candidate>();
  let taken = "";
  for (const shape of ["a", "b", "c", "d", "a", "b", "c", "d"] as const) {
    const text = drawLine(draw, { shape, rhyme, taken, isFaulty: false });
    if (text === null) continue;
    lines.set(text, { text, shape, rhyme, points: draw.int(1, 20) });
    taken += text;
  }
  while (lines.size < count) {
    const one = drawOne();
    if (one !== null) lines.set(one.text, one);
  }
  return [...lines.values()];
}

/** How many lines of each pattern the orders ask for. */
const quotas: readonly Readonly<Record<Shape, number>>[] = [
  { a: 2, b: 2, c: 2, d: 2 },
  { a: 1, b: 2, c: 2, d: 3 },
  { a: 2, b: 3, c: 1, d: 2 },
];

/** Lines of one pattern that may stand together, and all that cannot stand beside them; a bit for each line. */
type Group = { readonly set: bigint; readonly barred: bigint; readonly points: number };

/** The points of every poem; null where there are more than `most`. */
function sumsOfPoems(candidates: readonly Candidate[], most: number): readonly number[] | null {
  const holders = new Map<string, bigint>();
  for (const [at, { text }] of candidates.entries())
    for (const each of text) holders.set(each, (holders.get(each) ?? 0n) | (1n << BigInt(at)));
  const barred = candidates.map(({ text }) =>
    Array.from(text).reduce((set, each) => set | (holders.get(each) ?? 0n), 0n),
  );
  const rhymes = new Set(candidates.map(({ rhyme }) => rhyme));
  const sums: number[] = [];
  for (const quota of quotas)
    for (const rhyme of rhymes) {
      const steps = (["d", "b", "a", "c"] as const).map((shape) => {
        const own = [...candidates.keys()].filter((at) => {
          const line = candidates[at];
          return line?.shape === shape && ("ac".includes(shape) || line.rhyme === rhyme);
        });
        return together(candidates, own, barred, quota[shape]);
      });
      const search = (at: number, chosen: bigint, points: number): void => {
        const step = steps[at];
        if (step === undefined) sums.push(points);
        else
          for (const each of step)
            if (sums.length <= most && (each.barred & chosen) === 0n)
              search(at + 1, chosen | each.set, points + each.points);
      };
      search(0, 0n, 0);
    }
  return sums.length > most ? null : sums;
}

/** So many of the lines, no two of which share a character. */
function together(
  candidates: readonly Candidate[],
  lines: readonly number[],
  barred: readonly bigint[],
  many: number,
): readonly Group[] {
  let groups: readonly (Group & { readonly next: number })[] = [
    { set: 0n, barred: 0n, points: 0, next: 0 },
  ];
  for (let step = 0; step < many; step += 1)
    groups = groups.flatMap((group) =>
      lines.flatMap((line, at) => {
        const own = 1n << BigInt(line);
        if (at < group.next || (group.barred & own) !== 0n) return [];
        return [
          {
            set: group.set | own,
            barred: group.barred | (barred[line] ?? 0n),
            points: group.points + (candidates[line]?.points ?? 0),
            next: at + 1,
          },
        ];
      }),
    );
  return groups;
}
