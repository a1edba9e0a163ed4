import type { Column } from "../../render/table.ts";
import type { PaperCell, PaperTable } from "../numbers.ts";
import type { Paper } from "../paper.ts";

import { verdicts } from "../../../domain/grader.ts";
import { verdictWords } from "../../render/words.ts";
import { subjectOf } from "../paper.ts";
import { sheetNames } from "./sheet-names.ts";
import { addSheet, type PaperBook, columnName, type PaperSheet, widthsOf } from "./sheet.ts";

/** Verdicts and costs by target with their sums. */
export async function writeSums(book: PaperBook, paper: Paper): Promise<void> {
  const { lang } = paper;
  const [counts, costs] = [verdictTable(paper), costTable(paper)];
  const sheet = addSheet(book, {
    name: sheetNames.sums[lang],
    lang,
    widths: widthsOf([counts, costs]),
    frozen: { rows: 1, columns: 1 },
    header: subjectOf(paper),
  });
  sheet.line({ zh: "判定计数与费用合计", en: "Verdicts and cost, summed" }[lang], "title");
  sheet.line({ zh: "判定计数", en: "Verdicts" }[lang], "heading");
  writeSummed(sheet, counts, { lang, across: true });
  sheet.blank();
  sheet.line(
    { zh: "费用合计（未知的不在合计里）", en: "Cost (unknown ones are in no sum)" }[lang],
    "heading",
  );
  writeSummed(sheet, costs, { lang, across: false });
  await sheet.close();
}

const modelHead = (lang: Paper["lang"]): Column => ({ title: { zh: "模型", en: "Model" }[lang] });

function verdictTable({ lang, made }: Paper): PaperTable {
  const kinds = [...verdicts, "none"] as const;
  return {
    columns: [
      modelHead(lang),
      ...kinds.map((kind) => ({
        title: kind === "none" ? { zh: "未评", en: "not graded" }[lang] : verdictWords[kind][lang],
        align: "right" as const,
      })),
    ],
    rows: made.report.targets.map(({ name, verdicts: counts }) => [
      { value: name[lang] },
      ...kinds.map((kind) => ({ value: counts[kind], format: "#,##0" })),
    ]),
  };
}

function costTable({ lang, made }: Paper): PaperTable {
  const currencies = ["CNY", "USD"] as const;
  const right = (zh: string, en: string) => ({
    title: { zh, en }[lang],
    align: "right" as const,
  });
  return {
    columns: [
      modelHead(lang),
      ...currencies.map((each) => right(`被测（${each}）`, `Targets (${each})`)),
      ...currencies.map((each) => right(`裁判（${each}）`, `Judges (${each})`)),
    ],
    rows: made.leaderboard.entries.map(({ summary: { cost, judge_cost } }, at) => {
      const cells = (sums: typeof cost): readonly PaperCell[] =>
        currencies.map((currency) => {
          if (sums === null) return { value: { zh: "未知", en: "unknown" }[lang] };
          const amount = sums.find((each) => each.currency === currency)?.amount ?? 0;
          return { value: amount, format: "#,##0.000000" };
        });
      return [
        { value: made.report.targets[at]?.name[lang] ?? "" },
        ...cells(cost),
        ...cells(judge_cost),
      ];
    }),
  };
}

/** A table with a sum below each column of numbers, and behind each row where its columns add up. */
export function writeSummed(
  sheet: PaperSheet,
  { columns, rows }: PaperTable,
  { lang, across }: { readonly lang: Paper["lang"]; readonly across: boolean },
): void {
  const whole = { zh: "合计", en: "Sum" }[lang];
  const names = 1;
  const numberOf = (cell: PaperCell | undefined): number =>
    typeof cell?.value === "number" ? cell.value : 0;
  sheet.head([...columns.map(({ title }) => title), ...(across ? [whole] : [])]);
  const first = sheet.next();
  const lastName = columnName(columns.length);
  const acrossCell = (cells: readonly PaperCell[], at: number): readonly PaperCell[] =>
    across
      ? [
          {
            value: cells.reduce((sum, cell) => sum + numberOf(cell), 0),
            format: "#,##0",
            formula: `SUM(${columnName(names + 1)}${at}:${lastName}${at})`,
          },
        ]
      : [];
  for (const cells of rows) sheet.row([...cells, ...acrossCell(cells, sheet.next())]);
  if (rows.length === 0) return;
  const last = sheet.next() - 1;
  const sums = columns.slice(names).map((_, at): PaperCell => {
    const letter = columnName(names + 1 + at);
    return {
      value: rows.reduce((sum, row) => sum + numberOf(row[names + at]), 0),
      format: rows[0]?.[names + at]?.format ?? "#,##0.000000",
      formula: `SUM(${letter}${first}:${letter}${last})`,
    };
  });
  sheet.row([{ value: whole }, ...sums, ...acrossCell(sums, last + 1)], "total");
}
