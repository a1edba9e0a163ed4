import type { Draw } from "../draw.ts";

import { drawLine, type Shape } from "./verse.ts";
import { rhymeGroups } from "./words.ts";

/** A line of seven characters that somebody may choose. */
type Candidate = {
  readonly text: string;
  /** Null where it follows none of the four patterns. */
  readonly shape: Shape | null;
  readonly rhyme: string;
};

export type Gathering = {
  readonly lines: readonly string[];
  /** Sets of eight lines that make a poem. */
  readonly ways: number;
};

/**
 * Lines from which poems of eight can be made, no two of whose lines share a character: in `ways` ways at most and half of these
 * at least. Lines come and go one by one until there are so many.
 */
export function drawGathering(
  draw: Draw,
  { lines: count, ways: most }: { lines: number; ways: number },
): Gathering {
  for (;;) {
    const rhymes = draw.sample(
      rhymeGroups.map(({ old }) => old),
      2,
    );
    const drawOne = (): Candidate | null => lineOf(draw, rhymes);
    let lines = draft(draw, count, rhymes[0] ?? "", drawOne);
    for (let tried = 0; tried < mostTried; tried += 1) {
      const ways = countPoems(lines, most + 1);
      if (ways >= most / 2 && ways <= most)
        return { lines: draw.shuffle(lines).map(({ text }) => text), ways };
      const isMany = ways > most;
      const kept = draw.shuffle(lines).slice(isMany || lines.length === mostLines ? 1 : 0);
      const more = isMany ? null : drawOne();
      const isNew = more !== null && kept.every(({ text }) => text !== more.text);
      lines = isNew ? [...kept, more] : kept;
    }
  }
}

/** Lines that come or go before one begins anew. */
const mostTried = 60;

/** A set of lines is the bits of a number. */
const mostLines = 31;

/** A sixth of the lines break their pattern. */
function lineOf(draw: Draw, rhymes: readonly string[]): Candidate | null {
  const shape = draw.pick(["a", "b", "b", "c", "d", "d"] as const);
  const [rhyme, isFaulty] = [draw.pick(rhymes), draw.int(1, 6) === 1];
  const text = drawLine(draw, { shape, rhyme, taken: "", isFaulty });
  return text === null ? null : { text, shape: isFaulty ? null : shape, rhyme };
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
    lines.set(text, { text, shape, rhyme });
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
type Group = { readonly set: number; readonly barred: number };

/** Up to `limit`. */
function countPoems(candidates: readonly Candidate[], limit: number): number {
  const holders = new Map<string, number>();
  for (const [at, { text }] of candidates.entries())
    for (const each of text) holders.set(each, (holders.get(each) ?? 0) | (1 << at));
  const barred = candidates.map(({ text }) =>
    Array.from(text).reduce((set, each) => set | (holders.get(each) ?? 0), 0),
  );
  const rhymes = new Set(candidates.map(({ rhyme }) => rhyme));
  let count = 0;
  for (const quota of quotas)
    for (const rhyme of rhymes) {
      const steps = (["d", "b", "a", "c"] as const).map((shape) => {
        const own = [...candidates.keys()].filter((at) => {
          const line = candidates[at];
          return line?.shape === shape && ("ac".includes(shape) || line.rhyme === rhyme);
        });
        return together(own, barred, quota[shape]);
      });
      const search = (at: number, chosen: number): void => {
        const step = steps[at];
        if (step === undefined) count += 1;
        else
          for (const each of step)
            if (count < limit && (each.barred & chosen) === 0) search(at + 1, chosen | each.set);
      };
      search(0, 0);
    }
  return count;
}

/** So many of the lines, no two of which share a character. */
function together(
  lines: readonly number[],
  barred: readonly number[],
  many: number,
): readonly Group[] {
  let groups: readonly (Group & { readonly next: number })[] = [{ set: 0, barred: 0, next: 0 }];
  for (let step = 0; step < many; step += 1)
    groups = groups.flatMap((group) =>
      lines.flatMap((line, at) =>
        at >= group.next && (group.barred & (1 << line)) === 0
          ? [
              {
                set: group.set | (1 << line),
                barred: group.barred | (barred[line] ?? 0),
                next: at + 1,
              },
            ]
          : [],
      ),
    );
  return groups;
}
