import type { MeasureOf } from "../criterion.ts";

import { fixedMeasure, notMeasured } from "../criterion.ts";
import { periodRemark } from "../measuring/period-remark.ts";
import { twoSided } from "../measuring/two-sided.ts";

/** p95 over p50 of the first token over 30 days: 1 is as steady as can be, infinite where over 5% timed out. */
export const measureOf: MeasureOf = ({ steadiness }, { ref }) => {
  const own = steadiness.get(ref);
  if (own === undefined || own.tail === null)
    return notMeasured("测到的时间太少", "too few times were measured");
  const { value, interval } = own.tail;
  const remark = periodRemark(own);
  if (interval === null || !Number.isFinite(value)) return fixedMeasure(value, interval, remark);
  return {
    value,
    interval,
    remark,
    sample: ({ random }) => Math.max(1, twoSided({ value, ...interval }, random)),
  };
};
