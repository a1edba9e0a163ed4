import type { Text } from "../domain/text.ts";
import type { Cells } from "./cells.ts";
import type { ColumnRoles, Role } from "./columns.ts";
import type { ImportedRow, Output, ImportSettings } from "./importer.ts";
import type { QuestionKind } from "./typing/kinds.ts";

import { UserError } from "../domain/text.ts";
import { answerOf, cellText, optionsOf } from "./cells.ts";
import { findColumns } from "./columns.ts";
import { outputsOf } from "./convert.ts";
import { letterAt } from "./gold.ts";
import { SkipRow } from "./importer.ts";
import { itemOf } from "./rows/row-item.ts";

/** One row of a table by column, or why it could not be read. */
export type TableRow =
  | {
      readonly row: number;
      readonly cells: Cells;
      /** Where a further head stands among the rows: its columns. */
      readonly columns?: ColumnRoles;
      readonly section?: QuestionKind | null;
      readonly doubts?: readonly Text[];
    }
  | { readonly row: number; readonly problem: Text; readonly harmless?: true };

/** A row's cells by the header above them; columns without a name are left out, cells that are missing are empty. */
export const cellsBy = (header: readonly string[], row: readonly unknown[]): Cells =>
  Object.fromEntries(
    header.map((name, index) => [name, row[index] ?? ""] as const).filter(([name]) => name !== ""),
  );

/**
 * Items out of the rows of a table. `wide`: a row is a question. `long`: a row is an option, those of one question
 * stand together. `dialogue`: a row is what one side said, those of one dialogue stand together.
 * Rejects with a `UserError` where no column can be the question.
 */
export async function* importTable(
  header: readonly string[],
  rows: AsyncIterable<TableRow>,
  settings: ImportSettings,
): AsyncGenerator<ImportedRow> {
  const columns = findColumns(header, settings.columns);
  const needed = neededRole(settings);
  if (columns.of(needed).length === 0) throw noColumn(needed, header);
  yield { row: 0, outputs: [], again: true, notes: columns.notes };
  yield* importRows(rows, columns, settings);
}

/** The role without which a table holds no questions. */
export const neededRole = ({ shape }: ImportSettings): Role =>
  shape === "dialogue" ? "text" : "question";

/** The same, where the columns are known. */
export async function* importRows(
  rows: AsyncIterable<TableRow>,
  columns: ColumnRoles,
  settings: ImportSettings,
): AsyncGenerator<ImportedRow> {
  if (settings.shape === "wide") yield* wideRows(rows, columns, settings);
  else yield* groupedRows(rows, columns, settings);
}

async function* wideRows(
  rows: AsyncIterable<TableRow>,
  columns: ColumnRoles,
  settings: ImportSettings,
): AsyncGenerator<ImportedRow> {
  for await (const each of rows) {
    const { row } = each;
    yield "problem" in each
      ? { row, outputs: [leftOut(each)] }
      : { row, outputs: outputsOf(() => [wideItem(each, columns, settings)]) };
  }
}

/** Consecutive rows with the same question or dialogue make one item, reported at the last of them. */
async function* groupedRows(
  rows: AsyncIterable<TableRow>,
  columns: ColumnRoles,
  settings: ImportSettings,
): AsyncGenerator<ImportedRow> {
  const isDialogue = settings.shape === "dialogue";
  const make = isDialogue ? dialogueItem : longItem;
  const keyColumn: Role = isDialogue ? "dialogue" : "question";
  let group: { readonly key: string; readonly row: number; readonly cells: Cells[] } | null = null;
  for await (const each of rows) {
    const { row } = each;
    if ("problem" in each) {
      yield { row, outputs: [leftOut(each)] };
      continue;
    }
    const key: string = cellText(each.cells, columns, keyColumn) ?? group?.key ?? "";
    if (group !== null && group.key === key) {
      group.cells.push(each.cells);
      yield { row, outputs: [] };
      continue;
    }
    const done = group;
    group = { key, row, cells: [each.cells] };
    const outputs =
      done === null ? [] : outputsOf(() => [make(done.cells, done.row, columns, settings)]);
    yield { row, outputs, ...(done === null ? {} : { place: String(done.row) }) };
  }
  if (group === null) return;
  const last = group;
  yield {
    row: last.row,
    outputs: outputsOf(() => [make(last.cells, last.row, columns, settings)]),
    again: true,
  };
}

