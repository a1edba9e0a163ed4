import { createRequire } from "node:module";

import { UserError } from "../../../domain/text.ts";

/** The library that writes Word documents, and its part for charts. */
export type Docx = {
  readonly docx: typeof import("docx");
  readonly charts: typeof import("docx/charts");
};

/**
 * The package that writes Word documents is optional. `from` is the module that looks for it. Rejects with a `UserError`
 * where it is not installed.
 */
export async function loadDocx(from: string = import.meta.url): Promise<Docx> {
  try {
    createRequire(from).resolve("docx");
  } catch {
    throw new UserError({
      zh: "写 Word 文件需要 docx：请在项目里执行 npm i docx，或改用 --to xlsx、--to pdf",
      en: "Word files need docx: run npm i docx, or use --to xlsx or --to pdf instead",
    });
  }
  return { docx: await import("docx"), charts: await import("docx/charts") };
}
