import type { TargetView, View } from "../view/model.ts";

import { pairedRatio } from "../../stats/difference/paired-ratio.ts";

/** Levels that vendors order the same way, from the least on. */
const order = ["minimal", "low", "medium", "high", "xhigh", "max"] as const;

const rankOf = (target: TargetView): number =>
  order.findIndex((word) => word === target.entry?.params.thinking);

/** Fewer common items tell nothing. */
const fewestItems = 5;
/** A higher level that surely reasons less than this many times as much is no other level. */
const leastGrowth = 1.15;

/**
 * Which targets ask for levels of thinking that make no difference: the same model at a higher level surely reasons less
 * than 15% more on the items that both answered. Neighbouring levels are compared, by tokens where all answers have a count, else by
 * characters.
 */
export function effortIgnoredIn(view: View): (ref: string) => boolean {
  const ignored = new Set<string>();
  const named = view.targets.filter((target) => rankOf(target) >= 0);
  const groups = Map.groupBy(named, ({ entry }) => `${entry?.provider}/${entry?.model}`);
  for (const group of groups.values()) {
    const levels = group.toSorted((a, b) => rankOf(a) - rankOf(b));
    for (const [at, higher] of levels.entries()) {
      const lower = levels[at - 1];
      if (lower === undefined || rankOf(lower) === rankOf(higher)) continue;
      if (!isSame(lower, higher)) continue;
      ignored.add(lower.ref).add(higher.ref);
    }
  }
  return (ref) => ignored.has(ref);
}

function isSame(lower: TargetView, higher: TargetView): boolean {
  const hasTokens = [lower, higher].every(({ rows: { at, length } }) =>
    at.reasoning.subarray(0, length).every((tokens) => tokens >= 0),
  );
  const name = hasTokens ? "reasoning" : "thought_chars";
  const [less, more] = [amounts(lower, name), amounts(higher, name)];
  const keys = [...less.keys()].filter((key) => more.has(key));
  const side = (from: ReadonlyMap<string, number>) => ({
    amounts: keys.map((key) => from.get(key) ?? 0),
    units: null,
  });
  if (keys.length < fewestItems) return false;
  const change = pairedRatio(side(less), side(more), { seed: 1, draws: 1_000 });
  return change?.interval != null && change.interval.high < leastGrowth;
}

/** By item, wording and trial. */
function amounts(
  { rows: { at, length } }: TargetView,
  name: "reasoning" | "thought_chars",
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (let row = 0; row < length; row++) {
    if ((at.thinking[row] ?? 0) === 0) continue;
    found.set(`${at.item[row]}/${at.wording[row]}/${at.trial[row]}`, at[name][row] ?? 0);
  }
  return found;
}
