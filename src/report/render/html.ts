import type { Lang } from "../../domain/text.ts";
import type { Table } from "./table.ts";

import { plain } from "./plain.ts";

/** A page that needs nothing else: no script, no font, no address. */
export function htmlPage(title: string, lang: Lang, parts: readonly string[]): string {
  return [
    "<!doctype html>",
    `<html lang="${lang === "zh" ? "zh-CN" : "en"}">`,
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${style}</style>`,
    "</head>",
    "<body>",
    ...parts,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

/** Every column; a blank before a name (the depth of a dimension) stays. */
export function htmlTable({ columns, rows }: Table): string {
  const cell = (tag: "th" | "td", text: string, index: number): string => {
    const right = columns[index]?.align === "right" ? ' class="r"' : "";
    return `<${tag}${right}>${escapeHtml(text)}</${tag}>`;
  };
  const line = (tag: "th" | "td", cells: readonly string[]): string =>
    `<tr>${columns.map((_, index) => cell(tag, cells[index] ?? "", index)).join("")}</tr>`;
  return [
    '<div class="wide"><table>',
    `<thead>${line(
      "th",
      columns.map(({ title }) => title),
    )}</thead>`,
    `<tbody>${rows.map((row) => line("td", row)).join("\n")}</tbody>`,
    "</table></div>",
  ].join("\n");
}

export const htmlHeading = (text: string): string => `<h1>${escapeHtml(text)}</h1>`;

export const htmlLead = (text: string): string => `<p class="lead">${escapeHtml(text)}</p>`;

export const htmlList = (lines: readonly string[]): string =>
  `<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join("\n")}</ul>`;

/** Lines as they are; long ones wrap. */
export const htmlLines = (lines: readonly string[]): string =>
  lines.length === 0 ? "" : `<pre>${lines.map(escapeHtml).join("\n")}</pre>`;

function escapeHtml(text: string): string {
  const names: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return plain(text).replaceAll(/[&<>"']/g, (character) => names[character] ?? "");
}

const style = [
  "body{font:15px/1.6 system-ui,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;margin:2rem auto;max-width:80rem;padding:0 1rem;color:#1f2328;background:#fff}",
  "h1{font-size:1.4rem}.lead{font-size:1.1rem}.wide{overflow-x:auto;margin:1.2rem 0}",
  "table{border-collapse:collapse;font-variant-numeric:tabular-nums}",
  "th,td{padding:.3rem .7rem;border-bottom:1px solid #d0d7de;text-align:left;white-space:pre}",
  "th{background:#f6f8fa;position:sticky;top:0}.r{text-align:right}",
  "pre{white-space:pre-wrap;word-break:break-word;background:#f6f8fa;padding:1rem}li{color:#57606a}",
  "@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}th,pre{background:#161b22}th,td{border-color:#30363d}li{color:#8b949e}}",
].join("");
