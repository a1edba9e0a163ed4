import type { Table } from "./table.ts";

import { plain } from "./plain.ts";

/** The whole table in GitHub's Markdown. */
export function renderMarkdown({ columns, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(markdownCell).join(" | ")} |`;
  const rule = columns.map(({ align }) => (align === "right" ? "---:" : "---"));
  return [
    line(columns.map(({ title }) => title)),
    `| ${rule.join(" | ")} |`,
    ...rows.map(line),
  ].join("\n");
}

/** A heading, whatever is in its text. */
export const markdownHeading = (text: string): string => `## ${markdownLine(text)}`;

/** A list with an item for each line. */
export const markdownList = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => `- ${markdownLine(line)}`);

/** A line of a paragraph that stays one: a number at its start begins no list, a box no task. */
export const markdownLine = (text: string): string =>
  markdownCell(text)
    .replace(/^(\s*\d{1,9})([.)])/, String.raw`$1\$2`)
    .replace(/^(\s*)(?=\[[ xX]\])/, "$1\\");

/**
 * Text that stays what it is in a cell, a list item or a heading: code, emphasis, HTML, links and blocks cannot begin
 * in it (CommonMark 0.31, §2.4). Underscores within a word and brackets that make no link need no escape.
 */
export const markdownCell = (text: string): string =>
  plain(text).replaceAll(
    /[\\`*<|#]|~(?=~)|&(?=#|\w+;)|\](?=[([:])|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|^\s*(?:>|[+-](?=\s)|[=-](?=[=-]{2}))/gu,
    (sign) => sign.replace(/\S/u, String.raw`\$&`),
  );
