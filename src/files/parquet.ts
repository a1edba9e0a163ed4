import { createRequire } from "node:module";

import { UserError } from "../domain/text.ts";

/**
 * The package that writes Parquet is optional. `from` is the module that looks for it. Rejects with a `UserError` where
 * it is not installed.
 */
export async function loadParquetWriter(
  from: string = import.meta.url,
): Promise<typeof import("hyparquet-writer")> {
  try {
    createRequire(from).resolve("hyparquet-writer");
  } catch {
    throw new UserError({
      zh: "写 Parquet 文件需要 hyparquet-writer：请在项目里执行 npm i hyparquet-writer，或改用 --to csv、--to jsonl",
      en: "Parquet files need hyparquet-writer: run npm i hyparquet-writer, or use --to csv or --to jsonl instead",
    });
  }
  return import("hyparquet-writer");
}
