import { assert, property } from "fast-check";
import { expect, test } from "vitest";

import { anyText } from "../../text/testing/any-text.ts";
import { markdownHeading, markdownLine, markdownList } from "./markdown.ts";
import { chatLine, jsonText, plain, terminalText } from "./plain.ts";

const anything = anyText({ maxLength: 80 });

test.each([
  ["　　dimension", "　　dimension"],
  ["one\r\ntwo\tthree\u2028four", "one two three four"],
  ["\u001B[31mred\u001B[0m \u202Eback\u200B", "red back"],
  ["\uFFFEa\uD800", "a\uFFFD"],
])("plain: %j", (text, expected) => {
  expect(plain(text)).toBe(expected);
  expect(plain(expected)).toBe(expected);
});

test("what is plain stays as it is: cleaning twice does no harm", () => {
  assert(property(anything, (text) => plain(plain(text)) === plain(text)));
});

test("a terminal gets lines, tabs and joined emoji, and nothing that it obeys", () => {
  expect(terminalText("一\n\t二\r\n👨‍👩‍👧\u001B[2J\u0007\u009B1A\u202Ex\u2028y")).toBe(
    "一\n\t二\n👨‍👩‍👧x\ny",
  );
  assert(property(anything, (text) => !/[\p{Bidi_Control}\r]/u.test(terminalText(text))));
});

test("JSON for a terminal has the same value and nothing invisible", () => {
  assert(
    property(anything, (text) => {
      const shown = jsonText({ text }, 2);
      expect(JSON.parse(shown)).toEqual({ text });
      expect(shown).not.toMatch(/[\p{Cf}\u007F-\u009F\u2028\u2029]/u);
    }),
  );
});

test.each([
  ['<at user_id="all">所有人</at>', '＜at user＿id="all"＞所有人＜/at＞'.replace("＿", "_")],
  ["[点我](http://e.vil) **重要** @all `x`", "［点我］（http://e.vil） ＊＊重要＊＊ ＠all ｀x｀"],
  ["qwen/qwen-plus 82.4 → 79.1", "qwen/qwen-plus 82.4 → 79.1"],
])("a chat: %j", (text, expected) => {
  expect(chatLine(text)).toBe(expected);
});

test("a line of Markdown begins nothing", () => {
  expect(markdownHeading("a\n# b")).toBe(String.raw`## a \# b`);
  expect(markdownList(["- a", "1. b", "2026-11-21 c"])).toEqual([
    String.raw`- \- a`,
    String.raw`- 1\. b`,
    "- 2026-11-21 c",
  ]);
  expect(markdownLine("=== <b>&amp;")).toBe(String.raw`\=== \<b>\&amp;`);
});
