import type { Node } from "../../score/tree.ts";
import type { ItemValues } from "../../score/weigh.ts";
import type { Items } from "../../view/model.ts";
import type { ChooseSource, MeasureOf } from "../criterion.ts";

import { UserError } from "../../../domain/text.ts";
import { sumsByCluster } from "../../../stats/cluster-sums.ts";
import {
  resampledShare,
  type ShareParts,
  type ShareStratum,
} from "../../../stats/resampling/resampled-share.ts";
import { unknownName } from "../../../validation/suggest.ts";
import { clusterShares, kishSize } from "../../score/error.ts";
import { itemValues, scoreOf } from "../../score/score.ts";
import { type Method, dimensionNodes } from "../../score/tree.ts";
import { type Weighed, weigh, worthOf } from "../../score/weigh.ts";
import { notMeasured } from "../criterion.ts";

/** The score of the whole, of a suite or of a dimension, in points; its draws resample the clusters of items within the score's strata. */
export const measureOf: MeasureOf = (source, { target }, of) => {
  const { view, method } = source;
  const node = nodeOf(source, of);
  const values = itemValues(view, target);
  const score = scoreOf(node, values, view.items, method);
  if (score.value === null) return notMeasured("没有可计分的回答", "no answer counts");
  if (score.partial) return notMeasured("缺少部分维度的成绩", "some dimensions have no score");
  const draw = resampledShare(partsOf(node, values, view.items, method));
  return {
    value: 100 * score.value,
    interval:
      score.interval === null
        ? null
        : { low: 100 * score.interval.low, high: 100 * score.interval.high },
    remark: null,
    sample: ({ weights, random }) => 100 * draw(weights, random),
  };
};

function nodeOf({ root, leaderboard }: ChooseSource, of: string | null): Node {
  if (of === null) {
    if (leaderboard.missing.length === 0) return root;
    throw new UserError({
      zh: `榜单成员没有成绩：${leaderboard.missing.join("、")}`,
      en: `members of the board without items: ${leaderboard.missing.join(", ")}`,
    });
  }
  const parts = new Map<string, Node>([
    ...dimensionNodes(root).map(({ path, node }) => [path.join("/"), node] as const),
    ...root.children.map((node) => [node.name, node] as const),
  ]);
  const found = parts.get(of);
  if (found !== undefined) return found;
  throw new UserError(
    unknownName({ zh: "题集或维度", en: "suite or dimension" }, of, [...parts.keys()]),
  );
}

/** The same strata, shares and worths as those of the score's own error. */
function partsOf(node: Node, values: ItemValues, items: Items, method: Method): ShareParts {
  const weighed = weigh(node, values, items, method);
  const worth = worthOf(node, values, items);
  const own = clusterShares(weighed.shares, items);
  const within = new Set(weighed.strata.flat());
  let fixed = 0;
  for (const [item, share] of weighed.shares)
    if (!within.has(item)) fixed += share * (worth[item] ?? 0);
  const isPlain = weighed.strata.length < 2 && own.length === weighed.shares.size;
  return {
    strata: weighed.strata
      .map((stratum) => stratumOf(stratum, weighed, worth, items))
      .filter(({ of }) => of.some((part) => part > 0)),
    fixed,
    size: kishSize(own),
    widened: !isPlain,
  };
}

function stratumOf(
  stratum: readonly number[],
  { shares }: Weighed,
  worth: ItemValues,
  items: Items,
): ShareStratum & { readonly of: Float64Array } {
  const numbers = stratum.map((item) => items.at.cluster[item] ?? 0);
  const weights = stratum.map((item) => shares.get(item) ?? 0);
  const reached = stratum.map((item, at) => (weights[at] ?? 0) * (worth[item] ?? 0));
  const { clusters, sums } = sumsByCluster(numbers, weights);
  return { clusters, of: sums, reached: sumsByCluster(numbers, reached).sums };
}
