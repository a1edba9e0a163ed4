import type { ExportFormat } from "../format.ts";

import { readPaper } from "../../papers/paper.ts";
import { writeWorkbook } from "../../papers/workbook/workbook.ts";

/** For auditors: conclusion, table, dimensions, every reply, failures, method; sums and scores as formulas. */
export const format: ExportFormat = {
  id: "xlsx",
  title: { zh: "Excel 工作簿，便于逐条核对", en: "Excel workbook, to be checked answer by answer" },
  paper: true,
  parts: true,
  write: async (runs, file, lang, options) => {
    await writeWorkbook(await readPaper(runs, lang, options), file);
  },
};
