import type { Column } from "../../render/table.ts";
import type { PaperTable } from "../numbers.ts";
import type { Paper } from "../paper.ts";

import { hasTotal } from "../../leaderboard/leaderboard.ts";
import { numberTable } from "../numbers.ts";
import { simulatedNotice, subjectOf } from "../paper.ts";
import { answerRange } from "./answers-sheet.ts";
import { sheetNames } from "./sheet-names.ts";
import { addSheet, type PaperBook, columnName, widthsOf } from "./sheet.ts";

/** The page's table as numbers, and the score made again by formulas. */
export async function writeBoard(book: PaperBook, paper: Paper): Promise<void> {
  const { lang, made } = paper;
  const table = withAgain(paper, numberTable(made.report.board[lang]));
  const sheet = addSheet(book, {
    name: sheetNames.board[lang],
    lang,
    widths: widthsOf([table], { most: 34 }),
    aligns: table.columns.map(({ align }) => align),
    frozen: { rows: 2, columns: 2 },
    header: subjectOf(paper),
  });
  const { simulated, conclusion } = made.report;
  sheet.line(simulated ? simulatedNotice[lang] : conclusion[lang], simulated ? "notice" : "text");
  sheet.table(table);
  await sheet.close();
}

/** The table with each target's number and its score as the mean of value × weight over the sheet of replies. */
function withAgain({ lang, made, runs }: Paper, table: PaperTable): PaperTable {
  const { entries, decimals } = made.leaderboard;
  const heads: readonly Column[] = [
    { title: { zh: "目标序号", en: "Target no." }[lang], align: "right" },
    { title: { zh: "由作答复算的效果分", en: "Score from the replies" }[lang], align: "right" },
  ];
  const numberAt = columnName(table.columns.length + 1);
  const values = answerRange(runs, lang, "product");
  const numbers = answerRange(runs, lang, "target");
  return {
    columns: [...table.columns, ...heads],
    rows: table.rows.map((row, at) => {
      const score = entries[at]?.summary.score.value ?? null;
      const isMade = score !== null && hasTotal(made.leaderboard) && values !== null;
      return [
        ...row,
        { value: at + 1, format: "0" },
        isMade
          ? {
              value: score * 100,
              format: decimals === 0 ? "0" : `0.${"0".repeat(decimals)}`,
              formula: `AVERAGEIFS(${values},${numbers},${numberAt}${at + firstRow})*100`,
            }
          : { value: "—" },
      ];
    }),
  };
}

/** Below the line and the head. */
const firstRow = 3;
