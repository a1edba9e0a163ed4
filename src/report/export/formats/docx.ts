import type { ExportFormat } from "../format.ts";

import { readPaper } from "../../papers/paper.ts";
import { writeWord } from "../../papers/word/report.ts";

/** A selection report to be signed, or a company's own template filled in. */
export const format: ExportFormat = {
  id: "docx",
  title: { zh: "Word 选型评测报告", en: "Word report, to be signed" },
  paper: true,
  parts: true,
  templates: true,
  write: async (runs, file, lang, options) => {
    await writeWord(await readPaper(runs, lang, options), file);
  },
};
