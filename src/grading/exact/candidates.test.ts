import fc from "fast-check";
import { expect, test } from "vitest";

import { toldIn } from "./candidates.ts";
import { namedValue, rivalsIn } from "./namings.ts";
import { shapeOfGold } from "./shape.ts";

const replies: readonly (readonly [question: string, reply: string])[] = [
  ["澳大利亚的首都是哪里？", "很多人以为是悉尼，其实首都是堪培拉。"],
  ["澳大利亚的首都是哪里？", "首都是堪培拉。首都是悉尼。"],
  ["《静夜思》的作者是谁？", "杜甫与此诗无关，作者是唐代诗人李白。"],
  ["填入一个字：____纳百川", "横线上填“海”。"],
  ["用一个成语概括", "画蛇添足：给画好的蛇添上脚，比喻多此一举。"],
  ["谁负责拍照？", "小赵负责。"],
];

const han = Array.from("山水风云星月松竹梅兰江河湖海城");
const shape = (length: number) =>
  fc
    .array(fc.constantFrom(...han), { minLength: length, maxLength: length })
    .map((chars) => chars.join(""));

test("what may be the answer is the same whatever gold of one shape it is compared with", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...replies),
      shape(3),
      shape(3),
      ([question, reply], one, other) => {
        const [first, second] = [one, other].map((gold) => {
          const of = shapeOfGold([gold], question);
          return [of, [...toldIn(reply, question, of, null)], rivalsIn(reply, question, of)];
        });
        expect(first).toEqual(second);
      },
    ),
  );
});

test("the shape of a gold is its form: two dates, two codes, two names are alike", () => {
  const alike = [
    ["3月5日", "7月9日"],
    ["A-17", "B-52"],
    ["李白", "杜甫"],
    ["Li Bai", "Du Fu"],
    ["306", "412"],
  ] as const;
  for (const [one, other] of alike)
    expect(shapeOfGold([one], "")).toEqual(shapeOfGold([other], ""));
  const apart = [
    ["李白", "A-17"],
    ["306", "3月5日"],
    ["apple", "苹果"],
  ] as const;
  for (const [one, other] of apart)
    expect(shapeOfGold([one], "")).not.toEqual(shapeOfGold([other], ""));
});

test("two values of one thing are both named", () => {
  const question = "澳大利亚的首都是哪里？";
  const of = shapeOfGold(["惠灵顿"], question);
  expect(rivalsIn("首都是堪培拉。首都是悉尼。", question, of)).toEqual(["堪培拉", "悉尼"]);
  expect(rivalsIn("首都是堪培拉。也就是说首都是堪培拉。", question, of)).toBeNull();
});

test("the author of another title is no answer", () => {
  const question = "《祝福》的作者是谁？";
  const reply = "鲁迅。《家》的作者是巴金。";
  expect(namedValue(reply, question, shapeOfGold(["巴金"], question))).toBeNull();
});
