import type { PaperTable } from "../numbers.ts";
import type { Paper } from "../paper.ts";

import { outcomes } from "../../../domain/outcome.ts";
import { outcomeWords } from "../../render/words.ts";
import { numberTable } from "../numbers.ts";
import { subjectOf } from "../paper.ts";
import { sheetNames } from "./sheet-names.ts";
import { addSheet, type PaperBook, widthsOf } from "./sheet.ts";
import { writeSummed } from "./sums-sheet.ts";

/** How calls ended by target, with sums, and the causes in the vendors' words. */
export async function writeFailures(book: PaperBook, paper: Paper): Promise<void> {
  const { lang, made } = paper;
  const counts = outcomeTable(paper);
  const sections = made.report.sections.filter(({ view }) => view === "failures");
  const tables = sections.flatMap(({ table }) =>
    table === null ? [] : [numberTable(table[lang])],
  );
  const sheet = addSheet(book, {
    name: sheetNames.failures[lang],
    lang,
    widths: widthsOf([counts, ...tables]),
    frozen: { rows: 1, columns: 0 },
    header: subjectOf(paper),
  });
  sheet.line(
    {
      zh: "失败的调用不算作答错：不进效果分的分母，只拉低覆盖率。",
      en: "A failed call is no wrong answer: it is in no denominator of the score and lowers the coverage alone.",
    }[lang],
  );
  writeSummed(sheet, counts, { lang, across: true });
  for (const [at, { title }] of sections.entries()) {
    sheet.blank();
    sheet.line(title[lang], "heading");
    const table = tables[at];
    if (table !== undefined) sheet.table(table);
  }
  await sheet.close();
}

function outcomeTable({ lang, made }: Paper): PaperTable {
  const { targets } = made.report;
  const seen = outcomes.filter(
    (each) => each === "ok" || targets.some((target) => (target.outcomes[each] ?? 0) > 0),
  );
  return {
    columns: [
      { title: { zh: "模型", en: "Model" }[lang] },
      ...seen.map((each) => ({ title: outcomeWords[each][lang], align: "right" as const })),
    ],
    rows: targets.map(({ name, outcomes: counts }) => [
      { value: name[lang] },
      ...seen.map((each) => ({ value: counts[each] ?? 0, format: "#,##0" })),
    ]),
  };
}
