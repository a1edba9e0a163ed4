import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";

import { defineGenerator } from "../generating/generator.ts";
import { names } from "../generating/words.ts";

type Clue = { readonly text: string; readonly holds: (order: readonly string[]) => boolean };

/** People in a row: clues are added until exactly one order fits; asks who stands at one position. */
export const generator = defineGenerator({
  id: "logic",
  version: "1",
  title: { zh: "排队推理", en: "ordering puzzles" },
  grader: "choice",
  options: z.strictObject({
    people: z.int().min(3).max(6).default(5),
  }),
  make: (draw, { people }): Made => {
    const order = draw.sample(names, people);
    const all = permutations(order);
    let left = all;
    const clues: Clue[] = [];
    while (left.length > 1) {
      const clue = drawClue(draw, order);
      const after = left.filter(clue.holds);
      if (after.length === left.length) continue;
      clues.push(clue);
      left = after;
    }
    const place = draw.int(0, people - 1);
    const shown = draw.shuffle(order);
    const letter = String.fromCodePoint(65 + shown.indexOf(order[place] ?? ""));
    return {
      question: `${draw.shuffle(order).join("、")}从前到后排成一队。${draw
        .shuffle(clues)
        .map(({ text }) => text)
        .join("；")}。排在第 ${place + 1} 位的是谁？`,
      options: Object.fromEntries(
        shown.map((name, index) => [String.fromCodePoint(65 + index), name]),
      ),
      answer: letter,
    };
  },
});

/** A true statement about the order. */
function drawClue(draw: Draw, order: readonly string[]): Clue {
  const [a = "", b = ""] = draw.sample(order, 2);
  const [i, j] = [order.indexOf(a), order.indexOf(b)];
  const gap = Math.abs(i - j) - 1;
  const clues: readonly Clue[] = [
    i < j
      ? { text: `${a}在${b}前面`, holds: (each) => each.indexOf(a) < each.indexOf(b) }
      : { text: `${a}在${b}后面`, holds: (each) => each.indexOf(a) > each.indexOf(b) },
    {
      text: gap === 0 ? `${a}和${b}紧挨着` : `${a}和${b}中间隔着 ${gap} 个人`,
      holds: (each) => Math.abs(each.indexOf(a) - each.indexOf(b)) - 1 === gap,
    },
    i === 0
      ? { text: `${a}排在最前面`, holds: (each) => each[0] === a }
      : { text: `${a}不在最前面`, holds: (each) => each[0] !== a },
    i === order.length - 1
      ? { text: `${a}排在最后`, holds: (each) => each.at(-1) === a }
      : { text: `${a}不在最后`, holds: (each) => each.at(-1) !== a },
  ];
  return draw.pick(clues);
}

function permutations(of: readonly string[]): readonly (readonly string[])[] {
  if (of.length <= 1) return [of];
  return of.flatMap((first, index) =>
    permutations(of.filter((_, at) => at !== index)).map((rest) => [first, ...rest]),
  );
}
