import type { MeasureOf } from "../criterion.ts";

import { percentileWithInterval } from "../../../stats/percentile.ts";
import { weightedQuantile } from "../../../stats/resampling/weighted-quantile.ts";
import { notMeasured } from "../criterion.ts";
import { callValues } from "../measuring/call-values.ts";
import { timesRemark } from "../measuring/times-remark.ts";

/** The median of the characters a second after the first delivery. */
export const measureOf: MeasureOf = (source, candidate) => {
  const speeds = callValues(source, candidate, "speed");
  const found = percentileWithInterval(speeds.values, 0.5);
  if (found === null)
    return notMeasured(
      "没有逐字返回，量不出吐字速度",
      "nothing was streamed, so there is no speed",
    );
  return {
    value: found.value,
    interval: { low: found.low ?? 0, high: found.high ?? Number.POSITIVE_INFINITY },
    remark: timesRemark(candidate),
    sample: ({ weights }) => weightedQuantile(speeds, weights, 0.5),
  };
};
