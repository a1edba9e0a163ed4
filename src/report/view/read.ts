import type { RunFileLine } from "../../domain/run-file/lines.ts";
import type { View } from "./model.ts";

import { UserError } from "../../domain/text.ts";
import { scanRun } from "../../store/runs/reader.ts";
import { editedSuite, editedText } from "../run/edited-suite.ts";
import { addToSums, createSums, type RunSums } from "./live/sums.ts";
import { createView, step } from "./view.ts";

/** The file of a line, by its place in the list, and the byte at which the line starts. */
export type LinePlace = { readonly file: number; readonly offset: number };

/**
 * Folds run files, in the order given, into one view; of a key in several files the last file counts. `also` gets every
 * line, for what a view does not hold, with its place and the view so far, that line included. Throws a `UserError` where a suite,
 * of `only` these if any are named, was edited between two runs.
 */
export async function readView(
  files: readonly string[],
  also: (line: RunFileLine, place: LinePlace, view: View) => void = () => {},
  only: readonly string[] = [],
): Promise<View> {
  const view = createView();
  for (const [number, file] of files.entries()) {
    await scanRun(file, (line, offset) => {
      step(view, line, offset);
      also(line, { file: number, offset }, view);
    });
    refuseEditedSuites(view, only);
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
function refuseEditedSuites({ runs }: View, only: readonly string[]): void {
  const edited = editedSuite(runs, only);
  if (edited === null) return;
  const { what, cure } = editedText(edited);
  throw new UserError({
    zh: `题集 ${edited.id} 的内容不同（${what.zh}），不能并成一张榜。${cure.zh}`,
    en: `The runs hold different contents of suite ${edited.id} (${what.en}) and cannot share a leaderboard: ${cure.en}`,
  });
}
