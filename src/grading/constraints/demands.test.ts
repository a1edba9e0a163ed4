import { expect, test } from "vitest";

import { demandsOf } from "./demands.ts";

/** One of every kind, with its demand in both languages. */
const told: readonly (readonly [given: object, zh: string, en: string])[] = [
  [{ check: "acrostic", text: "山水" }, "藏头“山水”", 'first characters spell "山水"'],
  [{ check: "char", at: -1, text: "心" }, "倒数第 1 个汉字是“心”", '汉字 -1 is "心"'],
  [{ check: "contains", text: ["山", "水"] }, "出现“山”“水”", "contains “山”“水”"],
  [
    { check: "content", require: [["河", "江"]], ask: "通顺吗" },
    "提到“河/江”；通顺吗",
    "mentions “河/江”；通顺吗",
  ],
  [{ check: "count", of: "sentence", equal: 5 }, "恰好 5 句", "exactly 5 sentences"],
  [{ check: "couplet", length: 7 }, "7 字对联", "a couplet of 7 characters"],
  [
    { check: "csv", header: ["甲", "乙"], min: 2 },
    "CSV，甲,乙，至少 2 行",
    "CSV, 甲,乙, at least 2 records",
  ],
  [{ check: "ends", text: "归来" }, "以“归来”结尾", "ends with “归来”"],
  [{ check: "equals", text: "七" }, "就是“七”", "is “七”"],
  [{ check: "excludes", text: "的" }, "不出现“的”", "without “的”"],
  [
    { check: "idiom-chain", from: ["甲乙", "乙丙"], min: 2 },
    "接龙至少 2 个成语",
    "a chain of at least 2 idioms",
  ],
  [
    { check: "json", keys: ["a"] },
    "合乎规定的 JSON，键依次为 a",
    "JSON that fits the schema with the keys a",
  ],
  [{ check: "length", unit: "汉字", min: 3, max: 9 }, "至少 3、至多 9 汉字", "3 to 9 汉字"],
  [
    { check: "list", style: "-", equal: 3 },
    "恰好 3 项的“-”列表",
    "a list “-” of exactly 3 entries",
  ],
  [{ check: "matches", pattern: "a+" }, "符合 a+", "matches a+"],
  [{ check: "no-repeat", of: "line" }, "没有重复的行", "no line twice"],
  [{ check: "order", text: ["先", "后"] }, "依次出现“先”“后”", "“先”“后” in this order"],
  [{ check: "placeholders", names: ["姓名"] }, "占位符“[姓名]”", "placeholders “[姓名]”"],
  [{ check: "punctuation", only: "" }, "不用标点", "no punctuation"],
  [
    { check: "rhyme", lines: [2, 4], tone: "平" },
    "第 2、4 句押平韵（新韵）",
    "lines 2、4 rhyme 平 (新韵)",
  ],
  [{ check: "script", use: "繁体" }, "只用繁体", "繁体 only"],
  [{ check: "starts", text: ["春", "秋"] }, "以“春”“秋”开头", "begins with “春”“秋”"],
  [{ check: "strokes", equal: 52 }, "笔画总数恰好 52", "exactly 52 strokes in all"],
  [
    { check: "table", columns: 2, equal: 3 },
    "Markdown 表格，2 列，恰好 3 行",
    "a Markdown table, 2 columns, exactly 3 rows",
  ],
  [{ check: "times", text: "花", max: 2 }, "“花”出现至多 2 次", "“花” occurs at most 2 times"],
  [{ check: "tones", pattern: "七绝" }, "平仄合七绝（平水韵）", "tones of 七绝 (平水韵)"],
  [
    { check: "wrapped", open: "【", close: "】" },
    "整个写在“【”和“】”之间",
    'whole between "【" and "】"',
  ],
];

test.each(told)("%j", async (given, zh, en) => {
  const id = String(Reflect.get(given, "check"));
  expect(await demandsOf([given], "zh")).toEqual([`${id}：${zh}`]);
  expect(await demandsOf([given], "en")).toEqual([`${id}: ${en}`]);
});
