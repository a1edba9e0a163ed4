import type { Fx } from "../../domain/config.ts";
import type { Currency, Money } from "../../domain/money.ts";
import type { View } from "../view/model.ts";

/** Sums by currency; in yuan alone where the run names a rate for every other currency that occurs. */
export function amounts(view: View, sums: Readonly<Record<Currency, number>>): readonly Money[] {
  const rate = rateOf(view.run?.fx ?? {});
  if (sums.USD !== 0 && rate !== null) {
    return [{ amount: sums.CNY + sums.USD * rate, currency: "CNY" }];
  }
  return (["CNY", "USD"] as const)
    .filter((currency) => sums[currency] !== 0)
    .map((currency) => ({ amount: sums[currency], currency }));
}

/** Yuan for one dollar by the run's own dated rate. */
export function rateOf(fx: Fx): number | null {
  const direct = fx["USD_CNY"]?.rate;
  const inverse = fx["CNY_USD"]?.rate;
  return direct ?? (inverse === undefined ? null : 1 / inverse);
}

/** A cost per unit; null where either is unknown. */
export const per = (cost: Money | null, units: number): Money | null =>
  cost === null || units === 0 ? null : { amount: cost.amount / units, currency: cost.currency };
