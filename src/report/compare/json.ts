import type { ShownComparison } from "./text.ts";

import { formats } from "../../domain/formats.ts";
import { changesOf } from "./changes.ts";

/** A comparison as data: fractions of 1, milliseconds, characters per second; flips by item. */
export function comparisonJson({ comparison, runs, match, lost, won }: ShownComparison) {
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
    verdict: total.verdict,
    total,
    parts,
    ratios: {
      ...ratios,
      verdicts: changesOf(comparison),
    },
    timings: comparison.timings,
    flips: {
      lost: comparison.lost.length,
      won: comparison.won.length,
      lost_items: lost,
      won_items: won,
    },
  };
}
