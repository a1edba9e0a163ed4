import { z } from "zod";

import { defineGrader } from "../domain/grader.ts";
import { checkMetric, gradeMetric, isHeavyMetric, metricShape } from "../grading/metric/options.ts";
import { editSimilarity } from "../grading/metric/scores.ts";

/** Share of the text that needs no edit: 1 - edit distance / longer length. */
export const grader = defineGrader({
  id: "edit",
  version: "1",
  title: { zh: "编辑距离", en: "edit distance" },
  options: z.strictObject(metricShape),
  reads: ["answer", "aliases", "reference"],
  check: checkMetric,
  heavy: ({ reply, gold }, options) => isHeavyMetric(reply, gold, options),
  grade: ({ gold, reply }, options) =>
    gradeMetric(reply, gold, options, `edit similarity ${options.tokens}`, editSimilarity),
});
