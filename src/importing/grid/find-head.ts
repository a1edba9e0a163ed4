import type { ImportNote, ImportSettings } from "../importer.ts";
import type { GridRow } from "./grid-row.ts";

import { UserError } from "../../domain/text.ts";
import { letterOf, levelOf, likelyRole, roleNamed } from "../column-names.ts";
import { onlyText, textsOf } from "./grid-row.ts";

/** Rows in which the column names are looked for. */
export const mostHeadRows = 40;

export type Head = {
  /** The names of the columns, told apart where two are the same. */
  readonly header: readonly string[];
  /** How many of the given rows come before the first row of data. */
  readonly used: number;
  readonly notes: readonly ImportNote[];
};

type Told = Pick<ImportSettings, "columns" | "header_row" | "shape">;

/**
 * The row of column names among the first rows of a sheet: the one that the user named, else the first with the names of a
 * question and of something else, else the first that is no title. Null where all rows are empty.
 * Throws a `UserError` where the row that the user named is not there.
 */
export function findHead(rows: readonly GridRow[], told: Told): Head | null {
  if (told.header_row === 0) return nameless(rows);
  const at =
    told.header_row === undefined || told.header_row === null
      ? likelyAt(rows, told)
      : rowAt(rows, told.header_row);
  const head = rows[at];
  if (at < 0 || head === undefined || "problem" in head) return null;
  const below = rows[at + 1];
  const names = textsOf(head.cells);
  const second =
    below !== undefined && "cells" in below ? secondNames(names, textsOf(below.cells)) : null;
  const skipped = rows
    .slice(0, at)
    .filter((row) => "cells" in row && textsOf(row.cells).some((text) => text !== ""));
  return {
    header: apart(second ?? names),
    used: at + (second === null ? 1 : 2),
    notes: skipped.length === 0 ? [] : [skippedTitles(head.row, skipped.length)],
  };
}

/** How many roles the texts of a row name, if the question, or the text of a dialogue, is one of them; else 0. */
export function headScore(texts: readonly string[], { columns, shape }: Told): number {
  const needed = shape === "dialogue" ? "text" : "question";
  const distinct = [...new Set(texts.filter((text) => text !== ""))];
  const roles = new Set(distinct.map(roleNamed).filter((role) => role !== null));
  const [asked] = (columns[needed] ?? "").split("+");
  // Most rows are no heads.
  if (!roles.has(needed) && !distinct.some((text) => text === asked)) return 0;
  const told = new Set(Object.values(columns).flatMap((column) => column.split("+")));
  const own = distinct.filter((text) => told.has(text)).length;
  const letters = distinct.filter((text) => letterOf(text) !== null).length;
  const levels = distinct.filter((text) => levelOf(text) !== null).length;
  return roles.size + own + (letters > 1 ? letters : 0) + levels;
}

function likelyAt(rows: readonly GridRow[], told: Told): number {
  const texts = rows.map((row) => ("cells" in row ? textsOf(row.cells) : []));
  const scores = texts.map((each) => headScore(each, told));
  const sure = scores.findIndex((score) => score >= 2);
  if (sure >= 0) return sure;
  const likely = texts.findIndex((each) => {
    const roles = new Set(each.map(likelyRole));
    return (
      roles.has("question") &&
      (roles.has("answer") || each.some((text) => roleNamed(text) !== null))
    );
  });
  if (likely >= 0) return likely;
  const alone = scores.indexOf(1);
  if (alone >= 0) return alone;
  const wide = texts.findIndex(
    (each) => each.filter((text) => text !== "").length > 1 && onlyText(each) === null,
  );
  return wide >= 0 ? wide : texts.findIndex((each) => each.some((text) => text !== ""));
}

function rowAt(rows: readonly GridRow[], number: number): number {
  const at = rows.findIndex(({ row }) => row === number);
  const found = rows[at];
  if (found !== undefined && "cells" in found && textsOf(found.cells).some((text) => text !== ""))
    return at;
  throw new UserError({
    zh: `--header-row ${number}：前 ${mostHeadRows} 行里没有第 ${number} 行，或者它是空的`,
    en: `--header-row ${number}: there is no row ${number} among the first ${mostHeadRows}, or it is empty`,
  });
}

/** Names of two rows: above 选项 over several columns, below A, B, C; or 分类 over 一级, 二级. Null where the second row is no part of the head. */
function secondNames(upper: readonly string[], lower: readonly string[]): readonly string[] | null {
  const width = Math.max(upper.length, lower.length);
  const names = Array.from({ length: width }, (_, index) => {
    const [above, below] = [upper[index] ?? "", lower[index] ?? ""];
    return below === "" || below === above ? above : below;
  });
  const fresh = lower.filter((text, index) => text !== "" && text !== (upper[index] ?? ""));
  const known = fresh.every(
    (text) => letterOf(text) !== null || levelOf(text) !== null || roleNamed(text) !== null,
  );
  // Golds such as A under 答案 look like letters of options, too.
  const covers = lower.every((text, index) => {
    const above = upper[index] ?? "";
    return (
      text === "" ||
      text === above ||
      above === "" ||
      roleNamed(above) === "options" ||
      roleNamed(above) === "dimension" ||
      isRepeated(upper, above)
    );
  });
  return fresh.length >= 2 && known && covers ? names : null;
}

const isRepeated = (names: readonly string[], name: string): boolean =>
  names.filter((each) => each === name).length > 1;

/** The same name twice would hide a column. */
export function apart(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return name === "" || count === 1 ? name : `${name}〔${count}〕`;
  });
}

/** Columns without names are called by the spreadsheet's letters: 列A, 列B … */
function nameless(rows: readonly GridRow[]): Head {
  const width = Math.max(0, ...rows.map((row) => ("cells" in row ? row.cells.length : 0)));
  return {
    header: Array.from({ length: width }, (_, index) => `列${columnLetters(index)}`),
    used: 0,
    notes: [],
  };
}

const columnLetters = (index: number): string =>
  (index < 26 ? "" : columnLetters(Math.floor(index / 26) - 1)) +
  String.fromCodePoint(65 + (index % 26));

const skippedTitles = (row: number, count: number): ImportNote => ({
  text: {
    zh: `列名在第 ${row} 行，上面 ${count} 行当作标题跳过`,
    en: `the column names stand in row ${row}; ${count} rows above were taken for titles`,
  },
  change: "--header-row N",
  sure: true,
});
