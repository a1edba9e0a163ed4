import type { Board } from "../../domain/board.ts";
import type { Node } from "../score/tree.ts";
import type { View } from "../view/model.ts";
import type { ComparabilityFinding } from "./comparable.ts";
import type { Difference, DifferenceVerdict } from "./difference.ts";
import type { TargetPair } from "./match-targets.ts";
import type { Coverage, Side } from "./pairing.ts";
import type { Ratio, Ratios } from "./ratios.ts";
import type { ComparedRedLines } from "./red-lines.ts";
import type { ComparedTimings } from "./timings.ts";

import { formats } from "../../domain/formats.ts";
import { holm } from "../../stats/paired.ts";
import { buildTree, dimensionNodes } from "../score/tree.ts";
import { findingsOf, relateSuites, type SuiteRelation } from "./comparable.ts";
import { pairedDifference, unpairedDifference, verdictOf } from "./difference.ts";
import { flipsOf, pairUp } from "./pairing.ts";
import { ratiosOf } from "./ratios.ts";
import { compareRedLines } from "./red-lines.ts";
import { timingFindings } from "./timings.ts";
import { unpairedRatios } from "./unpaired-ratios.ts";

/** A difference with its verdict; `p_adjusted` is Holm's over all rows but the total. */
export type ComparedNode = Difference & {
  readonly kind: "total" | "suite" | "dimension";
  readonly path: readonly string[];
  readonly p_adjusted: number | null;
  readonly verdict: DifferenceVerdict;
};

export type Flip = { readonly base_row: number; readonly new_row: number };

/** `untrusted`: of times of a machine that was too busy, or of which nothing tells. */
export type ChangeVerdict = "more" | "less" | "same" | "unclear" | "untrusted";

/** One target before and after. */
export type Comparison = {
  readonly targets: TargetPair;
  readonly findings: readonly ComparabilityFinding[];
  /** The comparison stands only because it was forced. */
  readonly refused: boolean;
  readonly paired: boolean;
  readonly coverage: Coverage;
  readonly total: ComparedNode;
  readonly parts: readonly ComparedNode[];
  readonly ratios: Ratios;
  readonly timings: ComparedTimings;
  readonly red_lines: ComparedRedLines;
  readonly lost: readonly Flip[];
  readonly won: readonly Flip[];
  readonly seed: number;
  readonly margin: number;
};

export type CompareOptions = {
  readonly board?: Board | null;
  /** Of the bootstrap. */
  readonly seed?: number;
  /** Differences within ± this fraction count as tied; 0.05 by default. */
  readonly margin?: number;
};

/** Compares one target of a run with one of another run, or two of the same run. */
export function compareTargets(
  views: { readonly base: View; readonly new: View },
  targets: TargetPair,
  options: CompareOptions = {},
): Comparison | null {
  const { board = null, seed = 7, margin = 0.05 } = options;
  const base = sideOf(views.base, targets.base);
  const fresh = sideOf(views.new, targets.new);
  if (base === null || fresh === null) return null;
  const suites = relateSuites(base, fresh);
  const pairing = pairUp(base, fresh);
  const paired = suites.reseeded.length === 0;
  const compared = membersOf(board, suites);
  const { ratios, timings } = paired
    ? ratiosOf(base, fresh, pairing, seed)
    : unpairedRatios(
        base,
        fresh,
        compared.map(({ suite }) => suite),
      );
  const findings = [
    ...findingsOf(base, fresh, suites, pairing.coverage),
    ...timingFindings(timings),
  ];
  const differences = paired
    ? pairedNodes(views.base, compared, board).map(({ node, ...place }) => ({
        ...place,
        ...pairedDifference(node, pairing, views.base.items, methodOf(board), seed),
      }))
    : unpairedNodes(views, compared, board).map(({ nodes, ...place }) => ({
        ...place,
        ...unpairedDifference(nodes, base, fresh, methodOf(board)),
      }));
  const [total, ...parts] = judged(differences, margin);
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
    refused: findings.some(({ level }) => level === "refuse"),
    paired,
    coverage: pairing.coverage,
    total,
    parts,
    ratios,
    timings,
    red_lines: compareRedLines(base, fresh, {
      base: treeOf(views.base, compared, board),
      new: treeOf(views.new, compared, board),
    }),
    lost: rows(flips.lost),
    won: rows(flips.won),
    seed,
    margin,
  };
}

function sideOf(view: View, ref: string): Side | null {
  const target = view.byRef.get(ref);
  return target === undefined ? null : { view, target };
}

const methodOf = (board: Board | null) => board?.total.method ?? "macro";

/** A board of the suites that both sides hold, so that the tree has no empty member on either. */
function membersOf(board: Board | null, suites: SuiteRelation): Board["members"] {
  const common = [...suites.same, ...suites.reseeded, ...suites.changed];
  const members = board?.members ?? common.map((suite) => ({ suite, weight: 1 }));
  return members.filter(({ suite }) => common.includes(suite));
}

type Place = Pick<ComparedNode, "kind" | "path">;

function pairedNodes(
  view: View,
  members: Board["members"],
  board: Board | null,
): readonly (Place & { readonly node: Node })[] {
  return placesOf(treeOf(view, members, board));
}

function unpairedNodes(
  views: { readonly base: View; readonly new: View },
  members: Board["members"],
  board: Board | null,
): readonly (Place & { readonly nodes: { readonly base: Node; readonly new: Node } })[] {
  const after = new Map(
    placesOf(treeOf(views.new, members, board)).map((each) => [keyOf(each), each.node]),
  );
  return placesOf(treeOf(views.base, members, board)).flatMap(({ node, ...place }) => {
    const other = after.get(keyOf(place));
    return other === undefined ? [] : [Object.assign(place, { nodes: { base: node, new: other } })];
  });
}

const keyOf = ({ kind, path }: Place): string => JSON.stringify([kind, path]);

const treeOf = (view: View, members: Board["members"], board: Board | null): Node =>
  buildTree(view, {
    schema: formats.board,
    id: board?.id ?? "",
    members,
    total: board?.total ?? { method: "macro" },
    reference: [],
    tie: 0,
    decimals: 2,
    min_coverage: 0,
  });

/** The total, its suites where there are several, and its dimensions. */
function placesOf(root: Node): readonly (Place & { readonly node: Node })[] {
  const suites = root.children.length > 1 ? root.children : [];
  return [
    { kind: "total", path: [], node: root },
    ...suites.map((node) => ({ kind: "suite" as const, path: [node.name], node })),
    ...dimensionNodes(root).map(({ path, node }) => ({ kind: "dimension" as const, path, node })),
  ];
}

function judged(
  differences: readonly (Place & Difference)[],
  margin: number,
): readonly ComparedNode[] {
  const adjusted = holm(differences.map(({ kind, p }) => (kind === "total" ? null : p)));
  return differences.map((difference, index) => {
    const p_adjusted = adjusted[index] ?? null;
    const p = difference.kind === "total" ? difference.p : p_adjusted;
    return Object.assign(difference, { p_adjusted, verdict: verdictOf(difference, p, margin) });
  });
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
