import type { Board } from "../../domain/board.ts";
import type { Node } from "../score/tree.ts";
import type { Items, View } from "../view/model.ts";
import type { ComparabilityFinding } from "./comparable.ts";
import type { Difference, PairedValues } from "./difference.ts";
import type { TargetPair } from "./match-targets.ts";
import type { Coverage, Side } from "./pairing.ts";
import type { Ratio, Ratios } from "./ratios.ts";

import { formats } from "../../domain/formats.ts";
import { buildTree, dimensionNodes } from "../score/tree.ts";
import { findingsOf, relateSuites, type SuiteRelation } from "./comparable.ts";
import { pairedDifference } from "./difference.ts";
import { flipsOf, pairUp } from "./pairing.ts";
import { ratiosOf } from "./ratios.ts";
import { unpairedDifference } from "./unpaired-difference.ts";
import { unpairedRatios } from "./unpaired-ratios.ts";
import { judged, type ComparedNode } from "./verdict.ts";

export type Flip = { readonly base_row: number; readonly new_row: number };

export type ChangeVerdict = "more" | "less" | "same" | "unclear";

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
  readonly lost: readonly Flip[];
  readonly won: readonly Flip[];
  readonly seed: number;
  readonly margin: number;
};

export type CompareOptions = {
  readonly board?: Board | null;
  /** Of the draws of the permutation tests. */
  readonly seed?: number;
  /** Of those tests; more where there are many parts. */
  readonly draws?: number;
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
  const findings = findingsOf(base, fresh, suites, pairing.coverage);
  const compared = membersOf(board, suites);
  const differences = paired
    ? pairedDifferences(treeOf(views.base, compared, board), pairing, views.base.items, options)
    : unpairedDifferences({ base, new: fresh }, compared, options);
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
    ratios: paired
      ? ratiosOf(base, fresh, pairing, seed)
      : unpairedRatios(
          base,
          fresh,
          compared.map(({ suite }) => suite),
        ),
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
type PlacedDifference = Place & Difference;

/** The paired differences of the total and its parts. */
export function pairedDifferences(
  root: Node,
  values: PairedValues,
  items: Items,
  { board = null, seed = 7, draws }: CompareOptions,
): readonly PlacedDifference[] {
  const places = placesOf(root);
  const how = { seed, draws: draws ?? drawsFor(places.length) };
  return places.map(({ node, ...place }) => ({
    ...place,
    ...pairedDifference(node, values, items, methodOf(board), how),
  }));
}

/** The same for sides that were asked different items. */
function unpairedDifferences(
  sides: { readonly base: Side; readonly new: Side },
  members: Board["members"],
  { board = null, seed = 7, draws }: CompareOptions,
): readonly PlacedDifference[] {
  const trees = [sides.base, sides.new].map(({ view }) => placesOf(treeOf(view, members, board)));
  const after = new Map(trees[1]?.map((each) => [keyOf(each), each.node]));
  const places = trees[0] ?? [];
  const how = { seed, draws: draws ?? drawsFor(places.length) };
  return places.flatMap(({ node, ...place }) => {
    const other = after.get(keyOf(place));
    if (other === undefined) return [];
    const nodes = { base: node, new: other };
    return [Object.assign(place, unpairedDifference(nodes, sides, methodOf(board), how))];
  });
}

/** Enough draws for the least p to be a tenth of the smallest level that a part can be tested at. */
const drawsFor = (places: number): number => Math.max(9_999, 200 * places);

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
