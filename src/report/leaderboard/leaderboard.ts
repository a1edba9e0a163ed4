import type { Board as BoardFile } from "../../domain/board.ts";
import type { Interval } from "../../stats/interval.ts";
import type { Reduction } from "../../stats/trials/trials.ts";
import type { JudgeReport } from "../judges/report.ts";
import type { PersonAgreement } from "../people/agreement.ts";
import type { CorrectedMeans } from "../people/corrected.ts";
import type { TargetRedLines } from "../score/red-line-replies.ts";
import type { Shortfall } from "../score/shortfall.ts";
import type { Summary } from "../score/summary.ts";
import type { Freshness } from "../slices/freshness.ts";
import type { Grid } from "../slices/grids.ts";
import type { Ladder } from "../slices/ladders.ts";
import type { Slices } from "../slices/slices.ts";
import type { View } from "../view/model.ts";

import { placesOf } from "../../stats/ranking/rank.ts";
import { effortIgnoredIn } from "../asked/effort.ts";
import { mostUnjudged } from "../judges/missing.ts";
import { judgeReport } from "../judges/report.ts";
import { personAgreement } from "../people/agreement.ts";
import { correctedMeans } from "../people/corrected.ts";
import { itemValues, scoreOf, type Score } from "../score/score.ts";
import { answerPlanOf, shortfallOf } from "../score/shortfall.ts";
import { summaryOf } from "../score/summary.ts";
import { buildTree, dimensionNodes, itemsOf } from "../score/tree.ts";
import { drawnItems, freshnessOf } from "../slices/freshness.ts";
import { gridsOf } from "../slices/grids.ts";
import { laddersOf } from "../slices/ladders.ts";
import { suiteScoresOf, type SuiteScores } from "./notes/suite-scores.ts";
import { wideIntervalOf, type WideInterval } from "./notes/wide-interval.ts";
import { resolutionOf, type Resolution } from "./resolution.ts";
import { pairedIn, standingOf, type StandingPair } from "./standing/standing.ts";

/** Why a target has no rank. */
export type Unranked =
  | "baseline"
  | "reference"
  | "coverage"
  | "partial"
  | "nothing"
  | "红线"
  | "pending"
  | "unjudged"
  | "misnamed"
  | "apart";

export type Entry = {
  readonly summary: Summary;
  /** Null where the target is shown but not ranked. */
  readonly rank: number | null;
  readonly unranked: Unranked | null;
  /** The ranks that the tests of all pairs allow; null where not ranked. */
  readonly rank_range: Interval | null;
  /** The rank is among the first three and certain, as are those before it: no other entry can have them. A place among one is none. */
  readonly medal: boolean;
};

export type DimensionScore = {
  readonly path: readonly string[];
  /** In the order of `entries`. */
  readonly scores: readonly Score[];
  /** What each of them lacks; left out of a run that is under way. */
  readonly shortfalls?: readonly (Shortfall | null)[];
};

export type Leaderboard = {
  readonly title: string | null;
  /** The suites that count; null where all of the runs do. */
  readonly members: readonly string[] | null;
  readonly decimals: number;
  readonly tie: number;
  readonly min_coverage: number;
  /** How large a difference these items can show; null where nothing counts. */
  readonly resolution: Resolution | null;
  /** By score, entries without one last. */
  readonly entries: readonly Entry[];
  /** Every two ranked targets item by item, from which the ranks follow; in the order of `entries`. */
  readonly pairs: readonly StandingPair[];
  /** The suites of a total that is their mean, where there are several; scores in the order of `entries`. */
  readonly suites: readonly SuiteScores[];
  /** Why intervals are far wider than the resolution, in the order of `entries`; null where they are not. */
  readonly wide: readonly (WideInterval | null)[];
  readonly dimensions: readonly DimensionScore[];
  /** Tasks that were asked in the cells of a matrix; their scores in the order of `entries`. */
  readonly grids: readonly Grid[];
  /** Tasks that were asked at several levels, with 半数水平; in the order of `entries`. */
  readonly ladders: readonly Ladder[];
  /** The same for what `--by` names; empty until it is read from the run files. */
  readonly slices: readonly Slices[];
  /** The board takes its results apart: there is no total and no rank. */
  readonly apart: boolean;
  /** Board members of which the run holds no item. */
  readonly missing: readonly string[];
  /** The replies behind them, by target; empty until they are read from the run files. */
  readonly red_lines: readonly TargetRedLines[];
  /** What people ruled, beside what graders said; null where nobody ruled. */
  readonly reviews: PersonAgreement | null;
  /** What judges' means would be at people, by rulings on a random sample; null where there is none. */
  readonly corrected: CorrectedMeans | null;
  /** What judges did; null where none graded. */
  readonly judging: JudgeReport | null;
  /** Static items beside fresh ones, in the order of `entries`; null where the runs do not hold both kinds. */
  readonly freshness: readonly (Freshness | null)[] | null;
};

