import fc from "fast-check";
import { expect, test } from "vitest";

import { broken, kept } from "./constraint.ts";
import { partsOf, PartKind, stretchesBetween } from "./parts.ts";
import { isScope, parseScope, scopeText, testWithin } from "./scope.ts";

const letter = [
  "# 给远方的信",
  "",
  "你好！最近怎么样？我很好。",
  "今天下雨了……于是没有出门。",
  "",
  "要买的东西：",
  "1. 米",
  "2. 油，还有",
  "   酱油",
  "",
  "他说：“再见。”",
].join("\n");

/** What a scope names, collected by a test that always passes. */
async function named(text: string, where: string): Promise<readonly string[] | string> {
  const scope = parseScope(where);
  if (!isScope(scope)) return "unreadable";
  const found: string[] = [];
  const { ok, why } = await testWithin(text, scope, (part) => {
    found.push(part);
    return kept("好", "fine");
  });
  return ok ? found : why.en;
}

test.each([
  ["text", [letter]],
  ["paragraph 1", ["# 给远方的信"]],
  ["paragraph -1", ["他说：“再见。”"]],
  ["paragraph 2 > sentence 1", ["你好！"]],
  ["paragraph 2 > sentence last", ["今天下雨了……于是没有出门。"]],
  [
    "paragraph 2 > sentence each",
    ["你好！", "最近怎么样？", "我很好。", "今天下雨了……于是没有出门。"],
  ],
  ["lines 2..3", ["你好！最近怎么样？我很好。\n今天下雨了……于是没有出门。"]],
  ["item each", ["米", "油，还有\n   酱油"]],
  ["item 3", "there is no item 3 (2 in all)"],
  ['inside "“" "”"', ["再见。"]],
  ['inside "【" "】"', 'nothing stands between "【" and "】"'],
  ['part 2 by "："', ["1. 米\n2. 油，还有\n   酱油\n\n他说"]],
  ['part last by "\\n\\n"', ["他说：“再见。”"]],
  ['paragraph 2 > part 1 at "！？"', ["你好！"]],
  ["paragraph 0", "unreadable"],
  ["paragraph", "unreadable"],
  ["part 1", "unreadable"],
  ['part 1 by ""', "unreadable"],
  ["each sentence", "unreadable"],
] as const)("%s", async (where, expected) => {
  expect(await named(letter, where)).toEqual(expected);
});

test.each([
  ["1. 甲\n   - 甲一\n   - 甲二\n2. 乙", ["甲\n   - 甲一\n   - 甲二", "乙"]],
  ["- 甲\n\n- 乙\n\n完。", ["甲", "乙"]],
  ["**1. 甲**：好\n**2. 乙**：也好", ["甲**：好", "乙**：也好"]],
  ["清单：\n  a) 甲\n  b) 乙", ["甲", "乙"]],
  ["第一，先想。\n第二，再做。", ["先想。", "再做。"]],
  ["没有列表。3.5 米。\n-5 度。\n*强调*一下。\n---", []],
  ["•Apple\n•Pear", ["Apple", "Pear"]],
])("entries of %j", (text, entries) => {
  expect(partsOf(text, "item").map((part) => part.text)).toEqual(entries);
});

test("any is kept by one part, each by all, neither by none", async () => {
  const long = (part: string) => (part.length > 4 ? kept("长", "long") : broken("短", "short"));
  const verdict = async (text: string, where: string): Promise<boolean> => {
    const scope = parseScope(where);
    return isScope(scope) && (await testWithin(text, scope, long)).ok;
  };
  expect(await verdict("一二三四五\n六", "line any")).toBe(true);
  expect(await verdict("一二三四五\n六", "line each")).toBe(false);
  expect(await verdict("一二三四五\n六七八九十", "line each")).toBe(true);
  expect(await verdict("", "line each")).toBe(false);
  expect(await verdict("", "line any")).toBe(false);
});

test("a broken part is named", async () => {
  const scope = parseScope("paragraph 2 > sentence each");
  if (!isScope(scope)) throw new Error("unreadable");
  const { why } = await testWithin(letter, scope, (part) =>
    part.includes("？") ? broken("有问号", "a question") : kept("", ""),
  );
  expect(why).toEqual({
    zh: "第 2 段：第 2 句：有问号",
    en: "paragraph 2: sentence 2: a question",
  });
});

test("a scope is told in words", () => {
  const told = (where: string) => {
    const scope = parseScope(where);
    return isScope(scope) ? scopeText(scope).zh : null;
  };
  expect(told("text")).toBe("");
  expect(told("paragraph 2 > sentence each")).toBe("第 2 段的每句");
  expect(told("line -1")).toBe("倒数第 1 行");
});

const soup = fc.string({
  unit: fc.constantFrom("春", "a", "1", "。", "！", "”", "\n", " ", "- ", "1. ", "一、", ".", "…"),
  maxLength: 60,
});

test("parts of any kind lie within the text, in order, and are what they say", () => {
  fc.assert(
    fc.property(soup, fc.constantFrom(...PartKind.options), (text, kind) => {
      let reached = 0;
      for (const part of partsOf(text, kind)) {
        expect(text.slice(part.start, part.end)).toBe(part.text);
        expect(part.start).toBeGreaterThanOrEqual(reached);
        expect(part.text.trim()).toBe(part.text);
        reached = part.end;
      }
    }),
  );
});

test("lines and paragraphs keep every letter", () => {
  const bare = (text: string): string => text.replaceAll(/\s/g, "");
  fc.assert(
    fc.property(soup, fc.constantFrom("line" as const, "paragraph" as const), (text, kind) => {
      expect(
        bare(
          partsOf(text, kind)
            .map((part) => part.text)
            .join(""),
        ),
      ).toBe(bare(text));
    }),
  );
});

test.each([
  ["甲^乙^丙", ["^"], 3],
  ["甲^乙^", ["^"], 3],
  ["^甲", ["^"], 2],
  ["甲^^乙", ["^"], 3],
  ["甲^～～乙～～丙", ["^", "～～"], 3],
  ["甲^\n～～\n乙^", ["^", "～～"], 3],
  ["没有", ["^"], 1],
] as const)("stretches of %j set apart by %j: %i", (text, marks, count) => {
  expect(stretchesBetween(text, marks)).toBe(count);
});
