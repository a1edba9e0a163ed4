import { seededRandom } from "../random.ts";

/** A step in a series of times: from `since` on they are `ratio` times as long as before. */
export type LatencyStep = { readonly since: number; readonly ratio: number; readonly p: number };

const resamples = 499;
const level = 0.01;
/** Nights on either side of a step, and in a block that is drawn whole. */
const leastSide = 5;
const blockNights = 7;
/** Smaller steps concern nobody. */
const leastRatio = 1.1;

/**
 * Steps in a series of positive times by night; nulls are gaps. The largest CUSUM of the logarithms is compared with those
 * of series drawn in blocks of a week, which keep what days have in common (Kirch, 2007, block bootstrap for change
 * points), and both sides of a step are searched again (binary segmentation: Vostrikova, 1981).
 */
export function latencySteps(series: readonly (number | null)[]): readonly LatencyStep[] {
  const known = series.flatMap((value, night) =>
    value === null || value <= 0 ? [] : [{ night, log: Math.log(value) }],
  );
  const logs = known.map(({ log }) => log);
  return stepsIn(logs, 0, logs.length)
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, ratio, p }) => ({ since: known[at]?.night ?? 0, ratio, p }))
    .filter(({ ratio }) => Math.max(ratio, 1 / ratio) >= leastRatio);
}

type Step = { readonly at: number; readonly ratio: number; readonly p: number };

function stepsIn(logs: readonly number[], from: number, to: number): readonly Step[] {
  const own = logs.slice(from, to);
  const found = largest(own);
  if (found === null) return [];
  const p = chanceOf(own, found, from * 1_000 + to);
  if (p > level) return [];
  const at = from + found.at;
  const ratio = Math.exp(mean(own.slice(found.at)) - mean(own.slice(0, found.at)));
  return [...stepsIn(logs, from, at), { at, ratio, p }, ...stepsIn(logs, at, to)];
}

/** Where the standardised difference of both sides is largest; null for a series that is too short. */
function largest(values: readonly number[]): { readonly at: number; readonly size: number } | null {
  const n = values.length;
  if (n < 2 * leastSide) return null;
  const total = values.reduce((sum, value) => sum + value, 0);
  let [best, at, sum] = [-1, leastSide, 0];
  for (let cut = 1; cut <= n - leastSide; cut++) {
    sum += values[cut - 1] ?? 0;
    if (cut < leastSide) continue;
    const size = Math.abs(sum - (cut / n) * total) / Math.sqrt((cut * (n - cut)) / n);
    if (size > best) [best, at] = [size, cut];
  }
  return { at, size: best };
}

/** How often a series without a step, of the same days in another order, has as large a one. */
function chanceOf(
  values: readonly number[],
  { at, size }: { readonly at: number; readonly size: number },
  seed: number,
): number {
  const [before, after] = [mean(values.slice(0, at)), mean(values.slice(at))];
  const rests = values.map((value, place) => value - (place < at ? before : after));
  const random = seededRandom(seed);
  let as_large = 1;
  for (let draw = 0; draw < resamples; draw++) {
    const drawn: number[] = [];
    while (drawn.length < rests.length) {
      const start = Math.floor(random() * rests.length);
      for (let step = 0; step < blockNights && drawn.length < rests.length; step++) {
        drawn.push(rests[(start + step) % rests.length] ?? 0);
      }
    }
    if ((largest(drawn)?.size ?? 0) >= size) as_large++;
  }
  return as_large / (resamples + 1);
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
