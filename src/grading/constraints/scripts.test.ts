import { expect, test } from "vitest";

import { scriptFault, shareOfScript } from "./scripts.ts";

test.each([
  ["繁体", "皇后住在宮裡，離城十公里，茶几上有一杯茶。", null],
  ["繁体", "台灣與臺灣兩種寫法都有，周杰倫的歌很好聽。", null],
  ["繁体", "這个字不對。", "个"],
  ["繁体", "雲和体是兩個字。", "体"],
  ["繁体", "我爱你。", "爱"],
  ["简体", "乾坤未定，他登高瞭望，心里不乱。", null],
  ["简体", "皇后、公里、茶几、干净、头发。", null],
  ["简体", "这裡的字不对。", "裡"],
  ["简体", "愛是什么？", "愛"],
  ["简体", "Hello 2026！", null],
] as const)("%s: %s", (use, text, fault) => {
  expect(scriptFault(text, use)).toBe(fault);
});

test.each([
  ["中文", "春天来了", 1],
  ["英文", "春天来了", 0],
  ["英文", "don't stop 春天", 0.5],
  ["英文", "1234。", 0],
] as const)("share of %s in %s", (of, text, share) => {
  expect(shareOfScript(text, of)).toBe(share);
});
