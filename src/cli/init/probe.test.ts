import { expect, test } from "vitest";

import { proposedConcurrency, proposedModel } from "./probe.ts";

const refused = { outcome: "rate-limited" } as const;

test.each([
  [1000, 2100, 4100, 1, "服务是串行的：单发 1.0 秒，两个同发时慢的那个 2.1 秒"],
  [1000, 1600, 1600, 1, "串行"],
  [1000, 1400, 2900, 2, "2 个请求同发也不变慢"],
  [1000, 1100, refused, 2, "2 个请求同发也不变慢"],
  [1000, 1100, 1300, 8, "4 个请求同发也不变慢"],
  [1000, refused, refused, 1, "两个请求同发时有一个被拒（rate-limited）"],
])("%j ms alone, %j of two, %j of four: %j at once", (alone, two, four, concurrency, words) => {
  const probed = proposedConcurrency(alone, two, four);
  expect(probed.concurrency).toBe(concurrency);
  expect(probed.words.zh).toContain(words);
});

test.each([
  [["bge-m3", "qwen3-8b"], "qwen3-8b"],
  [["whisper-1", "gpt-4o-mini-tts", "glm-4"], "glm-4"],
  [["text-embedding-3"], "text-embedding-3"],
  [[], null],
])("of %j it proposes %j", (ids, model) => {
  expect(proposedModel(ids)).toBe(model);
});
