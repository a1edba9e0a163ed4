import type { Board } from "../../domain/board.ts";
import type { View } from "./model.ts";

/** How many answers complete runs would hold: for each suite, the number of the run that asks most of it. Null where unknown. */
export function plannedOf(view: View, ref: string, board: Board | null): number | null {
  const plans = new Map<string, number>();
  for (const run of view.runs) {
    if (!run.targets.some((target) => target.ref === ref)) continue;
    for (const [suite, answers] of plannedBySuite(run, board)) {
      plans.set(suite, Math.max(plans.get(suite) ?? 0, answers));
    }
  }
  const total = [...plans.values()].reduce((sum, each) => sum + each, 0);
  return total === 0 ? null : Math.round(total);
}

/** A target's planned answers, divided among the suites by their items; all under one name where those are unknown. */
function plannedBySuite(
  { suites, size }: View["runs"][number],
  board: Board | null,
): readonly (readonly [string, number])[] {
  const all = suites.reduce((sum, { items }) => sum + items, 0);
  if (all === 0) return [[suites.map(({ id }) => id).join(" "), size.per_target]];
  return suites
    .filter(({ id }) => board === null || isMember(board, id))
    .map(({ id, items }) => [id, (size.per_target * items) / all]);
}

const isMember = (board: Board, suite: string): boolean =>
  board.members.some((member) => member.suite === suite);
