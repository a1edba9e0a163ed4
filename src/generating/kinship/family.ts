import type { Draw } from "../draw.ts";

/** People by number; `born` is a year, different for each. */
export type Relative = {
  readonly isMale: boolean;
  readonly born: number;
  readonly father: number | null;
  readonly mother: number | null;
  spouse: number | null;
};

/**
 * Two couples whose children marry, one of each side each other, with children and grandchildren, until there are so many;
 * nobody marries a relative. Where nobody is left to marry or to have children, there are fewer.
 */
export function drawFamily(draw: Draw, count: number): readonly Relative[] {
  const people: Relative[] = [];
  const years = new Set<number>();
  const add = (
    isMale: boolean,
    about: number,
    parents: readonly [number, number] | null,
  ): number => {
    let born = about + draw.int(-6, 6);
    while (years.has(born)) born += 1;
    years.add(born);
    const [father, mother] = parents ?? [null, null];
    people.push({ isMale, born, father, mother, spouse: null });
    return people.length - 1;
  };
  const marry = (one: number): number => {
    const person = people[one];
    if (person === undefined) throw new RangeError(`no person ${one}`);
    const other = add(!person.isMale, person.born, null);
    wed(people, one, other);
    return other;
  };
  const bear = (parent: number): number => {
    const { isMale = true, born = 0, spouse = null } = people[parent] ?? {};
    if (spouse === null) throw new RangeError(`${parent} is not married`);
    const about = (people[parent]?.born ?? born) + 27 + draw.int(0, 4);
    return add(draw.int(0, 1) === 0, about, isMale ? [parent, spouse] : [spouse, parent]);
  };
  const [left, right] = [add(true, 1930, null), add(true, 1931, null)];
  marry(left);
  marry(right);
  const [son, daughter] = matched(people, bear, left, right);
  wed(people, son, daughter);
  while (people.length < count) {
    const couples = [...people.keys()].filter((at) => isOpenCouple(people, at, count > 40 ? 5 : 3));
    const single = [...people.keys()].filter((at) => canMarry(people, at));
    if (single.length > 0 && draw.int(0, 2) === 0) marry(draw.pick(single));
    else if (couples.length > 0) bear(draw.pick(couples));
    else if (single.length > 0) marry(draw.pick(single));
    else break;
  }
  return people;
}

/** A son of the one couple and a daughter of the other, with whoever is born before. */
function matched(
  people: readonly Relative[],
  bear: (parent: number) => number,
  left: number,
  right: number,
): readonly [number, number] {
  const child = (parent: number, isMale: boolean): number => {
    for (;;) {
      const born = bear(parent);
      if (people[born]?.isMale === isMale) return born;
    }
  };
  return [child(left, true), child(right, false)];
}

function wed(people: readonly Relative[], one: number, other: number): void {
  const [first, second] = [people[one], people[other]];
  if (first === undefined || second === undefined) throw new RangeError("nobody to marry");
  first.spouse = other;
  second.spouse = one;
}

const isOpenCouple = (people: readonly Relative[], at: number, mostChildren: number): boolean => {
  const { isMale = false, spouse = null, born = 9_999 } = people[at] ?? {};
  const children = people.filter(({ father }) => father === at).length;
  return isMale && spouse !== null && born < 1995 && children < mostChildren;
};

const canMarry = (people: readonly Relative[], at: number): boolean => {
  const { spouse = null, born = 9_999 } = people[at] ?? {};
  return spouse === null && born < 1996;
};
