import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import type { Row, Workbook, Worksheet } from "exceljs";
import { stringify } from "yaml";

import type { Item, Suite, Task } from "../../domain/suite.ts";
import type { Text } from "../../domain/text.ts";
import type { BookCell } from "./book-cells.ts";

import { formats } from "../../domain/formats.ts";
import { Item as ItemSchema, Suite as SuiteSchema } from "../../domain/suite.ts";
import { UserError } from "../../domain/text.ts";
import { openWorkbook } from "../../files/xlsx.ts";
import { validate } from "../../validation/issues.ts";
import { letterAt } from "../gold.ts";
import { suiteIdOf } from "../writer.ts";
import {
  bookCell,
  bookSheets,
  optionColumn,
  plainColumns,
  plainFields,
  restColumn,
  taskColumn,
} from "./book-cells.ts";

export type ReadBook = {
  readonly suite: Suite;
  /** Data files by their path beside the suite's own file. */
  readonly data: ReadonlyMap<string, readonly unknown[]>;
  readonly items: number;
};

/** True of a workbook that `writeBook` wrote, whatever became of its rows. */
export const isSuiteBook = (book: Workbook): boolean => {
  const first = book.getWorksheet(bookSheets.suite)?.getRow(2);
  return (
    first !== undefined &&
    bookCell(first, 1) === "schema" &&
    bookCell(first, 2) === JSON.stringify(formats.suite)
  );
};

/**
 * The suite of a workbook that `export suite` wrote and people may have edited. `out` is the file that it is meant for, beside
 * which its data lies. Rejects with a `UserError` that names sheet and row where something cannot be read.
 */
export async function readBook(file: string, out: string): Promise<ReadBook> {
  const book = await openWorkbook(file);
  const sheet = book.getWorksheet(bookSheets.suite);
  if (sheet === undefined || !isSuiteBook(book)) throw noSuite(file);
  const rows = itemsIn(book);
  const examples = examplesIn(book);
  const data = new Map<string, readonly unknown[]>();
  const folder = `data/${suiteIdOf(out)}`;
  const fields: Record<string, unknown> = {};
  const tasks: unknown[] = [];
  const seen = new Set<string>();
  for (let at = 2; at <= sheet.rowCount; at += 1) {
    const name = bookCell(sheet.getRow(at), 1);
    if (name === null) continue;
    const value = jsonFrom(sheet, at, 2);
    if (name !== "task") {
      fields[String(name)] = value;
      continue;
    }
    const { items, examples: shots, ...head } = taskHead(value, at);
    seen.add(head.id);
    const own = rows.filter(({ task }) => task === head.id).map(({ item }) => item);
    const path = `${folder}/${head.id}.jsonl`;
    const isFile = "from" in items;
    if (isFile) data.set(path, own);
    const drawn = typeof shots === "object" && shots !== null && "from" in shots;
    const shotsPath = `${folder}/${head.id}.dev.jsonl`;
    if (drawn)
      data.set(
        shotsPath,
        examples.filter(({ task }) => task === head.id).map(({ row }) => row),
      );
    tasks.push({
      ...head,
      ...(shots === undefined ? {} : { examples: drawn ? { ...shots, from: shotsPath } : shots }),
      items: isFile ? { ...items, from: path } : "here" in items ? own : items,
    });
  }
  const stray = rows.find(({ task }) => !seen.has(task));
  if (stray !== undefined) throw at(bookSheets.items, stray.row, noTask(stray.task));
  const read = validate(SuiteSchema, { ...fields, tasks });
  if (!read.ok) {
    const [finding] = read.findings;
    throw at(bookSheets.suite, null, pathed(finding?.path ?? [], finding?.message));
  }
  return { suite: read.value, data, items: rows.length };
}

