import type { Soon } from "../../domain/schema/soon.ts";
import type { Task } from "../../domain/suite.ts";
import type { Problem } from "../../domain/text.ts";
import type { Locate } from "../yaml/yaml.ts";
import type { Generators, ItemSource } from "./expand/item-source.ts";
import type { Preparer } from "./expand/prepare.ts";
import type { Row } from "./rows.ts";
import type { NamedFile, ParsedSuite } from "./suites.ts";

import { whenThere } from "../../domain/schema/soon.ts";
import { Item } from "../../domain/suite.ts";
import { indexRows, openFile, readRange } from "../../files/jsonl.ts";
import { eachLine, isBlank, lineBatches } from "../../files/lines.ts";
import { problemError } from "../../files/text-file.ts";
import { type CompiledCheck, compiledCheck } from "../../validation/compiled-check.ts";
import { pathText } from "../../validation/path-text.ts";
import { generatedSource } from "./expand/generated.ts";
import { openPreparer } from "./expand/prepare.ts";
import { parseRow } from "./rows.ts";
import { dataFile, fileProblem } from "./suites.ts";

/** Rows after which the check is compiled: it takes as long as a few hundred rows by the schema. */
const rowsUncompiled = 256;
let rowsRead = 0;
let itemCheck: CompiledCheck | null = null;

function fitsItem(): CompiledCheck | null {
  rowsRead += 1;
  if (rowsRead > rowsUncompiled) itemCheck ??= compiledCheck(Item);
  return itemCheck;
}

/** A file up to this size is read once: rows are read in any order, and each would cost a system call. */
const mostHeldBytes = 16 << 20;

/** Opens the items of a task, as they are asked, for reading in any order. Close it when done. */
export async function openItems(
  suite: ParsedSuite,
  task: Task,
  generators: Generators = {},
): Promise<ItemSource> {
  const { cells, prepare } = await openPreparer(suite, task);
  const source = await openWritten(suite, task, generators);
  const refuse = async (problems: readonly Problem[], at: number): Promise<never> => {
    throw problemError(await source.placed(problems, at));
  };
  return {
    count: source.count * cells.length,
    at: (row) => {
      const at = Math.floor(row / cells.length);
      return whenThere(source.written(at), ({ item, locate }) => {
        const made = prepare(item, cells[row % cells.length] ?? {}, locate);
        return made.ok ? made.value : refuse(made.problems, at);
      });
    },
    close: source.close,
  };
}

type Written = { readonly item: Item; readonly locate: Locate };

/** The items as they were written, by row; `placed` gives problems with one of them their line. */
type WrittenSource = {
  readonly count: number;
  readonly written: (row: number) => Soon<Written>;
  readonly placed: (problems: readonly Problem[], row: number) => Promise<readonly Problem[]>;
  readonly close: () => Promise<void>;
};

async function openWritten(
  suite: ParsedSuite,
  task: Task,
  generators: Generators,
): Promise<WrittenSource> {
  const data = dataFile(suite, task);
  if (data !== null) return await openRows(suite, task, data);
  const { items } = task;
  const source = Array.isArray(items)
    ? inline(items)
    : await generatedSource(suite, task, generators);
  return {
    count: source.count,
    written: (row) =>
      whenThere(source.at(row), (item) => ({ item, locate: itemLocator(suite, task, row) })),
    placed: (problems) => Promise.resolve(problems),
    close: source.close,
  };
}

