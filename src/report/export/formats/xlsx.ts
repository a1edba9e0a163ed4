import type { ExportFormat } from "../format.ts";

import { readPaper } from "../../papers/paper.ts";
import { writeWorkbook } from "../../papers/workbook/workbook.ts";

/** For auditors: conclusion, table, dimensions, every reply, failures, method; sums and scores as formulas. */
export const format: ExportFormat = {
  id: "xlsx",
  title: { zh: "Excel 工作簿，供审计核对", en: "Excel workbook, for auditors" },
  paper: true,
  parts: true,
  write: async (runs, file, lang, options) => {
    await writeWorkbook(await readPaper(runs, lang, options), file);
  },
};