/** Writes the suite and its data files beside it; each is whole or not there. */
export async function writeReadBook({ suite, data }: ReadBook, out: string): Promise<void> {
  await mkdir(dirname(out), { recursive: true });
  for (const [path, rows] of data) {
    const file = join(dirname(out), path);
    await mkdir(dirname(file), { recursive: true });
    await inPlace(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  }
  await inPlace(out, stringify(suite, { lineWidth: 0, aliasDuplicateObjects: false }));
}

async function inPlace(file: string, text: string): Promise<void> {
  const part = `${file}.part`;
  try {
    await writeFile(part, text);
    await rename(part, file);
  } finally {
    await rm(part, { force: true });
  }
}

function itemsIn(
  book: Workbook,
): readonly { readonly task: string; readonly row: number; readonly item: Item }[] {
  const sheet = book.getWorksheet(bookSheets.items);
  if (sheet === undefined) return [];
  const columns = columnsOf(sheet);
  const found: { readonly task: string; readonly row: number; readonly item: Item }[] = [];
  for (let number = 2; number <= sheet.rowCount; number += 1) {
    const row = sheet.getRow(number);
    const cell = (name: string): BookCell | null => {
      const column = columns.get(name);
      return column === undefined ? null : bookCell(row, column);
    };
    const task = cell(taskColumn);
    const item = itemIn(sheet, row, columns, cell);
    if (task === null && item === null) continue;
    if (task === null) throw at(bookSheets.items, number, missing(taskColumn));
    const read = validate(ItemSchema, item ?? {});
    if (!read.ok)
      throw at(
        bookSheets.items,
        number,
        pathed(read.findings[0]?.path ?? [], read.findings[0]?.message),
      );
    found.push({ task: String(task), row: number, item: read.value });
  }
  return found;
}

function itemIn(
  sheet: Worksheet,
  row: Row,
  columns: ReadonlyMap<string, number>,
  cell: (name: string) => BookCell | null,
): Readonly<Record<string, unknown>> | null {
  const rest = columns.get(restColumn);
  const told =
    rest === undefined || bookCell(row, rest) === null ? {} : jsonFrom(sheet, row.number, rest);
  const plain = plainFields.flatMap((field) => {
    const value = cell(plainColumns[field]);
    // An id that a spreadsheet made a number of is still a name.
    return value === null ? [] : [[field, field === "id" ? String(value) : value] as const];
  });
  const options = Array.from({ length: 26 }, (_, index) => letterAt(index)).flatMap((letter) => {
    const value = cell(optionColumn(letter));
    return value === null ? [] : [[letter, value] as const];
  });
  const item = {
    ...(typeof told === "object" ? told : {}),
    ...Object.fromEntries(plain),
    ...(options.length === 0 ? {} : { options: Object.fromEntries(options) }),
  };
  return Object.keys(item).length === 0 ? null : item;
}

function examplesIn(book: Workbook): readonly { readonly task: string; readonly row: unknown }[] {
  const sheet = book.getWorksheet(bookSheets.examples);
  if (sheet === undefined) return [];
  return Array.from({ length: Math.max(0, sheet.rowCount - 1) }, (_, index) => index + 2).flatMap(
    (number) => {
      const task = bookCell(sheet.getRow(number), 1);
      return task === null ? [] : [{ task: String(task), row: jsonFrom(sheet, number, 2) }];
    },
  );
}

function columnsOf(sheet: Worksheet): ReadonlyMap<string, number> {
  const row = sheet.getRow(1);
  const names = Array.from({ length: row.cellCount }, (_, index) =>
    String(bookCell(row, index + 1) ?? ""),
  );
  return new Map(
    names.map((name, index) => [name, index + 1] as const).filter(([name]) => name !== ""),
  );
}

/** The JSON that begins in a cell and may go on in those to its right. */
function jsonFrom(sheet: Worksheet, number: number, column: number): unknown {
  const row = sheet.getRow(number);
  let text = "";
  for (let next = column; ; next += 1) {
    const cell = bookCell(row, next);
    if (cell === null) break;
    text += String(cell);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw at(sheet.name, number, notJson(error));
  }
}

type Head = Omit<Task, "items"> & {
  readonly items: Exclude<Task["items"], unknown[]> | { readonly here: true };
};

function taskHead(value: unknown, row: number): Head {
  const isHead =
    typeof value === "object" &&
    value !== null &&
    "id" in value &&
    typeof value.id === "string" &&
    "items" in value &&
    typeof value.items === "object" &&
    value.items !== null;
  // What it holds is checked with the suite.
  if (isHead) return value as Head;
  throw at(bookSheets.suite, row, { zh: "不是一个任务", en: "is no task" });
}

const at = (sheet: string, row: number | null, { zh, en }: Text): UserError =>
  new UserError({
    zh: `工作表“${sheet}”${row === null ? "" : `第 ${row} 行`}：${zh}`,
    en: `sheet "${sheet}"${row === null ? "" : `, row ${row}`}: ${en}`,
  });

const pathed = (path: readonly PropertyKey[], message: Text | undefined): Text => {
  const where = path.map(String).join(".");
  return { zh: `${where} ${message?.zh ?? ""}`.trim(), en: `${where} ${message?.en ?? ""}`.trim() };
};

const noSuite = (file: string): UserError =>
  new UserError({
    zh: `${file}：不是 baimo export suite 写出的工作簿`,
    en: `${file}: was not written by baimo export suite`,
  });
const noTask = (task: string): Text => ({
  zh: `没有任务“${task}”；任务写在工作表“${bookSheets.suite}”里`,
  en: `there is no task "${task}"; tasks stand in the sheet "${bookSheets.suite}"`,
});
const missing = (column: string): Text => ({ zh: `“${column}”是空的`, en: `"${column}" is empty` });
const notJson = (error: unknown): Text => {
  const reason = error instanceof Error ? error.message : String(error);
  return { zh: `不是有效的 JSON（${reason}）`, en: `not valid JSON (${reason})` };
};
