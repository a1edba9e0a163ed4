import type { Importer } from "../importing/importer.ts";
import type { TableRow } from "../importing/table.ts";

import { UserError } from "../domain/text.ts";
import { csvRecords } from "../files/csv.ts";
import { decodedText } from "../files/decode.ts";
import { lineLimit } from "../files/line-limit.ts";
import { cellsBy, importTable } from "../importing/table.ts";

/** A table with a header line. Rows are named by the line where they start. */
export const importer: Importer = {
  id: "csv",
  title: { zh: "CSV 表格", en: "CSV table" },
  source: null,
  license: null,
  matches: /\.(?:csv|tsv|txt)$/i,
  async *read(file, settings) {
    const records = csvRecords(decodedText(file, lineLimit()));
    const first = await records.next();
    if (first.done === true || "problem" in first.value) throw noHeader(file);
    const header = first.value.cells.map((cell) => cell.trim());
    yield* importTable(header, tableRows(header, records), settings);
  },
};

async function* tableRows(
  header: readonly string[],
  records: ReturnType<typeof csvRecords>,
): AsyncGenerator<TableRow> {
  for await (const record of records) {
    const row = record.line;
    if ("problem" in record) {
      yield { row, problem: record.problem };
      continue;
    }
    const extra = record.cells.slice(header.length).filter((cell) => cell.trim() !== "");
    if (extra.length > 0) {
      const [n, of] = [record.cells.length, header.length];
      yield {
        row,
        problem: {
          zh: `有 ${n} 个单元格，表头只有 ${of} 列`,
          en: `${n} cells, but the header has ${of} columns`,
        },
      };
      continue;
    }
    yield { row, cells: cellsBy(header, record.cells) };
  }
}

const noHeader = (file: string): UserError =>
  new UserError({ zh: `${file}：没有表头`, en: `${file}: there is no header` });
