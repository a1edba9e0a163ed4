import type { Offer } from "../../bill/bill.ts";
import type { MeasureOf } from "../criterion.ts";

import { notMeasured } from "../criterion.ts";

/**
 * The cheapest way in which the traffic's bill serves this target alone, on demand or reserved, in yuan a month. Its draws take the traffic
 * between its low, middle and high, the same for all targets.
 */
export const measureOf: MeasureOf = ({ bill }, { ref }) => {
  if (bill === null)
    return notMeasured(
      "没有给 --traffic，算不出每月费用",
      "no --traffic was named, so there is no month's cost",
    );
  const own = bill.offers.filter(
    ({ kind, targets }) => kind !== "self-hosted" && targets.length === 1 && targets[0] === ref,
  );
  const known = own.filter((offer) => offer.month !== null && offer.currency === "CNY");
  const cheapest = known.toSorted((a, b) => middleOf(a) - middleOf(b))[0];
  const month = cheapest?.month ?? null;
  if (cheapest === undefined || month === null) return whyUnknown(own);
  const { low, middle, high } = month;
  return {
    value: middle,
    interval: low === high ? null : { low, high },
    remark:
      cheapest.kind === "on-demand"
        ? null
        : { zh: `按 ${cheapest.name}`, en: `by ${cheapest.name}` },
    sample: ({ level }) =>
      level < 0.5 ? low + 2 * level * (middle - low) : middle + (2 * level - 1) * (high - middle),
  };
};

const middleOf = ({ month }: Offer): number => month?.middle ?? Number.POSITIVE_INFINITY;

function whyUnknown(own: readonly Offer[]) {
  if (own.some(({ month }) => month !== null))
    return notMeasured(
      "价格不是人民币，流量文件里没有写 fx 汇率",
      "the price is not in yuan, and the traffic states no fx rate",
    );
  return own.some(({ why }) => why === "length")
    ? notMeasured("不知道一次调用有多长", "the length of a call is unknown")
    : notMeasured(
        "价格未知，用 --prices 给出，reprice --sample 有样例",
        "the price is unknown: give it with --prices, of which reprice --sample prints one",
      );
}
