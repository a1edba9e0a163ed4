import { expect, test } from "vitest";

import { deepMerge, overlay, patchVendor } from "./merge.ts";

test.each([
  [{ a: { b: 1, c: 2 } }, { a: { c: 3, d: 4 } }, { a: { b: 1, c: 3, d: 4 } }],
  [{ a: [1, 2] }, { a: [3] }, { a: [3] }],
  [{ a: { b: 1 } }, { a: false }, { a: false }],
  [{ a: false }, { a: { fixed: 1 } }, { a: { fixed: 1 } }],
  [{ a: 1 }, { a: undefined }, { a: 1 }],
  [{ a: { b: 1 } }, undefined, { a: { b: 1 } }],
  [{ a: 1 }, { a: null }, { a: null }],
])("%j under %j is %j", (base, over, result) => {
  expect(deepMerge<unknown>(base, over)).toEqual(result);
});

test("inputs are not modified", () => {
  const base = Object.freeze({ a: Object.freeze({ b: 1 }) });
  expect(deepMerge<unknown>(base, { a: { c: 2 } })).toEqual({ a: { b: 1, c: 2 } });
  expect(base).toEqual({ a: { b: 1 } });
});

const tier = { input: 1, output: 2 };

test("a price is replaced as a whole; error rows of the upper layer come first", () => {
  const base = {
    price: { currency: "CNY", verified: true, note: "旧", tiers: [tier] } as const,
    errors: [{ status: 429, outcome: "rate-limited" }] as const,
    limits: { rpm: 60, tpm: 1000 },
  };
  const over = {
    price: { currency: "USD", verified: false, tiers: [tier] } as const,
    errors: [{ status: 429, code: "quota", outcome: "quota" }] as const,
    limits: { rpm: 600 },
  };
  expect(
    overlay(
      { ...base, price: { ...base.price, tiers: [tier] } },
      { ...over, price: { ...over.price, tiers: [tier] } },
    ),
  ).toEqual({
    price: { currency: "USD", verified: false, tiers: [tier] },
    errors: [
      { status: 429, code: "quota", outcome: "quota" },
      { status: 429, outcome: "rate-limited" },
    ],
    limits: { rpm: 600, tpm: 1000 },
  });
});

test("models of a patch merge by id and by glob; new ones are appended", () => {
  const vendor = {
    protocol: "openai-chat",
    base_url: "http://a",
    models: [
      { match: "q-*", context: 1 },
      { id: "q-plus", context: 2, title: "旧" },
    ],
  };
  const patch = {
    base_url: "http://b",
    models: [{ id: "q-plus", context: 3 }, { match: "q-*", limits: { rpm: 5 } }, { id: "new" }],
  };
  expect(patchVendor(vendor, patch)).toEqual({
    protocol: "openai-chat",
    base_url: "http://b",
    models: [
      { match: "q-*", context: 1, limits: { rpm: 5 } },
      { id: "q-plus", context: 3, title: "旧" },
      { id: "new" },
    ],
  });
});
