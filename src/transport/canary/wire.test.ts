import fc from "fast-check";
import { expect, test } from "vitest";

import { chunkOf, clockOffset, headEnd, stampIn, waitsHeader, waitsIn } from "./wire.ts";

test("what is written is read", () => {
  const ms = fc.double({ min: 0.001, max: 1e11, noNaN: true });
  fc.assert(
    fc.property(ms, ms, fc.nat(), fc.boolean(), (received, hold, earlier, isLast) => {
      const stamp = { received, written: received + hold, earlier };
      const [size = "", line = "", ...rest] = chunkOf(stamp, isLast).split("\r\n");
      expect(Number.parseInt(size, 16)).toBe(line.length);
      expect(stampIn(line.trimEnd())).toEqual(stamp);
      expect(rest).toEqual(isLast ? ["0", "", ""] : [""]);
    }),
  );
});

test.each(["", "1 2", "2 1 0", "a b c", "1 2 -1", "NaN NaN NaN"])("no stamps: %j", (line) => {
  expect(stampIn(line)).toBeNull();
});

test.each([
  ["", [0]],
  [`${waitsHeader}: 5`, [5]],
  [`X-Waits-Ms: 30,40,190`, [30, 40, 190]],
])("the waits of %j", (header, waits) => {
  expect(waitsIn(`GET / HTTP/1.1\r\nhost: a\r\n${header}${headEnd}`)).toEqual(waits);
});

test("the offset leads to the clock that all threads share", () => {
  const before = Number(process.hrtime.bigint()) / 1e6;
  const offset = clockOffset();
  const between = performance.now() + offset;
  const after = Number(process.hrtime.bigint()) / 1e6;
  // A few microseconds for the reading itself.
  expect(between).toBeGreaterThan(before - 1);
  expect(between).toBeLessThan(after + 1);
});
