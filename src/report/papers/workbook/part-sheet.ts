import type { PaperPart } from "../../export/format.ts";
import type { Paper } from "../paper.ts";

import { numberTable } from "../numbers.ts";
import { subjectOf } from "../paper.ts";
import { addSheet, type PaperBook, widthsOf } from "./sheet.ts";

/** A section that was made elsewhere, such as the answers to a buyer's clauses, as a sheet of its own. */
export async function writePart(
  book: PaperBook,
  paper: Paper,
  { title, table, lines }: PaperPart,
  place: number,
): Promise<void> {
  const { lang } = paper;
  const numbers = table === null ? null : numberTable(table[lang]);
  const sheet = addSheet(book, {
    name: sheetName(title[lang], place),
    lang,
    widths: numbers === null ? [26, 110] : widthsOf([numbers]),
    aligns: numbers?.columns.map(({ align }) => align) ?? [],
    frozen: { rows: 2, columns: 0 },
    header: subjectOf(paper),
  });
  sheet.line(title[lang], "title");
  if (numbers !== null) sheet.table(numbers);
  for (const line of lines) sheet.line(line[lang]);
  await sheet.close();
}

/** At most 31 characters and none of those that a name may not have; never that of another sheet. */
const sheetName = (title: string, place: number): string => {
  const plain = title
    .replaceAll(/[\\/?*[\]:']/g, " ")
    .slice(0, 27)
    .trim();
  return place === 0 ? plain : `${plain} ${place + 1}`;
};
