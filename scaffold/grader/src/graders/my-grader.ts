import { z } from "zod";

import { defineGrader } from "../../../../src/domain/grader.ts";
import { answerTexts, goldTexts } from "../../../../src/grading/graders.ts";
import { foldText } from "../../../../src/text/answer-fold.ts";

const Options = z.strictObject({
  at: z.enum(["start", "end"]).default("start").describe("where the reply must hold the gold"),
});

/** Right where the reply begins with the gold, or ends with it; width, case and blanks do not count. */
export const grader = defineGrader({
  id: "my-grader",
  version: "1",
  title: { zh: "我的评分器", en: "my grader" },
  options: Options,
  reads: ["answer", "aliases"],
  check: (gold) => {
    if (goldTexts(gold).some((text) => foldText(text) !== "")) return [];
    const message = { zh: "需要一个非空的标准答案", en: "needs an answer that is not empty" };
    return [{ path: "answer", message }];
  },
  grade: ({ gold, reply }, { at }) => {
    const text = foldText(reply);
    if (text === "") return { verdict: "unresolved", value: 0, extracted: null, why: "no text" };
    const golds = [...answerTexts(gold), ...gold.aliases].filter((each) => foldText(each) !== "");
    const found = golds.find((each) =>
      at === "start" ? text.startsWith(foldText(each)) : text.endsWith(foldText(each)),
    );
    if (found === undefined) return { verdict: "wrong", value: 0, extracted: null, why: at };
    return { verdict: "right", value: 1, extracted: found, why: at };
  },
});
