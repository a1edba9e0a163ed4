import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";

import { defineGenerator } from "../generating/generator.ts";
import { type Clue, drawClue, type Places } from "../generating/row-clues.ts";
import { names } from "../generating/words.ts";

/**
 * People in a row: as few clues as leave exactly one order, none of which fixes a position by itself; asks who stands at
 * any one position, so that no guess is right more often than one in the number of people.
 */
export const generator = defineGenerator({
  id: "logic",
  version: "2",
  title: { zh: "排队推理", en: "ordering puzzles" },
  grader: "choice",
  options: z.strictObject({
    people: z.int().min(3).max(8).default(5),
    clues: z
      .enum(["plain", "compound"])
      .default("plain")
      .describe("compound: also if … then, either … or, between, not adjacent"),
  }),
  levels: [
    { people: 3, clues: "plain" as const },
    { people: 3, clues: "compound" as const },
    { people: 4, clues: "plain" as const },
    { people: 4, clues: "compound" as const },
    { people: 5, clues: "plain" as const },
    { people: 5, clues: "compound" as const },
    { people: 6, clues: "plain" as const },
    { people: 6, clues: "compound" as const },
    { people: 7, clues: "compound" as const },
    { people: 8, clues: "compound" as const },
  ].map((options) => ({ options, floor: 1 / options.people })),
  make: (draw, { people, clues: kind }): Made => {
    const row = draw.sample(names, people);
    const order: Places = draw.shuffle(row.map((_, at) => at));
    const clues = draw.shuffle(enoughClues(draw, row, order, kind === "compound"));
    const person = draw.int(0, people - 1);
    const shown = draw.shuffle(row);
    return {
      question: `${draw.shuffle(row).join("、")}从前到后排成一队。${clues
        .map(({ text }) => text)
        .join("；")}。排在第 ${(order[person] ?? 0) + 1} 位的是谁？`,
      options: Object.fromEntries(shown.map((name, at) => [letter(at), name])),
      answer: letter(shown.indexOf(row[person] ?? "")),
    };
  },
});

const letter = (at: number): string => String.fromCodePoint(65 + at);

/** Clues that one order alone fits, none of which can be left out. */
function enoughClues(
  draw: Draw,
  row: readonly string[],
  order: Places,
  isCompound: boolean,
): readonly Clue[] {
  const all = permutations(row.length);
  const clues: Clue[] = [];
  for (let left = all; left.length > 1;) {
    const clue = drawClue(draw, row, order, isCompound);
    const after = left.filter(clue.holds);
    if (after.length === left.length || fixesSomebody(all, clue)) continue;
    clues.push(clue);
    left = after;
  }
  return clues.reduce<readonly Clue[]>((kept, clue) => {
    const others = kept.filter((each) => each !== clue);
    const fitting = all.filter((places) => others.every(({ holds }) => holds(places)));
    return fitting.length === 1 ? others : kept;
  }, clues);
}

/** Whether all orders that fit a clue have somebody at one position. */
function fixesSomebody(all: readonly Places[], { holds }: Clue): boolean {
  const first = all.find(holds) ?? [];
  let fixed = first.map((_, person) => person);
  for (const places of all) {
    if (holds(places)) fixed = fixed.filter((person) => places[person] === first[person]);
    if (fixed.length === 0) return false;
  }
  return true;
}

const byLength: (readonly Places[])[] = [[[]]];

/** Every order of so many people; computed once. */
function permutations(length: number): readonly Places[] {
  const known = byLength[length];
  if (known !== undefined) return known;
  const made = permutations(length - 1).flatMap((shorter) =>
    Array.from({ length }, (_, at) => shorter.toSpliced(at, 0, length - 1)),
  );
  byLength[length] = made;
  return made;
}
