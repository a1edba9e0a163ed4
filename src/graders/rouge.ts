import { z } from "zod";

import { defineGrader } from "../domain/grader.ts";
import { checkMetric, gradeMetric, isHeavyMetric, metricShape } from "../grading/metric/options.ts";
import { rougeL, rougeN } from "../grading/metric/scores.ts";

const Options = z.strictObject({
  variant: z.enum(["1", "2", "L"]).default("L").describe("ROUGE-1, ROUGE-2 or ROUGE-L"),
  measure: z.enum(["f1", "precision", "recall"]).default("f1"),
  ...metricShape,
});

/** Overlap with a reference text, by characters or words. */
export const grader = defineGrader({
  id: "rouge",
  version: "1",
  title: { zh: "ROUGE", en: "ROUGE" },
  options: Options,
  reads: ["answer", "aliases", "reference"],
  check: checkMetric,
  heavy: ({ reply, gold }, options) => isHeavyMetric(reply, gold, options),
  grade: ({ gold, reply }, options) =>
    gradeMetric(
      reply,
      gold,
      options,
      `ROUGE-${options.variant} ${options.tokens}`,
      (candidate, reference) =>
        options.variant === "L"
          ? rougeL(candidate, reference, options.measure)
          : rougeN(candidate, reference, Number(options.variant), options.measure),
    ),
});
