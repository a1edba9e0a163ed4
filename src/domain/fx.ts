import type { Fx } from "./config.ts";
import type { Currency, Money } from "./money.ts";

/** Converts an amount by the run's dated rates; null if they do not cover it. */
export function convert({ amount, currency }: Money, to: Currency, fx: Fx): number | null {
  if (currency === to) return amount;
  const direct = fx[`${currency}_${to}`];
  if (direct !== undefined) return amount * direct.rate;
  const inverse = fx[`${to}_${currency}`];
  return inverse === undefined ? null : amount / inverse.rate;
}
