import { normalCdf } from "../distributions.ts";

/**
 * P(|Σ ±size| ≥ bound) where each sign is a coin's: the saddlepoint approximation of Lugannani and Rice (Adv. Appl. Probab.
 * 12, 1980) for the sum's cumulants Σ log cosh(t · size). Off by some per cent of itself however far out, where draws find
 * nothing and the normal curve is off by factors; for sums whose steps are small beside their spread.
 *
 * @param sizes each above 0
 * @param bound above 0, in the same unit
 */
export function signTail(sizes: Float64Array, bound: number): number {
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  const most = 2 ** (1 - sizes.length);
  if (bound >= whole * (1 - 1e-9)) return most;
  const squares = sizes.reduce((sum, size) => sum + size * size, 0);
  // Nearer to the middle the formula is 0 / 0, and the sum as good as normal.
  if (bound * bound < squares * 1e-4)
    return Math.min(1, 2 * normalCdf(-bound / Math.sqrt(squares)));
  const t = tilt(sizes, bound, squares);
  let [cumulants, curvature] = [0, 0];
  for (const size of sizes) {
    const x = t * size;
    cumulants += x + Math.log1p(Math.exp(-2 * x)) - Math.LN2;
    curvature += size * size * (1 - Math.tanh(x) ** 2);
  }
  const w = Math.sqrt(Math.max(0, 2 * (t * bound - cumulants)));
  const u = t * Math.sqrt(curvature);
  const density = Math.exp(-0.5 * w * w) / Math.sqrt(2 * Math.PI);
  const upper = normalCdf(-w) + density * (1 / u - 1 / w);
  return Math.min(1, Math.max(most, 2 * upper));
}

/** The t at which the tilted sum has its mean at `bound`: Newton's steps, kept between what is too low and too high. */
function tilt(sizes: Float64Array, bound: number, squares: number): number {
  let [low, high] = [0, Number.POSITIVE_INFINITY];
  let t = bound / squares;
  for (let step = 0; step < 60; step++) {
    let [mean, slope] = [0, 0];
    for (const size of sizes) {
      const part = Math.tanh(t * size);
      mean += size * part;
      slope += size * size * (1 - part * part);
    }
    if (Math.abs(mean - bound) < bound * 1e-10) break;
    if (mean < bound) low = t;
    else high = t;
    const next = t + (bound - mean) / slope;
    const isInside = next > low && next < high;
    t = isInside ? next : Number.isFinite(high) ? (low + high) / 2 : 2 * t;
  }
  return t;
}
