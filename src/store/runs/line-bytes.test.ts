import fc from "fast-check";
import { expect, test } from "vitest";

import { createLineBytes } from "./line-bytes.ts";

const line = fc.oneof(
  fc.json(),
  fc.string({ unit: fc.constantFrom("a", "答案：", "😀", "é", '"', "\u2028") }),
);

test("lines are their UTF-8, each with its end, call after call", () => {
  const bytesOf = createLineBytes();
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      const bytes = bytesOf(lines);
      expect(bytes.equals(Buffer.from(lines.map((each) => `${each}\n`).join("")))).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("lines larger than what is kept are whole, and small ones after them as well", () => {
  const bytesOf = createLineBytes();
  const large = "先算个位。".repeat(100_000);
  expect(bytesOf([large, "{}"]).toString("utf8")).toBe(`${large}\n{}\n`);
  expect(bytesOf(["{}"]).toString("utf8")).toBe("{}\n");
  expect(bytesOf([])).toHaveLength(0);
});

test("bytes of lines stand among them as they are", () => {
  const bytesOf = createLineBytes();
  const ready = Buffer.from("答案\n{}\n");
  expect(bytesOf(["一", ready, "二"]).toString("utf8")).toBe("一\n答案\n{}\n二\n");
});
