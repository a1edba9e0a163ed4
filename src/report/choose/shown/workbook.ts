import type { Cell, Worksheet } from "exceljs";

import type { Lang } from "../../../domain/text.ts";
import type { EgressRow } from "../../egress/egress.ts";
import type { Table } from "../../render/table.ts";
import type { ChoiceResult } from "../choose.ts";

import { loadExcel } from "../../../files/xlsx.ts";
import { plain } from "../../render/plain.ts";
import { widthOf } from "../../render/width.ts";
import { scoreSheet, type SheetCell, type SheetGrid } from "./score-sheet.ts";
import { choiceParts } from "./text.ts";

/**
 * A choice as a workbook: on the first sheet weights and scales may be changed, and points, totals and places follow by formulas;
 * the others hold the tables as they are under the card's own weights.
 */
export async function choiceWorkbook(
  choice: ChoiceResult,
  egress: readonly EgressRow[],
  lang: Lang,
): Promise<Uint8Array> {
  const Excel = await loadExcel();
  const workbook = new Excel.Workbook();
  workbook.calcProperties.fullCalcOnLoad = true;
  const zh = lang === "zh";
  const score = workbook.addWorksheet(zh ? "评分" : "Scores");
  writeGrid(score, scoreSheet(choice, lang));
  for (const { name, title, table, lines } of sheetsOf(choice, egress, lang)) {
    const sheet = workbook.addWorksheet(name);
    sheet.pageSetup = onePageWide;
    const heading = sheet.addRow([safe(title)]);
    heading.font = { ...plainFont, bold: true, size: 12 };
    if (table !== null) writeTable(sheet, table);
    for (const line of lines) {
      const row = sheet.addRow([safe(line)]);
      sheet.mergeCells(row.number, 1, row.number, Math.max(2, table?.columns.length ?? 2));
      row.alignment = { vertical: "top", wrapText: true };
      row.height = 15 * Math.max(1, Math.ceil(widthOf(line) / wide));
    }
    if (table === null) for (const place of [1, 2]) sheet.getColumn(place).width = wide / 2;
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/** A printed sheet is not torn between columns. */
const onePageWide = {
  paperSize: 9,
  orientation: "landscape",
  fitToPage: true,
  fitToWidth: 1,
  fitToHeight: 0,
} as const;

/** Characters of a merged line. */
const wide = 100;

/** The parts of the terminal below the totals, one sheet each. */
function sheetsOf(choice: ChoiceResult, egress: readonly EgressRow[], lang: Lang) {
  const names = {
    zh: ["总分", "各项", "权重敏感性", "数据去向", "说明"],
    en: ["Totals", "Criteria", "Sensitivity", "Egress", "Guide"],
  }[lang];
  const parts = choiceParts(choice, egress, lang);
  return parts.map((part, at) => {
    const place = at === parts.length - 1 ? names.length - 1 : part.kind;
    return { ...part, name: names[place] ?? String(at) };
  });
}

const safe = (text: string): string => plain(text).replaceAll(/_(?=x[0-9a-f]{4}_)/gi, "_x005F_");

/** A font without a family is taken for one with serifs. */
const plainFont = { name: "Calibri", family: 2, size: 11 } as const;

const thin = { style: "thin", color: { argb: "FFBFBFBF" } } as const;
const box = { top: thin, bottom: thin, left: thin, right: thin } as const;
const fill = (argb: string) => ({ type: "pattern", pattern: "solid", fgColor: { argb } }) as const;
const colours = { head: "FFDDE6F2", input: "FFFFF8DC", total: "FFF0F0F0" } as const;

function writeTable(sheet: Worksheet, { columns, rows }: Table): void {
  const head = sheet.addRow(columns.map(({ title }) => safe(title)));
  head.eachCell((cell) => {
    dress(cell, "head");
  });
  for (const row of rows) {
    sheet.addRow(row.map(safe)).eachCell((cell, place) => {
      dress(cell, "plain");
      if (columns[place - 1]?.align === "right")
        cell.alignment = { horizontal: "right", vertical: "top", wrapText: true };
    });
  }
  columns.forEach(({ title }, place) => {
    const longest = Math.max(widthOf(title), ...rows.map((row) => widthOf(row[place] ?? "")));
    sheet.getColumn(place + 1).width = Math.min(44, longest + 3);
  });
}

function writeGrid(sheet: Worksheet, { rows, widths, frozen }: SheetGrid): void {
  sheet.pageSetup = onePageWide;
  sheet.views = [{ state: "frozen", xSplit: frozen.columns, ySplit: frozen.rows }];
  sheet.columns = widths.map((width) => ({ width }));
  for (const [at, { cells, span, height }] of rows.entries()) {
    const row = sheet.getRow(at + 1);
    if (height !== undefined) row.height = height;
    for (const [place, cell] of cells.entries()) {
      if (cell !== null) writeCell(row.getCell(place + 1), cell);
    }
    for (const [from, to] of span) sheet.mergeCells(at + 1, from, at + 1, to);
  }
}

function writeCell(cell: Cell, { value, formula, format, look }: SheetCell): void {
  const shown = typeof value === "string" ? safe(value) : value;
  cell.value = formula === undefined ? shown : { formula, result: shown ?? "" };
  if (format !== undefined) cell.numFmt = format;
  dress(cell, look ?? "plain");
  if (look === "title") cell.font = { ...plainFont, bold: true, size: 14 };
  if (typeof value === "number") cell.alignment = { vertical: "middle", horizontal: "right" };
}

function dress(cell: Cell, look: NonNullable<SheetCell["look"]>): void {
  cell.alignment = { vertical: look === "head" ? "middle" : "top", wrapText: true };
  if (look === "title" || look === "words") return;
  cell.border = box;
  if (look !== "plain") cell.fill = fill(colours[look]);
  if (look === "head" || look === "total") cell.font = { ...plainFont, bold: true };
}
