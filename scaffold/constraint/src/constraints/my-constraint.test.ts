import { expect, test } from "vitest";

import { constraint } from "./my-constraint.ts";

test.each([
  ["春眠不觉晓", 5, true],
  ["一一一一一", 2, false],
  ["Spring 春，spring 春", 2, false],
  ["", 1, false],
])("%j with at least %i: %s", (text, least, ok) => {
  expect(constraint.test(text, { least }, { question: "" })).toMatchObject({ ok });
});

test("the demand in words", () => {
  expect(constraint.describe({ least: 3 }, "zh")).toBe("至少 3 个不同的汉字");
  expect(constraint.describe({ least: 3 }, "en")).toBe("at least 3 different Han characters");
});
