import type { MeasureOf } from "../criterion.ts";

import { fixedMeasure, notMeasured } from "../criterion.ts";
import { periodRemark } from "../measuring/period-remark.ts";
import { twoSided } from "../measuring/two-sided.ts";

/** Availability over 30 days as a user meets it: 429, timeouts and empty replies fail too. What was not asked of them stays open. */
export const measureOf: MeasureOf = ({ steadiness }, { ref }) => {
  const own = steadiness.get(ref);
  if (own === undefined || own.value === null)
    return notMeasured("没有带时间的调用", "no call has times");
  const { value, interval } = own;
  const remark = periodRemark(own);
  if (interval === null) return fixedMeasure(value, null, remark);
  return {
    value,
    interval,
    remark,
    sample: ({ random }) => Math.min(1, Math.max(0, twoSided({ value, ...interval }, random))),
  };
};
