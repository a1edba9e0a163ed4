type Day = { readonly day: number; readonly rent: number };

type Bond = {
  readonly one: string;
  readonly other: string;
  readonly holds: (one: number, other: number) => boolean;
};

/** Affairs to be put on days. */
export type ChoiceTask = {
  readonly names: readonly string[];
  readonly days: readonly Day[];
  readonly suits: (affair: number, day: Day) => boolean;
  readonly bonds: readonly Bond[];
  /** Rents of all days that are taken, at most. */
  readonly most: number;
};

type State = {
  readonly taken: ReadonlySet<Day>;
  /** The days of affairs at which a bond still looks. */
  readonly known: ReadonlyMap<string, number>;
  readonly rent: number;
  readonly count: number;
};

/**
 * Puts one affair after another on a day, those that leave the fewest choices first. What has taken the same days, with the same of them for
 * affairs at which a bond still looks, is one state with a number; states that cannot come to an end are let go. `looked` is how
 * many states there were.
 */
export function countChoices({ names, days, suits, bonds, most }: ChoiceTask): {
  readonly count: number;
  readonly looked: number;
} {
  const affairs = inOrder(
    names.map((name, at) => ({ name, suited: days.filter((day) => suits(at, day)) })),
    bonds,
  );
  const rents = days.map(({ rent }) => rent).toSorted((a, b) => a - b);
  let states: readonly State[] = [{ taken: new Set(), known: new Map(), rent: 0, count: 1 }];
  let looked = 0;
  for (const [at, { name, suited }] of affairs.entries()) {
    const later = affairs.slice(at + 1);
    const least = rents.slice(0, later.length).reduce((sum, each) => sum + each, 0);
    const isLookedAt = (each: string): boolean =>
      bonds.some((bond) => later.some((affair) => isOf(bond, each, affair.name)));
    const merged = new Map<string, State>();
    for (const { taken, known, rent, count } of states)
      for (const day of suited) {
        if (taken.has(day) || rent + day.rent + least > most) continue;
        const own = new Map(known).set(name, day.day);
        if (!bonds.every((bond) => isKept(bond, own))) continue;
        const now = new Set(taken).add(day);
        if (later.some((affair) => affair.suited.every((each) => now.has(each)))) continue;
        const seen = new Map([...own].filter(([each]) => isLookedAt(each)));
        const set = [...now].map((each) => each.day).toSorted((a, b) => a - b);
        const key = `${set.join(" ")} ${[...seen].flat().join(" ")}`;
        const before = merged.get(key)?.count ?? 0;
        merged.set(key, { taken: now, known: seen, rent: rent + day.rent, count: before + count });
      }
    states = [...merged.values()];
    looked += states.length;
  }
  return { count: states.reduce((all, { count }) => all + count, 0), looked };
}

type Affair = { readonly name: string; readonly suited: readonly Day[] };

/** Next is always the one that leaves the fewest choices beside those before it, as far as bonds and its own days tell. */
function inOrder(affairs: readonly Affair[], bonds: readonly Bond[]): readonly Affair[] {
  const order: Affair[] = [];
  const leaves = (own: Affair): number =>
    order.reduce((left, before) => left * shareKept(own, before, bonds), own.suited.length);
  while (order.length < affairs.length) {
    const [next] = affairs
      .filter((each) => !order.includes(each))
      .toSorted((a, b) => leaves(a) - leaves(b));
    if (next !== undefined) order.push(next);
  }
  return order;
}

/** Of the pairs of days of two affairs how many their bonds allow. */
function shareKept(one: Affair, other: Affair, bonds: readonly Bond[]): number {
  const between = bonds.filter((bond) => isOf(bond, one.name, other.name));
  if (between.length === 0) return 1;
  const pairs = one.suited.flatMap((x) => other.suited.map((y) => ({ x, y })));
  const kept = pairs.filter(({ x, y }) => {
    const known = new Map([
      [one.name, x.day],
      [other.name, y.day],
    ]);
    return x !== y && between.every((bond) => isKept(bond, known));
  });
  return kept.length / pairs.length;
}

const isOf = ({ one, other }: Bond, a: string, b: string): boolean =>
  (one === a && other === b) || (one === b && other === a);

function isKept({ one, other, holds }: Bond, known: ReadonlyMap<string, number>): boolean {
  const [x, y] = [known.get(one), known.get(other)];
  return x === undefined || y === undefined || holds(x, y);
}
