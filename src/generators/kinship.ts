import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";

import { defineGenerator } from "../generating/generator.ts";
import { drawCalling } from "../generating/kinship/calling.ts";
import { tellBirths, tellFamily } from "../generating/kinship/facts.ts";
import { drawFamily, type Relative } from "../generating/kinship/family.ts";
import { drawRelay, relayQuestion } from "../generating/kinship/relay.ts";
import { talliesOf } from "../generating/kinship/tallies.ts";
import { type Term, waysOfLength } from "../generating/kinship/terms.ts";
import {
  distance,
  type KinKnowledge,
  possibleTerms,
  pairsOfWay,
} from "../generating/kinship/ways.ts";
import { moreNames, names } from "../generating/words.ts";

/**
 * A family told in births, marriages and ages, in random order, with pet names and with parents told as relatives of others. Asks how one calls another, whom a chain of terms leads to,
 * or how the first of a chain calls the last; where age or sex are not told, all terms that are possible are the answer.
 * From level 5 on, in how many ways a relay race can be lined up in which one hands on to certain relatives alone.
 */
export const generator = defineGenerator({
  id: "kinship",
  version: "7",
  title: { zh: "亲属称谓", en: "terms of kinship" },
  grader: "exact",
  options: z.strictObject({
    people: z.int().min(8).max(96).default(14),
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
    tallies: z
      .int()
      .min(0)
      .max(18)
      .default(0)
      .describe("relations of which all pairs are counted, in half of the items; 0: none"),
    ages: z.int().min(0).max(100).default(80).describe("percent of ages that are told"),
    veiled: z
      .int()
      .min(0)
      .max(100)
      .default(0)
      .describe("percent of parents who are told as a relative of somebody"),
    nicknamed: z.int().min(0).max(50).default(0).describe("percent who have a pet name as well"),
    lineups: z
      .int()
      .min(0)
      .max(10_000)
      .default(0)
      .describe("of a relay race before times are added up, or up to twice as many; 0: no race"),
  }),
  levels: [
    { people: 8, steps: 1, apart: 2, ages: 100 },
    { people: 10, steps: 1, apart: 3, ages: 80 },
    { people: 14, steps: 1, apart: 4, ages: 60 },
    { people: 26, steps: 8, apart: 2, ages: 60, tallies: 4, veiled: 40, nicknamed: 20 },
    { people: 14, lineups: 180, veiled: 20 },
    { people: 16, lineups: 350, veiled: 30 },
    { people: 18, lineups: 700, veiled: 40 },
    { people: 20, lineups: 1_400, veiled: 50 },
    { people: 22, lineups: 2_200, veiled: 50 },
    { people: 24, lineups: 3_000, veiled: 60 },
  ].map((options, at) => ({ options, floor: at > 3 ? 0.03 : ([0.05, 0.07, 0.14][at] ?? 0.05) })),
  make: (draw, { people: count, steps, apart, ages, tallies, lineups, ...spoken }): Made => {
    if (lineups > 0) return relayed(draw, { people: count, lineups }, spoken);
    if (tallies > 0 && draw.int(0, 3) > 0) return counted(draw, count, tallies, spoken);
    // The way is drawn first: of the pairs of a family, most are related in the same few ways.
    let way = draw.pick(draw.pick(waysOfLength(apart)));
    for (let tried = 1; ; tried += 1) {
      if (tried % mostTried === 0) way = draw.pick(draw.pick(waysOfLength(apart)));
      const people = drawFamily(draw, count);
      if (people.length !== count) continue;
      const pairs = steps === 1 ? pairsOfWay(people, way) : [];
      if (steps === 1 && pairs.length === 0) continue;
      const calling = drawCalling(draw, draw.sample(allNames, count), spoken);
      const { sentences, ...known } = tellFamily(draw, people, calling, ages);
      const family = { people, called: calling.names, pets: calling.petNames, known };
      const made =
        steps === 1 ? direct(draw, family, draw.pick(pairs)) : chained(draw, family, steps);
      if (made === null) continue;
      const { question = "", ...gold } = made;
      return {
        question: `${preface(spoken.nicknamed)}${nephews}\n${sentences.join("。")}。\n${question}`,
        ...gold,
      };
    }
  },
});

const allNames = [...names, ...moreNames];

/** Families until another way is drawn. */
const mostTried = 200;

const preface = (nicknamed: number): string =>
  [
    `下面是几家亲戚的情况，顺序是打乱的。名字${nicknamed > 0 ? "和小名都" : ""}看不出男女；`,
    "夫妻都是一男一女、只结过一次婚，孩子都是夫妻俩亲生的，父母比孩子年长",
    nicknamed > 0 ? "；小名和名字说的是同一个人。" : "。",
  ].join("");

const nephews =
  "“侄”“外甥”一类的称谓只用来叫自己兄弟姐妹的子女和他们的配偶，不用来叫丈夫或妻子那边的人。";

/** How many pairs stand in each of so many relations. */
function counted(
  draw: Draw,
  count: number,
  tallies: number,
  spoken: { readonly nicknamed: number; readonly veiled: number },
): Made {
  for (;;) {
    const people = drawFamily(draw, count);
    if (people.length !== count) continue;
    const calling = drawCalling(draw, draw.sample(allNames, count), spoken);
    const asked = draw.sample(talliesOf(people), tallies);
    if (asked.filter(({ pairs }) => pairs > 2).length < tallies / 2) continue;
    const list = asked.map(({ name }, at) => `${String.fromCodePoint(0x24_60 + at)}${name}`);
    return {
      question: `${preface(spoken.nicknamed)}\n${tellBirths(draw, people, calling).join("。")}。\n${draw.pick(
        [
          "文中提到的人里，下列关系各有多少对？",
          "数一数，文中的这些人当中，下面每种关系各有多少对？",
        ],
      )}${list.join("；")}。每两个人只要是这种关系就算一对；侄、外甥、孙、外孙都只算血亲，不算他们的丈夫或妻子。按次序写出各个数，用顿号隔开。`,
      answer: asked.map(({ pairs }) => pairs).join("、"),
      grader: { use: "value", with: { type: "list" } },
    };
  }
}

/** In how many ways a relay race can be lined up. */
function relayed(
  draw: Draw,
  sizes: { readonly people: number; readonly lineups: number },
  spoken: { readonly nicknamed: number; readonly veiled: number },
): Made {
  const relay = drawRelay(draw, sizes);
  const calling = drawCalling(draw, draw.sample(allNames, sizes.people), spoken);
  const told = tellBirths(draw, relay.people, calling).join("。");
  return {
    question: `${preface(spoken.nicknamed)}${nephews}\n${told}。\n${relayQuestion(draw, calling.names, relay)}`,
    answer: relay.lineups,
    grader: { use: "numeric" },
  };
}

type Family = {
  readonly people: readonly Relative[];
  readonly called: readonly string[];
  readonly pets: readonly (string | null)[];
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
  const { people, called, pets, known } = family;
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
    ...(pets[last] ? { aliases: [pets[last]] } : {}),
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
