import type { View } from "../view/model.ts";

import { UserError } from "../../domain/text.ts";
import { clean } from "../render/format.ts";

export type TargetPair = { readonly base: string; readonly new: string };

export type TargetMatch = {
  readonly pairs: readonly TargetPair[];
  /** On one side only. */
  readonly only_base: readonly string[];
  readonly only_new: readonly string[];
};

/**
 * Which target of one run is compared with which of another: those mapped by hand, else those of the same
 * name, else the only one on each side. Baselines are compared only where they are named. Throws UserError
 * for a mapped name that a run does not hold, and where nothing matches.
 */
export function matchTargets(
  base: View,
  fresh: View,
  mapped: readonly TargetPair[] = [],
): TargetMatch {
  for (const pair of mapped) {
    mustHold(base, pair.base);
    mustHold(fresh, pair.new);
  }
  const before = namesOf(base);
  const after = namesOf(fresh);
  const pairs = mapped.length > 0 ? mapped : pairsOf(before, after);
  if (pairs.length === 0) throw nothingMatches(before, after);
  return {
    pairs,
    only_base: before.filter(
      (name) => !after.includes(name) && !pairs.some((pair) => pair.base === name),
    ),
    only_new: after.filter(
      (name) => !before.includes(name) && !pairs.some((pair) => pair.new === name),
    ),
  };
}

const namesOf = ({ targets }: View): readonly string[] => {
  const asked = targets.filter(({ entry }) => entry?.baseline !== true);
  return (asked.length > 0 ? asked : targets).map(({ ref }) => ref);
};

function pairsOf(before: readonly string[], after: readonly string[]): readonly TargetPair[] {
  const named = before.filter((name) => after.includes(name));
  if (named.length > 0) return named.map((name) => ({ base: name, new: name }));
  const [base] = before;
  const [fresh] = after;
  const alone = before.length === 1 && after.length === 1;
  return alone && base !== undefined && fresh !== undefined ? [{ base, new: fresh }] : [];
}

function mustHold(view: View, name: string): void {
  if (view.byRef.has(name)) return;
  const known = view.targets.map(({ ref }) => clean(ref)).join(", ");
  throw new UserError({
    zh: `运行文件里没有目标 ${name}；有：${known}`,
    en: `The run holds no target ${name}; it has: ${known}`,
  });
}

function nothingMatches(before: readonly string[], after: readonly string[]): UserError {
  const [a, b] = [before, after].map((names) => names.map((name) => clean(name)).join(", "));
  return new UserError({
    zh: `两侧没有同名的目标（基准：${a}；新：${b}），请用 --map 基准=新 指明`,
    en: `No target has the same name on both sides (base: ${a}; new: ${b}); name a pair with --map base=new`,
  });
}
