import type { Interval } from "../../stats/interval.ts";
import type { Reduction } from "../../stats/trials/trials.ts";
import type { TargetView, View } from "../view/model.ts";
import type { Method, Node } from "./tree.ts";
import type { ItemValues } from "./weigh.ts";

import { reduceTrials } from "../../stats/trials/trials.ts";
import { suitePlans } from "../view/planned.ts";
import { scoreOf } from "./score.ts";

/** Above this share of missing answers a score stands beside its bounds. */
export const mostMissing = 0.02;

/** Answers that a score lacks, and what it could be with them. */
export type Shortfall = {
  /** Answers planned in the base wording, and those of them that have no value. */
  readonly planned: number;
  readonly missing: number;
  readonly share: number;
  /** The score if all that is missing were worth 0, and 1; null where the tree holds nothing. */
  readonly bounds: Interval | null;
};

/** What a target was to be asked, by item. */
export type AnswerPlan = {
  /** Trials by item number; 0 where the target was not to be asked. */
  readonly trials: Uint16Array;
  /**
   * How many planned items each item stands for: more than 1 where a run ended before its file had named all items of the
   * suite. The order of a run is shuffled, so those it names are like those it does not.
   */
  readonly stands: Float64Array;
  /** Suites of which the file names no item yet, so that no tree of items holds them, and their answers. */
  readonly unseen: { readonly suites: number; readonly answers: number };
};

/** What the runs of a view were to ask a target. */
export function answerPlanOf(view: View, ref: string): AnswerPlan {
  const trials = new Uint16Array(view.items.length);
  for (const [index, run] of view.runs.entries()) {
    if (!run.targets.some((target) => target.ref === ref)) continue;
    for (const item of view.listed[index]?.items ?? []) {
      trials[item] = Math.max(trials[item] ?? 0, run.settings.trials);
    }
  }
  const plans = suitePlans(view, ref);
  const stands = Float64Array.from(trials, (_, item) => {
    const plan = plans.get(view.tasks[view.items.at.task[item] ?? -1]?.suite ?? "");
    return plan === undefined || plan.named === 0 ? 1 : Math.max(1, plan.items / plan.named);
  });
  const unseen = [...plans.values()].filter(({ named, answers }) => named === 0 && answers > 0);
  const answers = unseen.reduce((sum, plan) => sum + plan.answers, 0);
  return { trials, stands, unseen: { suites: unseen.length, answers } };
}

export type FilledValues = { readonly low: ItemValues; readonly high: ItemValues };

/** A target's item values with every missing trial worth 0, and 1. Items that were not planned stay NaN. */
export function filledValues(
  view: View,
  target: TargetView,
  { trials, stands }: AnswerPlan,
  reduction: Reduction = "mean",
): FilledValues {
  const given = valuesByItem(view, target);
  const fill = (missing: 0 | 1): ItemValues =>
    Float64Array.from(given, (values, item) => {
      const lacking = Math.max(0, (trials[item] ?? 0) - values.length);
      const all = [...values, ...Array.from({ length: lacking }, () => missing)];
      const value = reduceTrials(all, reduction) ?? Number.NaN;
      return missing + (value - missing) / (stands[item] ?? 1);
    });
  return { low: fill(0), high: fill(1) };
}

/** Values in the base wording, trial by trial. */
function valuesByItem(view: View, { rows: { at, length } }: TargetView): readonly number[][] {
  const given: number[][] = Array.from({ length: view.items.length }, () => []);
  for (let row = 0; row < length; row++) {
    const value = at.value[row] ?? Number.NaN;
    if (at.wording[row] === 0 && !Number.isNaN(value)) given[at.item[row] ?? 0]?.push(value);
  }
  return given;
}

export type ShortfallOptions = {
  readonly plan: AnswerPlan;
  readonly method: Method;
  readonly reduction?: Reduction;
};

/**
 * What the score of a node lacks; null where no more than 2% of the planned answers are missing. The bounds come from
 * `scoreOf` with the missing values filled in, so that they have the tree's own weights.
 */
export function shortfallOf(
  view: View,
  target: TargetView,
  node: Node,
  { plan, method, reduction = "mean" }: ShortfallOptions,
): Shortfall | null {
  const { planned, missing } = withUnseen(missingIn(view, target, node, plan), node, plan);
  if (planned === 0 || missing <= planned * mostMissing) return null;
  const bounds = missingBounds(view, target, node, { plan, method, reduction });
  return { planned, missing, share: missing / planned, bounds };
}

/** The score of a node with all that is missing worth 0, and 1. */
export const missingBounds = (
  view: View,
  target: TargetView,
  node: Node,
  { plan, method, reduction = "mean" }: ShortfallOptions,
): Interval | null => {
  const bounds = boundsOf(view, node, filledValues(view, target, plan, reduction), method);
  const { suites } = plan.unseen;
  if (bounds === null || suites === 0 || !isOfAllSuites(node)) return bounds;
  // Without a board every suite weighs the same.
  const seen = node.children.length;
  const all = seen + suites;
  return { low: (bounds.low * seen) / all, high: (bounds.high * seen + suites) / all };
};

/** The total without a board, of whatever suites were asked. */
const isOfAllSuites = ({ kind, name }: Node): boolean => kind === "total" && name === "";

function withUnseen(
  counted: Pick<Shortfall, "planned" | "missing">,
  node: Node,
  { unseen }: AnswerPlan,
): Pick<Shortfall, "planned" | "missing"> {
  if (!isOfAllSuites(node)) return counted;
  const more = Math.round(unseen.answers);
  return { planned: counted.planned + more, missing: counted.missing + more };
}

/** Answers of a node that were planned, and those that have no value. */
export function missingIn(
  view: View,
  { rows: { at, length } }: TargetView,
  node: Node,
  { trials, stands }: AnswerPlan,
): Pick<Shortfall, "planned" | "missing"> {
  const counted = new Uint16Array(view.items.length);
  for (let row = 0; row < length; row++) {
    if (at.wording[row] !== 0 || Number.isNaN(at.value[row] ?? Number.NaN)) continue;
    const item = at.item[row] ?? 0;
    counted[item] = (counted[item] ?? 0) + 1;
  }
  let planned = 0;
  let there = 0;
  const walk = (each: Node): void => {
    for (const item of each.items) {
      planned += (trials[item] ?? 0) * (stands[item] ?? 1);
      there += Math.min(counted[item] ?? 0, trials[item] ?? 0);
    }
    each.children.forEach(walk);
  };
  walk(node);
  planned = Math.round(planned);
  return { planned, missing: Math.max(0, planned - there) };
}

function boundsOf(
  view: View,
  node: Node,
  { low, high }: FilledValues,
  method: Method,
): Interval | null {
  const least = scoreOf(node, low, view.items, method).value;
  const most = scoreOf(node, high, view.items, method).value;
  return least === null || most === null ? null : { low: least, high: most };
}
