import type { Worksheet } from "exceljs";

import type { ImportNote } from "../importer.ts";
import type { GridDoubt, GridRow } from "./grid-row.ts";

import { cellsOfRow, noResult, type XlsxCell } from "../../files/xlsx.ts";

/** The rows of a sheet in order; merged cells hold what their first one does, dates have no time. */
export async function* gridRows(sheet: Worksheet): AsyncGenerator<GridRow> {
  const pictured = rowsWithPictures(sheet);
  for (let number = 1; number <= sheet.rowCount; number += 1) {
    const row = sheet.getRow(number);
    const shown = cellsOfRow(row);
    const doubts: readonly GridDoubt[] = [
      ...shown.flatMap((cell, at) => doubtOf(cell).map((doubt) => ({ ...doubt, at }))),
      ...(pictured.has(number) ? [{ text: hasPicture, at: null }] : []),
      ...(row.hidden ? [{ text: isHidden, at: null }] : []),
    ];
    yield {
      row: number,
      cells: shown.map(textOrNumber),
      ...(doubts.length === 0 ? {} : { doubts }),
    };
  }
}

/** What a sheet hides from the eye and what it holds that no cell can say. */
export function hiddenNotes(sheet: Worksheet, several: boolean): readonly ImportNote[] {
  const columns = Array.from({ length: sheet.columnCount }, (_, index) =>
    sheet.getColumn(index + 1),
  )
    .filter(({ hidden }) => hidden)
    .map(({ letter }) => letter);
  const pictures = sheet.getImages().length;
  const name = several ? `${sheet.name}：` : "";
  return [
    ...(columns.length === 0
      ? []
      : [
          note(
            `${name}隐藏的列（${columns.join("、")}）照常读取`,
            `${name}hidden columns (${columns.join(", ")}) were read`,
          ),
        ]),
    ...(pictures === 0
      ? []
      : [
          note(
            `${name}有 ${pictures} 张图片，没有导入`,
            `${name}${pictures} pictures were not imported`,
          ),
        ]),
  ];
}

function doubtOf(cell: XlsxCell): readonly Omit<GridDoubt, "at">[] {
  if (cell === noResult) return [{ text: noFormula, blocks: true }];
  if (cell instanceof Date) return [{ text: isDate }];
  // A spreadsheet keeps 15 digits.
  return typeof cell === "number" && Math.abs(cell) >= 1e15 ? [{ text: isLong }] : [];
}

function textOrNumber(cell: XlsxCell): string | number | null {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === "boolean") return cell ? "TRUE" : "FALSE";
  if (typeof cell === "symbol") return null;
  return typeof cell === "string" && cell.trim() === "" ? null : cell;
}

function rowsWithPictures(sheet: Worksheet): ReadonlySet<number> {
  const rows = new Set<number>();
  for (const { range } of sheet.getImages()) {
    const from = range.tl.nativeRow;
    const to = range.br?.nativeRow ?? from;
    for (let at = from; at <= to; at += 1) rows.add(at + 1);
  }
  return rows;
}

const note = (zh: string, en: string): ImportNote => ({
  text: { zh, en },
  change: null,
  sure: true,
});

const noFormula = { zh: "公式没有保存结果", en: "a formula has no saved result" };
const isDate = {
  zh: "单元格是日期，可能是 Excel 把 1-2、3/4 一类的文字改成了日期",
  en: "the cell is a date; a spreadsheet may have made one of a text such as 1-2 or 3/4",
};
const isLong = {
  zh: "数字超过 15 位，Excel 只保留 15 位，后面的可能已经不对",
  en: "a number of more than 15 digits, of which a spreadsheet keeps 15",
};
const hasPicture = {
  zh: "这一行有图片，没有导入",
  en: "the row has a picture, which was not imported",
};
const isHidden = {
  zh: "这一行在表里是隐藏的，照常导入了",
  en: "the row is hidden in the sheet and was imported",
};
