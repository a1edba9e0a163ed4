import type { Currency } from "../../../domain/money.ts";
import type { Side } from "../pairing.ts";

import { amountIn, isPriced, isRight, unitOf } from "./prices.ts";

/** What one side cost by itself, in its own currency: known even where the other side's price is not. */
export type SideCost = {
  readonly currency: Currency;
  /** Of all its compared answers or of one of them, as the `cost` of the ratios. */
  readonly cost: number;
  /** Null where no answer is right. */
  readonly cost_per_right: number | null;
};

/** Null where the cost of any of the rows is unknown, or where they have currencies without a common rate. */
export function sideCost(
  side: Side,
  rows: Int32Array,
  per: "all answers" | "answer",
): SideCost | null {
  const currency = unitOf(side, side, { base: rows, new: rows });
  if (currency === null || !rows.every((row) => isPriced(side, row))) return null;
  let [sum, rights] = [0, 0];
  for (const row of rows) {
    sum += amountIn(side, row, currency);
    rights += isRight(side, row);
  }
  return {
    currency,
    cost: per === "answer" ? sum / rows.length : sum,
    cost_per_right: rights === 0 ? null : sum / rights,
  };
}
