import type { Summary } from "../score/summary.ts";
import type { ShownComparison } from "./text.ts";

import { formats } from "../../domain/formats.ts";
import { changeOf } from "./comparison.ts";

/** A comparison as data: fractions of 1, milliseconds, characters per second; flips by item. */
export function comparisonJson({ comparison, runs, match, sides, lost, won }: ShownComparison) {
  const { findings, refused, total, parts, ratios, targets } = comparison;
  return {
    schema: formats.comparison,
    runs,
    targets,
    only_base: match.only_base,
    only_new: match.only_new,
    forced: refused,
    paired: comparison.paired,
    bootstrap: { seed: comparison.seed },
    margin: comparison.margin,
    findings,
    coverage: comparison.coverage,
    same_answers: comparison.same_answers,
    bounds: comparison.bounds,
    sides: { base: factsOf(sides.base), new: factsOf(sides.new) },
    verdict: total.verdict,
    total,
    parts,
    ratios: {
      ...ratios,
      verdicts: {
        first_token_ms: changeOf(ratios.first_token_ms),
        speed: changeOf(ratios.speed),
        cost: changeOf(ratios.cost, 0.01),
      },
    },
    flips: {
      lost: comparison.lost.length,
      won: comparison.won.length,
      lost_items: lost,
      won_items: won,
    },
  };
}

/** What is told of one side beside its score. */
const factsOf = ({
  target,
  model_asked,
  models_returned,
  zero_reasons,
  usage_doubt,
  thinking_ms,
}: Summary) => ({
  target,
  model_asked,
  models_returned,
  zero_reasons,
  usage_doubt,
  thinking_ms_p50: thinking_ms?.p50.value ?? null,
});
