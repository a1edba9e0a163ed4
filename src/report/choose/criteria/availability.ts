import type { MeasureOf } from "../criterion.ts";

import { wilson } from "../../../stats/interval.ts";
import { exponential } from "../../../stats/resampling/gamma.ts";
import { resampledShare } from "../../../stats/resampling/resampled-share.ts";
import { notMeasured } from "../criterion.ts";

/** The mean over spans of five minutes of the share of answers that did not fail for good, waiting lines and timeouts included. */
export const measureOf: MeasureOf = ({ windows }, { ref }) => {
  const own = windows.get(ref) ?? [];
  const n = own.length;
  if (n === 0) return notMeasured("没有带时间的调用", "no call has times");
  const shares = own.map(({ answers, failed }) => 1 - failed / answers);
  const value = shares.reduce((sum, each) => sum + each, 0) / n;
  const draw = resampledShare({
    strata: [
      {
        clusters: shares.map((_, at) => at),
        reached: shares.map((each) => each / n),
        of: shares.map(() => 1 / n),
      },
    ],
    fixed: 0,
    size: n,
    widened: false,
  });
  return {
    value,
    interval: wilson(value, n),
    remark: {
      zh: `本次运行里的 ${n} 个 5 分钟窗口，按用户遇到的算（429、超时也算失败）`,
      en: `${n} windows of 5 minutes of this run, as a user meets them (429 and timeouts fail too)`,
    },
    // Items come up in any window: these have weights of their own.
    sample: ({ random }) =>
      draw(
        Float64Array.from(shares, () => exponential(random)),
        random,
      ),
  };
};
