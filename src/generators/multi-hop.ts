import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";

import { expected } from "../domain/schema/expected.ts";
import { defineGenerator } from "../generating/generator.ts";
import { goods, names, towns } from "../generating/words.ts";

const Options = z
  .strictObject({
    hops: z
      .int()
      .min(2)
      .max(12)
      .default(3)
      .describe("facts that the answer takes, one after another"),
    people: z.int().min(4).max(20).default(8),
  })
  .refine(({ hops, people }) => hops <= people, {
    path: ["hops"],
    error: expected("不大于 people 的整数", "a whole number of at most people"),
  });

/**
 * A made-up world of people, their masters, landlords and employers, homes and wares, its facts in random order. A
 * question begins at a person, a town or a ware, goes from one to another in either direction, meets nobody twice, and asks
 * for a person, a town or a ware.
 */
export const generator = defineGenerator({
  id: "multi-hop",
  version: "2",
  title: { zh: "多跳推理", en: "multi-hop over a made-up world" },
  grader: "exact",
  options: Options,
  levels: [
    [2, 8],
    [3, 8],
    [4, 8],
    [4, 12],
    [5, 12],
    [6, 12],
    [7, 16],
    [8, 16],
    [10, 20],
    [12, 20],
  ].map(([hops = 2, people = 8]) => ({ options: { hops, people }, floor: 1 / (people - 1) })),
  make: (draw, { hops, people }): Made => {
    for (;;) {
      const world = drawWorld(draw, people);
      const asked = drawQuestion(draw, world, hops);
      if (asked === null) continue;
      return { context: `${draw.shuffle(world.facts).join("。")}。`, ...asked };
    }
  },
});

/** Two names of a relation: who someone's 师父 is, and whose 师父 someone is. */
const relations = [
  ["师父", "徒弟"],
  ["房东", "房客"],
  ["东家", "伙计"],
] as const;

type World = {
  readonly people: readonly string[];
  readonly towns: readonly string[];
  readonly wares: readonly string[];
  /** For each relation, by person: the other one. */
  readonly others: readonly (readonly number[])[];
  readonly facts: readonly string[];
};

/** Every relation leads from each person to one other and back, so that both of its names mean one person. */
function drawWorld(draw: Draw, count: number): World {
  const people = draw.sample(names, count);
  const homes = draw.sample(towns, count);
  const wares = draw.sample(goods, count);
  const others = relations.map(() => drawRing(draw, count));
  const facts = people.flatMap((name, at) => [
    ...relations.map(
      ([forth], relation) => `${name}的${forth}是${people[others[relation]?.[at] ?? 0] ?? ""}`,
    ),
    `${name}住在${homes[at] ?? ""}`,
    `${homes[at] ?? ""}的特产是${wares[at] ?? ""}`,
  ]);
  return { people, towns: homes, wares, others, facts };
}

function drawRing(draw: Draw, count: number): readonly number[] {
  const order = draw.shuffle(Array.from({ length: count }, (_, at) => at));
  const next = new Map(order.map((person, at) => [person, order[(at + 1) % count] ?? 0]));
  return Array.from({ length: count }, (_, person) => next.get(person) ?? 0);
}

const starts = [
  { cost: 0, tell: ({ people }: World, at: number) => people[at] ?? "" },
  { cost: 1, tell: ({ towns: homes }: World, at: number) => `住在${homes[at] ?? ""}的人` },
  { cost: 2, tell: ({ wares }: World, at: number) => `住在特产是${wares[at] ?? ""}的地方的人` },
] as const;

const ends = [
  {
    cost: 0,
    ask: (who: string) => `${who}是谁？`,
    answer: ({ people }: World, at: number) => people[at],
  },
  {
    cost: 1,
    ask: (who: string) => `${who}住在什么地方？`,
    answer: ({ towns: homes }: World, at: number) => homes[at],
  },
  {
    cost: 2,
    ask: (who: string) => `${who}所住的地方，特产是什么？`,
    answer: ({ wares }: World, at: number) => wares[at],
  },
] as const;

/** Null where the steps that were drawn come back to somebody. */
function drawQuestion(
  draw: Draw,
  world: World,
  hops: number,
): Pick<Made, "question" | "answer"> | null {
  const [start, end] = draw.pick(
    starts.flatMap((first) =>
      ends.filter(({ cost }) => first.cost + cost < hops).map((last) => [first, last] as const),
    ),
  );
  const met = [draw.int(0, world.people.length - 1)];
  const words: string[] = [];
  for (let step = start.cost + end.cost; step < hops; step += 1) {
    const relation = draw.int(0, relations.length - 1);
    const isForth = draw.int(0, 1) === 1;
    const from = met.at(-1) ?? 0;
    const ring = world.others[relation] ?? [];
    const to = isForth ? (ring[from] ?? 0) : ring.indexOf(from);
    if (met.includes(to)) return null;
    met.push(to);
    words.push(`的${relations[relation]?.[isForth ? 0 : 1] ?? ""}`);
  }
  const who = `${start.tell(world, met[0] ?? 0)}${words.join("")}`;
  return { question: end.ask(who), answer: end.answer(world, met.at(-1) ?? 0) ?? "" };
}
