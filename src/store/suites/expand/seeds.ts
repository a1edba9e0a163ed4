import type { Task } from "../../../domain/suite.ts";
import type { Cell } from "../../../domain/variables/matrix.ts";
import type { ParsedSuite } from "../suites.ts";

import { digestOf } from "../../../domain/digest.ts";

/** Tasks of one generator and one seed would ask the same; all but the first draw from a seed of their own. */
export function seedOfTask({ suite }: ParsedSuite, task: Task): number {
  if (!("generate" in task.items)) throw new TypeError("not a generated task");
  const { generate, seed } = task.items;
  const first = suite.tasks.find(
    ({ items }) => "generate" in items && items.generate === generate && items.seed === seed,
  );
  return first === task || first === undefined ? seed : seedOfCell(seed, { task: task.id });
}

/** A seed that depends on the cell's names and values and on no other cell. */
export const seedOfCell = (seed: number, cell: Cell): number =>
  Number.parseInt(digestOf([seed, cell]).slice(0, 12), 16);
