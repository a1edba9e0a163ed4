import { seededRandom } from "../stats/random.ts";

/** Seeded random choices for one item. */
export type Draw = {
  /** An integer from `low` to `high`, both included. */
  readonly int: (low: number, high: number) => number;
  readonly pick: <Value>(from: readonly Value[]) => Value;
  /** `count` different members in random order. */
  readonly sample: <Value>(from: readonly Value[], count: number) => readonly Value[];
  readonly shuffle: <Value>(from: readonly Value[]) => readonly Value[];
};

/** Random numbers that depend only on the seed, the row and the attempt. */
export function createDraw(seed: number, row: number, attempt: number): Draw {
  const random = seededRandom((seed % foldAt) * 1_000_003 + row * 101 + attempt * 7_919);
  const int = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  const shuffle = <Value>(from: readonly Value[]): readonly Value[] => {
    const rest = [...from];
    return from.flatMap(() => rest.splice(int(0, rest.length - 1), 1));
  };
  const sample = <Value>(from: readonly Value[], count: number): readonly Value[] =>
    shuffle(from).slice(0, count);
  const pick = <Value>(from: readonly Value[]): Value => {
    const [found] = from.slice(int(0, from.length - 1));
    if (found === undefined) throw new RangeError("nothing to pick from");
    return found;
  };
  return { int, pick, sample, shuffle };
}

/** A prime below 2^32: the seeds of cells have 48 bits, and a product beyond 2^53 would swallow the row. */
const foldAt = 4_294_967_291;
