import { createRequire } from "node:module";

import type { CellValue, RichText, Row, Workbook } from "exceljs";

import { UserError } from "../domain/text.ts";
import { readBytes } from "./text-file.ts";

/**
 * The package that reads and writes workbooks is optional: with its dependencies it outweighs everything else. `from` is
 * the module that looks for it. Rejects with a `UserError` where it is not installed.
 */
export async function loadExcel(from: string = import.meta.url): Promise<typeof import("exceljs")> {
  try {
    createRequire(from).resolve("exceljs");
  } catch {
    throw new UserError({
      zh: "读写 Excel 文件需要 exceljs：请在项目里执行 npm i exceljs，或改用 CSV",
      en: "Excel files need exceljs: run npm i exceljs, or use CSV instead",
    });
  }
  return (await import("exceljs")).default;
}

/** The workbook in a file. Rejects with a `UserError` where it cannot be read as one. */
export async function openWorkbook(file: string): Promise<Workbook> {
  const Excel = await loadExcel();
  const bytes = await readBytes(file);
  try {
    return await new Excel.Workbook().xlsx.load(Uint8Array.from(bytes).buffer);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError({
      zh: `${file}：无法按 xlsx 读取（${reason}）`,
      en: `${file}: cannot be read as xlsx (${reason})`,
    });
  }
}

/** Stands for a formula that was saved without its result, or with an error. */
export const noResult = Symbol("a formula without a result");

/** What a cell shows; null where it is empty. */
export type XlsxCell = string | number | boolean | Date | typeof noResult | null;

/** A row's cells from the first column on, as they are shown: 35%, 007 and x² are texts. */
export const cellsOfRow = (row: Row): readonly XlsxCell[] =>
  Array.from({ length: row.cellCount }, (_, index) => {
    const { value, numFmt } = row.getCell(index + 1);
    const shown = shownValue(value);
    return typeof shown === "number" ? asShown(shown, numFmt) : shown;
  });

/** A value without its format; null where there is none. */
export function shownValue(value: CellValue): XlsxCell {
  if (value === null || value === undefined) return null;
  if (typeof value !== "object" || value instanceof Date) return value;
  if ("richText" in value) return value.richText.map(runText).join("");
  if ("hyperlink" in value) return shownValue(value.text);
  if ("error" in value || value.result === undefined) return noResult;
  return shownValue(value.result);
}

/** A number in its format, where that makes it another text: percent, and zeros before a code. Sums have no noise of floating point. */
function asShown(value: number, format: string | undefined): string | number {
  const rounded = Number.isInteger(value) ? value : Number(value.toPrecision(15));
  const [, zeros] = /^(0{2,})$/.exec(format ?? "") ?? [];
  if (zeros !== undefined && Number.isInteger(rounded) && rounded >= 0)
    return String(rounded).padStart(zeros.length, "0");
  return /^0(?:\.0+)?%$/.test(format ?? "")
    ? `${Number((rounded * 100).toPrecision(15))}%`
    : rounded;
}

const superscripts: Readonly<Record<string, string>> = {
  "0": "⁰",
  "1": "¹",
  "2": "²",
  "3": "³",
  "4": "⁴",
  "5": "⁵",
  "6": "⁶",
  "7": "⁷",
  "8": "⁸",
  "9": "⁹",
  "+": "⁺",
  "-": "⁻",
  n: "ⁿ",
};
const subscripts: Readonly<Record<string, string>> = {
  "0": "₀",
  "1": "₁",
  "2": "₂",
  "3": "₃",
  "4": "₄",
  "5": "₅",
  "6": "₆",
  "7": "₇",
  "8": "₈",
  "9": "₉",
  "+": "₊",
  "-": "₋",
  n: "ₙ",
};

/** 10² and H₂O keep what only their format says. */
function runText({ text, font }: RichText): string {
  const align = font?.vertAlign;
  if (align !== "superscript" && align !== "subscript") return text;
  const signs = align === "superscript" ? superscripts : subscripts;
  const chars = Array.from(text);
  if (chars.every((char) => signs[char] !== undefined))
    return chars.map((char) => signs[char] ?? char).join("");
  return `${align === "superscript" ? "^" : "_"}{${text}}`;
}
