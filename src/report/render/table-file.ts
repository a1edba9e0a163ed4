import { z } from "zod";

import type { Lang } from "../../domain/text.ts";
import type { Table } from "./table.ts";

import { ranksWithTies } from "../../stats/rank.ts";
import { clean } from "./format.ts";
import { rankText } from "../leaderboard/table.ts";
import { renderMarkdown, renderTerminal } from "./table.ts";

const Cell = z.union([z.string(), z.number(), z.null()]);

/** Ranked tables as somebody published them: titles, columns and rows of cells. */
export const TableFile = z.object({
  edition: z.string().optional(),
  source: z.string().optional(),
  tables: z
    .array(
      z.object({
        title: z.string(),
        columns: z.array(z.string()).min(1),
        rows: z.array(z.array(Cell)),
      }),
    )
    .min(1),
});
export type TableFile = z.infer<typeof TableFile>;
type Published = TableFile["tables"][number];

/** A published row: its rank as printed, and the rank that its score gives. */
export type PublishedRank = {
  readonly name: string;
  /** Null for models shown in place without a rank. */
  readonly printed: number | null;
  readonly computed: number | null;
};

const medals: Readonly<Record<string, number>> = { "🏅": 1, "🥇": 1, "🥈": 2, "🥉": 3 };
const rankTitles: ReadonlySet<string> = new Set(["排名", "名次", "Rank"]);
const scoreTitle = /总分|分数|得分|效果分|score/i;
const nameTitle = /模型|model/i;

/**
 * Ranks of a published table. Rows printed with "-" are shown in place and not counted; an empty rank is
 * computed. Scores closer than `tie` points share a rank. Null where the table has no ranks.
 */
export function publishedRanks(table: Published, tie: number): readonly PublishedRank[] | null {
  const rankColumn = table.columns.findIndex((title) => rankTitles.has(title.trim()));
  if (rankColumn < 0) return null;
  const scoreColumn = scoreColumnOf(table);
  const printed = table.rows.map((row) => rankOf(row[rankColumn]));
  const scores = table.rows.map((row, index) =>
    printed[index] === null ? null : numberOf(row[scoreColumn]),
  );
  const computed = ranksWithTies(scores, tie);
  const nameColumn = table.columns.findIndex((title) => nameTitle.test(title));
  return table.rows.map((row, index) => ({
    name: clean(String(row[nameColumn] ?? "")),
    printed: printed[index] ?? null,
    computed: computed[index] ?? null,
  }));
}

/** The titled column of scores, else the first whose cells are all numbers. */
function scoreColumnOf({ columns, rows }: Published): number {
  const titled = columns.findIndex((title) => scoreTitle.test(title));
  if (titled >= 0) return titled;
  return columns.findIndex(
    (title, column) =>
      !rankTitles.has(title.trim()) && rows.every((row) => numberOf(row[column]) !== null),
  );
}

function rankOf(cell: Published["rows"][number][number] | undefined): number | null {
  const text = clean(String(cell ?? ""));
  const medal = medals[text];
  if (medal !== undefined) return medal;
  if (text === "") return Number.NaN;
  const rank = Number(text);
  return Number.isInteger(rank) && rank > 0 ? rank : null;
}

function numberOf(cell: Published["rows"][number][number] | undefined): number | null {
  if (typeof cell === "number") return cell;
  const text = clean(cell ?? "");
  return text === "" || Number.isNaN(Number(text)) ? null : Number(text);
}

/** A published table with its ranks in our form, missing cells as "—", numbers to the right. */
export function publishedTable(table: Published, tie: number): Table {
  const ranks = publishedRanks(table, tie);
  const isNumber = table.columns.map(
    (title, column) =>
      !rankTitles.has(title.trim()) &&
      table.rows.some((row) => numberOf(row[column]) !== null) &&
      table.rows.every((row) => isMissing(row[column]) || numberOf(row[column]) !== null),
  );
  return {
    columns: table.columns.map((title, column) => ({
      title: clean(title),
      ...(isNumber[column] === true ? { align: "right" as const } : {}),
      ...(nameTitle.test(title) ? { shrink: 16 } : {}),
      drop: dropOf(table, column),
    })),
    rows: table.rows.map((row, index) =>
      table.columns.map((title, column) => {
        if (rankTitles.has(title.trim())) return rankCell(ranks?.[index]);
        return isMissing(row[column]) ? "—" : clean(String(row[column]));
      }),
    ),
  };
}

/** Rank, name and score stay in a narrow terminal; the others go from the right. */
function dropOf(table: Published, column: number): number {
  const title = table.columns[column] ?? "";
  const stays =
    rankTitles.has(title.trim()) || nameTitle.test(title) || column === scoreColumnOf(table);
  return stays ? 0 : column + 1;
}

const isMissing = (cell: Published["rows"][number][number] | undefined): boolean =>
  ["", "-", "/", "—", "null"].includes(clean(String(cell ?? "")));

function rankCell(rank: PublishedRank | undefined): string {
  if (rank === undefined) return "-";
  return rankText(Number.isNaN(rank.printed) ? rank.computed : rank.printed);
}

/** Rows whose printed rank does not follow from their scores. */
function misprints(table: Published, tie: number, lang: Lang): readonly string[] {
  return (publishedRanks(table, tie) ?? [])
    .filter(({ printed, computed }) => !Number.isNaN(printed) && printed !== computed)
    .map(({ name, printed, computed }) =>
      lang === "zh"
        ? `${name}：原表名次 ${printed}，按分数是 ${computed}`
        : `${name}: printed rank ${printed}, by its score ${computed}`,
    );
}

export type TableFileOptions = {
  readonly lang: Lang;
  readonly tie?: number;
  readonly width?: number;
};

/** Every table of a file for the terminal, each under its title, with remarks on misprinted ranks. */
export const tableFileTerminal = (
  { tables }: TableFile,
  { lang, tie = 0.03, width = Number.POSITIVE_INFINITY }: TableFileOptions,
): string =>
  tables
    .map((table) =>
      [
        clean(table.title),
        "",
        renderTerminal(publishedTable(table, tie), width),
        ...misprints(table, tie, lang),
        "",
      ].join("\n"),
    )
    .join("\n");

/** The same as Markdown. */
export const tableFileMarkdown = (
  { tables }: TableFile,
  { lang, tie = 0.03 }: TableFileOptions,
): string =>
  tables
    .map((table) =>
      [
        `## ${clean(table.title)}`,
        "",
        renderMarkdown(publishedTable(table, tie)),
        "",
        ...misprints(table, tie, lang).map((line) => `- ${line}`),
        "",
      ].join("\n"),
    )
    .join("\n");
