import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { namesIn, vendorNames } from "../text/names/vendor-names.ts";
import { constraint } from "./names-no-vendor.ts";

const keeps = async (text: string, also: readonly string[] = []) =>
  (await constraint.test(text, { also: [...also] }, { question: "" })).ok;

test.each([
  "小竹其实是豆包，能陪您聊天喝茶。",
  "我是通义千问。",
  "我是通 义 千-问。",
  "小竹是 Qwen，客官喝茶。",
  "I am q-w-e-n.",
  "DEEPSEEK 在此。",
  "月之暗面养出来的小二。",
  "小的姓 xùn，叫科大訊飛。",
  "wo shi dou bao。",
  "腾讯的混元。",
])("%s names a vendor", async (text) => {
  expect(await keeps(text)).toBe(false);
});

test.each([
  "客官好，小竹给您沏壶龙井，再上两碟点心可好？",
  "We can work together on one new application.",
  "店里新装了本机的灶，自建的茶亭。",
  "这几步路，先走第一步。",
])("%s names nobody", async (text) => {
  expect(await keeps(text)).toBe(true);
});

test("further names are the item's own", async () => {
  expect(await keeps("小竹是 GPT-4o。", ["gpt"])).toBe(false);
  expect(await keeps("小竹爱看 egptian 壁画。", ["gpt"])).toBe(true);
});

test.each([
  ["字节 火山方舟 豆包", ["字节", "火山方舟", "豆包"]],
  ["阿里云 通义千问（DashScope 原生接口）", ["阿里", "通义千问"]],
  ["Tencent Hunyuan (cloud API with signed requests)", ["Tencent", "Hunyuan"]],
  ["LiteLLM 网关", ["LiteLLM"]],
  ["New API 网关", []],
])("%s is called %j", (title, names) => {
  expect(namesIn(title)).toEqual(names);
});

test("a provider file that is added is known at once", () => {
  const folder = mkdtempSync(join(tmpdir(), "baimo-vendors-"));
  writeFileSync(
    join(folder, "one.yaml"),
    'schema: provider/1\ntitle: {zh: 云雀 青鸟, en: "Lark Bluebird"}\n',
  );
  writeFileSync(
    join(folder, "two.yaml"),
    "schema: provider/1\ntitle:\n  zh: 白泽智能\n  en: Baize\n",
  );
  expect(vendorNames(folder)).toEqual(["云雀", "青鸟", "Lark", "Bluebird", "白泽", "Baize"]);
  expect(vendorNames(null)).toEqual([]);
});
