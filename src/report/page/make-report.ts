import type { Board } from "../../domain/board.ts";
import type { ShownComparison } from "../compare/text.ts";
import type { Leaderboard } from "../leaderboard/leaderboard.ts";
import type { View } from "../view/model.ts";
import type { AnswerIndex } from "./answers.ts";
import type { Report } from "./report.ts";
import type { ReportSection } from "./sections/section.ts";

import { packageVersion } from "../../store/builtin.ts";
import { compareRuns } from "../compare/compare-runs.ts";
import { mostOnPage } from "../compare/flips-text.ts";
import { egressOf } from "../egress/egress.ts";
import { itemAnalysis } from "../items/analysis.ts";
import { readResponses } from "../items/read.ts";
import { leaderboardOf, valuesOf } from "../leaderboard/leaderboard.ts";
import { withRedLines } from "../leaderboard/red-lines.ts";
import { withSlices } from "../leaderboard/slice-sections.ts";
import { boardOfSuites } from "../run/board-of-suites.ts";
import { withOwnBanks } from "../safety/own-banks.ts";
import { buildTree, itemsOf } from "../score/tree.ts";
import { readView } from "../view/read.ts";
import { gatherAnswers } from "./answers.ts";
import { deflated } from "./blocks.ts";
import { readCountingLines } from "./counting-lines.ts";
import { reportComparison } from "./report-comparison.ts";
import { reportOf } from "./report.ts";
import { reportSections } from "./sections/sections.ts";

export type ReportSources = {
  readonly files: readonly string[];
  readonly board: Board | null;
  /** Suites to look at alone, instead of a board; none for all. */
  readonly suites?: readonly string[];
  readonly by: readonly string[];
  /** The run file that the others are compared with; null compares the first target with the others. */
  readonly baseline: string | null;
  readonly margin: number;
  readonly now: Date;
  /** Sections of what a command made of the runs beside the report. */
  readonly before?: readonly ReportSection[];
};

/** A report, with every answer behind it. */
export type MadeReport = {
  readonly report: Report;
  /** `AnswerIndex` with the items' scores, compressed. */
  readonly index: Buffer;
  readonly blocks: readonly Buffer[];
};

/** A report of run files, with what its figures were read from. */
export type RunReport = MadeReport & {
  readonly view: View;
  readonly leaderboard: Leaderboard;
  /** The board by whose rules they are totalled. */
  readonly board: Board | null;
};

/** The index with the score of each item by target, in the report's order of targets; -1 where there is none. */
export type PageIndex = AnswerIndex & { readonly item_values: readonly (readonly number[])[] };

/** Reads run files and makes a report of them. Rejects with a UserError for files that cannot share one board. */
export async function makeReport(sources: ReportSources): Promise<RunReport> {
  const { files, by, now } = sources;
  const lines = await readCountingLines(files);
  const { view } = lines;
  const board = boardOfSuites(sources.suites ?? [], view.runs) ?? withOwnBanks(view, sources.board);
  const inside = itemsOf(buildTree(view, board), view.items.length);
  const gathered = await gatherAnswers(lines, inside);
  const sliced = await withSlices(view, leaderboardOf(view, { board }), { files, board, by });
  const leaderboard = await withRedLines(view, sliced, { files, board });
  const items = itemAnalysis(await readResponses(files, { suites: [], baselines: false }));
  const { latency, failures, token_costs, criteria } = gathered;
  const { version, commit } = packageVersion();
  const report = reportOf(view, leaderboard, board, {
    generated_at: now.toISOString(),
    tool: { version, commit, node: process.version },
    latency: latency.map((each) => ({ ...each, curves: finiteCurves(each.curves) })),
    failures,
    token_costs,
    criteria,
    sections: [
      ...(sources.before ?? []),
      ...reportSections({ leaderboard, items, egress: egressOf(view), ...gathered }),
    ],
    comparisons: (await comparisons(sources, view, leaderboard, board)).map(reportComparison),
  });
  const index: PageIndex = {
    ...gathered.index,
    item_values: leaderboard.entries.map(({ summary }) =>
      [...valuesOf(view, summary.target, "mean")].map((value) =>
        Number.isNaN(value) ? -1 : Math.round(value * 10_000) / 10_000,
      ),
    ),
  };
  return {
    report,
    index: await deflated(JSON.stringify(index)),
    blocks: gathered.blocks,
    view,
    leaderboard,
    board,
  };
}

type Curves = Report["latency"][number]["curves"];

/** JSON has no infinity: where calls timed out, a curve ends. */
const finiteCurves = (curves: Curves): Curves => ({
  first_token_ms: curves.first_token_ms.filter(Number.isFinite),
  total_ms: curves.total_ms.filter(Number.isFinite),
});

/** Comparisons of the leader with others that a page makes by itself, and items up to which it does. */
const mostRivals = 7;
const mostItems = 5_000;

async function comparisons(
  { files, suites = [], by, baseline, margin }: ReportSources,
  view: View,
  { entries }: Leaderboard,
  board: Board | null,
): Promise<readonly ShownComparison[]> {
  const rules = { board, suites, by, margin, seed: 7, flips: mostOnPage };
  const [file] = files;
  if (baseline !== null) {
    const base = { file: baseline, view: await readView([baseline]) };
    const found: ShownComparison[] = [];
    for (const each of files) {
      const fresh = { file: each, view: files.length === 1 ? view : await readView([each]) };
      found.push(...(await compareRuns({ base, new: fresh }, { ...rules, map: [] })));
    }
    return found;
  }
  // Offsets of a view of several files do not say in which of them a line stands.
  if (file === undefined || files.length > 1 || view.items.length > mostItems) return [];
  const scored = entries.filter(({ summary }) => !summary.baseline && summary.counted > 0);
  const [first, ...others] = scored.map(({ summary }) => summary.target);
  if (first === undefined) return [];
  const map = others.slice(0, mostRivals).map((other) => ({ base: first, new: other }));
  const run = { file, view };
  const found: ShownComparison[] = [];
  for (const pair of map) {
    const pairs = await compareRuns({ base: run, new: run }, { ...rules, map: [pair] });
    // That the other targets are in the run as well is no remark on these two.
    const match = { pairs: [pair], only_base: [], only_new: [] };
    found.push(...pairs.map((each) => ({ ...each, match })));
  }
  return found;
}
