import { expect, test } from "vitest";

import { cutTo, excessOf, responseLimits } from "./response-limits.ts";

const size = { bytes: 0, text: 0, reasoning: 0, tools: 0, events: 0, line: 0 };

test("limits grow with max_tokens, and a stated one stands above them in both directions", () => {
  const small = responseLimits(16, null);
  const large = responseLimits(4_096, null);
  const open = responseLimits(null, null);
  for (const key of ["bytes", "text", "reasoning", "tools", "events"] as const) {
    expect(large[key]).toBeGreaterThan(small[key]);
    expect(open[key]).toBeGreaterThanOrEqual(large[key]);
  }
  // A vendor that reads max_tokens generously is not cut off.
  expect(small.text).toBeGreaterThan(30_000);
  expect(responseLimits(16, 500)).toMatchObject({ text: 500, reasoning: 500, tools: 500 });
  expect(responseLimits(16, 9_000_000)).toMatchObject({ text: 9_000_000, events: 9_000_000 });
  expect(responseLimits(16, 9_000_000).line).toBeGreaterThan(9_000_000);
});

test.each(["bytes", "text", "reasoning", "tools", "events", "line"] as const)(
  "too much %s is told with what came and what is allowed",
  (key) => {
    const limits = responseLimits(64, null);
    expect(excessOf({ ...size, [key]: limits[key] }, limits)).toBeNull();
    const told = excessOf({ ...size, [key]: limits[key] + 1 }, limits);
    expect(told).toMatch(/^too long: /);
    expect(told).toContain(`${limits[key] + 1} `);
    expect(told).toContain(`${limits[key]} `);
    expect(told).toContain("max_tokens 64");
  },
);

test("what the limit rests on is named", () => {
  const events = Number.POSITIVE_INFINITY;
  expect(excessOf({ ...size, events }, responseLimits(null, null))).toContain("no max_tokens");
  expect(excessOf({ ...size, events }, responseLimits(8, 10))).toContain(
    "limits.response_characters",
  );
});

test.each([
  ["答案", 2, "答案"],
  ["答案", 1, "答"],
  ["a😀b", 2, "a"],
  ["a😀b", 3, "a😀"],
  ["😀", 0, ""],
])("%j cut to %i is %j", (text, length, cut) => {
  expect(cutTo(text, length)).toBe(cut);
});