export type LeaderboardOptions = {
  readonly board?: BoardFile | null;
  readonly reduction?: Reduction;
  /** Fit Bradley–Terry strengths to comparisons by judges, with bootstrap intervals. */
  readonly bradleyTerry?: boolean;
  /** Rank targets under their names even where what the name promises did not come. */
  readonly force?: boolean;
};

/** What holds where no board says otherwise. */
export const defaultRules = { tie: 0, decimals: 1, min_coverage: 0.98 };

/** No target has a total where a member of the board is missing. A vetoed one has: its score is shown and not ranked. */
export const hasTotal = ({ missing, apart }: Pick<Leaderboard, "missing" | "apart">): boolean =>
  missing.length === 0 && !apart;

/** Ranks the targets of a view, by the rules of a board where one is given. */
export function leaderboardOf(view: View, options: LeaderboardOptions = {}): Leaderboard {
  const { board = null, reduction = "mean", bradleyTerry = false, force = false } = options;
  const rules = board ?? defaultRules;
  const apart = board?.total.method === "gbt45654";
  const root = buildTree(view, board);
  const effortIgnored = effortIgnoredIn(view);
  const summaries = view.targets.map((target) =>
    summaryOf(view, target, { root, board, reduction, effortIgnored }),
  );
  const inTree = itemsOf(root, view.items.length);
  const order = summaries.toSorted((a, b) => (b.score.value ?? -1) - (a.score.value ?? -1));
  const method = board?.total.method ?? "macro";
  const reasons = order.map((summary) => unrankedBy(summary, { ...rules, force }));
  const counted = order.filter((_, index) => reasons[index] === null);
  const standing = standingOf(view.items, counted.map(contenderOf), {
    root,
    method,
    tie: rules.tie,
    pairOf: pairedIn(view, reduction),
  });
  const placed = ranked(order, reasons, standing);
  const entries = apart ? placed.map(unplaced) : placed;
  const drawn = drawnItems(view);
  const values = entries.map(({ summary: { target } }) => valuesOf(view, target, reduction));
  const pairs = apart ? [] : standing;
  const resolution = resolutionOf(view, root, method, { values, pairs });
  return {
    title: board?.title ?? board?.id ?? null,
    members: board?.members.map(({ suite }) => suite) ?? null,
    decimals: rules.decimals,
    tie: rules.tie,
    min_coverage: rules.min_coverage,
    resolution,
    entries,
    pairs,
    suites: apart ? [] : suiteScoresOf(root, method, values, view),
    wide: entries.map(({ summary, rank }, place) =>
      rank === null
        ? null
        : wideIntervalOf(root, values[place] ?? new Float64Array(0), view, {
            method,
            interval: summary.score.interval,
            resolution: resolution?.difference ?? null,
          }),
    ),
    dimensions: apart ? [] : dimensionScores(view, root, order, reduction, board),
    grids: view.cells.length === 0 ? [] : gridsOf(view, values, inTree),
    ladders: laddersOf(view, values, inTree),
    slices: [],
    red_lines: [],
    reviews: personAgreement(view.targets, ({ rows }, row) => inTree[rows.at.item[row] ?? 0] === 1),
    corrected: correctedMeans(view, (item) => inTree[item] === 1),
    judging: judgeReport(view, (item) => inTree[item] === 1, bradleyTerry),
    freshness: drawn && values.map((each) => freshnessOf(root, each, view, { drawn, method })),
    apart,
    missing: root.children.filter((child) => child.children.length === 0).map(({ name }) => name),
  };
}

