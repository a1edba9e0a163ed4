/** Walks over numbered places, none twice. */
export type WalkTask = {
  /** What a walk that begins at each place has as its sum. */
  readonly starts: readonly number[];
  readonly next: readonly (readonly (readonly [to: number, adds: number])[])[];
  readonly length: number;
  /** Bounds of the whole sum. */
  readonly low: number;
  readonly high: number;
  /** Whether a walk may have all of these places. */
  readonly isAllowed?: (places: readonly number[]) => boolean;
};

type State = {
  readonly places: readonly number[];
  readonly end: number;
  readonly sum: number;
  readonly count: number;
};

/**
 * All walks grow by one place at a time. Those that have passed the same places, stand at the same one and have the same sum are
 * one state with a number; states from which no sum within the bounds can be reached, even if places came twice, are let go.
 * `looked` is how many states there were.
 */
export function countWalks({ starts, next, length, low, high, isAllowed = () => true }: WalkTask): {
  readonly count: number;
  readonly looked: number;
} {
  const reach = reaches(next, length);
  const isOpen = ({ places, end, sum }: State): boolean => {
    const [least, most] = reach[length - places.length]?.[end] ?? [Infinity, -Infinity];
    return sum + most >= low && sum + least <= high && isAllowed(places);
  };
  let states = starts
    .map((sum, at): State => ({ places: [at], end: at, sum, count: 1 }))
    .filter(isOpen);
  let looked = states.length;
  for (let step = 1; step < length; step += 1) {
    const merged = new Map<string, State>();
    for (const { places, end, sum, count } of states)
      for (const [to, adds] of next[end] ?? []) {
        if (places.includes(to)) continue;
        const passed = [...places, to].toSorted((a, b) => a - b);
        const state = { places: passed, end: to, sum: sum + adds, count };
        if (!isOpen(state)) continue;
        const key = `${passed.join(" ")} ${to} ${state.sum}`;
        const known = merged.get(key)?.count ?? 0;
        merged.set(key, { ...state, count: known + count });
      }
    states = [...merged.values()];
    looked += states.length;
  }
  return { count: states.reduce((all, { count }) => all + count, 0), looked };
}

type Reach = readonly (readonly [least: number, most: number])[];

/** The least and the most that so many more places add, from each place; places may come twice. */
function reaches(next: WalkTask["next"], length: number): readonly Reach[] {
  const found: Reach[] = [next.map(() => [0, 0] as const)];
  while (found.length < length) {
    const before = found.at(-1) ?? [];
    found.push(
      next.map((on) => {
        const sums = on.map(([to, adds]) => (before[to] ?? []).map((each) => each + adds));
        return [
          Math.min(...sums.map(([least = Infinity]) => least)),
          Math.max(...sums.map(([, most = -Infinity]) => most)),
        ] as const;
      }),
    );
  }
  return found;
}
