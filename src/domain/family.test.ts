import { expect, test } from "vitest";

import { sameFamily } from "./family.ts";

const model = (vendor: string, name: string, base_model: string | null = null) => ({
  model: name,
  vendor: { zh: vendor, en: vendor },
  base_model,
  baseline: false,
});

test.each([
  ["one vendor", model("智谱", "glm-5"), model("智谱", "charglm-4"), true],
  ["one name, two hosts", model("阿里云", "qwen-plus"), model("某主机", "Qwen/Qwen3-32B"), true],
  ["base_model decides", model("主机", "x-1", "qwen3-max"), model("主机", "x-2", "kimi-k3"), false],
  [
    "base_model finds kin",
    model("主机", "x-1", "deepseek-v4"),
    model("深度求索", "deepseek-chat"),
    true,
  ],
  ["a host that does not say", model("主机", "alpha"), model("主机", "beta"), true],
  ["strangers", model("智谱", "glm-5"), model("深度求索", "deepseek-chat"), false],
])("%s", (_, one, other, expected) => {
  expect([sameFamily(one, other), sameFamily(other, one)]).toEqual([expected, expected]);
});

test("a baseline has no family", () => {
  const random = { ...model("baseline", "random"), baseline: true };
  expect(sameFamily(random, random)).toBe(false);
});
