import type { Board } from "../../domain/board.ts";
import type { Offer } from "../bill/bill.ts";
import type { Sorted } from "../slices/slices.ts";
import type { SeenWindow } from "../steadiness/series.ts";
import type { View } from "../view/model.ts";
import type { ClauseList } from "./clause.ts";
import type { TargetLoadFile } from "./measures/measure.ts";

import { readLoad } from "../../store/load/load-file.ts";
import { summaryOf } from "../load/summary.ts";
import { sortItems } from "../slices/slices.ts";
import { windowCollector } from "../steadiness/collect.ts";
import { ownNetworkWindows } from "../steadiness/own-network.ts";
import { seriesOf } from "../steadiness/series.ts";
import { readView } from "../view/read.ts";
import { facetOf } from "./scope.ts";

/** What clauses are answered from, besides a view. */
export type ClauseEvidence = {
  /** The run files, as they were named. */
  readonly files: readonly string[];
  readonly board: Board | null;
  readonly sorted: readonly Sorted[];
  /** Requests of the runs by target, those apart that our own network spoilt. */
  readonly windows: ReadonlyMap<string, readonly SeenWindow[]>;
  readonly loads: readonly TargetLoadFile[];
  /** The month's bills on demand. */
  readonly bills: readonly Offer[];
};

/** Nothing but the view. */
export const noEvidence: ClauseEvidence = {
  files: [],
  board: null,
  sorted: [],
  windows: new Map(),
  loads: [],
  bills: [],
};

type EvidenceFile = { readonly shown: string; readonly path: string };

/**
 * Reads run files and loads for the clauses of a list. Every request of the runs counts for availability, those of answers that
 * later ones replaced too. Rejects with a `UserError` for a damaged file, and for runs whose suites differ.
 */
export async function readEvidence(
  runs: readonly EvidenceFile[],
  loads: readonly EvidenceFile[],
  list: ClauseList,
): Promise<{ readonly view: View; readonly evidence: Omit<ClauseEvidence, "board" | "bills"> }> {
  const collector = windowCollector();
  const paths = runs.map(({ path }) => path);
  const view = await readView(paths, (line) => {
    if (line.kind === "answer") collector.add(line);
  });
  const series = seriesOf(collector.lines());
  const ours = ownNetworkWindows(series);
  const facets = list.clauses.flatMap(({ of }) => (of === null ? [] : (facetOf(of)?.by ?? [])));
  return {
    view,
    evidence: {
      files: runs.map(({ shown }) => shown),
      sorted: await sortItems(view, paths, [...new Set(facets)]),
      windows: new Map(
        series.map(({ target, windows }) => [target, windows.filter(({ at }) => !ours.has(at))]),
      ),
      loads: (await Promise.all(loads.map(readTargets))).flat(),
    },
  };
}

async function readTargets({ shown, path }: EvidenceFile): Promise<readonly TargetLoadFile[]> {
  const file = await readLoad(path);
  return summaryOf(file).targets.map((figures) => ({ shown, file, figures }));
}
