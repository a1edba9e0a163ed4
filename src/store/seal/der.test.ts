import fc from "fast-check";
import { expect, test } from "vitest";

import { firstOctets } from "./der.ts";

const hex = (text: string): Buffer => Buffer.from(text, "hex");

test.each([
  ["04020102", "0102"],
  ["3004040201ff", "01ff"],
  ["300a300406022a03040205ab", "05ab"],
  ["30820004040201ff", "01ff"],
  ["3000", null],
  ["04050102", null],
  ["308401000000", null],
  ["", null],
])("%s has the octets %s", (der, octets) => {
  const found = firstOctets(hex(der));
  expect(found === null ? null : Buffer.from(found).toString("hex")).toBe(octets);
});

test("any bytes have octets that stand in them, or none", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const found = firstOctets(bytes);
      expect(found === null || Buffer.from(bytes).includes(Buffer.from(found))).toBe(true);
    }),
  );
});
