import type { Relative } from "./family.ts";

/** A relation of two people, and whether it holds of the first to the second. */
type Relation = {
  readonly name: string;
  /** Of two people it holds either way or not at all. */
  readonly isMutual: boolean;
  readonly holds: (people: readonly Relative[], one: number, other: number) => boolean;
};

const fatherOf = (people: readonly Relative[], at: number): number | null =>
  people[at]?.father ?? null;
const motherOf = (people: readonly Relative[], at: number): number | null =>
  people[at]?.mother ?? null;
const parentsOf = (people: readonly Relative[], at: number): readonly number[] =>
  [fatherOf(people, at), motherOf(people, at)].filter((each) => each !== null);
const isMale = (people: readonly Relative[], at: number): boolean => people[at]?.isMale === true;
const spouseOf = (people: readonly Relative[], at: number): number | null =>
  people[at]?.spouse ?? null;

const areSiblings = (
  people: readonly Relative[],
  one: number | null,
  other: number | null,
): boolean =>
  one !== null &&
  other !== null &&
  one !== other &&
  fatherOf(people, one) !== null &&
  fatherOf(people, one) === fatherOf(people, other);

/** A sibling of a parent. */
const isAuntOrUncle =
  (male: boolean, parent: typeof fatherOf): Relation["holds"] =>
  (people, one, other) =>
    isMale(people, one) === male && areSiblings(people, one, parent(people, other));

/** The husband of a sister of a parent. */
const isAuntsHusband =
  (parent: typeof fatherOf): Relation["holds"] =>
  (people, one, other) =>
    isMale(people, one) && areSiblings(people, spouseOf(people, one), parent(people, other));

/** The wife of a brother of the mother. */
const isUnclesWife: Relation["holds"] = (people, one, other) =>
  !isMale(people, one) && areSiblings(people, spouseOf(people, one), motherOf(people, other));

/** Children of siblings; of two brothers or not. */
const areCousins =
  (ofBrothers: boolean): Relation["holds"] =>
  (people, one, other) =>
    parentsOf(people, one).some((parent) =>
      parentsOf(people, other).some(
        (uncle) =>
          areSiblings(people, parent, uncle) &&
          (isMale(people, parent) && isMale(people, uncle)) === ofBrothers,
      ),
    );

/** People of one sex whose spouses are siblings of the other sex. */
const areWed =
  (male: boolean): Relation["holds"] =>
  (people, one, other) => {
    const [own, theirs] = [spouseOf(people, one), spouseOf(people, other)];
    return (
      isMale(people, one) === male &&
      isMale(people, other) === male &&
      areSiblings(people, own, theirs)
    );
  };

const relations: readonly Relation[] = [
  { name: "堂兄弟姐妹", isMutual: true, holds: areCousins(true) },
  { name: "表兄弟姐妹", isMutual: true, holds: areCousins(false) },
  { name: "舅舅和外甥（外甥女）", isMutual: false, holds: isAuntOrUncle(true, motherOf) },
  { name: "姑姑和侄子（侄女）", isMutual: false, holds: isAuntOrUncle(false, fatherOf) },
  { name: "姨妈和外甥（外甥女）", isMutual: false, holds: isAuntOrUncle(false, motherOf) },
  { name: "伯父或叔叔和侄子（侄女）", isMutual: false, holds: isAuntOrUncle(true, fatherOf) },
  {
    name: "祖父或祖母和孙子（孙女）",
    isMutual: false,
    holds: (people, one, other) => {
      const father = fatherOf(people, other);
      return father !== null && parentsOf(people, father).includes(one);
    },
  },
  {
    name: "外祖父或外祖母和外孙（外孙女）",
    isMutual: false,
    holds: (people, one, other) => {
      const mother = motherOf(people, other);
      return mother !== null && parentsOf(people, mother).includes(one);
    },
  },
  { name: "妯娌（丈夫是兄弟）", isMutual: true, holds: areWed(false) },
  { name: "连襟（妻子是姐妹）", isMutual: true, holds: areWed(true) },
  {
    name: "婆婆和儿媳",
    isMutual: false,
    holds: (people, one, other) => {
      const husband = isMale(people, other) ? null : spouseOf(people, other);
      return husband !== null && motherOf(people, husband) === one;
    },
  },
  {
    name: "岳父和女婿",
    isMutual: false,
    holds: (people, one, other) => {
      const wife = isMale(people, other) ? spouseOf(people, other) : null;
      return wife !== null && fatherOf(people, wife) === one;
    },
  },
  { name: "姑父和妻子的侄子（侄女）", isMutual: false, holds: isAuntsHusband(fatherOf) },
  { name: "姨父和妻子的外甥（外甥女）", isMutual: false, holds: isAuntsHusband(motherOf) },
  { name: "舅妈和丈夫的外甥（外甥女）", isMutual: false, holds: isUnclesWife },
  {
    name: "曾祖父或曾祖母和曾孙（曾孙女）（祖父的父母才算，外曾祖父母不算）",
    isMutual: false,
    holds: (people, one, other) => {
      const father = fatherOf(people, other);
      const grandfather = father === null ? null : fatherOf(people, father);
      return grandfather !== null && parentsOf(people, grandfather).includes(one);
    },
  },
  {
    name: "亲家（两个人的儿女是夫妻）",
    isMutual: true,
    holds: (people, one, other) =>
      people.some((child, at) => {
        const wife = child.isMale ? child.spouse : null;
        if (wife === null) return false;
        const sides = [parentsOf(people, at), parentsOf(people, wife)];
        return [sides, sides.toReversed()].some(
          ([mine = [], theirs = []]) => mine.includes(one) && theirs.includes(other),
        );
      }),
  },
  {
    name: "姑嫂（妻子和丈夫的姐妹）",
    isMutual: false,
    holds: (people, one, other) =>
      !isMale(people, one) &&
      !isMale(people, other) &&
      areSiblings(people, spouseOf(people, one), other),
  },
];

export type RelationTally = { readonly name: string; readonly pairs: number };

/** How many pairs of a family stand in each relation. */
export const talliesOf = (people: readonly Relative[]): readonly RelationTally[] =>
  relations.map(({ name, isMutual, holds }) => {
    const found = [...people.keys()].flatMap((one) =>
      [...people.keys()].filter((other) => one !== other && holds(people, one, other)),
    ).length;
    return { name, pairs: isMutual ? found / 2 : found };
  });
