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

test("an event that lacks its blank line has the time of the piece that completed its data", () => {
  const events: (readonly [string, number])[] = [];
  const parser = createSseParser({ event: (data, _name, at_ms) => events.push([data, at_ms]) });
  parser.push(bytesOf('data: {"x":'), 1);
  parser.push(bytesOf("1}\n"), 2);
  parser.push(bytesOf('data: {"x":2}\n'), 3);
  // By now it is known that no blank lines come.
  expect(events).toEqual([
    ['{"x":1}', 2],
    ['{"x":2}', 3],
  ]);
  parser.push(bytesOf('data: {"x":3'), 4);
  expect(events).toHaveLength(2);
  parser.push(bytesOf("}"), 5);
  parser.end();
  expect(events.at(-1)).toEqual(['{"x":3}', 5]);
});

test("a whole event is delivered when nothing follows for a while, an incomplete one is not", () => {
  const events: string[] = [];
  const parser = createSseParser({ event: (data) => events.push(data) });
  parser.push(bytesOf('data: {"x":1}\n'));
  expect(events).toEqual([]);
  parser.rest();
  expect(events).toEqual(['{"x":1}']);
  parser.push(bytesOf('data: {"y":\n'));
  parser.rest();
  expect(events).toHaveLength(1);
});

test.each([
  ["a name after its data", 'data: {"x":1}\nevent: error\n\n', [['{"x":1}', "error"]]],
  [
    "a name after its data, then an event",
    'data: {"x":1}\nevent: error\n\ndata: b\n\n',
    [
      ['{"x":1}', "error"],
      ["b", ""],
    ],
  ],
  [
    "names before data without blank lines",
    'event: a\ndata: {"x":1}\nevent: b\ndata: {"x":2}\nevent: c\ndata: {"x":3}\n',
    [
      ['{"x":1}', "a"],
      ['{"x":2}', "b"],
      ['{"x":3}', "c"],
    ],
  ],
  ["a value on the line after its field", 'data:\n{"字":"{}"}\n\n', [['{"字":"{}"}', ""]]],
  [
    "braces in strings",
    'data: {"x":"}\\"{"}\ndata: {"y":[{}]}\n',
    [
      ['{"x":"}\\"{"}', ""],
      ['{"y":[{}]}', ""],
    ],
  ],
  ["an end mark without a blank line", "data: [DONE]\nevent: late\n\n", [["[DONE]", ""]]],
])("%s, the same wherever it is cut and whatever ends its lines", (_, text, expected) => {
  for (const newline of ["\n", "\r\n", "\r"]) {
    const bytes = bytesOf(text.replaceAll("\n", newline));
    const read = (cuts: readonly number[]) =>
      parseSse(bytes, cuts).events.map(({ data, name }) => [data, name]);
    const everyByte = Array.from({ length: bytes.length }, (__, index) => index);
    expect(read([])).toEqual(expected);
    expect(read(everyByte)).toEqual(expected);
    for (const one of everyByte) {
      for (const other of everyByte) expect(read([one, other])).toEqual(expected);
    }
  }
});

const fragments = fc.constantFrom(
  "data: ",
  "data:",
  '{"字":',
  '"😀"}',
  '{"x":1}',
  "event: error",
  "event: a",
  "[DONE]",
  ": 保持连接",
  "id: 1",
  "文本",
  "\n",
  "\r\n",
  "\r",
  "\n\n",
);

test("any lines at all give the same events, however their bytes are cut", () => {
  fc.assert(
    fc.property(
      fc.array(fragments, { maxLength: 24 }),
      fc.array(fc.nat(), { maxLength: 8 }),
      (parts, places) => {
        const bytes = bytesOf(parts.join(""));
        const cuts = places.map((place) => place % (bytes.length + 1));
        const everyByte = Array.from({ length: bytes.length }, (_, index) => index);
        const whole = parseSse(bytes);
        expect(parseSse(bytes, cuts)).toEqual(whole);
        expect(parseSse(bytes, everyByte)).toEqual(whole);
      },
    ),
    { numRuns: 2_000 },
  );
});

test("what is held is told, and let go with the event", () => {
  const parser = createSseParser({ event: () => undefined });
  parser.push(bytesOf("data: 一二三\ndata: 四"));
  expect(parser.held()).toBe(3 + 8 + 7);
  parser.push(bytesOf("\n\n"));
  expect(parser.held()).toBe(0);
});

test("any valid stream gives its events, however its bytes are split", () => {
  fc.assert(sseProperty, { numRuns: 300 });
});

test("no bytes make it throw", () => {
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
