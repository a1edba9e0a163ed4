import { readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";

/** Both guides, and how they say when and beside what load of the machine a table was measured. */
const guides = {
  "performance.md": (date: string, load: string) => `${date}, load average ${load}.`,
  "performance.zh-CN.md": (date: string, load: string) => `${date}，系统负载 ${load}。`,
};

/** The load of the machine before anything was measured. */
const loadBefore = (loadavg()[0] ?? 0).toFixed(1);

/**
 * Writes the rows of a section between its marks, `<!-- load: NAME -->` and `<!-- end -->`, below the two lines that head its table, in both
 * languages. Throws where a guide has no such place, so that no figure is measured and then lost.
 */
export function writeTable(name: string, rows: readonly (readonly string[])[]): void {
  const table = rows.map((row) => `| ${row.join(" | ")} |\n`).join("");
  const date = new Date().toISOString().slice(0, 10);
  for (const [guide, said] of Object.entries(guides)) {
    const file = join(import.meta.dirname, "../../docs", guide);
    const text = readFileSync(file, "utf8");
    const place = new RegExp(
      `(<!-- load: ${name} -->\\n\\|[^\\n]*\\n\\|[^\\n]*\\n)[^]*?(<!-- end -->)`,
    );
    if (!place.test(text)) throw new Error(`docs/${guide} has no table for ${name}`);
    const after = `\n${said(date, loadBefore)}\n`;
    writeFileSync(
      file,
      text.replace(place, (_, head: string, end: string) => head + table + after + end),
    );
  }
}
