import { describe, expect, test } from "vitest";

import { cases, costAt, type ErrorCase, outcomeAt, sentTo } from "../../testing/vendor.ts";

describe.each(["zhipu/any", "zhipu-jwt/any"])("%s", (ref) => {
  test.each<ErrorCase>([
    ...cases(401, "1000 1001 1002 1003 1004", "auth"),
    ...cases(403, "1110 1111 1112 1121 1220 1311", "permission"),
    ...cases(429, "1113 1304 1308 1309 1310 1313", "quota"),
    ...cases(429, "1302 1303 1305", "rate-limited"),
    [429, "1312", "overloaded"],
    ...cases(400, "1210 1212 1213 1214 1215", "bad-request"),
    ...cases(400, "1211 1221 1222", "model-not-found"),
    [400, "1261", "context-overflow"],
    ...cases(400, "1300 1301", "filtered-input"),
    [200, "1301", "filtered-input"],
    ...cases(500, "1120 1230 500", "server"),
    [500, "1234", "network"],
    [200, "network_error", "network"],
    [434, null, "permission"],
    [435, null, "bad-request"],
    [401, null, "auth"],
    [429, null, "rate-limited"],
  ])("%i %s is %s", async (status, code, outcome) => {
    expect(await outcomeAt(ref, status, code)).toBe(outcome);
  });
});

test("temperature at most 1, one stop, no seed; thinking is an object with a type", async () => {
  const { body, dropped } = await sentTo("zhipu/glm-5.2", {
    temperature: 1.5,
    seed: 1,
    stop: ["一", "二"],
    max_tokens: 100,
    thinking: "off",
  });
  expect(body).toEqual({
    temperature: 1,
    stop: ["一"],
    max_tokens: 100,
    thinking: { type: "disabled" },
  });
  expect(dropped.map(({ param }) => param)).toEqual(["temperature", "seed", "stop"]);
  const old = await sentTo("zhipu/glm-4-plus", { temperature: 0, thinking: "on" });
  expect(old.body).toEqual({ temperature: 0 });
  expect(old.dropped.map(({ param }) => param)).toEqual(["thinking"]);
});

test("glm-5.3 cannot be told not to think: nothing is sent, and it is told", async () => {
  const { body, dropped } = await sentTo("zhipu/glm-5.3", { thinking: "off" });
  expect(body).toEqual({});
  expect(dropped.map(({ param }) => param)).toEqual(["thinking"]);
  expect((await sentTo("zhipu/glm-5.3", { thinking: "low" })).body).toEqual({
    reasoning_effort: "low",
  });
});

// Calculated by hand, in yuan: tiers by input, and by output below 200 tokens.
test.each([
  ["zhipu/glm-5.3", { input: 1_000_000, cached_input: 400_000, output: 100_000 }, 4.8 + 0.8 + 2.8],
  ["zhipu/glm-5.1", { input: 32_001, output: 1000 }, 0.256008 + 0.028],
  ["zhipu/glm-4.7", { input: 10_000, output: 200 }, 0.02 + 0.0016],
  ["zhipu/glm-4.7", { input: 10_000, output: 201 }, 0.03 + 0.002814],
  ["zhipu/glm-4.7", { input: 50_000, output: 100 }, 0.2 + 0.0016],
  ["zhipu/glm-4.5-air", { input: 10_000, output: 200 }, 0.008 + 0.0004],
  ["zhipu-jwt/glm-4.7-flash", { input: 10_000, output: 200 }, 0],
])("%s %j costs %d", async (ref, usage, amount) => {
  expect(await costAt(ref, usage)).toBeCloseTo(amount, 9);
});

test("beyond its last tier a model has no price", async () => {
  expect(await costAt("zhipu/glm-4.7", { input: 200_001, output: 1 })).toBeNull();
});
