import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { createSseParser } from "./sse.ts";
import { oddFramings } from "./testing/odd-framings.ts";
import { parseSse, sseProperty } from "./testing/sse-property.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

test.each([
  ["LF", "data: a\n\ndata: b\n\n", ["a", "b"]],
  ["CRLF", "data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]],
  ["CR", "data: a\r\rdata: b\r\r", ["a", "b"]],
  ["a byte order mark", "\ufeffdata: a\n\n", ["a"]],
  ["no space after the colon", 'data:{"x":1}\n\n', ['{"x":1}']],
  ["two spaces: one belongs to the value", "data:  a\n\n", [" a"]],
  ["data over several lines", "data: a\ndata: b\ndata\n\n", ["a\nb\n"]],
  ["a missing last blank line", "data: a\n\ndata: b", ["a", "b"]],
  ["JSON objects without blank lines", 'data: {"x":1}\ndata: {"x":2}\n', ['{"x":1}', '{"x":2}']],
  ["an object over two lines", 'data: {"x":\ndata: 1}\n\n', ['{"x":\n1}']],
  ["fields that mean nothing here", "id: 7\nretry: 10\nfoo\ndata: a\n\n", ["a"]],
  ["an event without data", "event: ping\n\ndata: a\n\n", ["a"]],
  ["many blank lines", "\n\n\ndata: a\n\n\n\n", ["a"]],
  ["nothing", "", []],
])("%s", (_, text, expected) => {
  expect(parseSse(bytesOf(text)).events.map(({ data }) => data)).toEqual(expected);
});

test("names and comments are passed on", () => {
  const text = ": keep-alive\nevent: delta\ndata: a\n\n:\ndata: b\n\n";
  expect(parseSse(bytesOf(text))).toEqual({
    events: [
      { data: "a", name: "delta" },
      { data: "b", name: "" },
    ],
    comments: [" keep-alive", ""],
  });
});

test("an event that lacks its blank line is delivered with the chunk that completes it", () => {
  const events: string[] = [];
  const parser = createSseParser({ event: (data) => events.push(data) });
  parser.push(bytesOf('data: {"x":1}\n'));
  expect(events).toEqual(['{"x":1}']);
  parser.push(bytesOf('data: {"x":'));
  expect(events).toHaveLength(1);
});

test("any valid stream gives its events, however its bytes are split", () => {
  fc.assert(sseProperty, { numRuns: 300 });
});

test("no bytes make it throw, and splitting them does not change complete events", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      parseSse(bytes);
      parseSse(bytes, [Math.floor(bytes.length / 2)]);
    }),
  );
});

describe.each(oddFramings)("$name", ({ stream, data, names = data.map(() => "") }) => {
  const bytes = bytesOf(stream);
  const expected = data.map((each, at) => ({ data: each, name: names[at] }));

  test("is read the same in one piece, in single bytes and cut at every place", () => {
    const all = Array.from({ length: bytes.length }, (_, index) => index);
    for (const cuts of [[], all, ...all.map((at) => [at])]) {
      expect(parseSse(bytes, cuts).events).toEqual(expected);
    }
  });

  test("is read the same cut at any places", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 6 }), (cuts) => {
        expect(parseSse(bytes, cuts).events).toEqual(expected);
      }),
    );
  });
});

test("any fields in any order are read the same, however they are cut", () => {
  const fields =
    'data: {}|data: {"x":|data: 1}|data|data: [DONE]|data: text|event: a|event: error|event|: note|id: 1|{"bare":1}|';
  const lines = fc.constantFrom(...fields.split("|"));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(lines, fc.constantFrom("\n", "\r\n", "\r")), { maxLength: 12 }),
      fc.array(fc.nat(200), { maxLength: 6 }),
      (parts, places) => {
        const bytes = bytesOf(parts.flat().join(""));
        const cuts = places.map((place) => place % (bytes.length + 1));
        expect(parseSse(bytes, cuts)).toEqual(parseSse(bytes));
      },
    ),
    { numRuns: 1_000 },
  );
});
