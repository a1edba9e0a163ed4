import type { Workbook, Worksheet } from "exceljs";

import type { Item, Suite, Task } from "../../domain/suite.ts";
import type { ParsedSuite } from "../../store/suites/suites.ts";
import type { BookCell, PlainField } from "./book-cells.ts";

import { Item as ItemSchema, Suite as SuiteSchema } from "../../domain/suite.ts";
import { loadExcel } from "../../files/xlsx.ts";
import { eachWritten } from "../../store/suites/written-rows.ts";
import { readYaml } from "../../store/yaml/yaml.ts";
import { letterAt } from "../gold.ts";
import {
  bookSheets,
  isPlainCell,
  jsonCells,
  optionColumn,
  plainColumns,
  plainFields,
  restColumn,
  taskColumn,
} from "./book-cells.ts";

export type WrittenBook = {
  readonly bytes: Uint8Array;
  readonly items: number;
  readonly tasks: number;
  /** Files that the suite names and that stay where they are. */
  readonly beside: readonly string[];
};

/**
 * A workbook that holds a suite: a row for each item, and a sheet with everything that is said of the suite and its tasks.
 * `readBook` gives the same suite back; comments of the YAML are lost. Rejects with a `UserError` where the suite or its data is
 * not valid.
 */
export async function writeBook(file: string): Promise<WrittenBook> {
  // As it is written: judge files stay names.
  const { value: suite, text, locate } = await readYaml(file, SuiteSchema);
  const parsed: ParsedSuite = { file, suite, text, locate };
  const rows: { readonly task: string; readonly item: Item }[] = [];
  const examples: { readonly task: string; readonly row: unknown }[] = [];
  for (const task of suite.tasks) {
    for (const item of await itemsOf(parsed, task)) rows.push({ task: task.id, item });
    if (task.examples !== undefined && "from" in task.examples)
      for await (const row of eachWritten(parsed, task, "examples"))
        examples.push({ task: task.id, row });
  }
  const Excel = await loadExcel();
  const book = new Excel.Workbook();
  writeItems(book, rows);
  writeSuite(book, suite);
  if (examples.length > 0) {
    const sheet = sheetOf(book, bookSheets.examples, [taskColumn, restColumn]);
    for (const { task, row } of examples) sheet.addRow([task, ...jsonCells(row)]);
  }
  return {
    bytes: new Uint8Array(await book.xlsx.writeBuffer()),
    items: rows.length,
    tasks: suite.tasks.length,
    beside: [...new Set(judgeFiles(suite))],
  };
}

async function itemsOf(suite: ParsedSuite, task: Task): Promise<readonly Item[]> {
  if (Array.isArray(task.items)) return task.items;
  if (!("from" in task.items)) return [];
  const items: Item[] = [];
  for await (const row of eachWritten(suite, task, "items")) items.push(ItemSchema.parse(row));
  return items;
}

function writeItems(
  book: Workbook,
  rows: readonly { readonly task: string; readonly item: Item }[],
): void {
  const letters = Math.max(0, ...rows.map(({ item }) => lettersOf(item).length));
  const fields = plainFields.filter(
    (field) =>
      ["id", "question", "answer"].includes(field) ||
      rows.some(({ item }) => isPlainCell(item[field])),
  );
  const at = fields.indexOf("answer");
  const options = Array.from({ length: letters }, (_, index) => letterAt(index));
  const header = [
    taskColumn,
    ...fields.slice(0, at).map((field) => plainColumns[field]),
    ...options.map(optionColumn),
    ...fields.slice(at).map((field) => plainColumns[field]),
    restColumn,
  ];
  const sheet = sheetOf(book, bookSheets.items, header);
  for (const { task, item } of rows) {
    const own = lettersOf(item);
    const plain = (field: PlainField): BookCell | null => {
      const value = item[field];
      return isPlainCell(value) ? value : null;
    };
    const rest = Object.fromEntries(
      Object.entries(item).filter(([name, value]) =>
        name === "options" ? own.length === 0 : !(isPlainField(name) && isPlainCell(value)),
      ),
    );
    sheet.addRow([
      task,
      ...fields.slice(0, at).map(plain),
      ...options.map((_, index) => own[index] ?? null),
      ...fields.slice(at).map(plain),
      ...(Object.keys(rest).length === 0 ? [] : jsonCells(rest)),
    ]);
  }
}

const isPlainField = (name: string): name is PlainField =>
  plainFields.some((field) => field === name);

/** The options that columns can hold: a map of A, B, C … in order. */
function lettersOf({ options }: Item): readonly BookCell[] {
  if (options === undefined || Array.isArray(options)) return [];
  const entries = Object.entries(options);
  const isInOrder = entries.every(
    ([letter, text], index) => letter === letterAt(index) && isPlainCell(text),
  );
  return isInOrder && entries.length <= 26 ? entries.map(([, text]) => text) : [];
}

function writeSuite(book: Workbook, { tasks, ...suite }: Suite): void {
  const sheet = sheetOf(book, bookSheets.suite, ["字段", "值（JSON）"]);
  for (const [name, value] of Object.entries(suite)) sheet.addRow([name, ...jsonCells(value)]);
  for (const { items, ...head } of tasks) {
    const told = Array.isArray(items) ? { here: true } : items;
    sheet.addRow(["task", ...jsonCells({ ...head, items: told })]);
  }
}

function sheetOf(book: Workbook, name: string, header: readonly string[]): Worksheet {
  const sheet = book.addWorksheet(name, { views: [{ state: "frozen", ySplit: 1, xSplit: 0 }] });
  sheet.columns = header.map((title) => ({
    width: title === plainColumns.question ? 60 : title === restColumn ? 40 : 16,
    style: { numFmt: "@", alignment: { vertical: "top", wrapText: true } },
  }));
  sheet.addRow([...header]).font = { bold: true };
  return sheet;
}

/** Judge files by which the suite judges, as it names them. */
function judgeFiles(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  if ("use" in value && value.use === "judge" && "with" in value) {
    const given = value.with;
    if (
      typeof given === "object" &&
      given !== null &&
      "file" in given &&
      typeof given.file === "string"
    )
      return [given.file];
  }
  return Object.values(value).flatMap(judgeFiles);
}
