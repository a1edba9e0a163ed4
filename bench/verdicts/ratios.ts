/** Ratios of times and costs between two runs whose times and costs follow one law. */
import type { Ratios } from "../../src/report/compare/ratios.ts";
import type { SimulatedTree } from "./trees.ts";

import { changeOf } from "../../src/report/compare/comparison.ts";
import { pairUp } from "../../src/report/compare/pairing.ts";
import { ratiosOf } from "../../src/report/compare/ratios.ts";
import { unpairedRatios } from "../../src/report/compare/unpaired-ratios.ts";
import { drawsOf, normalFrom } from "./draw.ts";
import { answerAll, redrawn } from "./rows.ts";

const names = ["first_token_ms", "speed", "cost", "cost_per_right"] as const;

/** Shares of pairs. */
type Changes = Readonly<Record<(typeof names)[number], number>>;

/** How often each ratio is called more or less; `trees` are two of the same items. */
export function falseChanges(
  [base, fresh]: readonly [SimulatedTree, SimulatedTree],
  pairs: number,
  seed: number,
): Changes {
  answerAll(base);
  answerAll(fresh);
  return changesIn(pairs, (pair) => {
    const sides = [retimed(base, seed + 2 * pair), retimed(fresh, seed + 2 * pair + 1)] as const;
    return ratiosOf(...sides, pairUp(...sides), pair).ratios;
  });
}

/** The same for runs whose items have different seeds. */
export function falseUnpairedChanges(
  [base, fresh]: readonly [SimulatedTree, SimulatedTree],
  pairs: number,
  seed: number,
): Changes {
  answerAll(base);
  answerAll(fresh);
  return changesIn(pairs, (pair) => {
    const sides = [retimed(base, seed + 2 * pair), retimed(fresh, seed + 2 * pair + 1)] as const;
    return unpairedRatios(...sides, ["fresh"]).ratios;
  });
}

function changesIn(pairs: number, ratiosAt: (pair: number) => Ratios): Changes {
  const counts = { first_token_ms: 0, speed: 0, cost: 0, cost_per_right: 0 };
  for (let pair = 0; pair < pairs; pair++) {
    const ratios = ratiosAt(pair);
    for (const name of names) {
      const verdict = changeOf(ratios[name], 0);
      if (verdict === "more" || verdict === "less") counts[name] += 1 / pairs;
    }
  }
  return counts;
}

/** Log-normal first-token times, speeds and costs; a long reply costs more, whoever gives it. */
function retimed(tree: SimulatedTree, seed: number) {
  const side = redrawn(tree, seed);
  const { random } = drawsOf(tree, seed + 500_000);
  const normal = normalFrom(random);
  const spread = (sigma: number): number => Math.exp(sigma * normal());
  const { rows, calls } = side.target;
  for (let row = 0; row < rows.length; row++) {
    rows.at.cost[row] = 0.001 * spread(0.9);
    rows.at.verdict[row] = rows.at.value[row] === 1 ? 1 : 2;
  }
  for (let call = 0; call < calls.length; call++) {
    calls.at.first_token_ms[call] = 300 * spread(0.5);
    calls.at.speed[call] = 60 * spread(0.3);
  }
  return side;
}
