import type { NightTimes, TasksLine } from "../../domain/nights/lines.ts";
import type { Outcome } from "../../domain/outcome.ts";
import type { TargetView, View } from "../view/model.ts";

import { columnText } from "../../domain/nights/lines.ts";
import { outcomes } from "../../domain/outcome.ts";
import { type Sketch, sizeOf, sketchOf, sketchQuantile } from "../../stats/sketch.ts";

/** Per target and task, what is kept for drawing. */
export const tasksOf = (view: View): readonly TasksLine[] =>
  view.targets
    .filter(({ entry }) => entry?.baseline !== true)
    .map((target) => ({
      kind: "tasks",
      ref: target.ref,
      tasks: view.tasks.flatMap((_, task) => taskOf(view, target, task) ?? []),
    }));

function taskOf(view: View, target: TargetView, task: number): TasksLine["tasks"][number] | null {
  const { at, length } = target.rows;
  const rows = Array.from({ length }, (_, row) => row).filter(
    (row) => view.items.at.task[at.item[row] ?? 0] === task && at.wording[row] === 0,
  );
  const named = view.tasks[task];
  if (rows.length === 0 || named === undefined) return null;
  const values = rows
    .map((row) => at.value[row] ?? Number.NaN)
    .filter((each) => !Number.isNaN(each));
  const counts: Partial<Record<Outcome, number>> = {};
  for (const row of rows) {
    const outcome = outcomes[at.outcome[row] ?? 0] ?? "network";
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  const inside = new Set(rows);
  return {
    task: `${named.suite}/${named.task}`,
    dimension: named.dimension,
    n: values.length,
    sum: values.reduce((sum, value) => sum + value, 0),
    squares: values.reduce((sum, value) => sum + value * value, 0),
    outcomes: counts,
    first_token_ms: kept(callSketch(target, "first_token_ms", inside)),
    total_ms: kept(callSketch(target, "total_ms", inside)),
    speed: kept(callSketch(target, "speed", inside)),
  };
}

const kept = ({ from, counts }: Sketch) => ({ from, counts: columnText(counts) });

/** First-token and total times of all calls of a target. */
export function timesOf(target: TargetView): NightTimes {
  const [first, total] = [callSketch(target, "first_token_ms"), callSketch(target, "total_ms")];
  return {
    n: sizeOf(total),
    first_token_p50_ms: sketchQuantile(first, 0.5),
    first_token_p90_ms: sketchQuantile(first, 0.9),
    total_p50_ms: sketchQuantile(total, 0.5),
    total_p90_ms: sketchQuantile(total, 0.9),
  };
}

/** Calls whose answer was replaced have no row. */
function callSketch(
  { calls: { at, length } }: TargetView,
  column: "first_token_ms" | "total_ms" | "speed",
  rows: ReadonlySet<number> | null = null,
): Sketch {
  const values: number[] = [];
  for (let call = 0; call < length; call++) {
    const row = at.row[call] ?? -1;
    if (row >= 0 && (rows === null || rows.has(row))) values.push(at[column][call] ?? Number.NaN);
  }
  return sketchOf(values);
}
