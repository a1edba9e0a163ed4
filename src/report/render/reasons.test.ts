import { expect, test } from "vitest";

import { reasonText } from "./reasons.ts";

test.each([
  ["marker", "写明“答案”的地方", "where the reply announces its answer"],
  ["left over", "排除后剩下的", "what elimination leaves"],
  ["unsure: last line", "拿不准：最后一行", "unsure: the last line"],
  ["words: conflict: B, C", "从文字看：前后不一：B, C", "by its words: conflict: B, C"],
  ["no value", "没有读出能当作答案的值", "no value that could be the answer"],
  ["judge checklist", "裁判按清单判的", "by a judge, with a checklist"],
  ["no judge configured", "没有裁判", "no judge is configured"],
  ["no number", "没有能当作答案的数", "no number that could be the answer"],
  [
    "marker: several numbers: 17, 18",
    "写明“答案”的地方：有几个数：17, 18",
    "where the reply announces its answer: several numbers: 17, 18",
  ],
  ["schema: /金额 is missing", "schema: /金额 is missing", "schema: /金额 is missing"],
  ["", "", ""],
])("%j", (why, zh, en) => {
  expect([reasonText(why, "zh"), reasonText(why, "en")]).toEqual([zh, en]);
});
