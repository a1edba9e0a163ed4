import type { ChatMessage, FinishReason } from "../../domain/call.ts";
import type { Outcome } from "../../domain/outcome.ts";
import type { GradedElsewhere } from "../../domain/run-file/elsewhere.ts";
import type { Usage } from "../../domain/run-file/usage-counts.ts";
import type { GraderRef, Item } from "../../domain/suite.ts";
import type { Text } from "../../domain/text.ts";

import { UserError } from "../../domain/text.ts";
import { loadPlugin, pluginIds } from "../../plugins.ts";
import { unknownName } from "../../validation/suggest.ts";

/** What counts as right, as an item says it, and the grader that reads it. */
export type ForeignGold = Pick<
  Item,
  | "options"
  | "answer"
  | "answers"
  | "aliases"
  | "reference"
  | "rubric"
  | "tolerance"
  | "constraints"
> & { readonly grader: GraderRef };

export type ForeignReply = {
  readonly outcome: Outcome;
  readonly text: string;
  readonly reasoning: string;
  readonly finish: FinishReason | null;
  /** Null where the tool did not count. */
  readonly usage: Partial<Usage>;
  /** The model that answered, where the reply names one. */
  readonly model: string | null;
  /** What the vendor or the tool said of a call that failed; null where it went well. */
  readonly message: string | null;
};

/** One reply of another tool's result, with what it was asked and how it was graded there. */
export type ForeignSample = {
  /** The data set or test that it belongs to, as a path of capabilities. */
  readonly dimension: readonly string[];
  /** Names the question within that; the same for every model and trial. */
  readonly id: string;
  /** The model, as the tool calls it. */
  readonly model: string;
  /** Everything before the last question: a system prompt, examples, a conversation. */
  readonly before: readonly ChatMessage[];
  /** The last question as it was sent, options and instructions included. */
  readonly prompt: string;
  /** Null where the file has none: the reply is then shown as ungraded. */
  readonly gold: ForeignGold | null;
  readonly reply: ForeignReply;
  /** Null where the tool did not grade it. */
  readonly graded: GradedElsewhere | null;
  /** When it was answered, ISO 8601; null where the file does not say. */
  readonly when: string | null;
};

/** One record of a file by its place (a line, an index, a name), and the reply that it holds or why it holds none. */
export type ForeignRow =
  | { readonly place: string; readonly sample: ForeignSample }
  | { readonly place: string; readonly skip: Text };

/** A file below what the user named. */
export type ForeignFile = {
  readonly path: string;
  /** From the folder that was named, with /; the file's own name where a file was named. */
  readonly name: string;
};

/**
 * A format of results is one file in `src/run-importers/` that exports `runImporter`; the file's name is its id, which is what
 * `baimo import run` takes.
 */
export type RunImporter = {
  readonly id: string;
  readonly title: Text;
  /** Files of a folder that hold replies, by their paths from it. */
  readonly matches: RegExp;
  /**
   * Reads a file in one pass; it is called more than once and must give the same each time. `version` gets the tool's
   * own version where the file tells it. Rejects with a `UserError` where the file is not of this format.
   */
  readonly read: (
    file: ForeignFile,
    version: (version: string) => void,
  ) => AsyncGenerator<ForeignRow>;
};

/** Ids of the formats, sorted. */
export const runImporterIds = (): readonly string[] => pluginIds("run-importers");

/** A format by its id. Rejects with a `UserError` that names the nearest where there is none of that name. */
export async function loadRunImporter(id: string): Promise<RunImporter> {
  const importer = await loadPlugin<RunImporter>("run-importers", id);
  if (importer !== null) return importer;
  throw new UserError(
    unknownName({ zh: "结果格式", en: "format of results" }, id, runImporterIds()),
  );
}

/** The error of a file that is none of the format's: `lacks` is what it should hold. */
export const notOfFormat = ({ path }: ForeignFile, title: Text, lacks: Text): UserError =>
  new UserError({
    zh: `${path} 不是 ${title.zh} 的结果：${lacks.zh}。请换一种格式名（${runImporterIds().join("、")}），或检查文件`,
    en: `${path} is no result of ${title.en}: ${lacks.en}. Name another format (${runImporterIds().join(", ")}), or look at the file`,
  });
