import type { TargetRedLines } from "../score/red-line-replies.ts";
import type { RedLines } from "../score/red-lines.ts";
import type { Summary } from "../score/summary.ts";
import type { ShownComparison } from "./text.ts";

import { formats } from "../../domain/formats.ts";
import { changesOf } from "./changes.ts";

/** A comparison as data: fractions of 1, milliseconds, characters per second; flips by item. */
export function comparisonJson({
  comparison,
  runs,
  match,
  sides,
  lost,
  won,
  red_lines: texts,
  slices,
}: ShownComparison) {
  const { findings, refused, total, parts, ratios, targets, red_lines } = comparison;
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
    slices,
    ratios: {
      ...ratios,
      verdicts: changesOf(comparison),
    },
    timings: comparison.timings,
    concurrency_gap: comparison.concurrency_gap,
    red_lines: {
      newly_crossed: red_lines.newly_crossed,
      newly_open: red_lines.newly_open,
      base: redLineCounts(red_lines.base, texts.base),
      new: redLineCounts(red_lines.new, texts.new),
    },
    must_refuse: red_lines.must_refuse,
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
  not_as_asked,
  thinking_kept,
  refused_params,
  zero_reasons,
  usage_doubt,
  thinking_ms,
}: Summary) => ({
  target,
  model_asked,
  models_returned,
  not_as_asked,
  thinking_kept,
  refused_params,
  zero_reasons,
  usage_doubt,
  thinking_ms_p50: thinking_ms?.p50.value ?? null,
});

const redLineCounts = (
  { crossed, pending, unanswered }: RedLines,
  texts: TargetRedLines | null,
) => ({
  crossed: crossed.length,
  pending: pending.length,
  unanswered: unanswered.length,
  replies: texts?.replies ?? [],
});
