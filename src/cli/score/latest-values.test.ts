import { expect, test } from "vitest";

import { createLatest } from "./latest-values.ts";

test("the latest are known, and never more than twice as many", () => {
  const recent = createLatest<number>(10);
  for (let each = 0; each < 1_000; each += 1) {
    recent.set(`k${each}`, each);
    for (let back = 0; back < Math.min(10, each + 1); back += 1)
      expect(recent.get(`k${each - back}`)).toBe(each - back);
    expect(recent.get(`k${each - 20}`)).toBeUndefined();
  }
});

test("the later value of a key counts", () => {
  const recent = createLatest<number>(1);
  recent.set("k", 1);
  recent.set("k", 2);
  expect(recent.get("k")).toBe(2);
});
