import type { Draw } from "./draw.ts";

/** Where a walk may go on, and what that adds to its sum. */
export type Stride = { readonly to: number; readonly adds: number };

export type Walks = {
  /** What a walk that begins at each place has as its sum. */
  readonly starts: readonly number[];
  readonly steps: readonly (readonly Stride[])[];
  /** Places of a walk. */
  readonly length: number;
  /** Whether a walk may begin with these places; all where nothing is said. */
  readonly isAllowed?: (places: readonly number[]) => boolean;
};

/** The sum of every walk of so many places, none twice; null where there are more than `most`. */
export function sumsOfWalks(
  { starts, steps, length, isAllowed = () => true }: Walks,
  most: number,
): readonly number[] | null {
  const sums: number[] = [];
  const isUsed = new Uint8Array(starts.length);
  const places: number[] = [];
  const extend = (at: number, sum: number): void => {
    if (sums.length > most) return;
    places.push(at);
    if (isAllowed(places)) {
      if (places.length === length) sums.push(sum);
      else {
        isUsed[at] = 1;
        for (const { to, adds } of steps[at] ?? []) if (isUsed[to] === 0) extend(to, sum + adds);
        isUsed[at] = 0;
      }
    }
    places.pop();
  };
  starts.forEach((sum, at) => extend(at, sum));
  return sums.length > most ? null : sums;
}

/**
 * A bound that about a half to three quarters of the sums reach, and how many reach it. Sums of points keep things from being
 * counted by their parts: each has to be looked at.
 */
export function drawLeast(
  draw: Draw,
  sums: readonly number[],
): { readonly least: number; readonly reaching: number } {
  const place = Math.floor((sums.length * draw.int(25, 55)) / 100);
  const least = sums.toSorted((a, b) => a - b)[place] ?? 0;
  return { least, reaching: sums.filter((sum) => sum >= least).length };
}

/** Of what is counted there is as much as was asked for, and up to so many times as much. */
export const mostTimes = 2;
