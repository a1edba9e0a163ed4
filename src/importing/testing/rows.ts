import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { ImportedRow, ImportSettings } from "../importer.ts";

import { loadImporter } from "../importer.ts";

export const settings: ImportSettings = {
  columns: {},
  sheet: null,
  shape: "wide",
  answer_base: null,
  dimension: null,
};

/** A file in a folder of its own. */
export async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "import-"));
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

/** Everything that an importer makes of a file. */
export async function rowsOf(
  format: string,
  file: string,
  told: Partial<ImportSettings> = {},
): Promise<readonly ImportedRow[]> {
  const importer = await loadImporter(format);
  const rows: ImportedRow[] = [];
  for await (const row of importer.read(file, { ...settings, ...told })) rows.push(row);
  return rows;
}

/** Items with the grader of their task, and reasons with their rows. */
export function outcome(rows: readonly ImportedRow[]) {
  return rows.flatMap(({ row, outputs }) =>
    outputs.map((output) =>
      "skip" in output
        ? { row, reason: output.skip.zh }
        : { ...output.item, use: output.task.grader.use, dimension: output.task.dimension },
    ),
  );
}

/** JSON Lines. */
export const lines = (...values: readonly unknown[]): string =>
  values.map((value) => JSON.stringify(value)).join("\n");
