import type { Draw } from "../draw.ts";

import { mostSaved, shareOfClimbs, type Slots } from "./splits.ts";
import { drawWares, type Ware } from "./wares.ts";

/** What takes off something of one payment, in whole yuan where nothing else is said. */
export type Voucher =
  | { readonly type: "full"; readonly from: number; readonly off: number }
  | {
      readonly type: "percent";
      readonly from: number;
      readonly tenths: number;
      readonly most: number;
    }
  | { readonly type: "each"; readonly from: number; readonly off: number; readonly most: number }
  | { readonly type: "free"; readonly pieces: number; readonly most: number }
  | { readonly type: "kind"; readonly kind: string; readonly from: number; readonly off: number }
  | { readonly type: "half" };

/** Goods to be paid for in several payments, each of which takes one voucher at most and pays for its delivery. */
export type Cart = {
  readonly goods: readonly Ware[];
  readonly vouchers: readonly Voucher[];
  readonly pieces: number;
  readonly freeFrom: number;
  readonly delivery: number;
};

/** In fen. */
function takenOff(voucher: Voucher, goods: readonly Ware[]): number {
  const prices = goods.map(({ price }) => price).toSorted((a, b) => a - b);
  const sum = sumOf(prices);
  switch (voucher.type) {
    case "full":
      return sum >= voucher.from ? 100 * voucher.off : 0;
    case "percent":
      return sum >= voucher.from
        ? Math.min(100 * voucher.most, sum * (100 - voucher.tenths * 5))
        : 0;
    case "each":
      return 100 * Math.min(voucher.most, Math.floor(sum / voucher.from) * voucher.off);
    case "free":
      return prices.length >= voucher.pieces ? 100 * Math.min(voucher.most, prices[0] ?? 0) : 0;
    case "kind": {
      const own = goods.filter(({ kind }) => kind === voucher.kind).map(({ price }) => price);
      return sumOf(own) >= voucher.from ? 100 * voucher.off : 0;
    }
    case "half":
      return 50 * (prices.at(-2) ?? 0);
    default:
      throw new Error(String(voucher satisfies never));
  }
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);

/**
 * A cart, and the fen that have to be paid for it at least. Exchanging goods between payments, or moving one, from wherever one
 * begins, comes to that in `climbs` percent of trials at most; and never can every voucher take off the most that it could.
 */
export function drawCart(
  draw: Draw,
  { goods: count, vouchers: many, climbs }: { goods: number; vouchers: number; climbs: number },
): { readonly cart: Cart; readonly fen: number } {
  for (;;) {
    const cart = draft(draw, count, many);
    const slots = slotsOf(cart);
    const saved = mostSaved(slots);
    const hoped = slots.saved.reduce((sum, own) => sum + Math.max(...own), 0);
    if (saved === hoped || 100 * shareOfClimbs(draw, slots, saved) > climbs) continue;
    return { cart, fen: 100 * sumOf(cart.goods.map(({ price }) => price)) - saved };
  }
}

/** Thresholds that come to about as much as all goods together, so that not all of them can be met. */
function draft(draw: Draw, count: number, many: number): Cart {
  const goods = drawWares(draw, count);
  const prices = goods.map(({ price }) => price);
  const share = sumOf(prices) / many;
  const about = (low: number, high: number): number =>
    Math.round((share * draw.int(low, high)) / 100);
  const drawVoucher: Readonly<Record<Voucher["type"], () => Voucher>> = {
    full: () => {
      const from = about(85, 125);
      return { type: "full", from, off: Math.round((from * draw.int(14, 22)) / 100) };
    },
    percent: () => ({
      type: "percent",
      from: about(60, 100),
      tenths: draw.pick([15, 16, 17]),
      most: about(16, 26),
    }),
    each: () => {
      const from = about(30, 48);
      const off = Math.round((from * draw.int(14, 22)) / 100);
      return { type: "each", from, off, most: 3 * off };
    },
    free: () => ({ type: "free", pieces: 3, most: about(18, 30) }),
    kind: () => {
      const kind = draw.pick([...new Set(goods.map((each) => each.kind))]);
      const own = sumOf(goods.filter((each) => each.kind === kind).map(({ price }) => price));
      const from = Math.min(own, about(60, 100));
      return { type: "kind", kind, from, off: Math.round((from * draw.int(15, 24)) / 100) };
    },
    half: () => ({ type: "half" }),
  };
  const types = ["full", "percent", "each", "free", "kind", "half"] as const;
  const chosen = [...draw.sample(types, Math.min(many, types.length))];
  while (chosen.length < many) chosen.push("full");
  return {
    goods,
    vouchers: chosen.map((type) => drawVoucher[type]()),
    pieces: Math.ceil(count / many) + 1,
    freeFrom: about(55, 80),
    delivery: draw.int(6, 12),
  };
}

/** What each set of goods saves under each voucher and, behind these, in payments without one; less than nothing where delivery is paid for. */
function slotsOf({ goods, vouchers, pieces, freeFrom, delivery }: Cart): Slots {
  const plain = Array.from({ length: Math.ceil(goods.length / pieces) }, () => null);
  const sets = Array.from({ length: 1 << goods.length }, (_, set) =>
    goods.filter((_goods, at) => (set & (1 << at)) !== 0),
  );
  const saved = [...vouchers, ...plain].map((voucher) =>
    Int32Array.from(sets, (own) => {
      if (own.length === 0) return 0;
      if (own.length > pieces) return tooMany;
      const isFree = sumOf(own.map(({ price }) => price)) >= freeFrom;
      return (voucher === null ? 0 : takenOff(voucher, own)) - (isFree ? 0 : 100 * delivery);
    }),
  );
  return { goods: goods.length, saved };
}

/** Of sets that are not to be paid for at once. */
const tooMany = -1_000_000;
