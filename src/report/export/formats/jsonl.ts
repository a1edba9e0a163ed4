import type { ExportFormat } from "../format.ts";

import { writeTexts } from "../../../files/write-texts.ts";

/** One object a line, with every column, null where it is unknown. */
export const format: ExportFormat = {
  id: "jsonl",
  title: { zh: "JSON Lines，一行一条回答", en: "JSON Lines, one answer a line" },
  write: ({ rows }, file) => writeTexts(file, linesOf(rows())),
};

async function* linesOf(rows: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}
