import { expect, test } from "vitest";

import { errorOf, told } from "../testing/files.ts";
import { splitRef } from "./target-ref.ts";

const known = ["mine/my-model", "mine/small", "theirs/my-model", "qwen/qwen-plus"];

test.each([
  ["my-model", "mine/my-model、theirs/my-model"],
  ["mine", "mine/my-model、mine/small"],
  ["mine/", "mine/my-model、mine/small"],
  ["my-modle", "mine/my-model、theirs/my-model"],
  ["smal", "mine/small"],
  ["zzzzzzzz", "qwen/qwen-plus"],
])("%s is told with what it may stand for", async (ref, such) => {
  const error = await errorOf(() => splitRef(ref, known));
  expect(told(error, "zh")).toEqual([`目标 ${ref} 应写成 服务商/模型，例如 ${such}`]);
  expect(told(error, "en")[0]).toContain(such.replaceAll("、", ", "));
});
