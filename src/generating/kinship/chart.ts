import type { Draw } from "../draw.ts";

import { drawFamily, type Relative } from "./family.ts";
import { possibleTerms } from "./ways.ts";

/** A chart of a family without names: places from the eldest generation on, and what each is to each. */
export type Chart = {
  readonly people: readonly Relative[];
  /** How the one at the first place calls the one at the second; null where there is no name for it. */
  readonly terms: readonly (readonly (string | null)[])[];
  /** From 0 for the eldest. */
  readonly generations: readonly number[];
  readonly children: readonly number[];
};

/** A chart of so many people. */
export function drawChart(draw: Draw, count: number): Chart {
  for (;;) {
    const drawn = drawFamily(draw, count);
    if (drawn.length !== count) continue;
    const people = inOrder(drawn);
    const known = {
      hasSex: () => true,
      isOlder: (one: number, other: number) =>
        (people[one]?.born ?? 0) < (people[other]?.born ?? 0),
    };
    return {
      people,
      terms: people.map((_one, from) =>
        people.map((_other, to) =>
          from === to ? null : (possibleTerms(people, known, from, to)[0]?.[0] ?? null),
        ),
      ),
      generations: generationsOf(people),
      children: people.map((_each, at) => childrenOf(people, at).length),
    };
  }
}

/** By generation, then by birth, each with whom that one married. */
function inOrder(people: readonly Relative[]): readonly Relative[] {
  const generations = generationsOf(people);
  const order = [...people.keys()].toSorted(
    (a, b) =>
      (generations[a] ?? 0) - (generations[b] ?? 0) ||
      (people[a]?.born ?? 0) - (people[b]?.born ?? 0),
  );
  const placeOf = (person: number | null): number | null =>
    person === null ? null : order.indexOf(person);
  return order.flatMap((person) => {
    const own = people[person];
    if (own === undefined) return [];
    const { isMale, born, father, mother, spouse } = own;
    return [
      {
        isMale,
        born,
        father: placeOf(father),
        mother: placeOf(mother),
        spouse: placeOf(spouse),
      },
    ];
  });
}

/** Spouses are of one generation, and children of the next. */
function generationsOf(people: readonly Relative[]): readonly number[] {
  const depth = (at: number, seen: readonly number[] = []): number => {
    const { father = null, spouse = null } = people[at] ?? {};
    if (father !== null) return depth(father) + 1;
    const own = spouse === null || seen.includes(spouse) ? null : spouse;
    return own === null ? 0 : depth(own, [...seen, at]);
  };
  return people.map((_each, at) => depth(at));
}

const childrenOf = (people: readonly Relative[], at: number): readonly number[] =>
  [...people.keys()].filter((each) => people[each]?.father === at || people[each]?.mother === at);

/** ① to ⑳. */
const placeMark = (at: number): string => String.fromCodePoint(0x24_60 + at);

/** Couple by couple, with the children of each. */
export function chartText({ people }: Chart): string {
  const told = new Set<number>();
  const tell = (at: number): string => {
    const { isMale = true, born = 0 } = people[at] ?? {};
    const more = told.has(at) ? "" : `（${isMale ? "男" : "女"}，${born} 年生）`;
    told.add(at);
    return `${placeMark(at)}${more}`;
  };
  const couples = [...people.keys()].filter(
    (at) => people[at]?.isMale === true && people[at].spouse !== null,
  );
  const sentences = couples.map((husband) => {
    const wife = people[husband]?.spouse ?? husband;
    const both = `${tell(husband)}和${tell(wife)}是夫妻`;
    const children = childrenOf(people, husband).map(tell);
    return children.length === 0 ? `${both}，没有孩子` : `${both}，孩子是${children.join("、")}`;
  });
  return `${sentences.join("；")}。`;
}
