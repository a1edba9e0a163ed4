import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";

import { defineGenerator } from "../generating/generator.ts";
import { tellFamily } from "../generating/kinship/facts.ts";
import { drawFamily, type Relative } from "../generating/kinship/family.ts";
import { type Term, waysOfLength } from "../generating/kinship/terms.ts";
import {
  distance,
  type KinKnowledge,
  possibleTerms,
  pairsOfWay,
} from "../generating/kinship/ways.ts";
import { moreNames, names } from "../generating/words.ts";

/**
 * A family told in births, marriages and ages, in random order. Asks how one calls another, whom a chain of terms leads to,
 * or how the first of a chain calls the last; where age or sex are not told, all terms that are possible are the answer.
 */
export const generator = defineGenerator({
  id: "kinship",
  version: "2",
  title: { zh: "亲属称谓", en: "terms of kinship" },
  grader: "exact",
  options: z.strictObject({
    people: z.int().min(8).max(60).default(14),
    steps: z
      .int()
      .min(1)
      .max(60)
      .default(2)
      .describe("terms one after another; 1: two people are named"),
    apart: z
      .int()
      .min(1)
      .max(4)
      .default(3)
      .describe("births and marriages between the two, where steps is 1"),
    ages: z.int().min(0).max(100).default(80).describe("percent of ages that are told"),
  }),
  levels: [
    { people: 8, steps: 1, apart: 2, ages: 100 },
    { people: 10, steps: 1, apart: 3, ages: 80 },
    { people: 14, steps: 1, apart: 4, ages: 60 },
    { people: 18, steps: 3, apart: 2, ages: 60 },
    { people: 26, steps: 6, apart: 2, ages: 60 },
    { people: 34, steps: 10, apart: 2, ages: 60 },
    { people: 40, steps: 16, apart: 2, ages: 60 },
    { people: 48, steps: 24, apart: 2, ages: 60 },
    { people: 54, steps: 36, apart: 2, ages: 60 },
    { people: 60, steps: 52, apart: 2, ages: 60 },
  ].map((options, at) => ({ options, floor: [0.05, 0.07, 0.14][at] ?? 0.05 })),
  make: (draw, { people: count, steps, apart, ages }): Made => {
    // The way is drawn first: of the pairs of a family, most are related in the same few ways.
    let way = draw.pick(draw.pick(waysOfLength(apart)));
    for (let tried = 1; ; tried += 1) {
      if (tried % mostTried === 0) way = draw.pick(draw.pick(waysOfLength(apart)));
      const people = drawFamily(draw, count);
      if (people.length !== count) continue;
      const pairs = steps === 1 ? pairsOfWay(people, way) : [];
      if (steps === 1 && pairs.length === 0) continue;
      const called = draw.sample([...names, ...moreNames], count);
      const { sentences, ...known } = tellFamily(draw, people, called, ages);
      const family = { people, called, known };
      const made =
        steps === 1 ? direct(draw, family, draw.pick(pairs)) : chained(draw, family, steps);
      if (made === null) continue;
      const { question = "", ...gold } = made;
      return {
        question: `${preface}\n${sentences.join("。")}。\n${question}`,
        ...gold,
      };
    }
  },
});

/** Families until another way is drawn. */
const mostTried = 200;

const preface =
  "下面是几家亲戚的情况，顺序是打乱的。名字看不出男女；夫妻都是一男一女、只结过一次婚，孩子都是夫妻俩亲生的，父母比孩子年长。";

type Family = {
  readonly people: readonly Relative[];
  readonly called: readonly string[];
  readonly known: KinKnowledge;
};

/** How one of a pair calls the other. */
function direct(
  draw: Draw,
  { people, called, known }: Family,
  [from, to]: readonly [number, number],
): Made | null {
  const terms = possibleTerms(people, known, from, to);
  if (terms.length === 0 || terms.length > 3) return null;
  const [ego, alter] = [called[from] ?? "", called[to] ?? ""];
  return {
    question: `${draw.pick([
      `${ego}该怎么称呼${alter}？`,
      `按通行的称谓，${alter}是${ego}的什么人？`,
      `在${ego}口中，${alter}该叫什么？`,
    ])}${askedForm}`,
    ...goldOf(terms),
  };
}

const askedForm = "只写称谓；文中的信息定不下来的，把可能的称谓都写出来，用顿号隔开。";

/** A walk along terms that mean one person each. */
function chained(draw: Draw, family: Family, steps: number): Made | null {
  const { people, called, known } = family;
  const start = draw.int(0, people.length - 1);
  const walk = walkFrom(draw, family, start, steps);
  if (walk === null) return null;
  const last = walk.at(-1)?.to ?? start;
  const text = `${called[start] ?? ""}的${walk.map(({ term }) => term).join("的")}`;
  const terms = possibleTerms(people, known, start, last);
  if (terms.length > 0 && terms.length < 4 && draw.int(0, 1) === 0)
    return {
      question: `${draw.pick([
        `${text}，${called[start] ?? ""}该怎么称呼？`,
        `对${called[start] ?? ""}来说，${text}该叫什么？`,
      ])}${askedForm}`,
      ...goldOf(terms),
    };
  return {
    question: `${draw.pick([`${text}是谁？`, `${text}叫什么名字？`, `谁是${text}？`])}只写名字。`,
    answer: called[last] ?? "",
    grader: { use: "exact" },
  };
}

type Step = { readonly term: string; readonly to: number };

/** Does not soon go back to anybody; null where a dead end is met. */
function walkFrom(
  draw: Draw,
  family: Family,
  start: number,
  steps: number,
): readonly Step[] | null {
  const walk: Step[] = [];
  const waysOn = new Map<number, readonly Step[]>();
  for (let at = start; walk.length < steps;) {
    const on = waysOn.get(at) ?? stepsOn(family, at);
    waysOn.set(at, on);
    const lately = new Set([start, ...walk.map(({ to }) => to)].slice(-notAgainWithin));
    const open = on.filter(({ to }) => !lately.has(to));
    if (open.length === 0) return null;
    const step = draw.pick(open);
    walk.push(step);
    at = step.to;
  }
  return walk;
}

/** So many people of a walk all differ. */
const notAgainWithin = 12;

/** Terms that mean one person each, and people for whom there is one term. */
function stepsOn({ people, known }: Family, at: number): readonly Step[] {
  const all = [...people.keys()].flatMap((to) =>
    possibleTerms(people, known, at, to).map(([term]) => ({ term, to })),
  );
  return all.filter(
    ({ term, to }) =>
      all.filter((each) => each.term === term).length === 1 &&
      all.filter((each) => each.to === to).length === 1 &&
      (distance(people, at, to) ?? 0) > 1,
  );
}

/** Of several terms any order and any of their words. */
function goldOf(terms: readonly Term[]): Pick<Made, "answer" | "aliases" | "grader"> {
  const texts = terms.reduce<readonly string[]>(
    (before, term) =>
      before.flatMap((text) => term.map((word) => (text === "" ? word : `${text}、${word}`))),
    [""],
  );
  const [answer = "", ...aliases] = texts;
  return {
    answer,
    ...(aliases.length === 0 ? {} : { aliases }),
    grader:
      terms.length === 1
        ? { use: "exact" }
        : { use: "value", with: { type: "list", order: "free" } },
  };
}
