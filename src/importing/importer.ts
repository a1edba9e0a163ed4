import type { Item, Task } from "../domain/suite.ts";
import type { QuestionKind } from "./typing/kinds.ts";

import { type Text, UserError } from "../domain/text.ts";
import { loadPlugin, pluginIds } from "../plugins.ts";
import { unknownName } from "../validation/suggest.ts";

/** A task without its items. Rows of one task id share one head: the first one counts. */
export type TaskHead = Omit<Task, "items">;

/**
 * What became of one part of a row: an item of a task, or the reason why there is none; harmless where nothing is lost by that, as
 * with a row of totals.
 */
export type Output = ImportedItem | { readonly skip: Text; readonly harmless?: true };

/** An item with its task. `kind` says what type of question it was taken for, `doubts` why a person should look at it. */
export type ImportedItem = {
  readonly task: TaskHead;
  readonly item: Item;
  readonly kind?: QuestionKind;
  readonly doubts?: readonly Text[];
};

/** Something that was found or guessed about a file as a whole. */
export type ImportNote = {
  readonly text: Text;
  /** The option that changes it; null where there is none. */
  readonly change: string | null;
  /** False where it may be wrong, so that a person should confirm it. */
  readonly sure: boolean;
};

/**
 * One row of the file, counted from 1, and what became of it. `again` marks a row that was reported before and is not counted
 * twice, where several rows make one item.
 */
export type ImportedRow = {
  readonly row: number;
  /** What the row is called where its number does not say enough, such as `判断题!12`. */
  readonly place?: string;
  readonly outputs: readonly Output[];
  readonly again?: true;
  readonly notes?: readonly ImportNote[];
};

/** What the user may say about the file. */
export type ImportSettings = {
  /** Role to column, such as `question` to `题干`. */
  readonly columns: Readonly<Record<string, string>>;
  readonly sheet: string | null;
  /** The number of the row that holds the column names; 0 where none does; null: it is looked for. */
  readonly header_row?: number | null;
  readonly shape: "wide" | "long" | "dialogue";
  /** Where answers are option numbers: the number of the first option. */
  readonly answer_base: 0 | 1 | null;
  readonly dimension: readonly string[] | null;
};

/** An importer is one file in `src/importers/` that exports `importer`; the file's name is its id. */
export type Importer = {
  readonly id: string;
  readonly title: Text;
  /** Where the published set comes from; null for a user's own file. */
  readonly source: string | null;
  /** Licence of the published data; null where the user's own or where none is stated. */
  readonly license: string | null;
  /** Files of a folder that hold rows, by their names. */
  readonly matches: RegExp;
  /** Files of the set whose rows are examples for few-shot prompts and no questions; absent where it has none. */
  readonly isDev?: (file: string) => boolean;
  /** Reads a file in one pass. Rejects with a `UserError` where it is not of this format at all. */
  readonly read: (file: string, settings: ImportSettings) => AsyncIterable<ImportedRow>;
};

/** The reason of a row that was left out. */
export const skip = (zh: string, en: string): Output => ({ skip: { zh, en } });

/** Thrown inside a converter: the row is left out with this reason. */
export class SkipRow extends Error {
  readonly text: Text;

  constructor(zh: string, en: string) {
    super(en);
    this.name = "SkipRow";
    this.text = { zh, en };
  }
}

/** Ids of the importers, sorted. */
export const importerIds = (): readonly string[] => pluginIds("importers");

/** An importer by its id. Rejects with a `UserError` that names the nearest where there is none of that name. */
export async function loadImporter(id: string): Promise<Importer> {
  const importer = await loadPlugin<Importer>("importers", id);
  if (importer !== null) return importer;
  throw new UserError(unknownName({ zh: "导入格式", en: "format" }, id, importerIds()));
}
