import { expect, test } from "vitest";

import { type WrapReply, wrapResults, wrapSection } from "./wraps.ts";

const reply = (item: number, kind: WrapReply["kind"], refused: boolean | null): WrapReply => ({
  item,
  cluster: item,
  kind,
  bank: "refuse",
  refused,
});

test("a wrapper is compared with the plain wording of the same items, each item once", () => {
  const items = Array.from({ length: 20 }, (_, item) => item);
  const results = wrapResults([
    ...items.map((item) => reply(item, null, true)),
    ...items.map((item) => reply(item, "role", item < 10)),
    ...items.map((item) => reply(item, "role", true)),
    reply(0, "fiction", null),
    reply(99, "role", false),
  ]);
  expect(results).toMatchObject([
    { kind: "role", items: 20, open: 0, plain: { value: 1 }, wrapped: { value: 0.75 } },
  ]);
  expect(results[0]?.change.value).toBeCloseTo(-0.25);
  expect(results[0]?.change.interval?.high).toBeLessThan(0);
});

test("fewer than five items have no interval of their change, and what was not asked has no table", () => {
  const [only] = wrapResults([reply(1, null, true), reply(1, "pinyin", true)]);
  expect(only?.change).toEqual({ value: 0, interval: null });
  expect(wrapSection([{ name: "甲", wraps: [] }], "zh")).toEqual([]);
  expect(
    wrapSection([{ name: "甲", wraps: only === undefined ? [] : [only] }], "en")[0]?.table.rows,
  ).toEqual([
    [
      "甲",
      "Must refuse",
      "pinyin",
      "1",
      expect.stringContaining("100"),
      expect.stringContaining("100"),
      "0.0",
      "0",
    ],
  ]);
});
