import type { Table } from "../../render/table.ts";
import type { Paper } from "../paper.ts";

import { definitions } from "../../method/definitions.ts";
import { formulaTable } from "../../method/formulas.ts";
import {
  priceTable,
  priceTableTitle,
  settingsOf,
  suiteTable,
  suiteTableTitle,
} from "../../method/tables.ts";
import { limitsOf } from "../limits.ts";
import { numberTable } from "../numbers.ts";
import { factsOf, subjectOf } from "../paper.ts";
import { sheetNames } from "./sheet-names.ts";
import { addSheet, type PaperBook } from "./sheet.ts";

/** What every figure means and is divided by, and all that the runs were made with. */
export async function writeMethod(book: PaperBook, paper: Paper): Promise<void> {
  const { lang, made } = paper;
  const { runs, ends, sections } = made.report;
  const sheet = addSheet(book, {
    name: sheetNames.method[lang],
    lang,
    widths: [28, 46, 30, 46, 14, 14, 14, 14, 10, 36, 36],
    frozen: { rows: 1, columns: 0 },
    header: subjectOf(paper),
  });
  const part = (title: string, table: Table): void => {
    sheet.line(title, "heading");
    sheet.table(numberTable(table));
    sheet.blank();
  };
  sheet.line({ zh: "方法与设置", en: "Method and settings" }[lang], "title");
  part({ zh: "公式与分母", en: "Formulas and denominators" }[lang], formulaTable(lang));
  part({ zh: "各个数的意思", en: "What the figures mean" }[lang], {
    columns: [
      { title: { zh: "名称", en: "Name" }[lang] },
      { title: { zh: "意思", en: "Meaning" }[lang] },
    ],
    rows: definitions.map(({ name, text }) => [name[lang], text[lang]]),
  });
  part(suiteTableTitle[lang], suiteTable(runs, lang));
  part(priceTableTitle[lang], priceTable(runs, lang));
  for (const [at, run] of runs.entries()) {
    part(`${{ zh: "设置", en: "Settings" }[lang]} ${run.id}`, {
      columns: [
        { title: { zh: "名称", en: "Name" }[lang] },
        { title: { zh: "值", en: "Value" }[lang] },
      ],
      rows: settingsOf(run, ends[at] ?? null, lang),
    });
  }
  for (const { view, title, table, lines } of sections) {
    if (view !== "judges" && view !== "people") continue;
    sheet.line(title[lang], "heading");
    for (const line of lines) sheet.line(line[lang]);
    if (table !== null) sheet.table(numberTable(table[lang]));
    sheet.blank();
  }
  sheet.line({ zh: "风险与局限", en: "Risks and limits" }[lang], "heading");
  for (const line of limitsOf(paper)) sheet.line(line);
  sheet.blank();
  for (const [name, value] of factsOf(paper)) sheet.row([{ value: name }, { value }]);
  await sheet.close();
}
