import type { Item, Task } from "../../../domain/suite.ts";
import type { Cell } from "../../../domain/variables/matrix.ts";
import type { ParsedSuite } from "../suites.ts";
import type { Generators, ItemSource } from "./item-source.ts";

import { cellsOf, idInCell } from "../../../domain/variables/matrix.ts";
import { problemError } from "../../../files/text-file.ts";
import { validate } from "../../../validation/issues.ts";
import { inOrder, problemAt } from "../../yaml/yaml.ts";
import { itemsPath, loadMaker, unknownGenerator } from "./builtin-generator.ts";
import { inParts } from "./in-parts.ts";
import { ladderSource } from "./ladder.ts";
import { seedOfCell, seedOfTask } from "./seeds.ts";

type Generated = Pick<ItemSource, "count" | "at">;

/**
 * The items of a generator or an environment, all cells of its matrix one after the other: `n` of each, drawn from a seed of the cell's own, so
 * that no cell asks what another asks and none changes with the others. A generator passed by the caller takes precedence
 * over a built-in one of the same name. Rejects with a `UserError` for an unknown generator and for bad options.
 */
export async function generatedSource(
  suite: ParsedSuite,
  task: Task,
  generators: Generators,
): Promise<ItemSource> {
  if (!("generate" in task.items)) throw new TypeError("not a generated task");
  const { n, matrix, levels } = task.items;
  if (levels !== undefined) return await ladderSource(suite, task, generators);
  const make = await makerOf(suite, task, generators);
  if (matrix === undefined) return { ...make({}), close };
  const cells = cellsOf(matrix);
  const made = cells.map((cell) => make(cell));
  return inParts(n, made, (item, part) => inCell(item, cells[part] ?? {}));
}

const close = (): Promise<void> => Promise.resolve();

const inCell = (item: Item, cell: Cell): Item => ({
  ...item,
  id: idInCell(item.id, cell),
  vars: { ...item.vars, ...cell },
  axes: Object.keys(cell),
});

/** Makes the items of a cell; the empty cell has the seed and the options of the suite. */
async function makerOf(
  suite: ParsedSuite,
  task: Task,
  generators: Generators,
): Promise<(cell: Cell) => Generated> {
  if (!("generate" in task.items)) throw new TypeError("not a generated task");
  const { generate, n, with: given = {}, matrix = {} } = task.items;
  const seed = seedOfTask(suite, task);
  const settingsOf = (cell: Cell) => ({
    n,
    seed: Object.keys(cell).length === 0 ? seed : seedOfCell(seed, cell),
    with: { ...given, ...cell },
  });
  if (Object.hasOwn(generators, generate)) {
    const own = generators[generate];
    if (own !== undefined) return (cell) => own(settingsOf(cell));
  }
  const builtin = await loadMaker(generate);
  if (builtin === null) throw unknownGenerator(suite, task, generators);
  const path = itemsPath(suite, task);
  const problems = cellsOf(matrix).flatMap((cell) => {
    const options = validate(builtin.options, { ...given, ...cell });
    if (options.ok) return [];
    return options.findings.map(({ path: [name = "", ...inner], at, message }) => {
      const axis = matrix[String(name)];
      const value = axis?.indexOf(cell[String(name)] ?? "") ?? 0;
      return axis === undefined || at === "key"
        ? problemAt(
            suite.locate,
            path(axis === undefined ? "with" : "matrix", name, ...inner),
            message,
            at,
          )
        : problemAt(suite.locate, path("matrix", name, value), message);
    });
  });
  if (problems.length > 0) throw problemError(inOrder(problems));
  return (cell) => builtin.make(settingsOf(cell));
}
