import fc from "fast-check";
import { expect, test } from "vitest";

import { lately } from "./lately.ts";

test("gives what the function gives, whatever was asked before", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("", "甲", "乙", "丙", "丁")),
      fc.integer({ min: 1, max: 3 }),
      (asked, most) => {
        const length = lately((text) => `${text}/${text.length}`, most);
        expect(asked.map(length)).toEqual(asked.map((text) => `${text}/${text.length}`));
      },
    ),
  );
});

test("asks once for a text that comes again soon", () => {
  let reads = 0;
  const read = lately(() => (reads += 1), 2);
  expect(["甲", "乙", "甲", "丙", "乙", "甲"].map(read)).toEqual([1, 2, 1, 3, 2, 4]);
});
