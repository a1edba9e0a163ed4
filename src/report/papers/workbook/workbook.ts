import type { Paper } from "../paper.ts";
import type { PaperBook } from "./sheet.ts";

import { loadExcel } from "../../../files/xlsx.ts";
import { writeAnswers } from "./answers-sheet.ts";
import { writeBoard } from "./board-sheet.ts";
import { writeConclusion } from "./conclusion-sheet.ts";
import { writeDimensions } from "./dimensions-sheet.ts";
import { writeFailures } from "./failures-sheet.ts";
import { writeMethod } from "./method-sheet.ts";
import { writePart } from "./part-sheet.ts";
import { writeSums } from "./sums-sheet.ts";

const mostShared = 100_000;

/**
 * Writes a workbook for auditors: conclusion, table, dimensions, items with replies, failures, method. Rows go to the file as
 * they are made. Rejects with a `UserError` where exceljs is not installed.
 */
export async function writeWorkbook(paper: Paper, file: string): Promise<void> {
  const Excel = await loadExcel();
  const book: PaperBook = new Excel.stream.xlsx.WorkbookWriter({
    filename: file,
    useStyles: true,
    // The usual form of texts, blanks at their ends included, but all of them stay in memory.
    useSharedStrings: paper.runs.view.answerRows.length <= mostShared,
  });
  book.creator = "baimo";
  book.lastModifiedBy = "baimo";
  book.created = paper.options.now;
  book.modified = paper.options.now;
  await writeConclusion(book, paper);
  await writeBoard(book, paper);
  await writeSums(book, paper);
  await writeDimensions(book, paper);
  for (const [at, part] of paper.parts.entries()) await writePart(book, paper, part, at);
  await writeAnswers(book, paper);
  await writeFailures(book, paper);
  await writeMethod(book, paper);
  await book.commit();
}
