import { z } from "zod";

import { defineGrader } from "../domain/grader.ts";
import { checkMetric, gradeMetric, isHeavyMetric, metricShape } from "../grading/metric/options.ts";
import { bleu } from "../grading/metric/scores.ts";

/** Smoothed BLEU-4 of one reply against its reference. */
export const grader = defineGrader({
  id: "bleu",
  version: "1",
  title: { zh: "BLEU", en: "BLEU" },
  options: z.strictObject(metricShape),
  reads: ["answer", "aliases", "reference"],
  check: checkMetric,
  heavy: ({ reply, gold }, options) => isHeavyMetric(reply, gold, options),
  grade: ({ gold, reply }, options) =>
    gradeMetric(reply, gold, options, `BLEU-4 ${options.tokens}`, bleu),
});
