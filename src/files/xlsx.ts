import { createRequire } from "node:module";
import { UserError } from "../domain/text.ts";

/**
 * The package that reads and writes workbooks is an extra: with what it brings it outweighs all the rest. `from` is
 * the module that looks for it. Rejects with a `UserError` where it is not installed.
 */
export async function loadExcel(from: string = import.meta.url): Promise<typeof import("exceljs")> {
  try {
    createRequire(from).resolve("exceljs");
  } catch {
    throw new UserError({
      zh: "读写 Excel 文件需要 exceljs：请在项目里执行 npm i exceljs，或改用 CSV",
      en: "Excel files need exceljs: run npm i exceljs, or use CSV instead",
    });
  }
  return (await import("exceljs")).default;
}
