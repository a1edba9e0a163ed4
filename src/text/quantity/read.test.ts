import { assert, integer, property } from "fast-check";
import { expect, test } from "vitest";

import { chineseDigits } from "./chinese.ts";
import { approximate } from "./rational.ts";
import { quantitiesIn } from "./read.ts";
import { spellNumbers } from "./spell.ts";

test.each([
  ["零", 0],
  ["十", 10],
  ["十二", 12],
  ["二十", 20],
  ["廿八", 28],
  ["一百零五", 105],
  ["一百五", 150],
  ["一百五十", 150],
  ["两千三", 2_300],
  ["三万五", 35_000],
  ["三万零五", 30_005],
  ["贰仟叁佰元", null],
  ["贰仟叁佰", 2_300],
  ["一亿两千万", 120_000_000],
  ["一万两千三百四十五", 12_345],
  ["二〇二五", 2_025],
  ["三点一四", 3.14],
  ["万", 10_000],
  ["三四十", null],
  ["", null],
])("%s is %s", (text, value) => {
  expect(chineseDigits(text)).toBe(value === null ? null : String(value));
});

const values = (text: string): readonly (number | readonly [number, number])[] =>
  quantitiesIn(spellNumbers(text)).map((each) => {
    const [low, high] = [approximate(each.low), approximate(each.high)];
    return low === high ? low : [low, high];
  });

test.each([
  ["共 1,200 元", [1200]],
  ["1 200 000 人", [1_200_000]],
  ["１２．５％", [0.125]],
  ["百分之五", [0.05]],
  ["百分之十二点五", [0.125]],
  ["三分之一", [1 / 3]],
  ["3分之2", [2 / 3]],
  ["1/2", [0.5]],
  ["3又1/2", [3.5]],
  ["三又二分之一", [3.5]],
  ["4(5/11)", [4 + 5 / 11]],
  ["3½", [3.5]],
  ["½", [0.5]],
  ["\\frac{3}{4}", [0.75]],
  ["3\\frac{1}{2}", [3.5]],
  ["$1.5\\times 10^{5}$", [150_000]],
  ["3×10⁵", [300_000]],
  ["6.02e23", [6.02e23]],
  ["16.7万元", [167_000]],
  ["1万余元", [10_000]],
  ["3.5亿", [350_000_000]],
  ["五万", [50_000]],
  ["12%", [0.12]],
  ["12\\%", [0.12]],
  ["-5℃", [-5]],
  ["−5", [-5]],
  ["负五", [-5]],
  ["3~5", [[3, 5]]],
  ["3到5天", [[3, 5]]],
  ["20%~30%", [[0.2, 0.3]]],
  ["20~30%", [[0.2, 0.3]]],
  ["3-5米", [[3, 5]]],
  ["10-5=5", [10, 5, 5]],
  ["3小时20分", [3 + 20 / 60]],
  ["2元5角", [2.5]],
  ["1米65厘米", [1.65]],
  ["2024/11/21", [2024, 11, 21]],
  ["x_2 和 H2O", []],
  ["$1{,}200$", [1200]],
])("%j holds %j", (text, expected) => {
  const read = values(text);
  expect(read).toHaveLength(expected.length);
  for (const [index, value] of read.entries()) {
    const wanted = expected[index];
    expect([value].flat().map((each) => each.toPrecision(12))).toEqual(
      [wanted ?? Number.NaN].flat().map((each) => each.toPrecision(12)),
    );
  }
});

test("Chinese numerals are read back for any number", () => {
  assert(
    property(integer({ min: 0, max: 999_999_999 }), (n) => {
      expect(chineseDigits(spoken(n))).toBe(String(n));
    }),
  );
});

/** The standard reading of a whole number, written independently of the parser. */
function spoken(n: number): string {
  const names = "零一二三四五六七八九";
  if (n < 10) return names.charAt(n);
  const under = (value: number): string => {
    let text = "";
    let gap = false;
    for (const [place, name] of [
      [1000, "千"],
      [100, "百"],
      [10, "十"],
      [1, ""],
    ] as const) {
      const digit = Math.floor(value / place) % 10;
      if (digit === 0) gap = text !== "";
      else {
        text += `${gap ? "零" : ""}${names.charAt(digit)}${name}`;
        gap = false;
      }
    }
    return text;
  };
  const parts = [
    [Math.floor(n / 1e8), "亿"],
    [Math.floor(n / 1e4) % 1e4, "万"],
    [n % 1e4, ""],
  ] as const;
  let text = "";
  for (const [value, name] of parts) {
    if (value > 0) text += `${text !== "" && value < 1000 ? "零" : ""}${under(value)}${name}`;
  }
  return text;
}
