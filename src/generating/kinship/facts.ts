import type { Draw } from "../draw.ts";
import type { Relative } from "./family.ts";
import type { KinKnowledge } from "./ways.ts";

import { type Calling, nameOf, parentTexts, petNameTexts } from "./calling.ts";

/** What is told of a family, in random order, and what is known by it. */
export type ToldFamily = KinKnowledge & { readonly sentences: readonly string[] };

/** Every birth and marriage with the sexes of all, in random order, and no ages. */
export const tellBirths = (
  draw: Draw,
  people: readonly Relative[],
  calling: Calling,
): readonly string[] => draw.shuffle(births(draw, people, calling, new Set()));

/** Every birth and marriage; of ages about `agePercent` of those of brothers and sisters, and as many of other pairs. */
export function tellFamily(
  draw: Draw,
  people: readonly Relative[],
  calling: Calling,
  agePercent: number,
): ToldFamily {
  const sexless = new Set(
    [...people.keys()].filter(
      (at) => people[at]?.spouse === null && draw.int(0, 99) < (100 - agePercent) / 3,
    ),
  );
  const pairs = agePairs(draw, people, agePercent);
  const sentences = [
    ...births(draw, people, calling, sexless),
    ...pairs.map(([older, younger]) =>
      ageText(draw, nameOf(draw, calling, older), nameOf(draw, calling, younger)),
    ),
  ];
  const older = olderThan(people, pairs);
  return {
    sentences: draw.shuffle(sentences),
    hasSex: (person) => !sexless.has(person),
    isOlder: (one, other) =>
      older[one]?.has(other) === true ? true : older[other]?.has(one) === true ? false : null,
  };
}

function births(
  draw: Draw,
  people: readonly Relative[],
  calling: Calling,
  sexless: ReadonlySet<number>,
): readonly string[] {
  const parents = parentTexts(draw, people, calling);
  const name = (at: number): string => nameOf(draw, calling, at);
  return [
    ...people.flatMap((person, at) => {
      const { spouse, isMale } = person;
      const parent = parents.get(at);
      return [
        ...(isMale && spouse !== null ? [marriageText(draw, name(at), name(spouse))] : []),
        ...(parent === undefined
          ? []
          : [birthText(draw, person, name(at), parent, sexless.has(at))]),
      ];
    }),
    ...petNameTexts(draw, calling),
  ];
}

const birthText = (
  draw: Draw,
  { isMale }: Relative,
  child: string,
  parent: string,
  isSexless: boolean,
): string => {
  const word = isSexless ? "孩子" : isMale ? "儿子" : "女儿";
  return draw.pick([
    `${child}是${parent}的${word}`,
    `${parent}有个${word}叫${child}`,
    `${parent}的${word}里有一个叫${child}`,
    `${parent}膝下有${word}${child}`,
  ]);
};

const marriageText = (draw: Draw, husband: string, wife: string): string =>
  draw.pick([
    `${husband}娶了${wife}`,
    `${wife}嫁给了${husband}`,
    `${husband}的妻子是${wife}`,
    `${wife}的丈夫是${husband}`,
  ]);

const ageText = (draw: Draw, older: string, younger: string): string =>
  draw.pick([
    `${older}比${younger}年长`,
    `${younger}比${older}年纪小`,
    `${older}出生得比${younger}早`,
  ]);

/** Brothers and sisters next to each other in age, and people born within some years of each other. */
function agePairs(
  draw: Draw,
  people: readonly Relative[],
  agePercent: number,
): readonly (readonly [number, number])[] {
  const byAge = [...people.keys()].toSorted(
    (a, b) => (people[a]?.born ?? 0) - (people[b]?.born ?? 0),
  );
  return byAge.flatMap((older, at) =>
    byAge.slice(at + 1).flatMap((younger) => {
      const [one, other] = [people[older], people[younger]];
      if (one === undefined || other === undefined) return [];
      const isSibling = one.father !== null && one.father === other.father;
      const isNear = other.born - one.born < 12 && one.father !== null && other.father !== null;
      const chance = isSibling ? agePercent : isNear ? agePercent / 4 : 0;
      return draw.int(0, 99) < chance ? [[older, younger] as const] : [];
    }),
  );
}

/** By what is told and because parents are older than their children. */
function olderThan(
  people: readonly Relative[],
  pairs: readonly (readonly [number, number])[],
): readonly ReadonlySet<number>[] {
  const older = people.map(() => new Set<number>());
  for (const [one, other] of pairs) older[one]?.add(other);
  for (const [child, { father, mother }] of people.entries())
    for (const parent of [father, mother]) if (parent !== null) older[parent]?.add(child);
  for (const middle of people.keys())
    for (const set of older)
      if (set.has(middle)) for (const last of older[middle] ?? []) set.add(last);
  return older;
}
