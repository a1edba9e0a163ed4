import type { ExportFormat } from "../format.ts";

import { readPaper } from "../../papers/paper.ts";
import { browserFor } from "../../papers/print/browser.ts";
import { printPage } from "../../papers/print/print.ts";

/** The report page as a browser prints it. */
export const format: ExportFormat = {
  id: "pdf",
  title: { zh: "PDF，由浏览器打印报告页", en: "PDF, the report page printed by a browser" },
  paper: true,
  write: async (runs, file, lang, options) => {
    const browser = browserFor(options?.browser ?? null);
    await printPage(await readPaper(runs, lang, options), file, browser);
  },
};
