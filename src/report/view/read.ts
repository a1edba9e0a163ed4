import type { RunFileLine } from "../../domain/run-file/lines.ts";
import type { View } from "./model.ts";

import { UserError } from "../../domain/text.ts";
import { scanRun } from "../../store/runs/reader.ts";
import { addToSums, createSums, type RunSums } from "./live/sums.ts";
import { createView, step } from "./view.ts";

/** The file of a line, by its place in the list, and the byte at which the line starts. */
export type LinePlace = { readonly file: number; readonly offset: number };

/**
 * Folds run files, in the order given, into one view; of a key in several files the last file counts. `also` gets every
 * line, for what a view does not hold, with its place and the view so far, that line included.
 */
export async function readView(
  files: readonly string[],
  also: (line: RunFileLine, place: LinePlace, view: View) => void = () => {},
): Promise<View> {
  const view = createView();
  for (const [number, file] of files.entries()) {
    await scanRun(file, (line, offset) => {
      step(view, line, offset);
      also(line, { file: number, offset }, view);
    });
    refuseChangedSuites(view);
  }
  return view;
}

/** The sums of a run file, whatever the number of its answers. */
export async function readSums(file: string): Promise<RunSums> {
  const sums = createSums();
  await scanRun(file, (line) => addToSums(sums, line));
  return sums;
}

/** Two versions of a suite cannot share one score. */
function refuseChangedSuites({ runs }: View): void {
  const digests = new Map<string, string>();
  for (const { id, digest } of runs.flatMap(({ suites }) => suites)) {
    if ((digests.get(id) ?? digest) !== digest) {
      throw new UserError({
        zh: `这些运行中题集 ${id} 的内容不同，不能并成一张榜。请分别查看，或用 baimo compare。`,
        en: `These runs hold different contents of suite ${id} and cannot share a leaderboard. Show them one by one, or use baimo compare.`,
      });
    }
    digests.set(id, digest);
  }
}
