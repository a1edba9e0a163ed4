import { expect, test } from "vitest";

import { shortReply, spellingOf } from "./spelling.ts";

test.each([
  ["１２００", "1,200.0"],
  ["**B**", "b"],
  ["《红楼梦》", "红楼梦"],
  ["李白。", "李白"],
  ["$\\frac{1}{2}$", "\\frac{1}{2}"],
  ["電腦", "电脑"],
  ["5 %", "5%"],
  ["007", "7"],
])("%j and %j are one answer", (one, other) => {
  expect(spellingOf(one)).toBe(spellingOf(other));
});

test.each([
  ["x-y", "xy"],
  ["-3", "3"],
  ["1/2", "12"],
  ["1.5", "15"],
  ["12,34", "1234"],
  ["5%", "5"],
])("%j and %j are two", (one, other) => {
  expect(spellingOf(one)).not.toBe(spellingOf(other));
});

test.each([
  ["苏轼", "苏轼"],
  ["  苏轼\n", "苏轼"],
  [
    "<think>苏轼还是苏辙？写《赤壁赋》的是苏轼，苏辙是他的弟弟，两人都是唐宋八大家之一。</think>\n苏轼",
    "苏轼",
  ],
  [
    "这是一段比四十个字要长的回答，里面说了很多别的话，所以不能把它整个当成一个短答案来和别人比较，对吧？",
    null,
  ],
  ["", null],
])("%j is the short answer %j", (reply, short) => {
  expect(shortReply(reply)).toBe(short);
});
