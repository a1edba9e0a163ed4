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

/** Text that no Markdown in it can change. */
export const markdownCell = (text: string): string =>
  text.replaceAll(/[\\`*_{}[\]<>|~#]/g, String.raw`\$&`).replaceAll("\n", " ");

/** A sentence of ours with names from outside in it: no HTML, code or picture can begin there. */
export const markdownLine = (text: string): string =>
  text.replaceAll(/[<>`!](?=\S)|\](?=\()/g, String.raw`\$&`).replaceAll("\n", " ");
