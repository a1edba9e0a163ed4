import type { ExportColumn } from "../columns.ts";
import type { ExportFormat } from "../format.ts";

import { loadParquetWriter } from "../../../files/parquet.ts";

const types = {
  text: "STRING",
  number: "DOUBLE",
  whole: "INT64",
  flag: "BOOLEAN",
} as const satisfies Readonly<Record<ExportColumn["type"], string>>;

/** Typed columns, compressed with Snappy; a part of the rows is in memory at a time. */
export const format: ExportFormat = {
  id: "parquet",
  title: { zh: "Parquet，DuckDB、pandas 直接读", en: "Parquet, for DuckDB and pandas" },
  write: async ({ columns, rows }, file) => {
    const { fileWriter, parquetWriteRows } = await loadParquetWriter();
    await parquetWriteRows({
      writer: fileWriter(file),
      rows: typed(rows(), columns),
      columns: columns.map(({ name, type }) => ({ name, type: types[type] })),
      rowGroupSize: rowsInGroup,
      createdBy: "baimo",
    });
  },
};

/** Replies are long: ten thousand of them with their prompts are some tens of megabytes. */
const rowsInGroup = 10_000;

/** The writer wants 64-bit numbers as such. */
async function* typed(
  rows: AsyncIterable<Readonly<Record<string, unknown>>>,
  columns: readonly ExportColumn[],
) {
  const wholes = columns.filter(({ type }) => type === "whole").map(({ name }) => name);
  for await (const row of rows) {
    const cells: Record<string, unknown> = { ...row };
    for (const name of wholes) {
      const value = cells[name];
      if (typeof value === "number") cells[name] = BigInt(Math.round(value));
    }
    yield cells;
  }
}
