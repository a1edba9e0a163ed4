import type { ExportedRuns, ExportFormat } from "../format.ts";

import { writeTexts } from "../../../files/write-texts.ts";
import { csvBegin, csvLine } from "../../render/csv.ts";

/** For spreadsheets: what could be a formula gets an apostrophe, what no cell can hold is cut. Unknown is an empty cell. */
export const format: ExportFormat = {
  id: "csv",
  title: { zh: "CSV，可用 Excel、WPS 打开", en: "CSV, for spreadsheets" },
  write: (runs, file) => writeTexts(file, linesOf(runs)),
};

async function* linesOf({ columns, rows }: ExportedRuns): AsyncGenerator<string> {
  yield csvBegin + csvLine(columns.map(({ name }) => name));
  for await (const row of rows()) yield csvLine(columns.map(({ name }) => String(row[name] ?? "")));
}
