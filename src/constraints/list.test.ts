import { expect, test } from "vitest";

import { constraint } from "./list.ts";

test.each([
  [{ equal: 2, style: "1." }, "1. 甲\n   - 甲一\n   - 甲二\n2. 乙", true],
  [{ equal: 2, only: true }, "1. 甲\n   细说甲。\n2. 乙", true],
  [{ equal: 2, only: true }, "1. 甲\n细说甲。\n2. 乙", false],
  [{ style: "1." }, "**1. 甲**：好\n**2. 乙**：也好", true],
  [{ style: "-" }, "1. 甲\n2. 乙", false],
  [{}, "1. 甲\n3. 乙", false],
  [{ numbered: false }, "1. 甲\n3. 乙", true],
  [
    { min: 11, style: "一、" },
    Array.from("一二三四五六七八九十", (n) => `${n}、好`).join("\n") + "\n十一、好",
    true,
  ],
  [{ style: "①" }, "① 甲\n② 乙", true],
  [{ style: "①" }, "① 甲\n③ 乙", false],
  [{}, "- 甲\n-\n- 乙", false],
  [{}, "没有列表", false],
])("%j: %j: %s", async (given, text, ok) => {
  const options = constraint.options.parse(given);
  expect(await constraint.test(text, options, { question: "" })).toMatchObject({ ok });
});
