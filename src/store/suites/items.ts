import type { Problem } from "../../domain/text.ts";
import type { ParsedSuite } from "./suites.ts";

import { Item } from "../../domain/suite.ts";
import type { GeneratedSettings } from "../../generating/generator.ts";
import { pluginIds } from "../../plugins.ts";
import type { Task } from "../../domain/suite.ts";
import { validate } from "../../validation/issues.ts";
import { unknownName } from "../../validation/suggest.ts";
import { indexRows, openFile, readRange } from "../../files/jsonl.ts";
import { eachLine } from "../../files/lines.ts";
import { dataFile, dataProblem } from "./suites.ts";
import { problemError } from "../../files/text-file.ts";
import { problemAt } from "../yaml/yaml.ts";
import { parseRow } from "./rows.ts";
import type { Row } from "./rows.ts";

/** The items of a task by row, from 0. A million rows take eight megabytes, plus at most sixteen of cached text. */
export type ItemSource = {
  readonly count: number;
  /** The item at a row. Rejects with a `UserError` that names file and line if it is invalid. */
  readonly at: (row: number) => Promise<Item>;
  readonly close: () => Promise<void>;
};

/** Item generators by name; the same settings always give the same items. */
export type Generators = Readonly<
  Record<string, (settings: GeneratedSettings) => Pick<ItemSource, "count" | "at">>
>;

/** A file up to this size is read once: rows are read in any order, and each would cost a system call. */
const mostHeldBytes = 16 << 20;

/** Opens the items of a task for reading in any order. Close it when done. */
export async function openItems(
  suite: ParsedSuite,
  task: Task,
  generators: Generators = {},
): Promise<ItemSource> {
  if (Array.isArray(task.items)) return inline(task.items);
  if ("generate" in task.items) return await generated(suite, task, generators);
  const file = dataFile(suite, task) ?? "";
  const handle = await openData(suite, task, file);
  try {
    const offsets = await indexRows(handle, file);
    const { size } = await handle.stat();
    const held = size <= mostHeldBytes ? readRange(handle, 0, size) : null;
    return {
      count: offsets.length - 1,
      at: async (row) => {
        const [from, to] = [offsets[row], offsets[row + 1]];
        if (from === undefined || to === undefined) throw noRow(row, offsets.length - 1);
        const bytes = held?.subarray(from, to) ?? readRange(handle, from, to);
        const result = parseRow(bytes, Item, { file, line: 0 });
        if (result.ok) return result.value;
        const line = await lineAt(file, from);
        throw problemError(result.problems.map((problem) => onLine(problem, line)));
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Streams the items of a task in order; `line` is the line in the data file, null if there is none. */
export async function* eachItem(
  suite: ParsedSuite,
  task: Task,
  generators: Generators = {},
): AsyncGenerator<{ readonly item: Item; readonly line: number | null }> {
  for await (const { row, line } of eachRow(suite, task, generators)) {
    if (!row.ok) throw problemError(row.problems);
    yield { item: row.value, line };
  }
}

/** Like `eachItem`, but an invalid row comes with its problems instead of ending the stream. */
export async function* eachRow(
  suite: ParsedSuite,
  task: Task,
  generators: Generators = {},
): AsyncGenerator<{ readonly row: Row<Item>; readonly line: number | null }> {
  const file = dataFile(suite, task);
  if (file === null) {
    const source = await openItems(suite, task, generators);
    for (let row = 0; row < source.count; row += 1) {
      yield { row: { ok: true, value: await source.at(row), text: null }, line: null };
    }
    return;
  }
  const handle = await openData(suite, task, file);
  try {
    for await (const { bytes, line } of eachLine(handle, { shown: file })) {
      yield { row: parseRow(bytes, Item, { file, line }), line };
    }
  } finally {
    await handle.close();
  }
}

function inline(items: readonly Item[]): ItemSource {
  return {
    count: items.length,
    at: (row) => {
      const item = items[row];
      return item === undefined ? Promise.reject(noRow(row, items.length)) : Promise.resolve(item);
    },
    close: () => Promise.resolve(),
  };
}

/** A generator passed by the caller takes precedence over a built-in one of the same name. */
async function generated(
  suite: ParsedSuite,
  task: Task,
  generators: Generators,
): Promise<ItemSource> {
  if (!("generate" in task.items)) throw new TypeError("not a generated task");
  const { generate, n, seed, with: given = {} } = task.items;
  const settings = { n, seed, with: given };
  // Only suites with generated tasks need it.
  const { generatedItems, loadGenerator } = await import("../../generating/generator.ts");
  const own = Object.hasOwn(generators, generate) ? generators[generate] : undefined;
  const builtin = own === undefined ? await loadGenerator(generate) : null;
  const path = (name: string): readonly PropertyKey[] => [
    "tasks",
    suite.suite.tasks.indexOf(task),
    "items",
    name,
  ];
  if (own !== undefined) return { ...own(settings), close: () => Promise.resolve() };
  if (builtin === null && pluginIds("environments").includes(generate)) {
    const { playedItems } = await import("./play/played-items.ts");
    return playedItems(generate, settings, (inner, message, at) =>
      problemAt(suite.locate, [...path("with"), ...inner], message, at),
    );
  }
  if (builtin === null) {
    const kind = { zh: "题目生成器", en: "generator" };
    const known = [...Object.keys(generators), ...pluginIds("generators"), ...pluginIds("environments")];
    throw problemError([
      problemAt(suite.locate, path("generate"), unknownName(kind, generate, known)),
    ]);
  }
  const options = validate(builtin.options, given);
  if (!options.ok) {
    const problems = options.findings.map(({ path: inner, at, message }) =>
      problemAt(suite.locate, [...path("with"), ...inner], message, at),
    );
    throw problemError(problems);
  }
  return { ...generatedItems(builtin, settings), close: () => Promise.resolve() };
}

async function openData(suite: ParsedSuite, task: Task, file: string) {
  const problem = await dataProblem(suite, suite.suite.tasks.indexOf(task), task);
  if (problem !== null) throw problemError([problem]);
  return openFile(file);
}

/** Counted only if a row is bad, so that good rows need no line numbers in memory. */
async function lineAt(file: string, offset: number): Promise<number> {
  const handle = await openFile(file);
  try {
    for await (const { start, line } of eachLine(handle, { shown: file })) if (start >= offset) return line;
    return 0;
  } finally {
    await handle.close();
  }
}

const onLine = (problem: Problem, line: number): Problem => ({
  ...problem,
  place: { ...problem.place, line },
});

const noRow = (row: number, count: number): RangeError =>
  new RangeError(`row ${row} of ${count} rows`);
