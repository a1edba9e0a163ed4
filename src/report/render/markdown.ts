import type { Table } from "./table.ts";

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

/**
 * Text that stays what it is in a cell, a list item or a heading: code, emphasis, HTML, links and blocks cannot begin
 * in it (CommonMark 0.31, §2.4). Underscores within a word and brackets that make no link need no escape.
 */
export const markdownCell = (text: string): string =>
  text
    .replaceAll("\n", " ")
    .replaceAll(
      /[\\`*<|#]|~(?=~)|\](?=[([:])|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|^(?:>|[+-](?=\s)|[=-](?=[=-]{2}))/gu,
      String.raw`\$&`,
    );
