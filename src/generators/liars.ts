import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";

import { defineGenerator } from "../generating/generator.ts";
import { claimText, rulesText, skins } from "../generating/liars/island-words.ts";
import {
  drawIsland,
  type Island,
  type IslandOptions,
  mended,
  solutionsOf,
} from "../generating/liars/islands.ts";
import { names } from "../generating/words.ts";

/**
 * People who tell the truth, lie, or do either, and what they say of each other, of how many there are and of each other's
 * sayings. Who is what is to be found; 矛盾 where nothing fits, 不止一种 where more than one thing does: 无法确定 would make a refusal right.
 */
export const generator = defineGenerator({
  id: "liars",
  version: "4",
  title: { zh: "真假话", en: "truth-tellers and liars" },
  grader: "value",
  options: z.strictObject({
    people: z.int().min(3).max(24).default(4),
    sayings: z.int().min(1).max(2).default(1).describe("claims of each person"),
    free: z
      .int()
      .min(0)
      .max(8)
      .default(0)
      .describe("people who tell the truth or lie as they like"),
    claims: z
      .enum(["plain", "joined", "nested", "deep"])
      .default("joined")
      .describe(
        "joined: also if … then, or, one of two; nested: also claims about claims; deep: mostly of several claims at once",
      ),
    odd: z
      .int()
      .min(0)
      .max(40)
      .default(15)
      .describe("of a hundred items so many contradict themselves, and as many leave it open"),
  }),
  levels: [
    { people: 3, sayings: 1, free: 0, claims: "plain" as const },
    { people: 3, sayings: 1, free: 0, claims: "joined" as const },
    { people: 4, sayings: 1, free: 0, claims: "joined" as const },
    { people: 9, sayings: 2, free: 3, claims: "deep" as const, odd: 4 },
    { people: 11, sayings: 2, free: 4, claims: "deep" as const, odd: 4 },
    { people: 12, sayings: 2, free: 4, claims: "deep" as const, odd: 4 },
    { people: 13, sayings: 2, free: 4, claims: "deep" as const, odd: 4 },
    { people: 14, sayings: 2, free: 4, claims: "deep" as const, odd: 4 },
    { people: 14, sayings: 2, free: 5, claims: "deep" as const, odd: 4 },
    { people: 15, sayings: 2, free: 5, claims: "deep" as const, odd: 4 },
  ].map((options) => ({ options, floor: ("odd" in options ? options.odd : 15) / 100 })),
  make: (draw, options): Made => {
    const at = draw.int(0, 99);
    const { odd } = options;
    const wanted = at < odd ? 0 : at < 2 * odd ? 2 : 1;
    const { island, found } = islandWith(draw, options, wanted);
    const people = draw.sample(names, options.people);
    const skin = draw.pick(skins);
    const [only] = found;
    return {
      question: [
        rulesText(draw, skin, island),
        ...sayings(draw, island, people, (claim) =>
          claimText(draw, claim, people, skin, options.sayings),
        ),
        `按${people.join("、")}的次序，他们各是哪一种人？用顿号隔开，如“${exampleOf(draw, skin, options)}”。如果这些话怎么都说不通，答“矛盾”；如果说得通的情况不止一种，答“不止一种”。`,
      ].join("\n"),
      ...(wanted === 1 && only !== undefined
        ? {
            answer: only.map((nature) => skin[nature]).join("、"),
            grader: { use: "value", with: { type: "list" } },
          }
        : wanted === 0
          ? { answer: "矛盾", aliases: ["自相矛盾", "矛盾，无解"], grader: { use: "exact" } }
          : { answer: "不止一种", aliases: ["情况不止一种", "不唯一"], grader: { use: "exact" } }),
    };
  },
});

/** So many claims are drawn anew before all are. */
const mostMended = 40;

/** An island with none, one, or more ways in which its people can be. */
function islandWith(
  draw: Draw,
  options: IslandOptions,
  wanted: 0 | 1 | 2,
): { readonly island: Island; readonly found: ReturnType<typeof solutionsOf> } {
  for (;;) {
    let island = drawIsland(draw, options, wanted === 0);
    for (let tried = 0; tried < mostMended; tried += 1) {
      const found = solutionsOf(island);
      if (found.length === wanted) return { island, found };
      if (wanted !== 1) break;
      island = mended(draw, options, island, found) ?? island;
    }
  }
}

type Skin = (typeof skins)[number];

/** The form of an answer, drawn without a look at the right one. */
const exampleOf = (
  draw: Draw,
  skin: Skin,
  { people, free }: { readonly people: number; readonly free: number },
): string =>
  draw
    .shuffle(
      Array.from({ length: people }, (_, at) =>
        at < free ? skin.free : draw.pick([skin.honest, skin.lying]),
      ),
    )
    .join("、");

/** One line a person, in the order in which they are asked for. */
const sayings = (
  draw: Draw,
  { claims, people }: Island,
  names: readonly string[],
  textOf: (claim: Island["claims"][number]) => string,
): readonly string[] => {
  const verb = draw.pick(["说", "道", "告诉大家"]);
  return names.map((name, at) => {
    const own = claims.filter((_, claim) => claim % people === at).map(textOf);
    const [first = "", second] = own;
    return second === undefined
      ? `${name}${verb}：“${first}。”`
      : `${name}${verb}：“${first}。”又${verb === "告诉大家" ? "说" : verb}：“${second}。”`;
  });
};
