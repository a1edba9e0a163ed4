import type { Board } from "../../domain/board.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { View } from "../view/model.ts";
import type { ExportColumn, ExportRow } from "./columns.ts";

import { UserError } from "../../domain/text.ts";
import { loadPlugin, pluginIds } from "../../plugins.ts";
import { unknownName } from "../../validation/suggest.ts";

/** Run files that are written as something else: their answers as rows, and the view from which reports are made. */
export type ExportedRuns = {
  readonly view: View;
  /** The board whose rules the weights follow; null where none was named. */
  readonly board: Board | null;
  readonly columns: readonly ExportColumn[];
  /** One row an answer, in the order of the files. Reads the files again on each call. */
  readonly rows: () => AsyncGenerator<ExportRow>;
};

/**
 * A format that run files are exported to is one file in `src/report/export/formats/` that exports `format`; the file's name
 * is its id, which is what `--to` takes. A format of answers asks for `rows`, one of reports for `view`.
 */
export type ExportFormat = {
  readonly id: string;
  readonly title: Text;
  /** Writes the whole file anew. Rejects with a `UserError` where a package that it needs is not installed. */
  readonly write: (runs: ExportedRuns, file: string, lang: Lang) => Promise<void>;
};

/** Ids of the formats, sorted. */
export const exportFormats = (): readonly string[] => pluginIds("report/export/formats");

/** A format by its id. Rejects with a `UserError` that names the nearest where there is none of that name. */
export async function loadExportFormat(id: string): Promise<ExportFormat> {
  const format = await loadPlugin<ExportFormat>("report/export/formats", id);
  if (format !== null) return format;
  throw new UserError(unknownName({ zh: "导出格式", en: "export format" }, id, exportFormats()));
}
