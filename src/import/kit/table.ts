import type { Item } from "../../domain/suite.ts";
import type { Columns, Role } from "./columns.ts";
import type { ImportedRow, Output, Settings, TaskHead } from "./importer.ts";
import type { Lettered } from "./gold.ts";

import { UserError } from "../../domain/text.ts";
import { fold } from "../../text/normalise.ts";
import { quantitiesIn } from "../../text/quantity/read.ts";
import { findColumns } from "./columns.ts";
import { outputsOf } from "./convert.ts";
import { rowId, toId } from "./fields.ts";
import { goldLetters, letterAt, lettered } from "./gold.ts";
import { choiceHead, exactHead, numericHead, openHead } from "./heads.ts";
import { SkipRow } from "./importer.ts";

/** One row of a table by column, or why it could not be read. */
type Cells = Readonly<Record<string, unknown>>;
export type TableRow =
  | { readonly row: number; readonly cells: Cells }
  | { readonly row: number; readonly problem: { readonly zh: string; readonly en: string } };

/**
 * Items out of the rows of a table. `wide`: a row is a question. `long`: a row is an option, those of one question
 * stand together. `dialogue`: a row is what one side said, those of one dialogue stand together.
 * Rejects with a `UserError` where no column can be the question.
 */
export async function* importTable(
  header: readonly string[],
  rows: AsyncIterable<TableRow>,
  settings: Settings,
): AsyncGenerator<ImportedRow> {
  const columns = findColumns(header, settings.columns);
  const needed: Role = settings.shape === "dialogue" ? "text" : "question";
  if (columns.of(needed).length === 0) throw noColumn(needed, header);
  if (settings.shape === "wide") yield* wideRows(rows, columns, settings);
  else yield* groupedRows(rows, columns, settings);
}

async function* wideRows(
  rows: AsyncIterable<TableRow>,
  columns: Columns,
  settings: Settings,
): AsyncGenerator<ImportedRow> {
  for await (const each of rows) {
    const { row } = each;
    yield "problem" in each
      ? { row, outputs: [{ skip: each.problem }] }
      : { row, outputs: outputsOf(() => [wideItem(each.cells, row, columns, settings)]) };
  }
}

/** Rows that follow one another with the same question or dialogue make one item, told at the last of them. */
async function* groupedRows(
  rows: AsyncIterable<TableRow>,
  columns: Columns,
  settings: Settings,
): AsyncGenerator<ImportedRow> {
  const isDialogue = settings.shape === "dialogue";
  const make = isDialogue ? dialogueItem : longItem;
  const keyColumn: Role = isDialogue ? "dialogue" : "question";
  let group: { readonly key: string; readonly row: number; readonly cells: Cells[] } | null = null;
  for await (const each of rows) {
    const { row } = each;
    if ("problem" in each) {
      yield { row, outputs: [{ skip: each.problem }] };
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
    yield { row, outputs };
  }
  if (group === null) return;
  const last = group;
  yield {
    row: last.row,
    outputs: outputsOf(() => [make(last.cells, last.row, columns, settings)]),
    again: true,
  };
}

function wideItem(cells: Cells, row: number, columns: Columns, settings: Settings): Output {
  const question = cellText(cells, columns, "question");
  if (question === null) throw new SkipRow("没有题目", "there is no question");
  const options = optionsOf(cells, columns);
  return itemOf({
    cells,
    row,
    columns,
    settings,
    question,
    options,
    answer: answerOf(cells, columns),
  });
}

function longItem(
  rows: readonly Cells[],
  row: number,
  columns: Columns,
  settings: Settings,
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
  if (entries.some(([, text]) => text === ""))
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
    options: Object.fromEntries(entries),
    answer,
  });
}