const unplaced = ({ summary, unranked }: Entry): Entry => ({
  summary: { ...summary, shortfall: null },
  rank: null,
  unranked: unranked === "红线" ? unranked : "apart",
  rank_range: null,
  medal: false,
});

const contenderOf = ({ target, score, judge_missing }: Summary) => ({
  target,
  score: score.value ?? 0,
  bounds: judge_missing?.bounds ?? null,
});

/** A target's values by item. */
export const valuesOf = (view: View, ref: string, reduction: Reduction): Float64Array => {
  const found = view.byRef.get(ref);
  return found === undefined ? new Float64Array(0) : itemValues(view, found, reduction);
};

function ranked(
  summaries: readonly Summary[],
  reasons: readonly (Unranked | null)[],
  pairs: readonly StandingPair[],
): readonly Entry[] {
  const counted = summaries.filter((_, index) => reasons[index] === null);
  const told = new Set(
    pairs.flatMap(({ above, below, told_apart }) => (told_apart ? [pairKey(above, below)] : [])),
  );
  const nameAt = (index: number): string => counted[index]?.target ?? "";
  const places = placesOf(
    counted.map(({ score }) => score.value ?? 0),
    (one, other) => told.has(pairKey(nameAt(one), nameAt(other))),
  );
  /** Behind a place that several share, a medal would look like the best. */
  const shared = Math.min(
    ...places.flatMap(({ rank, range }) => (range.low < range.high ? [rank] : [])),
  );
  return summaries.map((summary, index) => {
    const place = places[counted.indexOf(summary)];
    const { rank, range } = place ?? { rank: null, range: null };
    const isCertain = range !== null && range.low === range.high && range.low < shared;
    return {
      summary,
      rank,
      unranked: reasons[index] ?? null,
      // A place among one is no place.
      rank_range: counted.length < 2 ? null : range,
      medal: isCertain && range.low <= 3 && counted.length > 1 && (summary.score.value ?? 0) > 0,
    };
  });
}

const pairKey = (above: string, below: string): string => JSON.stringify([above, below]);

function unrankedBy(
  summary: Summary,
  { min_coverage: minCoverage, force }: Pick<BoardFile, "min_coverage"> & { force: boolean },
): Unranked | null {
  if (summary.score.value === null) return "nothing";
  if (summary.baseline) return "baseline";
  if (summary.reference) return "reference";
  if (summary.red_lines > 0) return "红线";
  if (summary.score.partial) return "partial";
  if (summary.misnamed && !force) return "misnamed";
  const { coverage, shortfall } = summary;
  const isShort = coverage === null || coverage < minCoverage;
  if ((summary.judge_missing?.share ?? 0) > mostUnjudged) return "unjudged";
  if (isShort || (shortfall !== null && 1 - shortfall.share < minCoverage)) return "coverage";
  return summary.red_lines_pending + summary.red_lines_unanswered > 0 ? "pending" : null;
}

function dimensionScores(
  view: View,
  root: ReturnType<typeof buildTree>,
  order: readonly Summary[],
  reduction: Reduction,
  board: BoardFile | null,
): readonly DimensionScore[] {
  const method = board?.total.method ?? "macro";
  const targets = order.flatMap(({ target: ref }) => {
    const target = view.byRef.get(ref);
    if (target === undefined) return [];
    const values = itemValues(view, target, reduction);
    return [{ target, values, plan: answerPlanOf(view, ref) }];
  });
  return dimensionNodes(root).map(({ path, node }) => ({
    path,
    scores: targets.map(({ values }) => scoreOf(node, values, view.items, method)),
    shortfalls: targets.map(({ target, plan }) =>
      shortfallOf(view, target, node, { plan, method, reduction }),
    ),
  }));
}
