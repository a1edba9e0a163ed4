import fc from "fast-check";
import { expect, test } from "vitest";

import { sampleOf } from "../../testing/sample.ts";
import { findNumber } from "../find.ts";
import { acceptedIn } from "../gold.ts";
import { wantedBy } from "../gold.ts";
import { spellingFor } from "../spelling.ts";
import { plainlyTold } from "./plainly-told.ts";

const questions = [
  "",
  "99265 + 694855 = ?",
  "小明有36个苹果，吃了7个，还剩多少个？",
  "甲比乙多百分之几？（只写百分号前的数）",
  "结果保留两位小数，是多少平方米？",
  "哪一年发生了五四运动？",
  "第几号令规定了这件事？它是哪一份 RFC，编号是多少？",
  "如果每人分5本，几小时几分能分完？平均每天多少？",
  "長度是寬度的幾倍？共要多少元、幾塊錢？",
  "全年用电多少度？单位：万千瓦时",
  "What is the ratio, and how many times larger is it than 42?",
  "请拨打电话 10086 咨询，客服电话是多少？",
  "3月5日是星期几？第几名？约等于几亿元？",
  "设x为女生人数，其中男生22人，共多少人？",
];
const units = [null, "个", "%", "‰", "元", "年", "折", "千米", "万元", "度", "号", "斛"];
const golds = [
  "794120",
  "36",
  "1919",
  "0.5",
  "15/16",
  "3:2",
  "10~12",
  "1.5万",
  "八五折",
  "50%",
  "9110",
];

test("a whole number that is announced alone is read as among all evidence, whatever is asked", () => {
  const number = fc.oneof(
    fc.integer({ min: 0, max: 2_200 }),
    fc.integer({ min: 0, max: 999_999_999 }),
    fc.constantFrom(
      1,
      3,
      7,
      22,
      36,
      42,
      86,
      110,
      400,
      1919,
      2_026,
      3_600,
      9_110,
      10_086,
      20_260_101,
    ),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...questions),
      fc.constantFrom(...units),
      fc.constantFrom(...golds),
      fc.constantFrom("：", ":"),
      number,
      (question, unit, answer, colon, each) => {
        const reply = `答案${colon}${each}`;
        const { gold } = sampleOf(reply, { question, unit, answer });
        const accepted = acceptedIn(answer, gold);
        const found = findNumber(reply, wantedBy(gold, accepted), spellingFor(gold, accepted));
        expect(plainlyTold(reply)).toEqual(found);
      },
    ),
    { numRuns: 4_000 },
  );
});

test.each([
  "42",
  "答案：42。",
  "答案： 42",
  "答案：-42",
  "答案：042",
  "答案：4.2",
  "答案：42个",
  "答案：4210086110",
  "答案：42\n",
  "最终答案：42",
])("%j has to be read in full", (reply) => {
  expect(plainlyTold(reply)).toBeNull();
});
