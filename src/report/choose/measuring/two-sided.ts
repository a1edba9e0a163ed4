import { normalQuantile } from "../../../stats/distributions.ts";

const z = normalQuantile(0.975);

/** A draw around a value with its 95% bounds: half a normal curve on either side. */
export function twoSided(
  { value, low, high }: { readonly value: number; readonly low: number; readonly high: number },
  random: () => number,
): number {
  const at = normalQuantile(Math.min(1 - 2 ** -33, Math.max(random(), 2 ** -33)));
  return value + (at * (at < 0 ? value - low : high - value)) / z;
}
