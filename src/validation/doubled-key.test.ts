import { array, assert, constantFrom, integer, json, property, string } from "fast-check";
import { expect, it } from "vitest";

import { doubledKey, keyEnds } from "./doubled-key.ts";

/** The keys of all objects in a value, each as often as it stands there. */
function keysIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const inside = Object.values(value).reduce<number>((sum, each) => sum + keysIn(each), 0);
  return inside + (Array.isArray(value) ? 0 : Object.keys(value).length);
}

/** At any place of a buffer, because sixteen bytes are looked at together. */
function placed(text: string, offset: number): Buffer {
  const bytes = Buffer.from(text);
  const whole = Buffer.alloc(offset + bytes.length + 17, '":');
  bytes.copy(whole, offset);
  return whole.subarray(offset, offset + bytes.length);
}

/** A quote, blanks and a colon may end a key, and may stand in a text: then nothing is counted. */
const mayBeBlank = /"\s+:/u;

const offsets = integer({ min: 0, max: 16 });

it("counts as many keys as JSON holds, wherever it lies", () => {
  assert(
    property(json({ maxDepth: 4 }), offsets, (text, offset) => {
      const compact = JSON.stringify(JSON.parse(text));
      const texts = [...compact.matchAll(/(?<!\\)(?:\\\\)*":/gu)].length;
      const counted = keyEnds(placed(compact, offset));
      if (mayBeBlank.test(compact)) expect(counted).toBeLessThan(0);
      else expect(counted).toBe(texts);
      expect(texts).toBeGreaterThanOrEqual(keysIn(JSON.parse(text)));
    }),
    { numRuns: 500 },
  );
});

it("is not led astray by texts that quote JSON, end in backslashes or hold colons", () => {
  const pieces = constantFrom('"', "\\", ":", " ", "{", "键", '\\"', '":', "a");
  const texts = array(pieces, { maxLength: 40 }).map((parts) => `a${parts.join("")}`);
  assert(
    property(texts, texts, offsets, (key, value, offset) => {
      const line = JSON.stringify({ [key]: value, b: [value, { c: key }] });
      const counted = keyEnds(placed(line, offset));
      if (mayBeBlank.test(line)) expect(counted).toBeLessThan(0);
      else expect(counted).toBe(3);
    }),
    { numRuns: 2_000 },
  );
});

it.each([
  ['{"a":1,"b":{"a":2}}', 3, null],
  ['{"a":1,"a":2}', 2, ["a"]],
  ['{"b":[{"c":1,"c":2}]}', 3, ["b", 0, "c"]],
  [String.raw`{"a":1,"\u0061":2}`, 2, ["a"]],
])("%s: %i keys, doubled %j", (text, count, doubled) => {
  expect(keyEnds(Buffer.from(text))).toBe(count);
  expect(doubledKey(text)).toEqual(doubled);
});

it("a blank before the colon is no count at all", () => {
  assert(
    property(string(), constantFrom(" ", "\t", "  ", "\r\n"), offsets, (key, blanks, offset) => {
      const line = `{"x":1,${JSON.stringify(key)}${blanks}:2}`;
      expect(keyEnds(placed(line, offset))).toBeLessThan(0);
    }),
  );
});
