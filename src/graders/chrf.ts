import { z } from "zod";

import { defineGrader } from "../domain/grader.ts";
import { checkMetric, gradeMetric, isHeavyMetric, metricShape } from "../grading/metric/options.ts";
import { chrf } from "../grading/metric/scores.ts";

const Options = z.strictObject({
  beta: z.number().positive().default(2).describe("weight of recall over precision"),
  pass: metricShape.pass,
});

/** F-score of character n-grams. */
export const grader = defineGrader({
  id: "chrf",
  version: "1",
  title: { zh: "chrF", en: "chrF" },
  options: Options,
  reads: ["answer", "aliases", "reference"],
  check: (gold) => checkMetric(gold, { tokens: "char" }),
  heavy: ({ reply, gold }) => isHeavyMetric(reply, gold, { tokens: "char" }),
  grade: ({ gold, reply }, { beta, pass }) =>
    gradeMetric(reply, gold, { tokens: "char", pass }, `chrF${beta}`, (candidate, reference) =>
      chrf(candidate, reference, beta),
    ),
});
