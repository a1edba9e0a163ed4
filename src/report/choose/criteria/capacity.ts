import type { KneeFigures } from "../../../domain/load/summary.ts";
import type { Text } from "../../../domain/text.ts";
import type { MeasureOf } from "../criterion.ts";

import { fixedMeasure, notMeasured } from "../criterion.ts";
import { twoSided } from "../measuring/two-sided.ts";

/** The knee of a load test, in calls a minute: the largest rate at which enough calls keep the SLO. */
export const measureOf: MeasureOf = ({ loads }, { ref }) => {
  const found = loads
    .flatMap(({ targets }) => targets)
    .findLast(({ target, knee }) => target === ref && knee.rate !== null);
  if (found === undefined || found.knee.rate === null)
    return loads.length === 0
      ? notMeasured("没有给 --load", "no --load was named")
      : notMeasured("压力测试里没有它的拐点", "the load tests hold no knee of it");
  const { rate, low, high, state } = found.knee;
  const value = rate * 60;
  const remark = remarks[state];
  if (low === null || high === null) return fixedMeasure(value, null, remark);
  const bounds = { value, low: low * 60, high: high * 60 };
  return {
    value,
    interval: { low: bounds.low, high: bounds.high },
    remark,
    sample: ({ random }) => Math.max(0, twoSided(bounds, random)),
  };
};

const remarks: Readonly<Record<KneeFigures["state"], Text | null>> = {
  found: null,
  undetermined: { zh: "拐点还没有测准", en: "the knee is not settled" },
  above: { zh: "试过的最高一档也承受得住，至少这么多", en: "at least: the highest step was borne" },
  below: { zh: "最低一档也承受不住，至多这么多", en: "at most: the lowest step was not borne" },
  none: null,
};
