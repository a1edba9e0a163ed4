import type { ColumnRoles } from "../columns.ts";
import type { ImportedRow, ImportNote, ImportSettings } from "../importer.ts";
import type { TableRow } from "../table.ts";
import type { QuestionKind } from "../typing/kinds.ts";
import type { GridDoubt, GridRow } from "./grid-row.ts";

import { scalarText } from "../cells.ts";
import { findColumns } from "../columns.ts";
import { cellsBy, importRows, neededRole, noColumn } from "../table.ts";
import { sectionKind } from "../typing/kinds.ts";
import { needsPassage } from "../typing/stem.ts";
import { createFiller } from "./fill-down.ts";
import { apart, findHead, headScore, mostHeadRows } from "./find-head.ts";
import { onlyText, textsOf } from "./grid-row.ts";

/** A sheet that was begun: its columns are known, its rows are not read yet. */
export type OpenGrid = {
  readonly columns: ColumnRoles;
  readonly header: readonly string[];
  readonly rows: AsyncGenerator<ImportedRow>;
};

/**
 * Reads the beginning of a sheet and finds its column names. `kind` is the type of question that the sheet's name speaks of.
 * Null where the sheet is empty. Rejects with a `UserError` where --columns names what is not there.
 */
export async function openGrid(
  rows: AsyncIterator<GridRow>,
  settings: ImportSettings,
  kind: QuestionKind | null = null,
): Promise<OpenGrid | null> {
  const first: GridRow[] = [];
  while (first.length < mostHeadRows) {
    const next = await rows.next();
    if (next.done === true) break;
    first.push(next.value);
  }
  const head = findHead(first, settings);
  if (head === null) return null;
  const columns = findColumns(head.header, settings.columns);
  const shape = shapeOf(columns, settings);
  const told = { ...settings, shape };
  const notes = [...head.notes, ...columns.notes, ...(shape === settings.shape ? [] : [longShape])];
  const rest = following(first.slice(head.used), rows);
  return {
    columns,
    header: head.header,
    rows: importedRows(rest, head.header, columns, told, kind, notes),
  };
}

/** The rows of one table; rejects with a `UserError` where no column can be the question, or the table is empty. */
export async function* importGrid(
  rows: AsyncIterator<GridRow>,
  settings: ImportSettings,
  empty: () => Error,
): AsyncGenerator<ImportedRow> {
  const grid = await openGrid(rows, settings);
  if (grid === null) throw empty();
  const needed = neededRole(settings);
  if (grid.columns.of(needed).length === 0) throw noColumn(needed, grid.header);
  yield* grid.rows;
}

async function* importedRows(
  rows: AsyncIterable<GridRow>,
  header: readonly string[],
  columns: ColumnRoles,
  settings: ImportSettings,
  kind: QuestionKind | null,
  notes: readonly ImportNote[],
): AsyncGenerator<ImportedRow> {
  const found: ImportNote[] = [];
  yield* importRows(tableRows(rows, header, columns, settings, kind, found), columns, settings);
  yield { row: 0, outputs: [], again: true, notes: [...notes, ...found] };
}

/** Rows that hold questions; titles between them, repeated and further heads, and totals are told apart. */
async function* tableRows(
  rows: AsyncIterable<GridRow>,
  firstHeader: readonly string[],
  firstColumns: ColumnRoles,
  settings: ImportSettings,
  kind: QuestionKind | null,
  notes: ImportNote[],
): AsyncGenerator<TableRow> {
  let header = firstHeader;
  let columns = firstColumns;
  let section = kind;
  const repeated: number[] = [];
  const filler = createFiller();
  for await (const each of rows) {
    const { row } = each;
    if ("problem" in each) {
      yield each;
      continue;
    }
    const texts = textsOf(each.cells);
    if (texts.every((text) => text === "")) continue;
    const extra = texts.slice(header.length).filter((text) => text !== "");
    if (extra.length > 0 && headScore(texts, settings) < 3) {
      yield { row, problem: tooWide(texts.length, header.length) };
      continue;
    }
    if (texts.every((text, index) => text === "" || text === header[index])) {
      repeated.push(row);
      continue;
    }
    if (headScore(texts, settings) >= 3) {
      header = apart(texts);
      columns = findColumns(header, settings.columns);
      notes.push(furtherHead(row), ...columns.notes);
      continue;
    }
    const only = onlyText(texts);
    const named = only === null ? null : sectionKind(only);
    if (only !== null && named !== null) {
      section = named;
      notes.push(sectionTitle(row, only));
      continue;
    }
    if (
      only !== null &&
      header.filter((name) => name !== "").length > 2 &&
      isNoQuestion(texts, header, columns)
    ) {
      yield { row, problem: noQuestion, harmless: true };
      continue;
    }
    if (texts.some((text) => /^(?:合计|总计|小计|共计)$/u.test(text))) {
      yield { row, problem: total, harmless: true };
      continue;
    }
    const doubts = doubtsOf(each, header, columns);
    const blocking = doubts.find(({ blocks }) => blocks);
    if (blocking !== undefined) {
      yield { row, problem: blocking.text };
      continue;
    }
    const cells = filler.fill(cellsBy(header, each.cells), columns, row);
    const question = columns
      .of("question")
      .map((column) => scalarText(cells[column]) ?? "")
      .join("\n");
    const lacks =
      columns.of("context").length > 0 &&
      columns.of("context").every((column) => scalarText(cells[column]) === null) &&
      needsPassage(question);
    yield {
      row,
      cells: lacks ? filler.withPassage(cells, columns) : cells,
      columns,
      section,
      doubts: [...doubts.map(({ text }) => text), ...(lacks ? [passageAbove] : [])],
    };
  }
  if (repeated.length > 0) notes.push(repeatedHeads(repeated));
  notes.push(...filler.notes());
}

