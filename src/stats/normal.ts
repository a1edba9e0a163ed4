import { probit } from "simple-statistics";

/**
 * The standard normal distribution function, accurate to about 1e-15 absolute: Marsaglia's series (Evaluating the
 * Normal Distribution, J. Stat. Softw. 11(4), 2004), and beyond 5 the continued fraction of Mills' ratio.
 */
export const normalCdf = (z: number): number => (z > 0 ? 1 - upperTail(z) : upperTail(-z));

/**
 * The quantile of the standard normal distribution for p in (0, 1): a rational approximation, refined by eight steps
 * of Newton's method on the distribution function.
 */
export function normalQuantile(p: number): number {
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  let z = Math.abs(probit(tail));
  for (let i = 0; i < 8; i++) z += (upperTail(z) - tail) / density(z);
  return p < 0.5 ? -z : z;
}

const density = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

/** P(Z > z) for z ≥ 0. */
function upperTail(z: number): number {
  if (z <= 5) return 0.5 - series(z) * density(z);
  let fraction = z;
  for (let k = 60; k >= 1; k--) fraction = z + k / fraction;
  return density(z) / fraction;
}

function series(z: number): number {
  let term = z;
  let sum = z;
  for (let i = 3; term > 1e-17 * sum; i += 2) {
    term *= (z * z) / i;
    sum += term;
  }
  return sum;
}
