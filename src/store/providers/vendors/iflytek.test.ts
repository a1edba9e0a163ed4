import { describe, expect, test } from "vitest";

import { cases, costAt, type ErrorCase, outcomeAt, sentTo } from "../../testing/vendor.ts";

describe.each([
  ["spark/any", 200],
  ["spark-ws/any", 101],
] as const)("%s", (ref, status) => {
  test.each<ErrorCase>([
    ...cases(status, "10006 10007 11202 11203", "rate-limited"),
    ...cases(status, "10008 10110", "overloaded"),
    ...cases(status, "10009 10010 10011 10012", "server"),
    [status, "10222", "network"],
    ...cases(status, "10000 10001 10002 10003 10004 10005 10163 10020", "bad-request"),
    ...cases(status, "10013 10019 10021", "filtered-input"),
    [status, "10014", "filtered-output"],
    [status, "10015", "permission"],
    ...cases(status, "10016 11200 11201", "quota"),
    [status, "10907", "context-overflow"],
    [401, null, "auth"],
  ])("%i %s is %s", async (at, code, outcome) => {
    expect(await outcomeAt(ref, at, code)).toBe(outcome);
  });

  test.each(["HMAC signature cannot be verified", "HMAC signature does not match"])(
    "403 %s is auth",
    async (message) => {
      expect(await outcomeAt(ref, 403, null, message)).toBe("auth");
    },
  );
});

test("temperature 0 is refused, search is switched off where it would be on", async () => {
  const { body, dropped } = await sentTo("spark/4.0Ultra", { temperature: 0, seed: 1 });
  expect(body).toEqual({
    temperature: 0.01,
    tools: [{ type: "web_search", web_search: { enable: false } }],
  });
  expect(dropped.map(({ param, effective }) => [param, effective])).toEqual([
    ["temperature", 0.01],
    ["seed", null],
  ]);
  expect((await sentTo("spark/lite", { max_tokens: 9 })).body).toEqual({ max_tokens: 9 });
  const fixed = await sentTo("spark/spark-x2.5", { temperature: 0, max_tokens: 9 });
  expect(fixed.body).toEqual({ max_completion_tokens: 8201 });
  expect(fixed.dropped).toMatchObject([
    { param: "temperature", effective: 1 },
    { param: "max_tokens", effective: 8201 },
  ]);
});

// Calculated by hand, in yuan.
test.each([
  ["spark/lite", { input: 1000, output: 1000 }, 0],
  ["spark/generalv3.5", { input: 1000, output: 500 }, 0.06 + 0.03],
  ["spark-ws/4.0Ultra", { input: 10_000, output: 1000 }, 1.4 + 0.14],
])("%s %j costs %d", async (ref, usage, amount) => {
  expect(await costAt(ref, usage)).toBeCloseTo(amount, 9);
});

test("a model without a published price has none", async () => {
  expect(await costAt("spark/spark-x2.5", { input: 1, output: 1 })).toBeNull();
});
