import { expect, test } from "vitest";

import { proposedModel } from "./probe.ts";

test.each([
  [["bge-m3", "qwen3-8b"], "qwen3-8b"],
  [["whisper-1", "gpt-4o-mini-tts", "glm-4"], "glm-4"],
  [["text-embedding-3"], "text-embedding-3"],
  [[], null],
])("of %j it proposes %j", (ids, model) => {
  expect(proposedModel(ids)).toBe(model);
});
