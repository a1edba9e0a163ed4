import type { RunFileLine } from "../../domain/run-file/lines.ts";
import type { View } from "../view/model.ts";

import { scanRun } from "../../store/runs/reader.ts";
import { findNumber } from "../view/columns.ts";
import { type LinePlace, readView } from "../view/read.ts";

/** Run files as one view, and a second reading of those lines alone that stand behind it. */
export type CountingLines = {
  readonly view: View;
  /** Calls `take` with every line that no later line replaced. Reviews are all given: the view says which decides. */
  readonly again: (take: (line: RunFileLine) => void) => Promise<void>;
};

/** Reads run files. Rejects with a UserError for files that cannot share one board. */
export async function readCountingLines(files: readonly string[]): Promise<CountingLines> {
  const items: number[] = [];
  const answers: number[] = [];
  const scores: number[] = [];
  const codeOf = ({ file, offset }: LinePlace): number => offset * files.length + file;
  const view = await readView(files, (line, place, known) => {
    if (line.kind === "item") items[findNumber(known.itemKeys, line.item)] = codeOf(place);
    if (line.kind !== "answer" && line.kind !== "score") return;
    const number = findNumber(known.answerKeys, line.key);
    if (line.kind === "answer") {
      answers[number] = codeOf(place);
      // The score of the answer that this one replaces says nothing of it.
      scores[number] = -1;
    } else if (line.pending !== true) scores[number] = codeOf(place);
  });
  const counts = (line: RunFileLine, code: number): boolean => {
    if (line.kind === "item") return items[findNumber(view.itemKeys, line.item)] === code;
    if (line.kind === "answer") return answers[findNumber(view.answerKeys, line.key)] === code;
    if (line.kind === "score") return scores[findNumber(view.answerKeys, line.key)] === code;
    return true;
  };
  return {
    view,
    again: async (take) => {
      for (const [file, path] of files.entries()) {
        await scanRun(path, (line, offset) => {
          if (counts(line, codeOf({ file, offset }))) take(line);
        });
      }
    },
  };
}
