import type { RunEvent } from "../../../domain/run-file/event.ts";
import type { View } from "../../../report/view/model.ts";
import type { RunOptions } from "../options.ts";

import { addToSums, createSums, type LiveView } from "../../../report/view/live/sums.ts";
import { readSums, readView } from "../../../report/view/read.ts";
import { createView, step } from "../../../report/view/view.ts";

export type ReporterName = NonNullable<RunOptions["reporter"]>;

/** What a run knows of itself while it is under way. */
export type Live = {
  readonly sums: LiveView;
  /** Every answer, for the terminal interface and the leaderboard at the end; null where the run keeps sums alone. */
  readonly view: View | null;
  readonly take: (event: RunEvent) => void;
};

/** Runs of more answers keep sums alone while they are asked, unless somebody looks at them in the terminal interface. */
const mostKept = 20_000;

/**
 * Runs of more answers, whose view would take 60 MB and more, are shown as a log where nobody asks for another reporter, and end
 * with the command that shows their leaderboard, unless a gate or a report needs it at once.
 */
export const mostShown = 200_000;

/**
 * `file` holds the run so far; null for one that begins. Of one that is gone on with, `answeredBy` counts the answers of each
 * target that need no other.
 */
export async function openLive(
  reporter: ReporterName,
  answers: number,
  file: string | null,
  answeredBy: ReadonlyMap<string, number> | null = null,
): Promise<Live> {
  if (reporter === "tui" || answers <= mostKept) {
    const view = file === null ? createView() : await readView([file]);
    if (answeredBy !== null) countAgain(view, answeredBy);
    return { sums: view, view, take: (event) => step(view, event) };
  }
  const sums = file === null ? createSums() : await readSums(file);
  if (answeredBy !== null) countAgain(sums, answeredBy);
  return { sums, view: null, take: (event) => addToSums(sums, event) };
}

/** What this session asks once more does not count as done until it is answered. */
function countAgain(
  { targets }: Pick<View, "targets">,
  answeredBy: ReadonlyMap<string, number>,
): void {
  for (const target of targets) {
    target.toAskAgain = Math.max(0, target.totals.answers - (answeredBy.get(target.ref) ?? 0));
  }
}
