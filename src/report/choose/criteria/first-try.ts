import type { TargetView } from "../../view/model.ts";
import type { ChoiceCandidate, ChooseSource, MeasureOf } from "../criterion.ts";

import { sumsByCluster } from "../../../stats/cluster-sums.ts";
import { wilson } from "../../../stats/interval.ts";
import { resampledShare } from "../../../stats/resampling/resampled-share.ts";
import { kishSize } from "../../score/error.ts";
import { notMeasured } from "../criterion.ts";
import { askedRows } from "../measuring/asked-rows.ts";

/** The share of this run's calls that the first attempt answered. */
export const measureOf: MeasureOf = (source, candidate) => {
  const { clusters, good, all } = callsByItem(source, candidate);
  const calls = all.reduce((sum, each) => sum + each, 0);
  if (calls === 0) return notMeasured("没有百模发出的调用", "no call was made by baimo");
  const value = good.reduce((sum, each) => sum + each, 0) / calls;
  const reached = sumsByCluster(
    clusters,
    good.map((each) => each / calls),
  );
  const of = sumsByCluster(
    clusters,
    all.map((each) => each / calls),
  );
  const draw = resampledShare({
    strata: [{ clusters: of.clusters, reached: reached.sums, of: of.sums }],
    fixed: 0,
    size: kishSize(of.sums),
    widened: false,
  });
  return {
    value,
    interval: wilson(value, calls),
    remark: null,
    sample: ({ weights, random }) => draw(weights, random),
  };
};

function callsByItem({ view, inside }: ChooseSource, { target }: ChoiceCandidate) {
  const rows = askedRows(target, inside);
  return {
    clusters: rows.map((row) => view.items.at.cluster[target.rows.at.item[row] ?? 0] ?? 0),
    good: rows.map((row) => firstOk(target, row)),
    all: rows.map((row) => target.rows.at.calls[row] ?? 0),
  };
}

function firstOk({ rows: { at }, calls }: TargetView, row: number): number {
  const from = at.calls_from[row] ?? 0;
  let good = 0;
  for (let call = from; call < from + (at.calls[row] ?? 0); call++)
    good += calls.at.first_ok[call] ?? 0;
  return good;
}
