import { normalQuantile } from "../distributions.ts";

/** A uniform number inside (0, 1). */
const inside = (random: () => number): number => Math.max(random(), 2 ** -33);

/** An exponential number of mean 1, which is Gamma(1). */
export const exponential = (random: () => number): number => -Math.log(inside(random));

/**
 * A Gamma number of the given shape and scale 1 by Marsaglia and Tsang (ACM Trans. Math. Softw. 26, 2000, §6); shapes below 1
 * by their boost, U^(1 / shape).
 */
export function gamma(shape: number, random: () => number): number {
  if (shape < 1) return gamma(shape + 1, random) * inside(random) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normalQuantile(inside(random));
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(inside(random)) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
