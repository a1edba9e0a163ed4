/** Comparisons of two runs whose generated items have different seeds. */
import type { FalseVerdicts } from "./paired.ts";
import type { SimulatedTree } from "./trees.ts";

import { unpairedDifferences } from "../../src/report/compare/nodes.ts";
import { judged } from "../../src/report/compare/verdict.ts";
import { answerAll, redrawn } from "./rows.ts";

/** Disjoint pairs of equal skill; each side has the items of a seed of its own. */
export function falseUnpaired(
  trees: readonly SimulatedTree[],
  pairs: number,
  seed: number,
): FalseVerdicts {
  for (const tree of trees) answerAll(tree);
  const counts = { pairs, parts: 0, totals: 0, tied: 0, missed: 0 };
  for (let pair = 0; pair < pairs; pair++) {
    const base = trees[pair % trees.length];
    const fresh = trees[(pair + 1 + Math.floor(pair / trees.length)) % trees.length];
    if (base === undefined || fresh === undefined || base === fresh) continue;
    const sides = {
      base: redrawn(base, seed + 2 * pair),
      new: redrawn(fresh, seed + 2 * pair + 1),
    };
    const roots = { base: base.root, new: fresh.root };
    const how = { seed: pair, draws: 499 };
    const [total, ...parts] = judged(unpairedDifferences(roots, sides, base.method, how), 0.05).map(
      ({ verdict }) => verdict === "better" || verdict === "worse",
    );
    if (parts.includes(true)) counts.parts++;
    if (total === true) counts.totals++;
  }
  return counts;
}
