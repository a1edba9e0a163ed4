import { describe, expect, test } from "vitest";

import { cases, costAt, type ErrorCase, outcomeAt, sentTo } from "../../testing/vendor.ts";

describe.each(["sensenova/any", "sensenova-compat/any", "sensenova-native/any"])("%s", (ref) => {
  test.each<ErrorCase>([
    [200, "3", "bad-request"],
    [400, "3", "bad-request"],
    [401, "16", "auth"],
    [200, "16", "auth"],
    [200, "17", "context-overflow"],
    [400, "17", "context-overflow"],
    ...cases(200, "18", "filtered-input"),
    ...cases(429, "8", "rate-limited"),
    [200, "8", "rate-limited"],
    [200, "13", "server"],
    [500, "13", "server"],
  ])("%i %s is %s", async (status, code, outcome) => {
    expect(await outcomeAt(ref, status, code)).toBe(outcome);
  });
});

test.each(cases(429, "ModelAccountTpmRateLimitExceeded rate_limit_error 429003", "rate-limited"))(
  "%i %s is %s",
  async (status, code, outcome) => {
    expect(await outcomeAt("sensenova/any", status, code)).toBe(outcome);
  },
);

test("temperature 0 and top_p 1 are refused; the older API bounds new tokens", async () => {
  const asked = { temperature: 0, top_p: 1, max_tokens: 10 } as const;
  const { body, dropped } = await sentTo("sensenova-compat/SenseNova-V6-5-Pro", {
    ...asked,
    thinking: "off",
  });
  expect(body).toEqual({
    temperature: 0.01,
    top_p: 0.99,
    max_new_tokens: 10,
    thinking: { enabled: false },
  });
  expect(dropped.map(({ param }) => param)).toEqual(["temperature", "top_p"]);
});

test("a model in the free quota costs nothing, another has no price", async () => {
  const usage = { input: 1000, output: 1000 };
  expect(await costAt("sensenova/sensenova-6.7-flash-lite", usage)).toBe(0);
  expect(await costAt("sensenova/sensenova-6.8-flash-lite", usage)).toBeNull();
});
