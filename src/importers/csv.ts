import type { GridRow } from "../importing/grid/grid-row.ts";
import type { Importer } from "../importing/importer.ts";

import { UserError } from "../domain/text.ts";
import { csvRecords } from "../files/csv.ts";
import { decodedText } from "../files/decode.ts";
import { lineLimit } from "../files/line-limit.ts";
import { importGrid } from "../importing/grid/import-grid.ts";

/** A table with a header line, titles above it or not. Rows are named by the line where they start. */
export const importer: Importer = {
  id: "csv",
  title: { zh: "CSV 表格", en: "CSV table" },
  source: null,
  license: null,
  matches: /\.(?:csv|tsv|txt)$/i,
  async *read(file, settings) {
    const rows = gridRows(file);
    try {
      yield* importGrid(rows, settings, () => noHeader(file));
    } finally {
      // Closes the file where not all of it was read.
      await rows.return(undefined);
    }
  },
};

async function* gridRows(file: string): AsyncGenerator<GridRow> {
  for await (const record of csvRecords(decodedText(file, lineLimit()))) {
    const row = record.line;
    yield "problem" in record
      ? { row, problem: record.problem }
      : { row, cells: record.cells.map((cell) => (cell.trim() === "" ? null : cell.trim())) };
  }
}

const noHeader = (file: string): UserError =>
  new UserError({ zh: `${file}：没有表头`, en: `${file}: there is no header` });
