import type { Item, Task } from "../../../domain/suite.ts";
import type { Cell } from "../../../domain/variables/matrix.ts";
import type { Generators, ItemSource } from "./item-source.ts";
import type { ParsedSuite } from "../suites.ts";

import { digestOf } from "../../../domain/digest.ts";
import { cellsOf, idInCell } from "../../../domain/variables/matrix.ts";
import { problemError } from "../../../files/text-file.ts";
import { pluginIds } from "../../../plugins.ts";
import { validate } from "../../../validation/issues.ts";
import { unknownName } from "../../../validation/suggest.ts";
import { inOrder, problemAt } from "../../yaml/yaml.ts";

type Generated = Pick<ItemSource, "count" | "at">;

/**
 * The items of a generator, all cells of its matrix one after the other: `n` of each, drawn from a seed of the cell's own, so
 * that no cell asks what another asks and none changes with the others. A generator passed by the caller takes precedence
 * over a built-in one of the same name. Rejects with a `UserError` for an unknown generator and for bad options.
 */
export async function generatedSource(
  suite: ParsedSuite,
  task: Task,
  generators: Generators,
): Promise<ItemSource> {
  if (!("generate" in task.items)) throw new TypeError("not a generated task");
  const { n, matrix } = task.items;
  const make = await makerOf(suite, task, generators);
  if (matrix === undefined) return { ...make({}), close };
  const cells = cellsOf(matrix);
  const made = cells.map((cell) => make(cell));
  return {
    count: n * cells.length,
    at: async (row) => {
      const place = Math.floor(row / n);
      const [source, cell] = [made[place], cells[place]];
      if (source === undefined || cell === undefined) throw new RangeError(`row ${row}`);
      return inCell(await source.at(row % n), cell);
    },
    close,
  };
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
  // Only suites with generated tasks need it.
  const { generatedItems, loadGenerator } = await import("../../../generating/generator.ts");
  const builtin = await loadGenerator(generate);
  const path = (...inner: readonly PropertyKey[]): readonly PropertyKey[] => [
    "tasks",
    suite.suite.tasks.indexOf(task),
    "items",
    ...inner,
  ];
  if (builtin === null) {
    const kind = { zh: "题目生成器", en: "generator" };
    const known = [...Object.keys(generators), ...pluginIds("generators")];
    throw problemError([
      problemAt(suite.locate, path("generate"), unknownName(kind, generate, known)),
    ]);
  }
  const problems = cellsOf(matrix).flatMap((cell) => {
    const options = validate(builtin.options, { ...given, ...cell });
    if (options.ok) return [];
    return options.findings.map(({ path: [name = "", ...inner], at, message }) => {
      const axis = matrix[String(name)];
      const value = axis?.indexOf(cell[String(name)] ?? "") ?? 0;
      return axis === undefined || at === "key"
        ? problemAt(suite.locate, path(axis === undefined ? "with" : "matrix", name, ...inner), message, at)
        : problemAt(suite.locate, path("matrix", name, value), message);
    });
  });
  if (problems.length > 0) throw problemError(inOrder(problems));
  return (cell) => generatedItems(builtin, settingsOf(cell));
}

/** Tasks of one generator and one seed would ask the same; all but the first draw from a seed of their own. */
function seedOfTask({ suite }: ParsedSuite, task: Task): number {
  if (!("generate" in task.items)) throw new TypeError("not a generated task");
  const { generate, seed } = task.items;
  const first = suite.tasks.find(
    ({ items }) => "generate" in items && items.generate === generate && items.seed === seed,
  );
  return first === task || first === undefined ? seed : seedOfCell(seed, { task: task.id });
}

/** A seed that depends on the cell's names and values and on no other cell. */
const seedOfCell = (seed: number, cell: Cell): number =>
  Number.parseInt(digestOf([seed, cell]).slice(0, 12), 16);
