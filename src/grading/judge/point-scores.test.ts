import { expect, test } from "vitest";

import { pointScoresIn } from "./point-scores.ts";

test.each<[string, readonly string[] | null]>([
  ["及时止损；安抚顾客；上报主管（各2分）", ["各2分"]],
  ["①道歉 ②换货 ③补偿，每点 2 分。", ["每点 2 分"]],
  ["道歉、换货、补偿。（共6分，每点2分）", ["每点2分"]],
  ["1. 道歉（2分）2. 说明可以换货（3分）", ["2分", "3分"]],
  ["①道歉【1 分】；②补偿【1.5 分】", ["1分", "1.5分"]],
  ["先道歉，再说明可以换货（6分）", null],
  ["两队各得2分，比赛继续", null],
  ["双方各2分钟陈述，然后自由辩论", null],
  ["每条两元，十条打九分之一的折", null],
  ["七天内可以退货", null],
])("%s", (gold, scores) => {
  expect(pointScoresIn(gold)).toEqual(scores);
});