function dialogueItem(
  rows: readonly Cells[],
  row: number,
  columns: Columns,
  settings: Settings,
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

type Parts = {
  readonly cells: Cells;
  readonly row: number;
  readonly columns: Columns;
  readonly settings: Settings;
  readonly question: string;
  readonly options: Lettered | null;
  readonly answer: unknown;
  /** A recorded reply, for judges, where there is no gold. */
  readonly reply?: string;
};

function itemOf(parts: Parts): Output {
  const { cells, columns, question, options, answer, reply, settings } = parts;
  const common = commonOf(parts);
  const dimension = dimensionOf(cells, columns, settings);
  const context = common.context !== undefined;
  const head = (kind: string) => ({
    id: toId(`${dimension.join("-")}-${kind}`) ?? kind,
    dimension,
  });
  if (options !== null) {
    const gold = goldLetters(answer, options, settings.answer_base);
    return done(choiceHead(head("choice"), context), {
      ...common,
      question,
      options: { ...options },
      answer: gold,
    });
  }
  const text = scalarText(answer);
  if (text === null) {
    if (reply === undefined || reply === "") throw new SkipRow("没有答案", "there is no answer");
    return done(openHead(head("open")), {
      ...common,
      question,
      reference: reply,
    });
  }
  const numbers = quantitiesIn(fold(text));
  const isNumber = numbers.length === 1 && numbers[0]?.text.trim() === fold(text).trim();
  if (isNumber) return done(numericHead(head("number")), { ...common, question, answer: text });
  return done(exactHead(head("text"), context), { ...common, question, answer: text });
}

const done = (task: TaskHead, item: Item): Output => ({ task, item });

function commonOf({ cells, row, columns }: Parts): Omit<Item, "question"> & { context?: string } {
  const text = (role: Role): string | null => cellText(cells, columns, role);
  const number = (role: Role): number | null => {
    const found = text(role);
    return found === null || Number.isNaN(Number(found)) ? null : Number(found);
  };
  const points = number("points");
  const tolerance = number("tolerance");
  const tags = listOf(text("tags"));
  const aliases = listOf(text("aliases"));
  const context = text("context");
  const [difficulty, source, unit] = [text("difficulty"), text("source"), text("unit")];
  return {
    id: toId(text("id")) ?? rowId(row),
    ...(context === null ? {} : { context }),
    ...(difficulty === null ? {} : { difficulty }),
    ...(source === null ? {} : { source }),
    ...(unit === null ? {} : { unit }),
    ...(points === null || points <= 0 ? {} : { points }),
    ...(tolerance === null || tolerance < 0 ? {} : { tolerance }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(aliases.length === 0 ? {} : { aliases }),
  };
}

function optionsOf(cells: Cells, columns: Columns): Lettered | null {
  const byLetter = columns.letters
    .map(([letter, column]) => [letter, scalarText(cells[column])] as const)
    .filter((entry): entry is readonly [string, string] => entry[1] !== null);
  if (byLetter.length >= 2) return Object.fromEntries(byLetter);
  const [column] = columns.of("options");
  const value = column === undefined ? undefined : cells[column];
  if (Array.isArray(value)) return value.length < 2 ? null : lettered(value.map(optionText));
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(
      ([letter, text]) => [letter, optionText(text)] as const,
    );
    return entries.length < 2 ? null : Object.fromEntries(entries);
  }
  const lines = (scalarText(value) ?? "").split(/\r?\n|\|/).map((line) => line.trim());
  const texts = lines.filter((line) => line !== "");
  return texts.length < 2 ? null : lettered(texts.map(optionText));
}

/** An option's text without a letter of its own: `A. 甲`, `(A)甲`, `A：甲`. */
const optionText = (value: unknown): string =>
  (scalarText(value) ?? "").replace(/^[(（]?[A-Z][)）]?\s*[.．、:：]\s*|^[(（][A-Z][)）]\s*/, "");

function answerOf(cells: Cells, columns: Columns): unknown {
  const [column] = columns.of("answer");
  return column === undefined ? undefined : cells[column];
}

function dimensionOf(cells: Cells, columns: Columns, settings: Settings): readonly string[] {
  const parts = columns
    .of("dimension")
    .flatMap((column) => (scalarText(cells[column]) ?? "").split(/[/／>]/));
  const path = parts.map((part) => part.trim()).filter((part) => part !== "");
  const own = path.length > 0 ? path : ["未分类"];
  return settings.dimension === null ? own : [...settings.dimension, ...path];
}

function cellText(cells: Cells, columns: Columns, role: Role): string | null {
  const texts = columns.of(role).map((column) => scalarText(cells[column]));
  const found = texts.filter((text): text is string => text !== null);
  return found.length === 0 ? null : found.join("\n");
}

/** A cell as trimmed text; null where it holds none. */
function scalarText(value: unknown): string | null {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

const listOf = (text: string | null): string[] =>
  (text ?? "")
    .split(/[,，、;；|]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");

const isYes = (text: string | null): boolean =>
  /^(?:1|true|yes|y|是|对|正确|√|✓)$/i.test(text ?? "");

function sideOf(role: string | null): "user" | "assistant" | "system" {
  if (/^(?:assistant|bot|客服|助手|模型|机器人|坐席)/i.test(role ?? "")) return "assistant";
  return /^(?:system|系统)/i.test(role ?? "") ? "system" : "user";
}

function noColumn(role: Role, header: readonly string[]): UserError {
  const list = header.filter((name) => name !== "").join("、");
  return new UserError({
    zh: `认不出哪一列是 ${role}；表里有：${list}。请用 --columns ${role}=列名 指明`,
    en: `no column looks like ${role}; the table has: ${list}. Name it with --columns ${role}=COLUMN`,
  });
}
