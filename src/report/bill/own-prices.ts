import type { Prices } from "../../domain/choosing/prices.ts";

import { atShare, priceAt, type PriceRow } from "../../domain/money.ts";
import { globMatches } from "../../text/glob.ts";

/** The price of a target under the team's own prices, where a row names it; else the one that it had. */
export function ownPriceAt(
  prices: Prices | null,
  target: string,
  list: PriceRow | null,
  at: Date,
): PriceRow | null {
  const row = prices?.rows.find((each) => globMatches(each.target, target));
  if (prices === null || row === undefined) return list;
  const source = `${prices.source}，${prices.read}`;
  if ("price" in row) {
    const own = priceAt(row.price, at);
    return own === null ? null : { source, ...own };
  }
  if ("discount" in row) {
    const less = atShare(list, row.discount);
    return less === null ? null : { ...less, source };
  }
  const { tokens, amount, currency } = row.package;
  const perMillion = (amount / tokens) * 1_000_000;
  return { currency, verified: true, source, tiers: [{ input: perMillion, output: perMillion }] };
}
