import type { Board } from "../../domain/board.ts";
import type { View } from "./model.ts";

import { isAskedOf } from "../../engine/plan/asked-of.ts";

/** What complete runs would hold of one suite. */
export type SuitePlan = {
  /** Items that the runs name so far, each once. */
  readonly named: number;
  /** Items and answers of all runs together, each once: estimates where a run has not named all of its items. */
  readonly items: number;
  readonly answers: number;
};

/**
 * The plans of all runs that ask a target, added up by item, by suite: an item that several runs name counts once, with the
 * run that asks most of it. Of the items that an unfinished run has not named yet, which nobody knows, as many are taken
 * for new as of those that it has named, because the order of a run is shuffled.
 */
export function suitePlans(view: View, ref: string): ReadonlyMap<string, SuitePlan> {
  const parts = view.runs.flatMap((run, index) =>
    run.targets.some((target) => target.ref === ref) ? partsOf(view, index, ref) : [],
  );
  const suites = [...new Set(parts.map(({ suite }) => suite))];
  return new Map(
    suites.map((suite) => [suite, together(parts.filter((part) => part.suite === suite))]),
  );
}

/** How many answers complete runs would hold; a board counts its members only. Null where unknown. */
export function plannedOf(view: View, ref: string, board: Board | null): number | null {
  if (view.runs.every(({ size }) => size.per_target === 0)) return null;
  const total = [...suitePlans(view, ref)]
    .filter(([suite]) => board === null || board.members.some((member) => member.suite === suite))
    .reduce((sum, [, { answers }]) => sum + answers, 0);
  return total === 0 ? null : Math.round(total);
}

/** What one run asks of one suite. */
type Part = {
  readonly suite: string;
  /** Planned answers by number of the item, of those that are named. */
  readonly answers: ReadonlyMap<number, number>;
  /** Items that are not named yet, and the answers that they will have in all. */
  readonly unnamed: number;
  readonly rest: number;
};

function partsOf(view: View, index: number, ref: string): readonly Part[] {
  const run = view.runs[index];
  const listed = view.listed[index];
  if (run === undefined || listed === undefined) return [];
  const named = new Map<string, Map<number, number>>(run.suites.map(({ id }) => [id, new Map()]));
  for (const [at, item] of listed.items.entries()) {
    const suite = view.tasks[view.items.at.task[item] ?? -1]?.suite ?? "";
    const own = named.get(suite) ?? new Map<number, number>();
    const others = (listed.tuned.get(item) ?? []).filter(
      (written) => !isAskedOf({ for: written }, ref),
    );
    own.set(item, (listed.answers[at] ?? 0) - run.settings.trials * others.length);
    named.set(suite, own);
  }
  const sizes = new Map(run.suites.map(({ id, items }) => [id, items]));
  const lacking = [...named].map(([suite, answers]) => ({
    suite,
    answers,
    unnamed: Math.max(0, (sizes.get(suite) ?? 0) - answers.size),
  }));
  const unnamed = lacking.reduce((sum, part) => sum + part.unnamed, 0);
  const rest = Math.max(0, run.size.per_target - sumOf(listed.answers));
  return lacking.map((part) => ({
    ...part,
    rest: unnamed > 0 ? (rest * part.unnamed) / unnamed : rest / lacking.length,
  }));
}

function together(parts: readonly Part[]): SuitePlan {
  const [first, second] = parts;
  // Of a run by itself all items are new, and nothing is held for each of them.
  if (first !== undefined && second === undefined) {
    const { answers, unnamed, rest } = first;
    return {
      named: answers.size,
      items: answers.size + unnamed,
      answers: sumOf(answers.values()) + rest,
    };
  }
  const answers = new Map<number, number>();
  const runs = new Map<number, number>();
  for (const part of parts) {
    for (const [item, planned] of part.answers) {
      answers.set(item, Math.max(answers.get(item) ?? 0, planned));
      runs.set(item, (runs.get(item) ?? 0) + 1);
    }
  }
  const isAlone = (item: number): boolean => runs.get(item) === 1;
  const newShare = (part: Part): number =>
    part.answers.size === 0
      ? 1
      : [...part.answers.keys()].filter(isAlone).length / part.answers.size;
  const named = answers.size;
  const total = sumOf(answers.values());
  return {
    named,
    items: Math.max(
      named + sumOf(parts.map((part) => newShare(part) * part.unnamed)),
      ...parts.map((part) => part.answers.size + part.unnamed),
    ),
    answers: Math.max(
      total + sumOf(parts.map((part) => newShare(part) * part.rest)),
      ...parts.map((part) => sumOf(part.answers.values()) + part.rest),
    ),
  };
}

const sumOf = (values: Iterable<number>): number => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
};
