import type { Stratum, ExchangeUnit } from "../../stats/difference/exchange.ts";
import type { RandomisationOptions } from "../../stats/difference/sign-flip.ts";
import type { Score } from "../score/score.ts";
import type { Method, Node } from "../score/tree.ts";
import type { Difference } from "./difference.ts";
import type { Side } from "./pairing.ts";

import { exchangeTest } from "../../stats/difference/exchange.ts";
import { minimumDetectable } from "../../stats/difference/power.ts";
import { normalQuantile } from "../../stats/distributions.ts";
import { itemValues, scoreOf } from "../score/score.ts";
import { weigh, worthOf } from "../score/weigh.ts";
import { noDifference, rounded } from "./difference.ts";

/**
 * The difference of two sides that were asked different items of one kind. Clusters that hold items of the same tasks
 * are exchanged between the sides (`exchangeTest`); the interval adds the errors of both scores.
 */
export function unpairedDifference(
  nodes: { readonly base: Node; readonly new: Node },
  sides: { readonly base: Side; readonly new: Side },
  method: Method,
  options: RandomisationOptions,
): Difference {
  const values = { base: valuesOf(sides.base), new: valuesOf(sides.new) };
  const before = scoreOf(nodes.base, values.base, sides.base.view.items, method);
  const after = scoreOf(nodes.new, values.new, sides.new.view.items, method);
  const known = { n: Math.min(before.n, after.n), base: before.value, new: after.value };
  if (before.value === null || after.value === null) return { ...noDifference, ...known };
  const strata = strataOf(
    unitsOf(nodes.base, values.base, sides.base, method, -1),
    unitsOf(nodes.new, values.new, sides.new, method, 1),
  );
  const tested = exchangeTest(strata, options) ?? { p: null, least_p: null };
  const delta = rounded(after.value - before.value);
  const se = Math.hypot(standardError(before), standardError(after));
  const half = normalQuantile(0.975) * se;
  return {
    ...noDifference,
    ...known,
    ...tested,
    delta,
    interval: { low: Math.max(-1, delta - half), high: Math.min(1, delta + half) },
    detectable: minimumDetectable(se),
    method: "unpaired",
    hypothesis: strata.map((stratum) => stratum.name).join(" "),
  };
}

const valuesOf = ({ view, target }: Side): Float64Array => itemValues(view, target);

/** Half the interval's width over z: unlike the plain standard error, it is not zero where every answer is right. */
const standardError = ({ interval }: Score): number =>
  interval === null
    ? Number.POSITIVE_INFINITY
    : (interval.high - interval.low) / 2 / normalQuantile(0.975);

/** Units by the tasks of their items. */
function unitsOf(
  node: Node,
  values: Float64Array,
  { view }: Side,
  method: Method,
  sign: 1 | -1,
): ReadonlyMap<string, readonly ExchangeUnit[]> {
  const { shares } = weigh(node, values, view.items, method);
  const worth = worthOf(node, values, view.items, false);
  const clusters = new Map<number, number[]>();
  for (const item of shares.keys()) {
    const cluster = view.items.at.cluster[item] ?? 0;
    clusters.set(cluster, [...(clusters.get(cluster) ?? []), item]);
  }
  const units = new Map<string, ExchangeUnit[]>();
  for (const members of clusters.values()) {
    const sorted = members
      .map((item) => ({ item, task: taskOf(view, item) }))
      .toSorted((a, b) => (a.task === b.task ? a.item - b.item : a.task < b.task ? -1 : 1));
    const kind = sorted.map(({ task }) => task).join(" ");
    const unit = {
      values: sorted.map(({ item }) => worth[item] ?? 0),
      shares: sorted.map(({ item }) => sign * (shares.get(item) ?? 0)),
    };
    units.set(kind, [...(units.get(kind) ?? []), unit]);
  }
  return units;
}

function taskOf(view: Side["view"], item: number): string {
  const task = view.tasks[view.items.at.task[item] ?? -1];
  return task === undefined ? "" : `${task.suite}/${task.task}`;
}

function strataOf(
  base: ReadonlyMap<string, readonly ExchangeUnit[]>,
  fresh: ReadonlyMap<string, readonly ExchangeUnit[]>,
): readonly (Stratum & { readonly name: string })[] {
  return [...new Set([...base.keys(), ...fresh.keys()])].toSorted().map((name) => ({
    name,
    base: base.get(name) ?? [],
    new: fresh.get(name) ?? [],
  }));
}
