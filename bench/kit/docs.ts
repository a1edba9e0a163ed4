import { readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";

/** Both guides, and how they say when and beside what load of the machine a table was measured. */
const guides = {
  "performance.md": (date: string, load: string, more: string) =>
    `${date}, load average ${load}${more === "" ? "" : `; ${more}`}.`,
  "performance.zh-CN.md": (date: string, load: string, more: string) =>
    `${date}，系统负载 ${load}${more === "" ? "" : `；${more}`}。`,
};

/** The load of the machine before anything was measured. */
const loadBefore = (loadavg()[0] ?? 0).toFixed(1);

/**
 * Writes the rows of a table between its marks, `<!-- MARK -->` (letters, spaces and colons) and `<!-- end -->`, below the two lines that head it, in both
 * languages; `more`, names and versions that both share, stands after the date. Throws where a guide has no such place, so that no
 * figure is measured and then lost.
 */
export function writeTable(
  mark: string,
  rows: readonly (readonly string[])[],
  more: string = "",
): void {
  const date = new Date().toISOString().slice(0, 10);
  for (const [guide, said] of Object.entries(guides)) {
    const file = join(import.meta.dirname, "../../docs", guide);
    const written = withTable(readFileSync(file, "utf8"), mark, rows, said(date, loadBefore, more));
    if (written === null) throw new Error(`docs/${guide} has no table for ${mark}`);
    writeFileSync(file, written);
  }
}

/** A guide's text with these rows in the place of those that a table had, and a line below them; null where it has no such table. */
export function withTable(
  text: string,
  mark: string,
  rows: readonly (readonly string[])[],
  below: string,
): string | null {
  const place = new RegExp(`(<!-- ${mark} -->\\n\\|[^\\n]*\\n\\|[^\\n]*\\n)[^]*?(<!-- end -->)`);
  const table = rows.map((row) => `| ${row.join(" | ")} |\n`).join("");
  return place.test(text)
    ? text.replace(place, (_, head: string, end: string) => `${head}${table}\n${below}\n${end}`)
    : null;
}
