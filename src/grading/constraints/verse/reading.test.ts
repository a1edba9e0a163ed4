import { expect, test } from "vitest";

import { canBe, readingOf, syllablesOf } from "./reading.ts";

test.each([
  ["一麻", "花家瓜挖"],
  ["二波", "多河我坡"],
  ["三皆", "街月学也"],
  ["四开", "开来外怀"],
  ["五微", "飞水为归"],
  ["六豪", "高桥要老"],
  ["七尤", "秋流有走"],
  ["八寒", "山天远船"],
  ["九文", "春云因门"],
  ["十唐", "光江王霜"],
  ["十一庚", "东风英翁穷"],
  ["十二齐", "西一鱼去儿"],
  ["十三支", "诗知子日"],
  ["十四姑", "湖五书古"],
])("%s: %s", (group, characters) => {
  for (const character of characters)
    expect([character, ...readingOf(character, "新韵").groups]).toContain(group);
});

test.each([
  ["平水韵", "山", "平", true],
  ["平水韵", "山", "仄", false],
  // An entering tone of old, level today.
  ["平水韵", "白", "平", false],
  ["新韵", "白", "平", true],
  ["新韵", "白", "仄", false],
  // Several readings fit both.
  ["平水韵", "看", "平", true],
  ["平水韵", "看", "仄", true],
  ["新韵", "的", "平", true],
  // Traditional forms are read as simplified ones.
  ["平水韵", "風", "平", true],
  ["平水韵", "風", "仄", false],
  // Nobody knows: anything.
  ["平水韵", "氧", "平", true],
  ["平水韵", "氧", "仄", true],
] as const)("%s: %s as %s: %s", (book, character, tone, can) => {
  expect(canBe(character, tone, book)).toBe(can);
});

test("syllables come without tones", () => {
  expect(syllablesOf("行")).toEqual(expect.arrayContaining(["xing", "hang"]));
  expect(syllablesOf("綠")).toEqual(expect.arrayContaining(["lü"]));
});
