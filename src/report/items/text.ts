import type { Lang } from "../../domain/text.ts";
import type { ItemAnalysis } from "./analysis.ts";

import { wrapTyped } from "../render/as-typed.ts";
import { renderMarkdown } from "../render/markdown.ts";
import { renderTerminal } from "../render/terminal.ts";
import { itemHeading, type ItemSection, itemSections } from "./sections.ts";
import { itemTable } from "./table.ts";

export type ItemTextOptions = {
  readonly lang: Lang;
  /** Items of each section at most. */
  readonly limit: number;
};

export type ItemTerminalOptions = ItemTextOptions & {
  /** Columns of the terminal; Infinity shows every column of the tables. */
  readonly width: number;
  /** Breaks long sentences at this many columns; null leaves them on one line. */
  readonly wrapped: number | null;
};

/** The sections one below the other, for a terminal. */
export function itemsTerminal(
  analysis: ItemAnalysis,
  { lang, limit, width, wrapped }: ItemTerminalOptions,
): string {
  const told = (line: string): readonly string[] =>
    wrapped === null ? [line] : wrapTyped(line, wrapped);
  const lines = itemHeading(analysis, lang).flatMap(told);
  for (const { title, columns, items, notes } of sectionsOf(analysis, limit, lang)) {
    lines.push("", title);
    if (items.length > 0) lines.push(renderTerminal(itemTable(columns, items, lang), width));
    lines.push(...notes.flatMap(told));
  }
  return lines.join("\n");
}

/** The same as Markdown, with every column. */
export function itemsMarkdown(analysis: ItemAnalysis, { lang, limit }: ItemTextOptions): string {
  const lines = [lang === "zh" ? "## 题目分析" : "## Item analysis", ""];
  lines.push(...itemHeading(analysis, lang).flatMap((line) => [line, ""]));
  for (const { title, columns, items, notes } of sectionsOf(analysis, limit, lang)) {
    lines.push(`### ${title}`, "");
    if (items.length > 0) lines.push(renderMarkdown(itemTable(columns, items, lang)), "");
    lines.push(...notes.flatMap((line) => [line, ""]));
  }
  return lines.join("\n");
}

const sectionsOf = (analysis: ItemAnalysis, limit: number, lang: Lang): readonly ItemSection[] =>
  analysis.items.length === 0 ? [] : itemSections(analysis, limit, lang);
