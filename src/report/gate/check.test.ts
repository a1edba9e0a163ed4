import { describe, expect, test } from "vitest";

import { percent } from "../render/format.ts";
import { atLeast, atMost, check, fullMessage, untrusted } from "./check.ts";

const rate = { zh: "失败率", en: "failed" };
const most = (value: number | null, limit: number) =>
  atMost("a/b", "max", rate, value, limit, percent);
const least = (value: number | null, limit: number) => atLeast("a/b", "min", rate, value, limit);

describe("limits", () => {
  test.each([
    [0.02, 0.02, "passed"],
    // What adding many small parts leaves over is no breach.
    [0.1 + 0.2, 0.3, "passed"],
    [0.0201, 0.02, "failed"],
    [Number.POSITIVE_INFINITY, 1, "failed"],
    [null, 1, "unknown"],
  ] as const)("at most: %s of %s is %s", (value, limit, result) => {
    expect(most(value, limit).result).toBe(result);
  });

  test.each([
    [0.98, 0.98, "passed"],
    [0.3, 0.1 + 0.2, "passed"],
    [0.9799, 0.98, "failed"],
    [null, 0, "unknown"],
  ] as const)("at least: %s of %s is %s", (value, limit, result) => {
    expect(least(value, limit).result).toBe(result);
  });

  test("the message says by how much", () => {
    expect(most(0.05, 0.02).message.en).toBe("failed 5%, at most 2%, over by 3%");
    expect(least(0.9, 0.98).message.zh).toBe("失败率 90%，至少 98%，还差 8%");
    expect(most(Number.POSITIVE_INFINITY, 0.02).message.zh).toContain("超出 ∞");
  });
});

test("times of a busy machine decide nothing, and the message keeps what was measured", () => {
  const told = untrusted(most(0.05, 0.02));
  expect(told.result).toBe("undecided");
  expect(told.message.en).toContain("over by 3%; times not trusted");
});

test("details follow in the same line", () => {
  const one = check("a/b", "rule", false, "错了", "wrong");
  const more = {
    ...one,
    details: [
      { zh: "甲", en: "x" },
      { zh: "乙", en: "y" },
    ],
  };
  expect([fullMessage(more, "zh"), fullMessage(more, "en")]).toEqual([
    "错了；甲；乙",
    "wrong; x; y",
  ]);
});
