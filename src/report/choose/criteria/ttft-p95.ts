import type { MeasureOf } from "../criterion.ts";

import { percentileWithInterval } from "../../../stats/percentile.ts";
import { weightedQuantile } from "../../../stats/resampling/weighted-quantile.ts";
import { notMeasured } from "../criterion.ts";
import { callValues } from "../measuring/call-values.ts";
import { timesRemark } from "../measuring/times-remark.ts";

/** The 95th percentile of the time to the first token, in seconds; a final timeout is infinite. */
export const measureOf: MeasureOf = (source, candidate) => {
  const times = callValues(source, candidate, "first_token_ms");
  const found = percentileWithInterval(times.values, 0.95);
  if (found === null) return notMeasured("没有首字延迟", "no TTFT was measured");
  return {
    value: found.value / 1_000,
    interval: {
      low: (found.low ?? found.value) / 1_000,
      high: (found.high ?? Number.POSITIVE_INFINITY) / 1_000,
    },
    remark: timesRemark(candidate),
    sample: ({ weights }) => weightedQuantile(times, weights, 0.95) / 1_000,
  };
};
