import type { AnswerLine, EndLine, ItemLine, RunLine, ScoreLine } from "../domain/record.ts";
import type { Done } from "./run.ts";

import { isFailed } from "../domain/outcome.ts";
import { createKeySet } from "../store/key-set.ts";
import { type Scanned, scanRun } from "../store/run-file.ts";

/** What a run file says of how far it came. */
export type Progress = {
  readonly header: RunLine;
  readonly done: Done;
  /** The last session's end, or null where it was cut off. */
  readonly end: EndLine | null;
  readonly scanned: Scanned;
  /** Answers that have no score yet, with their items. */
  readonly unscored: readonly { readonly item: ItemLine; readonly answer: AnswerLine }[];
};

/** A run that holds nothing yet. */
export const nothingDone = (): Done => ({
  answers: createKeySet(),
  items: createKeySet(),
  answered: 0,
  failed: 0,
});

/**
 * Reads how far a run came, in one pass and, where answers lack scores, a second. With `retryFailed`, calls that failed
 * for good count as not asked.
 */
export async function readProgress(file: string, retryFailed: boolean): Promise<Progress> {
  const answers = createKeySet();
  const failures = createKeySet();
  const items = createKeySet();
  const scored = createKeySet();
  let header: RunLine | null = null;
  let end: EndLine | null = null;
  const scanned = await scanRun(file, (line) => {
    switch (line.kind) {
      case "run":
        header = line;
        break;
      case "item":
        items.add(line.item);
        break;
      case "answer":
        end = null;
        scored.delete(line.key);
        answers.add(line.key);
        if (isFailed(line.outcome)) failures.add(line.key);
        else failures.delete(line.key);
        break;
      case "score":
        scored.add(line.key);
        break;
      case "resume":
        end = null;
        break;
      case "end":
        end = line;
        break;
      case "review":
        break;
      default:
        break;
    }
  });
  if (header === null) throw new Error("a run file without a header was scanned");
  const unscored = answers.size() > scored.size() ? await readUnscored(file, scored) : [];
  const failed = failures.size();
  const answered = answers.size();
  const done: Done = retryFailed
    ? { answers: await without(file, answers), items, answered: answered - failed, failed: 0 }
    : { answers, items, answered, failed };
  return { header, done, end, scanned, unscored };
}

/** The keys whose last answer is not a failure. */
async function without(file: string, answers: Done["answers"]): Promise<Done["answers"]> {
  await scanRun(file, (line) => {
    if (line.kind !== "answer") return;
    if (isFailed(line.outcome)) answers.delete(line.key);
    else answers.add(line.key);
  });
  return answers;
}

/** Few: those that were being graded when the process died. */
async function readUnscored(file: string, scored: Done["answers"]): Promise<Progress["unscored"]> {
  const last = new Map<string, AnswerLine>();
  await scanRun(file, (line) => {
    if (line.kind === "answer" && !scored.has(line.key)) last.set(line.key, line);
  });
  const wanted = new Set([...last.values()].map(({ item }) => item));
  const items = new Map<string, ItemLine>();
  await scanRun(file, (line) => {
    if (line.kind === "item" && wanted.has(line.item)) items.set(line.item, line);
  });
  return [...last.values()].flatMap((answer) => {
    const item = items.get(answer.item);
    return item === undefined ? [] : [{ item, answer }];
  });
}

/** Grades what an earlier session left ungraded; each line goes to `keep`. */
export async function gradeUnscored(
  unscored: Progress["unscored"],
  grade: (item: ItemLine, answer: AnswerLine) => Promise<ScoreLine>,
  keep: (line: ScoreLine) => Promise<void>,
): Promise<void> {
  for (const { item, answer } of unscored) await keep(await grade(item, answer));
}
