import type { Workbook, Worksheet } from "exceljs";

import type { Text } from "../domain/text.ts";
import type { ImportedRow, Importer, ImportNote, ImportSettings } from "../importing/importer.ts";

import { UserError } from "../domain/text.ts";
import { openWorkbook } from "../files/xlsx.ts";
import { openGrid } from "../importing/grid/import-grid.ts";
import { gridRows, hiddenNotes } from "../importing/grid/sheet-rows.ts";
import { neededRole, noColumn } from "../importing/table.ts";
import { kindNamed } from "../importing/typing/kinds.ts";

/**
 * The sheets of a workbook that hold questions, each with its own column names. Rows are named by their numbers in the sheet;
 * merged cells hold what their first one does.
 */
export const importer: Importer = {
  id: "xlsx",
  title: { zh: "Excel 工作簿", en: "Excel workbook" },
  source: null,
  license: null,
  matches: /\.xlsx$/i,
  async *read(file, settings) {
    const workbook = await openWorkbook(file);
    const sheets = picked(workbook, settings.sheet, file);
    const found: Opened[] = [];
    for (const sheet of sheets) found.push(await opened(sheet, file, settings, sheets.length > 1));
    const read = found.filter((each) => "rows" in each);
    const left = found.filter((each) => "error" in each);
    if (read.length === 0 && left[0] !== undefined) throw left[0].error;
    for (const { sheet, rows } of read) {
      for await (const row of rows) yield read.length > 1 ? placed(row, sheet.name) : row;
      yield noted(hiddenNotes(sheet, read.length > 1));
    }
    yield noted([...left.map(({ note }) => note), ...hiddenSheets(workbook, settings)]);
  },
};

type Opened =
  | { readonly sheet: Worksheet; readonly rows: AsyncIterable<ImportedRow> }
  | { readonly error: UserError; readonly note: ImportNote };

async function opened(
  sheet: Worksheet,
  file: string,
  settings: ImportSettings,
  several: boolean,
): Promise<Opened> {
  const needed = neededRole(settings);
  try {
    const grid = await openGrid(gridRows(sheet), settings, kindNamed(sheet.name));
    if (grid === null) return { error: empty(file, sheet.name), note: noQuestions(sheet.name) };
    if (grid.columns.of(needed).length > 0) return { sheet, rows: grid.rows };
    return { error: noColumn(needed, grid.header), note: noQuestions(sheet.name) };
  } catch (error) {
    // What the user said of the columns may be meant for another sheet.
    if (!several || !(error instanceof UserError)) throw error;
    return { error, note: notAsTold(sheet.name, error.text) };
  }
}

function picked(workbook: Workbook, name: string | null, file: string): readonly Worksheet[] {
  const sheets = workbook.worksheets;
  if (name === null) {
    const shown = sheets.filter(({ state }) => state === "visible");
    return shown.length > 0 ? shown : sheets;
  }
  const found = sheets.find((sheet) => sheet.name === name);
  if (found !== undefined) return [found];
  const names = sheets.map((sheet) => sheet.name);
  throw new UserError({
    zh: `${file}：没有名为“${name}”的工作表；有：${names.join("、")}`,
    en: `${file}: there is no sheet "${name}"; it has: ${names.join(", ")}`,
  });
}

const noted = (notes: readonly ImportNote[]): ImportedRow => ({
  row: 0,
  outputs: [],
  again: true,
  notes,
});

/** What is said of one sheet among several names it. */
function placed(row: ImportedRow, sheet: string): ImportedRow {
  const notes = row.notes?.map(({ text, ...note }) => ({
    ...note,
    text: { zh: `${sheet}：${text.zh}`, en: `${sheet}: ${text.en}` },
  }));
  return {
    ...row,
    place: `${sheet}!${row.place ?? row.row}`,
    ...(notes === undefined ? {} : { notes }),
  };
}

function hiddenSheets(workbook: Workbook, { sheet }: ImportSettings): ImportNote[] {
  const hidden = workbook.worksheets
    .filter(({ state }) => state !== "visible")
    .map(({ name }) => name);
  if (sheet !== null || hidden.length === 0 || hidden.length === workbook.worksheets.length)
    return [];
  return [
    {
      text: {
        zh: `隐藏的工作表没有读：${hidden.join("、")}`,
        en: `hidden sheets were not read: ${hidden.join(", ")}`,
      },
      change: "--sheet",
      sure: true,
    },
  ];
}

const noQuestions = (sheet: string): ImportNote => ({
  text: {
    zh: `工作表“${sheet}”没有题目列，没有读`,
    en: `the sheet "${sheet}" has no column of questions and was not read`,
  },
  change: "--sheet",
  sure: true,
});

const notAsTold = (sheet: string, { zh, en }: Text): ImportNote => ({
  text: { zh: `工作表“${sheet}”没有读：${zh}`, en: `the sheet "${sheet}" was not read: ${en}` },
  change: "--columns",
  sure: true,
});

const empty = (file: string, sheet: string): UserError =>
  new UserError({
    zh: `${file}：工作表“${sheet}”是空的`,
    en: `${file}: the sheet "${sheet}" is empty`,
  });
