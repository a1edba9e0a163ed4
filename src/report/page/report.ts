import type { Board } from "../../domain/board.ts";
import type { LoadSummary } from "../../domain/load/summary.ts";
import type { RunLine } from "../../domain/run-file/header.ts";
import type { EndLine } from "../../domain/run-file/session.ts";
import type { Text } from "../../domain/text.ts";
import type { Leaderboard } from "../leaderboard/leaderboard.ts";
import type { Table } from "../render/table.ts";
import type { View } from "../view/model.ts";
import type { Bilingual } from "./both.ts";
import type { CriterionMarks } from "./criteria.ts";
import type { FailureCause } from "./failures.ts";
import type { HeatDimension } from "./heat.ts";
import type { HistoryRun } from "./history.ts";
import type { TargetLatency } from "./latency.ts";
import type { SiteNights } from "./nights.ts";
import type { ReportComparison } from "./report-comparison.ts";
import type { ReportSection } from "./sections/section.ts";
import type { SteadinessPart } from "./steadiness.ts";
import type { TokenCosts } from "./token-costs.ts";

import { formats } from "../../domain/formats.ts";
import { safetyTargets } from "../leaderboard/details.ts";
import { leaderboardJson } from "../leaderboard/json.ts";
import { footer } from "../leaderboard/notes/notes.ts";
import { leaderboardTable } from "../leaderboard/table.ts";
import { conclusion } from "../leaderboard/text.ts";
import { endLines } from "../leaderboard/times-text.ts";
import { unrankedNotes } from "../leaderboard/unranked-text.ts";
import { columnsThatFit } from "../render/terminal.ts";
import { suiteLines } from "../run/suites-text.ts";
import { safetyLines } from "../safety/text.ts";
import { inBoth, linesInBoth } from "./both.ts";
import { figuresOf, type TargetFigures } from "./figures.ts";
import { heatOf } from "./heat.ts";

/** What a report page shows and `report --format json` prints. Fields: docs/report.md. */
export type Report = {
  readonly schema: typeof formats.report;
  readonly generated_at: string;
  readonly tool: RunLine["tool"];
  readonly title: string | null;
  /** Some answers came from a simulator. */
  readonly simulated: boolean;
  readonly decimals: number;
  readonly conclusion: Text;
  /** What must be known before the figures are trusted. */
  readonly notes: readonly Text[];
  /** As `leaderboard --format json` prints it. */
  readonly leaderboard: unknown;
  /** By rank. */
  readonly targets: readonly TargetFigures[];
  /** One row per target, in their order. */
  readonly board: Bilingual<Table>;
  /** Places of the columns that a terminal of this page's width would show. */
  readonly board_columns: readonly number[];
  readonly heat: readonly HeatDimension[];
  readonly ladders: Leaderboard["ladders"];
  readonly latency: readonly TargetLatency[];
  readonly failures: readonly FailureCause[];
  readonly token_costs: readonly TokenCosts[];
  /** What judges marked by criterion; empty where none did. */
  readonly criteria: readonly CriterionMarks[];
  readonly sections: readonly ReportSection[];
  readonly comparisons: readonly ReportComparison[];
  readonly runs: readonly RunLine[];
  readonly ends: readonly (EndLine | null)[];
  /** Of a load alone: its steps, as curves and table. */
  readonly loads?: readonly LoadView[];
  /** Of a site alone: all its runs, the oldest first. */
  readonly history?: readonly HistoryRun[];
  /** Of a site alone: the nights of its history, by time of day. */
  readonly nights?: readonly SiteNights[];
  /** Of a site and of `steadiness` alone: how steady its last 30 days were. */
  readonly steadiness?: SteadinessPart;
};

/** A load as a page shows it. */
export type LoadView = {
  readonly started_at: string;
  readonly good_share: number;
  readonly targets: LoadSummary["targets"];
  readonly table: Bilingual<Table>;
  readonly notes: readonly Text[];
};

/** Characters that stand beside each other in a wide window, bars left out. */
const pageColumns = 112;

export type ReportParts = Pick<
  Report,
  | "latency"
  | "failures"
  | "token_costs"
  | "criteria"
  | "sections"
  | "comparisons"
  | "tool"
  | "generated_at"
>;

/** Puts a report together. Every figure is that of the leaderboard or of the parts: nothing is computed here. */
export function reportOf(
  view: View,
  leaderboard: Leaderboard,
  board: Board | null,
  parts: ReportParts,
): Report {
  return {
    schema: formats.report,
    ...parts,
    title: leaderboard.title,
    simulated: leaderboard.entries.some(({ summary }) => summary.simulated),
    decimals: leaderboard.decimals,
    conclusion: inBoth((lang) => conclusion(leaderboard, lang)),
    notes: notesOf(view, leaderboard),
    leaderboard: leaderboardJson(view, leaderboard),
    targets: leaderboard.entries.map(figuresOf),
    board: inBoth((lang) => leaderboardTable(leaderboard, lang)),
    board_columns: columnsThatFit(leaderboardTable(leaderboard, "zh"), pageColumns),
    heat: heatOf(view, leaderboard, board),
    ladders: leaderboard.ladders,
    runs: view.runs,
    ends: view.ends,
  };
}

/**
 * Of which suites several runs consist and who has no rank, what the board can show at all, then whether its times can be
 * believed, then the rest.
 */
function notesOf(view: View, leaderboard: Leaderboard): readonly Text[] {
  const suites = linesInBoth((lang) => suiteLines(view, leaderboard.members, lang));
  const [first, ...rest] = linesInBoth((lang) => footer(view, leaderboard, lang));
  if (first === undefined) return suites;
  const unranked = new Set(unrankedNotes(leaderboard.entries, "zh"));
  const ends = new Set(endLines(view, "zh"));
  // They stand with the tables that they explain.
  const safety = new Set(safetyLines(safetyTargets(leaderboard, "zh"), "zh"));
  const early = (zh: string): boolean => ends.has(zh) || (suites.length > 0 && unranked.has(zh));
  return [
    ...suites,
    ...(suites.length > 0 ? rest.filter(({ zh }) => unranked.has(zh)) : []),
    first,
    ...rest.filter(({ zh }) => ends.has(zh)),
    ...rest.filter(({ zh }) => !early(zh) && !safety.has(zh)),
  ];
}