/** Doubts about the row, and about those of its cells that decide what is asked and what is right. */
function doubtsOf(
  { doubts = [] }: Extract<GridRow, { cells: unknown }>,
  header: readonly string[],
  columns: ColumnRoles,
): readonly GridDoubt[] {
  const deciding = new Set(
    [
      columns.of("question"),
      columns.of("answer"),
      columns.letters.map(([, column]) => column),
    ].flat(),
  );
  return doubts.filter(({ at }) => at === null || deciding.has(header[at] ?? ""));
}

async function* following(
  first: readonly GridRow[],
  rest: AsyncIterator<GridRow>,
): AsyncGenerator<GridRow> {
  yield* first;
  for (;;) {
    const next = await rest.next();
    if (next.done === true) return;
    yield next.value;
  }
}

/** A column of options' contents beside their letters, or beside one that says which are right, is a table with a row for each option. */
const shapeOf = (columns: ColumnRoles, { shape }: ImportSettings): ImportSettings["shape"] =>
  shape === "wide" &&
  columns.letters.length === 0 &&
  columns.of("option").length > 0 &&
  columns.of("correct").length + columns.of("letter").length > 0
    ? "long"
    : shape;

/** A merged row, or a lone text that stands under another column than the question. */
function isNoQuestion(
  texts: readonly string[],
  header: readonly string[],
  columns: ColumnRoles,
): boolean {
  const places = texts.flatMap((text, index) => (text === "" ? [] : [header[index] ?? ""]));
  return (
    places.length > 1 ||
    !places.some(
      (name) => columns.of("question").includes(name) || columns.of("option").includes(name),
    )
  );
}

const longShape: ImportNote = {
  text: {
    zh: "一行一个选项，同一题的各行相邻",
    en: "a row is an option; those of a question stand together",
  },
  change: "--shape wide",
  sure: true,
};
const tooWide = (n: number, of: number) => ({
  zh: `有 ${n} 个单元格，表头只有 ${of} 列`,
  en: `${n} cells, but the header has ${of} columns`,
});
const noQuestion = {
  zh: "整行只有一段文字，不像题目",
  en: "the row holds one text alone and does not look like a question",
};
const total = { zh: "合计行", en: "a row of totals" };
const passageAbove = {
  zh: "题目要看材料而材料是空的，用了上面最近的一段",
  en: "the question needs a passage and has none: the last one above is used",
};
const furtherHead = (row: number): ImportNote => ({
  text: {
    zh: `第 ${row} 行是另一段的列名`,
    en: `row ${row} holds the column names of a further part`,
  },
  change: null,
  sure: true,
});
const sectionTitle = (row: number, title: string): ImportNote => ({
  text: {
    zh: `第 ${row} 行“${title}”定下面各题的题型`,
    en: `row ${row}, "${title}", names the type of the questions below`,
  },
  change: null,
  sure: true,
});
const repeatedHeads = (rows: readonly number[]): ImportNote => ({
  text: {
    zh: `重复的列名（第 ${rows.join("、")} 行）略去`,
    en: `repeated column names are left out (rows ${rows.join(", ")})`,
  },
  change: null,
  sure: true,
});
