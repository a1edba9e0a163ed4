import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";

import { defineGenerator } from "../generating/generator.ts";
import { fittingGrids } from "../generating/zebra/fitting-grids.ts";
import {
  drawGridClue,
  type GridClue,
  isTrueOf,
  type PeopleGrid,
} from "../generating/zebra/grid-clues.ts";
import { scenes } from "../generating/zebra/scenes.ts";
import { nameTrait, traits } from "../generating/zebra/traits.ts";

const factorials = [1, 1, 2, 6, 24, 120, 720, 5_040, 40_320];

/**
 * People in a row who differ in several things, and as few clues as leave one grid. Asks for all values of one trait in the
 * order of the row, so that every clue may count and a guess is one of as many orders as there are.
 */
export const generator = defineGenerator({
  id: "zebra",
  version: "5",
  title: { zh: "逻辑格", en: "logic grids" },
  grader: "value",
  options: z.strictObject({
    people: z.int().min(3).max(8).default(4),
    traits: z.int().min(2).max(7).default(3).describe("the name is one of them"),
    clues: z
      .enum(["plain", "mixed", "compound", "half-veiled", "veiled"])
      .default("plain")
      .describe(
        "compound: also if … then, either … or, not both, denials; mixed: half of them; veiled: hardly any is certain alone",
      ),
  }),
  levels: [
    { people: 3, traits: 2, clues: "plain" as const },
    { people: 3, traits: 3, clues: "plain" as const },
    { people: 4, traits: 2, clues: "mixed" as const },
    { people: 5, traits: 4, clues: "veiled" as const },
    { people: 6, traits: 4, clues: "half-veiled" as const },
    { people: 6, traits: 5, clues: "half-veiled" as const },
    { people: 7, traits: 4, clues: "half-veiled" as const },
    { people: 7, traits: 5, clues: "half-veiled" as const },
    { people: 8, traits: 4, clues: "half-veiled" as const },
    { people: 8, traits: 5, clues: "half-veiled" as const },
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
        ...(kind === "plain" ? [] : ["说两者不相邻时，两者也可能是同一个人。"]),
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

/**
 * Clues that one grid alone fits, none of which can be left out: each is drawn so that a grid which fitted all before it does
 * not fit, and those are dropped without which no other grid fits either.
 */
function enoughClues(draw: Draw, grid: PeopleGrid, kind: ClueKind): readonly GridClue[] {
  const { people, traits: own, places } = grid;
  const otherGrid = (clues: readonly GridClue[]): readonly number[] | undefined =>
    fittingGrids(people, own.length, clues, 2).find((each) =>
      each.some((place, value) => place !== places[value]),
    );
  const clues = new Map<string, GridClue>();
  const others: (readonly number[])[] = [];
  for (;;) {
    const other = otherGrid([...clues.values()]);
    if (other === undefined) break;
    others.push(other);
    let clue = drawGridClue(draw, grid, kindOf(draw, kind));
    while (isTrueOf(other, clue)) clue = drawGridClue(draw, grid, kindOf(draw, kind));
    clues.set(clue.text, clue);
  }
  const isNeeded = (rest: readonly GridClue[]): boolean => {
    const known = others.some((each) => rest.every((one) => isTrueOf(each, one)));
    if (known) return true;
    const found = otherGrid(rest);
    if (found !== undefined) others.push(found);
    return found !== undefined;
  };
  return [...clues.values()].reduce<readonly GridClue[]>(
    (kept, clue) => {
      const rest = kept.filter((each) => each !== clue);
      return isNeeded(rest) ? kept : rest;
    },
    [...clues.values()],
  );
}

type ClueKind = "plain" | "mixed" | "compound" | "half-veiled" | "veiled";

const kindOf = (draw: Draw, kind: ClueKind): Exclude<ClueKind, "mixed" | "half-veiled"> =>
  kind === "mixed"
    ? draw.pick(["compound", "plain"])
    : kind === "half-veiled"
      ? draw.pick(["veiled", "plain"])
      : kind;
