import { expect, test } from "vitest";

import { foldAnswer, foldText } from "./answer-fold.ts";

test.each([
  ["“道家”。", "道家", true],
  ["《红楼梦》", "红楼梦", true],
  ["**Apple**", "apple", true],
  ["１，２００", "1200", true],
  ["−3", "-3", true],
  ["3∶2", "3:2", true],
  ["½", "1/2", true],
  ["$\\frac{1}{2}$", "1/2", true],
  ["H₂O", "H2O", true],
  ["$H_2O$", "H2O", true],
  ["5²", "5^2", true],
  ["$5^{2}$", "5²", true],
  ["张伟，陈静", "张伟、陈静", true],
  ["春眠不觉晓，处处闻啼鸟。", "春眠不觉晓处处闻啼鸟", true],
  ["亚历山大·普希金", "亚历山大普希金", true],
  ["龍鳳呈祥", "龙凤呈祥", true],
  ["New  York", "new york", true],
  ["3 - 2 - 1", "3-2-1", true],
  ["（3）", "3", true],
  ["2**10", "2**10", true],
  ["李白（诗仙）", "李白诗仙", true],
  ["1/2", "12", false],
  ["3:2", "32", false],
  ["8:30", "830", false],
  ["x-y", "xy", false],
  ["5²", "52", false],
  ["-5", "5", false],
  ["50%", "50", false],
  ["3.50", "350", false],
  ["100 20 3", "100203", false],
  ["三、四", "三四", false],
  ["a,b", "ab", false],
  ["5!", "5", false],
  ["(0,1)", "[0,1]", false],
  ["x'", "x", false],
  ["2**10", "210", false],
  ["f(x)", "fx", false],
  ["1~3", "13", false],
  ["≤3", "3", false],
  ["$100", "100", false],
])("as text %j and %j: same is %s", (a, b, same) => {
  expect(foldText(a) === foldText(b)).toBe(same);
});

test.each([
  ["```\n100 20 3\n```", "100 20 3", true],
  ["`x_1`", "x_1", true],
  ["a\r\nb  \n", "a\nb", true],
  ["100  20", "100 20", false],
  ["True", "true", false],
  ["[1, 2]", "[1,2]", false],
  ["“a”", "a", false],
])("as code %j and %j: same is %s", (a, b, same) => {
  expect(foldAnswer(a, "code") === foldAnswer(b, "code")).toBe(same);
});

test.each([
  [" 收到\n", "收到", true],
  ["3－2－1", "3-2-1", true],
  ["书　报纸", "书 报纸", true],
  ["收到。", "收到", false],
  ["“收到”", "收到", false],
  ["**收到**", "收到", false],
  ["收 到", "收到", false],
  ["龍", "龙", false],
  ["苹果，香蕉", "苹果、香蕉", false],
])("as characters %j and %j: same is %s", (a, b, same) => {
  expect(foldAnswer(a, "characters") === foldAnswer(b, "characters")).toBe(same);
});
