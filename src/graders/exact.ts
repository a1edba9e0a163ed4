import { z } from "zod";

import { defineGrader } from "../domain/grader.ts";
import { goldTexts } from "../grading/graders.ts";
import { afterLastMarker } from "../text/extract.ts";
import { fold, plain } from "../text/normalise.ts";

const Options = z.strictObject({
  from: z
    .enum(["marker", "reply"])
    .default("marker")
    .describe(
      "marker: what stands after the last 答案：, else the whole reply; reply: always all of it",
    ),
});

/** Right where the reply and a gold are the same text after normalisation. */
export const grader = defineGrader({
  id: "exact",
  version: "1",
  title: { zh: "完全一致", en: "exact match" },
  options: Options,
  check: (gold) => {
    const texts = goldTexts(gold);
    if (texts.length > 0 && texts.every((text) => plain(text) !== "")) return [];
    const message = {
      zh: "需要一个非空的标准答案（标点不算）",
      en: "needs an answer that is not empty (punctuation does not count)",
    };
    return [{ path: "answer", message }];
  },
  grade: ({ gold, reply }, { from }) => {
    const text = fold(reply);
    const marked = from === "marker" ? afterLastMarker(text) : null;
    const answer = marked ?? text.trim();
    const key = plain(answer);
    const why = marked === null ? "whole reply" : "marker";
    if (key === "") return { verdict: "unresolved", value: 0, extracted: null, why: "empty" };
    return goldTexts(gold).some((each) => plain(each) === key)
      ? { verdict: "right", value: 1, extracted: answer, why }
      : { verdict: "wrong", value: 0, extracted: answer, why };
  },
});
