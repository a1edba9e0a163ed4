import { extname } from "node:path";

import type { SourceLocation, Text } from "../../../domain/text.ts";
import type { GridRow } from "../../../importing/grid/grid-row.ts";
import type { ClauseColumns } from "./columns.ts";
import type { ClauseField, RawClause } from "./raw-clause.ts";

import { UserError } from "../../../domain/text.ts";
import { csvRecords } from "../../../files/csv.ts";
import { decodedText } from "../../../files/decode.ts";
import { lineLimit } from "../../../files/line-limit.ts";
import { openWorkbook } from "../../../files/xlsx.ts";
import { onlyText, textsOf } from "../../../importing/grid/grid-row.ts";
import { gridRows } from "../../../importing/grid/sheet-rows.ts";
import { clauseColumns } from "./columns.ts";
import { clauseFields } from "./raw-clause.ts";

/** Clauses of a workbook or a CSV file. */
export type ClauseTable = {
  readonly title: string | null;
  readonly raw: readonly RawClause[];
  readonly notes: readonly Text[];
};

type NamedSheet = { readonly name: string; readonly rows: readonly GridRow[] };

const headRows = 15;

/**
 * Reads the clauses of a table as buyers write them: titles above the head, several sheets, parts with titles, heads that repeat,
 * numbers that stand once above several rows. `shown` names the file in messages. Rejects with a `UserError` where no sheet has
 * columns for requirements or measures.
 */
export async function readClauseTable(path: string, shown: string): Promise<ClauseTable> {
  const sheets =
    extname(path).toLowerCase() === ".xlsx" ? await sheetsOf(path) : [await csvSheet(path)];
  const found = sheets.map((sheet) => ({ sheet, table: tableOf(sheet, shown, sheets.length > 1) }));
  const read = found.flatMap(({ table }) => (table === null ? [] : [table]));
  if (read.length === 0) throw noHead(shown, sheets);
  const left = found.filter(({ sheet, table }) => table === null && sheet.rows.length > 0);
  return {
    title: read.find(({ title }) => title !== null)?.title ?? null,
    raw: read.flatMap(({ raw }) => raw),
    notes: [
      ...read.flatMap(({ notes }) => notes),
      ...left.map(({ sheet }) => sheetLeft(sheet.name)),
    ],
  };
}

async function sheetsOf(path: string): Promise<readonly NamedSheet[]> {
  const workbook = await openWorkbook(path);
  const shown = workbook.worksheets.filter(({ state }) => state === "visible");
  return Promise.all(
    shown.map(async (sheet) => ({ name: sheet.name, rows: await collected(gridRows(sheet)) })),
  );
}

async function csvSheet(path: string): Promise<NamedSheet> {
  const records = await collected(csvRecords(decodedText(path, lineLimit())));
  const rows = records.map((record): GridRow =>
    "problem" in record
      ? { row: record.line, problem: record.problem }
      : { row: record.line, cells: record.cells },
  );
  return { name: "", rows };
}

async function collected<Each>(all: AsyncIterable<Each>): Promise<readonly Each[]> {
  const found: Each[] = [];
  for await (const each of all) found.push(each);
  return found;
}

/** Null where the sheet has no head. */
function tableOf({ name, rows }: NamedSheet, shown: string, several: boolean): ClauseTable | null {
  const filled = rows.filter(
    (row) => "problem" in row || textsOf(row.cells).some((text) => text !== ""),
  );
  const texts = filled.map((row) => ("problem" in row ? [] : textsOf(row.cells)));
  const heads = texts.slice(0, headRows).map((row) => clauseColumns(row));
  const best = Math.max(0, ...heads.map((each) => each?.at.size ?? 0));
  const start = heads.findIndex((each) => each !== null && each.at.size === best);
  if (start < 0) return null;
  const second = joinedHead(texts[start] ?? [], texts[start + 1] ?? []);
  const from = start + (second === null ? 1 : 2);
  const first = clauseColumns(second ?? texts[start] ?? [], texts.slice(from));
  if (first === null) return null;
  const raw: RawClause[] = [];
  const notes: Text[] = [...first.notes];
  let columns: ClauseColumns = first;
  let last = "";
  let sectionUnit: string | null = null;
  for (const row of filled.slice(from)) {
    if ("problem" in row) {
      notes.push({
        zh: `第 ${row.row} 行：${row.problem.zh}`,
        en: `row ${row.row}: ${row.problem.en}`,
      });
      continue;
    }
    const cells = textsOf(row.cells);
    const head = clauseColumns(cells);
    if (head !== null && head.at.size >= 3 && isHead(cells)) {
      columns = cells.every((cell, index) => cell === texts[start]?.[index]) ? first : head;
      continue;
    }
    const only = onlyText(cells);
    if (only !== null && isTitle(only, cells, columns)) {
      sectionUnit = /单位\s*[:：]?\s*([^()（）]+)/u.exec(only)?.[1]?.trim() ?? null;
      notes.push({
        zh: `第 ${row.row} 行“${only}”当作标题跳过`,
        en: `row ${row.row}, "${only}", was taken for a title`,
      });
      continue;
    }
    const fields = fieldsOf(cells, columns, sectionUnit);
    if (fields.requirement === undefined && fields.measure === undefined) continue;
    const no = fields.no ?? (columns.at.has("no") ? last : leadingNumber(fields.requirement));
    last = no;
    raw.push({
      fields: { ...fields, no },
      placeOf: placer({ file: shown, sheet: several ? name : "", row: row.row }, columns, cells),
      strict: false,
    });
  }
  const title = filled
    .slice(0, start)
    .flatMap((row) => ("problem" in row ? [] : (onlyText(textsOf(row.cells)) ?? [])))[0];
  return { title: title ?? null, raw, notes };
}

