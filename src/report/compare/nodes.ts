import type { Board } from "../../domain/board.ts";
import type { RandomisationOptions } from "../../stats/difference/sign-flip.ts";
import type { Method, Node } from "../score/tree.ts";
import type { Items, View } from "../view/model.ts";
import type { Difference, PairedValues } from "./difference.ts";
import type { Side } from "./pairing.ts";
import type { ComparedNode } from "./verdict.ts";

import { formats } from "../../domain/formats.ts";
import { buildTree, dimensionNodes } from "../score/tree.ts";
import { pairedDifference } from "./difference.ts";
import { unpairedDifference } from "./unpaired-difference.ts";

/** Of the permutation tests; draws may be left out. */
export type NodeOptions = Pick<RandomisationOptions, "seed"> & {
  readonly draws?: number | undefined;
};

type Place = Pick<ComparedNode, "kind" | "path">;
type PlacedDifference = Place & Difference;

/** The paired differences of the total, its suites and its dimensions. */
export function pairedDifferences(
  root: Node,
  values: PairedValues,
  items: Items,
  method: Method,
  options: NodeOptions,
): readonly PlacedDifference[] {
  const places = placesOf(root);
  const how = withDraws(options, places.length);
  return places.map(({ node, ...place }) => ({
    ...place,
    ...pairedDifference(node, values, items, method, how),
  }));
}

/** The same for sides that were asked different items: of what both trees hold. */
export function unpairedDifferences(
  roots: { readonly base: Node; readonly new: Node },
  sides: { readonly base: Side; readonly new: Side },
  method: Method,
  options: NodeOptions,
): readonly PlacedDifference[] {
  const after = new Map(placesOf(roots.new).map((each) => [keyOf(each), each.node]));
  const places = placesOf(roots.base);
  const how = withDraws(options, places.length);
  return places.flatMap(({ node, ...place }) => {
    const other = after.get(keyOf(place));
    if (other === undefined) return [];
    const nodes = { base: node, new: other };
    return [Object.assign(place, unpairedDifference(nodes, sides, method, how))];
  });
}

const withDraws = ({ seed, draws }: NodeOptions, places: number): RandomisationOptions => ({
  seed,
  draws: draws ?? enough(places),
});

/** Enough draws for the least p to be a tenth of the smallest level that a part can be tested at. */
const enough = (places: number): number => Math.max(9_999, 200 * places);

/** The draws of the tests of a tree's total and parts. */
export const drawsFor = (root: Node): number => enough(placesOf(root).length);

const keyOf = ({ kind, path }: Place): string => JSON.stringify([kind, path]);

/** The tree of these members of a view, by the board's method. */
export const treeOf = (view: View, members: Board["members"], board: Board | null): Node =>
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
