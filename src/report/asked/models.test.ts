import { expect, test } from "vitest";

import { nameChangeOf } from "./models.ts";

test.each([
  ["big-72b", ["big-72b"], "none"],
  ["big-72b", [], "none"],
  [null, ["tiny"], "none"],
  ["big-72b", ["tiny-0.5b"], "other"],
  ["big-72b", ["big-72b", "tiny-0.5b"], "other"],
  ["plus", ["plus-2026-04-28"], "dated"],
  ["plus", ["plus", "plus-0428"], "dated"],
  ["Plus-Chat", ["plus-chat-20260428"], "dated"],
  ["plus", ["org/plus", "plus-0428"], "alias"],
  ["plus", ["plus-0428", "plus-32k"], "other"],
  ["plus", ["house-brand"], "alias"],
] as const)("%j asked, %j returned: %s", (model_asked, ids, expected) => {
  const models_returned = ids.map((id) => ({ id, answers: 1 }));
  expect(nameChangeOf({ model_asked, models_returned, returned_as: ["house-*"] })).toBe(expected);
});
