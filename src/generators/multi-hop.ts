import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";

import { defineGenerator } from "../generating/generator.ts";
import { goods, names, towns } from "../generating/words.ts";

/** A made-up world of masters, homes and wares, its facts in random order; the answer takes `hops` of them in sequence. */
export const generator = defineGenerator({
  id: "multi-hop",
  version: "1",
  title: { zh: "多跳推理", en: "multi-hop over a made-up world" },
  grader: "exact",
  options: z.strictObject({
    hops: z.int().min(2).max(6).default(3),
    people: z.int().min(4).max(20).default(8),
  }),
  make: (draw, { hops, people }): Made => {
    const world = drawWorld(draw, people);
    const start = draw.int(0, people - 1);
    const end = (start + hops - 2) % people;
    const [asked, target] = [world[start], world[end]];
    if (asked === undefined || target === undefined)
      throw new RangeError("the world has no such person");
    const facts = world.flatMap(({ name, master, town, ware }) => [
      `${name}的师父是${master}`,
      `${name}住在${town}`,
      `${town}的特产是${ware}`,
    ]);
    const chain = `${asked.name}${"的师父".repeat(hops - 2)}`;
    return {
      context: `${draw.shuffle(facts).join("。")}。`,
      question: `${chain}所住的地方，特产是什么？`,
      answer: target.ware,
    };
  },
});

type Person = {
  readonly name: string;
  readonly master: string;
  readonly town: string;
  readonly ware: string;
};

/** Masters form a single ring, so that a chain never ends. */
function drawWorld(draw: Draw, people: number): readonly Person[] {
  const ring = draw.sample(names, people);
  const homes = draw.sample(towns, people);
  const wares = draw.sample(goods, people);
  return ring.map((name, index) => ({
    name,
    master: ring[(index + 1) % people] ?? "",
    town: homes[index] ?? "",
    ware: wares[index] ?? "",
  }));
}
