import type { ExportFormat } from "../../../../../../src/report/export/format.ts";

import { writeTexts } from "../../../../../../src/files/write-texts.ts";

/** Cells parted by tabs, one answer a line. */
export const format: ExportFormat = {
  id: "my-table",
  title: { zh: "我的表", en: "my table" },
  write: ({ columns, rows }, file) => {
    const names = columns.map(({ name }) => name);
    const lines = async function* lines() {
      yield `${names.join("\t")}\n`;
      for await (const row of rows())
        yield `${names.map((name) => cellOf(row[name] ?? "")).join("\t")}\n`;
    };
    return writeTexts(file, lines());
  },
};

/** What a model wrote must not end a cell or a line. */
const cellOf = (value: string | number | boolean): string => String(value).replaceAll(/\s+/g, " ");
