import { normalQuantile } from "../distributions.ts";

export type Power = { readonly power?: number; readonly alpha?: number };

const zSum = ({ power = 0.8, alpha = 0.05 }: Power): number =>
  normalQuantile(1 - alpha / 2) + normalQuantile(power);

/**
 * The smallest difference that a two-sided test at `alpha` detects with `power`, given the standard error of
 * the difference: (z_{1-α/2} + z_power) · se (Miller, arXiv:2411.00640, §5).
 */
export const minimumDetectable = (se: number, options: Power = {}): number => zSum(options) * se;

/**
 * Items needed to detect a difference `delta`: n = (z_{1-α/2} + z_power)² (ω² + 2σ² / K) / δ², where ω² is
 * the variance over items of the difference of their expected values, σ² the mean variance within an item,
 * and K the trials per side (Miller, eq. 9).
 */
export function itemsNeeded(
  delta: number,
  variance: { readonly between: number; readonly within: number; readonly trials: number },
  options: Power = {},
): number {
  const { between, within, trials } = variance;
  return Math.ceil((zSum(options) ** 2 * (between + (2 * within) / trials)) / delta ** 2);
}