const leftOut = ({ problem, harmless }: Extract<TableRow, { problem: Text }>): Output => ({
  skip: problem,
  ...(harmless === undefined ? {} : { harmless }),
});

function wideItem(
  { cells, row, columns: own, section = null, doubts = [] }: Extract<TableRow, { cells: Cells }>,
  of: ColumnRoles,
  settings: ImportSettings,
): Output {
  const columns = own ?? of;
  const question = cellText(cells, columns, "question");
  if (question === null) throw new SkipRow("没有题目", "there is no question");
  const made = itemOf({
    cells,
    row,
    columns,
    settings,
    question,
    options: optionsOf(cells, columns),
    answer: answerOf(cells, columns),
    section,
  });
  return "skip" in made ? made : { ...made, doubts: [...(made.doubts ?? []), ...doubts] };
}

function longItem(
  rows: readonly Cells[],
  row: number,
  columns: ColumnRoles,
  settings: ImportSettings,
): Output {
  const [cells = {}] = rows;
  const question = cellText(cells, columns, "question");
  if (question === null) throw new SkipRow("没有题目", "there is no question");
  const entries = rows.map(
    (each, index) =>
      [
        cellText(each, columns, "letter")?.toUpperCase() ?? letterAt(index),
        cellText(each, columns, "option") ?? "",
      ] as const,
  );
  // A question without options, such as one of true or false, has a row of its own.
  const hasNone = entries.every(([, text]) => text === "");
  if (!hasNone && entries.some(([, text]) => text === ""))
    throw new SkipRow("有选项是空的", "an option is empty");
  const right = entries.filter((_, index) =>
    isYes(cellText(rows[index] ?? {}, columns, "correct")),
  );
  const told = answerOf(cells, columns);
  const answer = right.length > 0 ? right.map(([letter]) => letter) : told;
  return itemOf({
    cells,
    row,
    columns,
    settings,
    question,
    options: hasNone ? null : Object.fromEntries(entries),
    answer,
  });
}

function dialogueItem(
  rows: readonly Cells[],
  row: number,
  columns: ColumnRoles,
  settings: ImportSettings,
): Output {
  const said = rows.map((cells) => ({
    cells,
    role: sideOf(cellText(cells, columns, "role")),
    text: cellText(cells, columns, "text") ?? "",
  }));
  const asked = said.findLastIndex(({ role }) => role === "user");
  const last = said[asked];
  if (last === undefined || last.text === "")
    throw new SkipRow("没有用户的话", "the user says nothing");
  const messages = said.slice(0, asked).map(({ role, text }) => ({ role, text }));
  const reply = said
    .slice(asked + 1)
    .map(({ text }) => text)
    .join("\n");
  const answer = answerOf(last.cells, columns);
  const options = optionsOf(last.cells, columns);
  const output = itemOf({
    cells: last.cells,
    row,
    columns,
    settings,
    question: last.text,
    options,
    answer,
    reply,
  });
  if ("skip" in output || messages.length === 0) return output;
  return { ...output, item: { ...output.item, messages } };
}

const isYes = (text: string | null): boolean =>
  /^(?:1|true|yes|y|是|对|正确|√|✓)$/i.test(text ?? "");

function sideOf(role: string | null): "user" | "assistant" | "system" {
  if (/^(?:assistant|bot|客服|助手|模型|机器人|坐席)/i.test(role ?? "")) return "assistant";
  return /^(?:system|系统)/i.test(role ?? "") ? "system" : "user";
}

export function noColumn(role: Role, header: readonly string[]): UserError {
  const names = header.filter((name) => name !== "");
  return new UserError({
    zh: `认不出哪一列是 ${role}；表里有：${names.join("、")}。请用 --columns ${role}=列名 指明；列名不在这一行的，用 --header-row 指明是第几行`,
    en: `no column looks like ${role}; the table has: ${names.join(", ")}. Name it with --columns ${role}=COLUMN; where these are not the column names, say with --header-row in which row they stand`,
  });
}
