import * as fc from "fast-check";
import { expect, test } from "vitest";

import { parsePrefix } from "./json-prefix.ts";

test("the first value is read, whatever follows it", () => {
  const values = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()));
  const tails = fc.constantFrom("", "\n", "}", "<html>", '{"error":"late"}', '"', " data: [DONE]");
  fc.assert(
    fc.property(values, tails, (value, tail) => {
      const text = JSON.stringify(value);
      expect(parsePrefix(text + tail)).toEqual(JSON.parse(text));
    }),
  );
});

test.each(["", '{"a":1', '{"a":"}', "[1,", "<html>", '{"a":}', "}"])("%j holds none", (text) => {
  expect(() => parsePrefix(text)).toThrow(SyntaxError);
});
