import { z } from "zod";

import { defineGrader } from "../domain/grader.ts";
import { goldTexts } from "../grading/graders.ts";
import { cmrcScores } from "../grading/metric/cmrc.ts";

const Options = z.strictObject({
  measure: z
    .enum(["f1", "em", "average"])
    .default("f1")
    .describe("what the value is; average is the mean of both. The notes hold all"),
});

/** Exact match and F1 of CMRC 2018, exactly as in the official script: without our normalisation. */
export const grader = defineGrader({
  id: "cmrc",
  version: "1",
  title: { zh: "CMRC 抽取式阅读理解", en: "CMRC span extraction" },
  options: Options,
  reads: ["answer", "aliases"],
  check: (gold) => {
    if (goldTexts(gold).some((text) => text.trim() !== "")) return [];
    return [{ path: "answer", message: { zh: "缺少标准答案", en: "the answer is missing" } }];
  },
  heavy: ({ reply, gold }) =>
    reply.length * Math.max(0, ...goldTexts(gold).map((text) => text.length)) > 1_000_000,
  grade: ({ gold, reply }, { measure }) => {
    const { em, f1 } = cmrcScores(reply, goldTexts(gold));
    const value = measure === "em" ? em : measure === "f1" ? f1 : (em + f1) / 2;
    const verdict = value === 1 ? "right" : value === 0 ? "wrong" : "partial";
    return { verdict, value, extracted: null, why: `CMRC ${measure}`, notes: { em, f1 } };
  },
});
