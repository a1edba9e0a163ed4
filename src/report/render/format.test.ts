import { assert, property } from "fast-check";
import { describe, expect, test } from "vitest";

import { anyText } from "../../text/testing/any-text.ts";
import { amountText, clean, duration, fixed, money, percent, points, seconds } from "./format.ts";

describe("clean takes out what could move the cursor or hide text", () => {
  test.each([
    ["\u001B[31mred\u001B[0m\u001B[2J", "red"],
    ["\u001B]0;title\u0007answer", "answer"],
    ["a\u009B2Kb", "ab"],
    ["one\r\ntwo\tthree", "one two three"],
    ["\u202Eevil\u202C \u2066x\u2069", "evil x"],
    ["答\u200B案\uFEFF：\u00ADA", "答案：A"],
    ["e\u0301\u0302\u0303\u0304\u0305\u0306", "e\u0301\u0302\u0303"],
    ["lone \uD83D surrogate", "lone \uFFFD surrogate"],
    ["bell\u0007 back\b\b", "bell back"],
  ])("%j", (text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  test("nothing invisible is left, whatever comes in", () => {
    const nasty = anyText({ maxLength: 80 });
    assert(
      property(nasty, (text) => {
        expect(clean(text)).not.toMatch(
          /[\p{Cc}\p{Cs}\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/u,
        );
      }),
    );
  });

  test("ten thousand characters are cut", () => {
    expect(clean("长".repeat(10_000)).length).toBeLessThanOrEqual(2_000);
  });
});

describe("figures", () => {
  test("points", () => {
    expect([0.8235, 0, 1, null].map((value) => points(value))).toEqual([
      "82.4",
      "0.0",
      "100.0",
      "—",
    ]);
  });
  test("rounding is that of a person, and zero has no sign", () => {
    expect([1.005, 66.945, -0.004].map((value) => fixed(value, 2))).toEqual([
      "1.01",
      "66.95",
      "0.00",
    ]);
  });
  test("seconds", () => {
    const times = [214.9, 1_234, 12_345, 123_456, Number.POSITIVE_INFINITY, null];
    expect(times.map(seconds)).toEqual(["0.215", "1.23", "12.3", "123", "∞", "—"]);
  });
  test("less than all is never 100%", () => {
    expect([1, 0.99999, 0.5, 0.944, null].map((share) => percent(share))).toEqual([
      "100%",
      "99.9%",
      "50%",
      "94.4%",
      "—",
    ]);
  });
  test("money keeps the digits that matter", () => {
    const amounts = [0, 0.0000868, 0.0123, 0.5, 1.234, 12.345, 12_345.6];
    expect(amounts.map(amountText)).toEqual([
      "0",
      "0.0000868",
      "0.0123",
      "0.5",
      "1.23",
      "12.35",
      "12,346",
    ]);
  });
  test("two currencies stand side by side, and unknown is not zero", () => {
    const both = [
      { amount: 1.5, currency: "CNY" },
      { amount: 0.02, currency: "USD" },
    ] as const;
    expect(money(both, "zh")).toBe("¥1.50 + $0.02");
    expect(money(null, "zh")).toBe("未知");
    expect(money(null, "en")).toBe("unknown");
  });
  test("lengths of time", () => {
    expect(duration(65_000, "zh")).toBe("1分05秒");
    expect(duration(3_720_000, "en")).toBe("1h02m");
  });
});
