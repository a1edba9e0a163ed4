import type { Board } from "../../domain/board.ts";
import type { View } from "../view/model.ts";
import type { ComparabilityFinding } from "./comparability/comparable.ts";
import type { ConcurrencyGap } from "./comparability/concurrency.ts";
import type { SameAnswers } from "./comparability/same-answers.ts";
import type { DifferenceBounds } from "./difference-bounds.ts";
import type { TargetPair } from "./match-targets.ts";
import type { Coverage, Side } from "./pairing.ts";
import type { Ratio, Ratios } from "./ratios.ts";
import type { ComparedRedLines } from "./red-lines.ts";
import type { ComparedTimings } from "./timings.ts";

import { type SuiteDifference, suiteScoresOf } from "../leaderboard/notes/suite-scores.ts";
import { findingsOf, relateSuites, type SuiteRelation } from "./comparability/comparable.ts";
import { concurrencyGap } from "./comparability/concurrency.ts";
import { sameAnswers, sameAnswersFindings } from "./comparability/same-answers.ts";
import { believedRatios, noRatios, usageFindings } from "./comparability/usage-doubt.ts";
import { differenceBounds } from "./difference-bounds.ts";
import { pairedDifferences, treeOf, unpairedDifferences } from "./nodes.ts";
import { flipsOf, pairUp } from "./pairing.ts";
import { ratiosOf } from "./ratios.ts";
import { compareRedLines } from "./red-lines.ts";
import { timingFindings } from "./timings.ts";
import { unpairedRatios } from "./unpaired-ratios.ts";
import { judged, type ComparedNode } from "./verdict.ts";

export type Flip = { readonly base_row: number; readonly new_row: number };

/** `untrusted`: of times of a machine that was too busy, or of which nothing tells; `unlike`: of times at another concurrency. */
export type ChangeVerdict = "more" | "less" | "same" | "unclear" | "untrusted" | "unlike";

/** One target before and after. */
export type Comparison = {
  readonly targets: TargetPair;
  readonly findings: readonly ComparabilityFinding[];
  /** Suites that were edited between the two sides. */
  readonly edited: readonly string[];
  /** The comparison stands only because it was forced. */
  readonly refused: boolean;
  readonly paired: boolean;
  readonly coverage: Coverage;
  readonly same_answers: SameAnswers;
  /** Null where neither side lacks more than 2% of its planned answers. */
  readonly bounds: DifferenceBounds | null;
  readonly total: ComparedNode;
  readonly parts: readonly ComparedNode[];
  /** What the suites weigh in the total and how they differ; empty where there is one alone. */
  readonly suites: readonly SuiteDifference[];
  readonly ratios: Ratios;
  readonly timings: ComparedTimings;
  /** Null where both were asked as many questions at once. */
  readonly concurrency_gap: ConcurrencyGap | null;
  readonly red_lines: ComparedRedLines;
  readonly lost: readonly Flip[];
  readonly won: readonly Flip[];
  readonly seed: number;
  readonly margin: number;
};

export type CompareOptions = {
  readonly board?: Board | null;
  /** Suites to look at alone; none for all. */
  readonly suites?: readonly string[];
  /** Of the draws of the permutation tests. */
  readonly seed?: number;
  /** Of those tests; more where there are many parts. */
  readonly draws?: number;
  /** Differences within ± this fraction count as tied; 0.05 by default. */
  readonly margin?: number;
  /** Both sides come from one file. */
  readonly oneFile?: boolean;
};

/** Compares one target of a run with one of another run, or two of the same run. */
export function compareTargets(
  views: { readonly base: View; readonly new: View },
  targets: TargetPair,
  options: CompareOptions = {},
): Comparison | null {
  const { board = null, seed = 7, margin = 0.05, draws, oneFile = false, suites: only } = options;
  const base = sideOf(views.base, targets.base);
  const fresh = sideOf(views.new, targets.new);
  if (base === null || fresh === null) return null;
  const suites = relateSuites(base, fresh, only);
  const pairing = pairUp(base, fresh, only);
  const paired = suites.reseeded.length === 0;
  const same = sameAnswers(base, fresh, pairing, oneFile && targets.base === targets.new);
  const compared = membersOf(board, suites);
  const { ratios, timings } = paired
    ? ratiosOf(base, fresh, pairing, seed)
    : unpairedRatios(
        base,
        fresh,
        compared.map(({ suite }) => suite),
      );
  const findings = [
    ...sameAnswersFindings(same),
    ...findingsOf(base, fresh, suites, pairing.coverage),
    ...usageFindings(base, fresh),
    ...timingFindings(timings),
  ];
  const method = board?.total.method ?? "macro";
  const roots = {
    base: treeOf(views.base, compared, board),
    new: treeOf(views.new, compared, board),
  };
  const differences = paired
    ? pairedDifferences(roots.base, pairing, views.base.items, method, { seed, draws })
    : unpairedDifferences(roots, { base, new: fresh }, method, { seed, draws });
  const nodes = judged(differences, margin);
  const [total, ...parts] = same.self ? nodes.map((each) => ({ ...each, ...noVerdict })) : nodes;
  if (total === undefined) return null;
  const flips = flipsOf(base, fresh, pairing);
  const rows = (pairs: readonly number[]) =>
    pairs.map((pair) => ({
      base_row: pairing.base[pair] ?? 0,
      new_row: pairing.new[pair] ?? 0,
    }));
  return {
    targets,
    findings,
    edited: suites.changed,
    refused: findings.some(({ level }) => level === "refuse"),
    paired,
    coverage: pairing.coverage,
    same_answers: same,
    bounds: differenceBounds(base, fresh, { ...roots, method, paired }),
    total,
    parts,
    suites: suiteScoresOf(roots.base, method, [], views.base).map(({ suite, items, share }) => ({
      suite,
      items,
      share,
      delta: parts.find(({ kind, path }) => kind === "suite" && path[0] === suite)?.delta ?? null,
    })),
    ratios: same.self ? noRatios : believedRatios(base, fresh, ratios),
    timings,
    concurrency_gap: concurrencyGap(base, fresh),
    red_lines: compareRedLines(base, fresh, roots),
    lost: rows(flips.lost),
    won: rows(flips.won),
    seed,
    margin,
  };
}

/** What a file compared with itself says. */
const noVerdict = { verdict: "not enough data" } as const;

function sideOf(view: View, ref: string): Side | null {
  const target = view.byRef.get(ref);
  return target === undefined ? null : { view, target };
}

/** A board of the suites that both sides hold, so that the tree has no empty member on either. */
function membersOf(board: Board | null, suites: SuiteRelation): Board["members"] {
  const common = [...suites.same, ...suites.reseeded, ...suites.changed];
  const members = board?.members ?? common.map((suite) => ({ suite, weight: 1 }));
  return members.filter(({ suite }) => common.includes(suite));
}

/**
 * What a ratio says: more or less where the interval leaves 1 out and the ratio is off by more than
 * `least`; the same where the interval lies within that; else unclear.
 */
export function changeOf(ratio: Ratio | null, least = 0.05): ChangeVerdict {
  if (ratio === null || ratio.interval === null) return "unclear";
  const { low, high } = ratio.interval;
  if (low > 1 && ratio.ratio > 1 + least) return "more";
  if (high < 1 && ratio.ratio < 1 - least) return "less";
  return low > 1 - least && high < 1 + least ? "same" : "unclear";
}
