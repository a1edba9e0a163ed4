import type { Currency } from "../../../domain/money.ts";
import type { Pairing, Side } from "../pairing.ts";

import { rateOf } from "../../score/amounts.ts";
import { flag, verdictCode } from "../../view/shapes.ts";

export const isPriced = ({ target }: Side, row: number): boolean => {
  const flags = target.rows.at.flags[row] ?? 0;
  return (flags & flag.costUnknown) === 0 && (flags & flag.asked) !== 0;
};

export const isRight = ({ target }: Side, row: number): number =>
  Number(target.rows.at.verdict[row] === verdictCode.right);

const currencyOf = ({ target }: Side, row: number): Currency =>
  target.rows.at.currency[row] === 1 ? "USD" : "CNY";

/** The currency that all these rows share, otherwise yuan where both runs can convert. */
export function unitOf(
  base: Side,
  fresh: Side,
  rows: Pick<Pairing, "base" | "new">,
): Currency | null {
  const used = new Set<Currency>();
  for (const row of rows.base) used.add(currencyOf(base, row));
  for (const row of rows.new) used.add(currencyOf(fresh, row));
  const [only] = used;
  if (used.size === 1 && only !== undefined) return only;
  const rates = [base, fresh].map(({ view }) => rateOf(view.run?.fx ?? {}));
  return used.size > 1 && rates.every((rate) => rate !== null) ? "CNY" : null;
}

export function amountIn(side: Side, row: number, unit: Currency): number {
  const amount = side.target.rows.at.cost[row] ?? 0;
  if (currencyOf(side, row) === unit) return amount;
  return amount * (rateOf(side.view.run?.fx ?? {}) ?? Number.NaN);
}
