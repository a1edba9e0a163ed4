import type { PriceRow } from "../../domain/money.ts";
import type { SettledNight } from "../nightly/settle.ts";

/** The price of a target from one day on. */
export type NightPrice = { readonly date: string; readonly price: PriceRow | null };

/** The price of the first night, then each other one with the day on which it was first seen. */
export function pricesOf(target: string, own: readonly SettledNight[]): readonly NightPrice[] {
  const found: NightPrice[] = [];
  for (const { date, targets } of own) {
    const price = targets.get(target)?.price ?? null;
    const before = found.at(-1);
    const isSame =
      before !== undefined &&
      JSON.stringify([before.price?.currency, before.price?.tiers]) ===
        JSON.stringify([price?.currency, price?.tiers]);
    if (!isSame) found.push({ date, price });
  }
  return found;
}
