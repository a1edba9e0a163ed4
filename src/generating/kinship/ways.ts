import type { Relative } from "./family.ts";

import { type Term, termsOfWay } from "./terms.ts";

/** Who is known to be older than whom, and whose sex is not told. */
export type KinKnowledge = {
  /** True, false, or null where it is not known. */
  readonly isOlder: (one: number, other: number) => boolean | null;
  readonly hasSex: (person: number) => boolean;
};

type Way = { readonly steps: readonly string[]; readonly through: readonly number[] };

const longest = 4;

/**
 * The terms by which one person may call another, as far as is known: one, several, or none where the relation has no
 * name of its own.
 */
export function possibleTerms(
  people: readonly Relative[],
  known: KinKnowledge,
  from: number,
  to: number,
): readonly Term[] {
  const way = wayTo(people, from, to);
  if (way === null) return [];
  const { steps, through } = way;
  const other = [...steps.slice(0, -1), otherSex(steps.at(-1) ?? "")];
  const isMale = people[to]?.isMale === true;
  const ways = known.hasSex(to) ? [steps] : isMale ? [steps, other] : [other, steps];
  const found = ways.map((each) => {
    const named = termsOfWay(each);
    if (named === null) return [];
    if (named.kind === "one") return [named.term];
    const [younger, older] = named.of === "self" ? [from, to] : linkOf(each, from, through);
    const isOlder = known.isOlder(older, younger);
    if (isOlder === null) return [named.older, named.younger];
    return isOlder ? [named.older] : [named.younger];
  });
  if (found.some((terms) => terms.length === 0)) return [];
  return [...new Map(found.flat().map((term) => [term[0], term])).values()];
}

/** Pairs of people the second of whom is reached by the way, as in F.B, and by none that is shorter. */
export function pairsOfWay(
  people: readonly Relative[],
  way: string,
): readonly (readonly [number, number])[] {
  const follow = (at: readonly number[], step: string): readonly number[] =>
    at.flatMap((each) =>
      stepsFrom(people, each).flatMap(([found, person]) => (found === step ? [person] : [])),
    );
  return [...people.keys()].flatMap((from) =>
    way
      .split(".")
      .reduce<readonly number[]>(follow, [from])
      .filter((to) => wayTo(people, from, to)?.steps.join(".") === way)
      .map((to) => [from, to] as const),
  );
}

/** How many steps apart two people are; null where that is too far. */
export const distance = (people: readonly Relative[], from: number, to: number): number | null =>
  wayTo(people, from, to)?.steps.length ?? null;

const otherSex = (step: string): string => ({ B: "Z", Z: "B", S: "D", D: "S" })[step] ?? step;

/** Whose ages decide: a spouse's brother is compared with the spouse, a brother's wife by the brother with oneself. */
function linkOf(
  steps: readonly string[],
  from: number,
  through: readonly number[],
): readonly [number, number] {
  const isCousinsSpouse = steps.length === 4;
  if (isCousinsSpouse) return [from, through[2] ?? from];
  const at = steps.findLastIndex((step) => step === "B" || step === "Z");
  return [at === 0 ? from : (through[at - 1] ?? from), through[at] ?? from];
}

const wayTo = (people: readonly Relative[], from: number, to: number): Way | null =>
  waysFrom(people, from).get(to) ?? null;

const knownWays = new WeakMap<readonly Relative[], Map<number, ReadonlyMap<number, Way>>>();

/** To everybody who is near enough the shortest way, of those that are as short one that has a name. */
function waysFrom(people: readonly Relative[], from: number): ReadonlyMap<number, Way> {
  const known = knownWays.get(people) ?? new Map<number, ReadonlyMap<number, Way>>();
  knownWays.set(people, known);
  const ways = known.get(from) ?? findWays(people, from);
  known.set(from, ways);
  return ways;
}

function findWays(people: readonly Relative[], from: number): ReadonlyMap<number, Way> {
  const found = new Map<number, Way>();
  let last: readonly (Way & { readonly at: number })[] = [{ at: from, steps: [], through: [] }];
  for (let length = 1; length <= longest; length += 1) {
    last = last.flatMap(({ at, steps, through }) =>
      stepsFrom(people, at)
        .filter(([, person]) => person !== from && !found.has(person))
        .map(([step, person]) => ({
          at: person,
          steps: [...steps, step],
          through: [...through, person],
        })),
    );
    for (const [at, ways] of Map.groupBy(last, (way) => way.at)) {
      const way = ways.find(({ steps }) => termsOfWay(steps) !== null) ?? ways[0];
      if (way !== undefined) found.set(at, way);
    }
  }
  return found;
}

type Step = readonly [string, number];
const knownSteps = new WeakMap<readonly Relative[], Map<number, readonly Step[]>>();

/** Found once for each person of a family. */
function stepsFrom(people: readonly Relative[], at: number): readonly Step[] {
  const known = knownSteps.get(people) ?? new Map<number, readonly Step[]>();
  knownSteps.set(people, known);
  const steps = known.get(at) ?? findSteps(people, at);
  known.set(at, steps);
  return steps;
}

function findSteps(people: readonly Relative[], at: number): readonly Step[] {
  const { father = null, mother = null, spouse = null, isMale = true } = people[at] ?? {};
  return [
    ...(father === null ? [] : [["F", father] as const]),
    ...(mother === null ? [] : [["M", mother] as const]),
    ...(spouse === null ? [] : [[isMale ? "W" : "H", spouse] as const]),
    ...people.flatMap((other, person): readonly Step[] => {
      if (person === at) return [];
      if (father !== null && other.father === father) return [[other.isMale ? "B" : "Z", person]];
      const isChild = other.father === at || other.mother === at;
      return isChild ? [[other.isMale ? "S" : "D", person]] : [];
    }),
  ];
}
