import type { Board } from "../../domain/board.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { ReportSection } from "../page/sections/section.ts";
import type { View } from "../view/model.ts";
import type { ExportColumn, ExportedAnswer, ExportRow } from "./columns.ts";

import { UserError } from "../../domain/text.ts";
import { loadPlugin, pluginIds } from "../../plugins.ts";
import { unknownName } from "../../validation/suggest.ts";

/** Run files that are written as something else: their answers as rows, and the view from which reports are made. */
export type ExportedRuns = {
  readonly files: readonly string[];
  readonly view: View;
  /** The board whose rules the weights follow; null where none was named. */
  readonly board: Board | null;
  readonly columns: readonly ExportColumn[];
  /** Every answer with its item and score, in the order of the files. Reads the files again on each call. */
  readonly answers: () => AsyncGenerator<ExportedAnswer>;
  /** One row an answer, in the order of the files. Reads the files again on each call. */
  readonly rows: () => AsyncGenerator<ExportRow>;
};

/** What a paper is made by, beside the runs. */
export type PaperOptions = {
  readonly now: Date;
  /** A company's own document, whose placeholders are filled in; null takes that of baimo. */
  readonly template: string | null;
  /** What a buyer's clauses found, or others made of the same runs, as further sections of a paper. */
  readonly parts: readonly PaperPart[];
  /** Shows the replies to risk items. */
  readonly unfold: boolean;
  /** A browser that the environment names; null looks for one. */
  readonly browser: string | null;
  /** What should be known of the file that was written. */
  readonly say: (line: Text) => void;
  readonly signal: AbortSignal;
};

/** A section that a paper takes in from elsewhere. */
export type PaperPart = Pick<ReportSection, "title" | "table" | "lines"> & {
  /** The columns that a page upright has room for; without it all of them. */
  readonly brief?: ReportSection["table"];
};

/**
 * A format that run files are exported to is one file in `src/report/export/formats/` that exports `format`; the file's name
 * is its id, which is what `--to` takes. A format of answers asks for `rows`, one of reports for `view`.
 */
export type ExportFormat = {
  readonly id: string;
  readonly title: Text;
  /** A paper for people: the figures of the report page, on any board. Its kit lies in `src/report/papers/`. */
  readonly paper?: true;
  /** Takes in sections made elsewhere. */
  readonly parts?: true;
  /** Fills in a template. */
  readonly templates?: true;
  /** Writes the whole file anew. Rejects with a `UserError` where a package that it needs is not installed. */
  readonly write: (
    runs: ExportedRuns,
    file: string,
    lang: Lang,
    options?: Partial<PaperOptions>,
  ) => Promise<void>;
};

/** Ids of the formats, sorted. */
export const exportFormats = (): readonly string[] => pluginIds("report/export/formats");

/** A format by its id. Rejects with a `UserError` that names the nearest where there is none of that name. */
export async function loadExportFormat(id: string): Promise<ExportFormat> {
  const format = await loadPlugin<ExportFormat>("report/export/formats", id);
  if (format !== null) return format;
  throw new UserError(unknownName({ zh: "导出格式", en: "export format" }, id, exportFormats()));
}
