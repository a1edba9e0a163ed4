import { expect, test } from "vitest";

import { createPrefixCache } from "./prefix-cache.ts";

const user = (text: string) => [{ role: "user", text }] as const;
const fixed = "规则".repeat(200);

test("the common beginning is cached in whole blocks, per model", () => {
  const cache = createPrefixCache();
  expect(cache.read("a", user(`${fixed}甲`))).toBe(0);
  const cached = cache.read("a", user(`${fixed}乙`));
  expect(cached).toBeGreaterThan(100);
  expect(cached % 64).toBe(0);
  expect(cache.read("b", user(`${fixed}丙`))).toBe(0);
});
