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

/** A line of a paragraph that stays one: what begins a list, a rule or a heading elsewhere is only text here. */
export const markdownLine = (text: string): string =>
  markdownCell(text)
    .replace(/^(\s*)([-+=])/, String.raw`$1\$2`)
    .replace(/^(\s*\d{1,9})([.)])/, String.raw`$1\$2`);

/** Text that no Markdown or HTML in it can change. */
const markdownCell = (text: string): string =>
  plain(text).replaceAll(/[\\`*_{}[\]<>|~#&]/g, String.raw`\$&`);
