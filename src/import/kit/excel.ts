import { UserError } from "../../domain/text.ts";

export type Excel = typeof import("exceljs");

/**
 * The package that reads and writes workbooks. It outweighs all the rest together, so it is an extra that is loaded
 * here alone and only where somebody names a workbook. Rejects with a `UserError` where it is not installed.
 */
export async function loadExcel(
  load: () => Promise<{ readonly default: Excel }> = () => import("exceljs"),
): Promise<Excel> {
  try {
    return (await load()).default;
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new UserError({
      zh: "读写 Excel 文件需要 exceljs，请先执行：npm i exceljs（不想装的话，用 .csv 或 .jsonl 也一样）",
      en: "Excel files need exceljs; run: npm i exceljs (or use .csv or .jsonl, which need nothing)",
    });
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error &&
  ["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"].includes(String(Reflect.get(error, "code"))) &&
  error.message.includes("exceljs");
