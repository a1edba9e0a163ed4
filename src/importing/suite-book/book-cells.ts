import type { Row } from "exceljs";

import { noResult, shownValue } from "../../files/xlsx.ts";

/** The names of the sheets and of the columns beside the options. */
export const bookSheets = { items: "题目", suite: "题集", examples: "示例" } as const;

/** Columns that hold a field of an item as it is; every other field, and what a cell would change, stands in `其他字段` as JSON. */
export const plainColumns = {
  id: "编号",
  question: "题目",
  context: "材料",
  answer: "答案",
  reference: "参考答案",
  rubric: "评分要点",
  difficulty: "难度",
  source: "来源",
  severity: "红线",
  points: "分值",
  unit: "单位",
} as const;
export type PlainField = keyof typeof plainColumns;
export const plainFields = Object.keys(plainColumns) as readonly PlainField[];

export const taskColumn = "任务";
export const restColumn = "其他字段";
export const optionColumn = (letter: string): string => `选项${letter}`;

export type BookCell = string | number | boolean;

/** UTF-16 units of one cell; a spreadsheet's own limit is 32,767. */
const mostUnits = 30_000;

/** True of a value that a cell gives back as it was: no edges of blanks, no control characters, not too long. */
export function isPlainCell(value: unknown): value is BookCell {
  if (typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0);
  return (
    typeof value === "string" &&
    value !== "" &&
    value.length <= mostUnits &&
    value.trim() === value &&
    value.isWellFormed() &&
    !/[^\P{C}\n]|[\u2028\u2029]|_x[0-9a-f]{4}_/iu.test(value)
  );
}

/** JSON in pure ASCII, in pieces that fit a cell each. */
export function jsonCells(value: unknown): readonly string[] {
  const text = JSON.stringify(value)
    .replaceAll(/[^\x20-\x7e\p{Script=Han}\u3000-\u303f\uff00-\uffef]/gu, escaped)
    .replaceAll(/_(?=x[0-9a-f]{4}_)/gi, "\\u005f");
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += pieces.at(-1)?.length ?? text.length) {
    let end = Math.min(text.length, at + mostUnits);
    // A cell neither begins nor ends with a blank, nor between the halves of a character.
    while (
      end < text.length &&
      end > at + 1 &&
      /\s$|^\S[\s\uDC00-\uDFFF]/.test(text.slice(end - 1, end + 1))
    )
      end -= 1;
    pieces.push(text.slice(at, end));
  }
  return pieces;
}

const escaped = (char: string): string =>
  Array.from(
    { length: char.length },
    (_, index) => `\\u${char.charCodeAt(index).toString(16).padStart(4, "0")}`,
  ).join("");

/** A cell's value as it was written; null where it is empty. Dates and formulas become what they show. */
export function bookCell(row: Row, column: number): BookCell | null {
  const value = shownValue(row.getCell(column).value);
  if (value === null || value === noResult || value === "") return null;
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return typeof value === "symbol" ? null : value;
}