/** Names of two rows, such as 合格要求 over 下限 and 上限; null where the second row is no part of the head. */
function joinedHead(upper: readonly string[], lower: readonly string[]): readonly string[] | null {
  const fresh = lower.filter((text, index) => text !== "" && text !== upper[index]);
  if (fresh.length === 0 || fresh.some((text) => text.length > 10 || /\d/.test(text))) return null;
  // A row of data has a text under most names; the rest of a head stands under one or two that were merged.
  const isUnderMerged = lower.every((text, index) => {
    const above = upper[index] ?? "";
    return (
      text === "" ||
      text === above ||
      above === "" ||
      upper.filter((each) => each === above).length > 1
    );
  });
  if (!isUnderMerged) return null;
  const width = Math.max(upper.length, lower.length);
  return Array.from({ length: width }, (_, index) => {
    const below = lower[index] ?? "";
    return below === "" ? (upper[index] ?? "") : below;
  });
}

/** 1. and 3.2、 at the head of the words, in a table without numbers of its own. */
const leadingNumber = (words = ""): string =>
  /^\s*[★▲]?\s*(\d+(?:\.\d+)*)\s*[.、)）．]/u.exec(words)?.[1] ?? "";

/** Names of columns are short and hold no numbers. */
const isHead = (texts: readonly string[]): boolean =>
  texts.every((text) => text.length < 16 && !/[≥≤<>]|\d{2}/u.test(text));

/** One text in the row that is not where requirements stand, or has the form of a chapter. */
const isTitle = (only: string, texts: readonly string[], { at }: ClauseColumns): boolean =>
  at.size > 1 &&
  (texts[at.get("requirement") ?? at.get("measure") ?? -1] !== only ||
    texts.filter((text) => text === only).length > 1 ||
    /^(?:第?[一二三四五六七八九十]+[章节部、.．]|[(（][一二三四五六七八九十]+[)）])/u.test(only));

function fieldsOf(
  texts: readonly string[],
  { at, unit: headUnit }: ClauseColumns,
  sectionUnit: string | null,
): RawClause["fields"] {
  const found = clauseFields.flatMap((field) => {
    const text = texts[at.get(field) ?? -1] ?? "";
    return text === "" ? [] : [[field, text] as const];
  });
  const fields: Partial<Record<ClauseField, string>> = Object.fromEntries(found);
  const unit = headUnit ?? sectionUnit;
  return unit === null || fields.unit !== undefined ? fields : { ...fields, unit };
}

const placer =
  (
    { file, sheet, row }: { readonly file: string; readonly sheet: string; readonly row: number },
    { at }: ClauseColumns,
    texts: readonly string[],
  ): ((field: ClauseField) => SourceLocation) =>
  (field) => {
    const index = at.get(field);
    return {
      file: sheet === "" ? file : `${file}[${sheet}]`,
      line: row,
      column: index === undefined ? 1 : index + 1,
      path: texts[at.get("no") ?? -1] ?? "",
    };
  };

const sheetLeft = (name: string): Text => ({
  zh: `工作表“${name}”里没有条款的列，跳过`,
  en: `the sheet "${name}" has no columns of clauses and was skipped`,
});

function noHead(file: string, sheets: readonly NamedSheet[]): UserError {
  const first = sheets[0]?.rows.find(
    (row) => "cells" in row && textsOf(row.cells).some((text) => text !== ""),
  );
  const seen =
    first === undefined || !("cells" in first)
      ? "—"
      : textsOf(first.cells)
          .filter((text) => text !== "")
          .join(" | ");
  return new UserError({
    zh: `${file}：没有找到“要求”或“指标”的列。第一行是：${seen}。列名写成“条款号、要求、指标、界限”即可；baimo respond --sample 打印一份样例`,
    en: `${file}: no column of requirements or measures was found. The first row is: ${seen}. Name the columns 条款号, 要求, 指标, 界限 (no, requirement, measure, bound); baimo respond --sample prints an example`,
  });
}
