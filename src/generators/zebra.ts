import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";

import { defineGenerator } from "../generating/generator.ts";
import { countGrids } from "../generating/zebra/count-grids.ts";
import { drawGridClue, type PeopleGrid, type GridClue } from "../generating/zebra/grid-clues.ts";
import { scenes } from "../generating/zebra/scenes.ts";
import { nameTrait, traits } from "../generating/zebra/traits.ts";

const factorials = [1, 1, 2, 6, 24, 120, 720];

/**
 * People in a row who differ in several things, and as few clues as leave one grid. Asks for all values of one trait in the
 * order of the row, so that every clue may count and a guess is one of as many orders as there are.
 */
export const generator = defineGenerator({
  id: "zebra",
  version: "1",
  title: { zh: "逻辑格", en: "logic grids" },
  grader: "value",
  options: z.strictObject({
    people: z.int().min(3).max(6).default(4),
    traits: z.int().min(2).max(6).default(3).describe("the name is one of them"),
    clues: z
      .enum(["plain", "mixed", "compound"])
      .default("plain")
      .describe("compound: also if … then, either … or, not both, denials; mixed: half of them"),
  }),
  levels: [
    { people: 3, traits: 2, clues: "plain" as const },
    { people: 3, traits: 3, clues: "plain" as const },
    { people: 4, traits: 2, clues: "mixed" as const },
    { people: 4, traits: 3, clues: "plain" as const },
    { people: 4, traits: 3, clues: "compound" as const },
    { people: 5, traits: 3, clues: "mixed" as const },
    { people: 5, traits: 4, clues: "mixed" as const },
    { people: 5, traits: 5, clues: "mixed" as const },
    { people: 6, traits: 4, clues: "mixed" as const },
    { people: 6, traits: 5, clues: "mixed" as const },
  ].map((options) => ({ options, floor: 1 / (factorials[options.people] ?? 1) })),
  make: (draw, { people, traits: count, clues: kind }): Made => {
    const grid = drawGrid(draw, people, count);
    const clues = draw.shuffle(enoughClues(draw, grid, kind));
    const asked = draw.int(0, count - 1);
    const row = inOrder(grid, asked);
    const { scene } = grid;
    const listed = grid.traits.map(
      ({ title }, at) => `${title}：${draw.shuffle(grid.words[at] ?? []).join("、")}`,
    );
    return {
      question: [
        `${scene.opening(people)}。这 ${people} 个人在下面各项上都互不相同：`,
        ...listed,
        "已知：",
        ...clues.map(({ text }, at) => `${at + 1}. ${text}。`),
        draw.pick([
          `${scene.order}，${grid.traits[asked]?.asked ?? ""}依次是什么？用顿号隔开。`,
          `请${scene.order}依次写出${grid.traits[asked]?.asked ?? ""}，用顿号隔开。`,
        ]),
      ].join("\n"),
      answer: row.join("、"),
      grader: { use: "value", with: { type: "list" } },
    };
  },
});

function drawGrid(draw: Draw, people: number, count: number): PeopleGrid {
  const chosen = [nameTrait, ...draw.sample(traits, count - 1)];
  return {
    scene: draw.pick(scenes),
    people,
    traits: chosen,
    words: chosen.map(({ values }) => draw.sample(values, people)),
    places: chosen.flatMap(() => draw.shuffle(Array.from({ length: people }, (_, at) => at))),
  };
}

/** The words of a trait by place. */
const inOrder = ({ words, places, people }: PeopleGrid, trait: number): readonly string[] =>
  Array.from({ length: people }, (_, place) => {
    const own = places.slice(trait * people, (trait + 1) * people);
    return words[trait]?.[own.indexOf(place)] ?? "";
  });

/** Clues that one grid alone fits, none of which can be left out. */
function enoughClues(
  draw: Draw,
  grid: PeopleGrid,
  kind: "plain" | "mixed" | "compound",
): readonly GridClue[] {
  const isOnly = (clues: readonly GridClue[]): boolean =>
    countGrids(grid.people, grid.traits.length, clues, 2) === 1;
  const clues = new Map<string, GridClue>();
  const add = (): void => {
    const isCompound = kind === "compound" || (kind === "mixed" && draw.int(0, 1) === 0);
    const clue = drawGridClue(draw, grid, isCompound);
    clues.set(clue.text, clue);
  };
  while (clues.size < grid.people * grid.traits.length) add();
  while (!isOnly([...clues.values()])) for (let more = 0; more < 3; more += 1) add();
  return [...clues.values()].reduce<readonly GridClue[]>(
    (kept, clue) => {
      const others = kept.filter((each) => each !== clue);
      return isOnly(others) ? others : kept;
    },
    [...clues.values()],
  );
}