async function openRows(suite: ParsedSuite, task: Task, data: NamedFile): Promise<WrittenSource> {
  const { file } = data;
  const handle = await openData(suite, task, data);
  try {
    const offsets = await indexRows(handle, file);
    const { size } = await handle.stat();
    const held = size <= mostHeldBytes ? readRange(handle, 0, size) : null;
    const placed: WrittenSource["placed"] = async (problems, row) => {
      const line = await lineAt(file, offsets[row] ?? 0);
      return problems.map((problem) =>
        problem.place.file === file ? onLine(problem, line) : problem,
      );
    };
    const refuse = async (problems: readonly Problem[], row: number): Promise<never> => {
      throw problemError(await placed(problems, row));
    };
    return {
      count: offsets.length - 1,
      written: (row) => {
        const [from, to] = [offsets[row], offsets[row + 1]];
        if (from === undefined || to === undefined)
          return Promise.reject(noRow(row, offsets.length - 1));
        const bytes = held?.subarray(from, to) ?? readRange(handle, from, to);
        const result = parseRow(bytes, Item, { file, line: 0 }, fitsItem());
        if (!result.ok) return refuse(result.problems, row);
        return { item: result.value, locate: lineLocator(file, 0) };
      },
      placed,
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

/** An item as it is asked, or its problems, with what it was written as and where. */
export type PreparedRow = {
  readonly row: Row<Item>;
  /** The variables that stand in the item itself. */
  readonly vars: Item["vars"];
  readonly line: number | null;
  readonly locate: Locate;
};

/** Like `eachItem`, but an invalid row comes with its problems instead of ending the stream. */
export async function* eachRow(
  suite: ParsedSuite,
  task: Task,
  generators: Generators = {},
  given: Preparer | null = null,
): AsyncGenerator<PreparedRow> {
  const { cells, prepare } = given ?? (await openPreparer(suite, task));
  for await (const { row, line, locate } of writtenRows(suite, task, generators)) {
    if (!row.ok) {
      yield { row, line, locate, vars: undefined };
      continue;
    }
    const vars = "generate" in task.items ? undefined : row.value.vars;
    for (const cell of cells) {
      const made = prepare(row.value, cell, locate);
      yield { row: made.ok ? { ...made, text: row.text } : made, line, locate, vars };
    }
  }
}

async function* writtenRows(
  suite: ParsedSuite,
  task: Task,
  generators: Generators,
): AsyncGenerator<Omit<PreparedRow, "vars">> {
  const data = dataFile(suite, task);
  if (data === null) {
    const source = await openWritten(suite, task, generators);
    for (let at = 0; at < source.count; at += 1) {
      const { item, locate } = await source.written(at);
      yield { row: { ok: true, value: item, text: null }, line: null, locate };
    }
    return;
  }
  const { file } = data;
  const handle = await openData(suite, task, data);
  try {
    for await (const batch of lineBatches(handle, { shown: file })) {
      for (const { bytes, line } of batch) {
        if (isBlank(bytes)) continue;
        const row = parseRow(bytes, Item, { file, line }, fitsItem());
        yield { row, line, locate: lineLocator(file, line) };
      }
    }
  } finally {
    await handle.close();
  }
}

/** Locations inside an item of the suite's own file; those of a generator have none but the task's. */
function itemLocator(suite: ParsedSuite, task: Task, row: number): Locate {
  const index = suite.suite.tasks.indexOf(task);
  return (path, at) => suite.locate(["tasks", index, "items", row, ...path], at);
}

const lineLocator =
  (file: string, line: number | null): Locate =>
  (path) => ({ file, line, column: null, path: pathText(path) });

function inline(items: readonly Item[]): ItemSource {
  return {
    count: items.length,
    at: (row) => {
      const item = items[row];
      return item ?? Promise.reject(noRow(row, items.length));
    },
    close: () => Promise.resolve(),
  };
}

async function openData(suite: ParsedSuite, task: Task, data: NamedFile) {
  const index = suite.suite.tasks.indexOf(task);
  const problem = await fileProblem(suite, ["tasks", index, ...data.path], data);
  if (problem !== null) throw problemError([problem]);
  return openFile(data.file);
}

/** Counted only if a row is bad, so that good rows need no line numbers in memory. */
async function lineAt(file: string, offset: number): Promise<number> {
  const handle = await openFile(file);
  try {
    for await (const { start, line } of eachLine(handle, { shown: file }))
      if (start >= offset) return line;
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
