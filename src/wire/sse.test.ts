import fc from "fast-check";
import { expect, test } from "vitest";

import { createSseParser } from "./sse.ts";

type Event = { readonly data: string; readonly name: string };

/** Feeds the bytes in one delivery, or cut at the given places. */
function parse(bytes: Uint8Array, cuts: readonly number[] = []) {
  const events: Event[] = [];
  const comments: string[] = [];
  const parser = createSseParser({
    event: (data, name) => events.push({ data, name }),
    comment: (text) => comments.push(text),
  });
  const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
  for (let index = 1; index < places.length; index += 1) {
    parser.push(bytes.subarray(places[index - 1], places[index]));
  }
  parser.end();
  return { events, comments };
}

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
  expect(parse(bytesOf(text)).events.map(({ data }) => data)).toEqual(expected);
});

test("names and comments come along", () => {
  const text = ": keep-alive\nevent: delta\ndata: a\n\n:\ndata: b\n\n";
  expect(parse(bytesOf(text))).toEqual({
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

const word = fc.string({ unit: fc.constantFrom("a", "字", "😀", " ", ":", "{", "}", '"', "é") });
const json = fc
  .dictionary(fc.constantFrom("x", "内容"), fc.oneof(word, fc.integer()), { minKeys: 1 })
  .map((value) => JSON.stringify(value));
const legalEvent = fc.record({
  name: fc.constantFrom("", "delta", "消息"),
  lines: fc.oneof(
    json.map((text) => [text]),
    fc.array(
      word.map((text) => `t${text}`),
      { minLength: 1, maxLength: 3 },
    ),
  ),
  comment: fc.boolean(),
  space: fc.boolean(),
});
const stream = fc.record({
  events: fc.array(legalEvent, { maxLength: 6 }),
  newline: fc.constantFrom("\n", "\r\n", "\r"),
  mark: fc.boolean(),
});

test("any legal stream gives its events, however its bytes are cut", () => {
  fc.assert(
    fc.property(stream, fc.array(fc.nat(), { maxLength: 12 }), ({ events, newline, mark }, at) => {
      const text = events
        .map(({ name, lines, comment, space }) =>
          [
            ...(comment ? [": 保持连接"] : []),
            ...(name === "" ? [] : [`event: ${name}`]),
            ...lines.map((line) => `data:${space ? " " : ""}${line}`),
            "",
            "",
          ].join(newline),
        )
        .join("");
      const bytes = bytesOf((mark ? "\ufeff" : "") + text);
      const cuts = at.map((place) => place % (bytes.length + 1));
      const expected = events.map(({ name, lines }) => ({ data: lines.join("\n"), name }));
      expect(parse(bytes, cuts).events).toEqual(expected);
      const everyByte = Array.from({ length: bytes.length }, (_, index) => index);
      expect(parse(bytes, everyByte).events).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});

test("no bytes whatever make it throw, and cutting them changes nothing that is whole", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      parse(bytes);
      parse(bytes, [Math.floor(bytes.length / 2)]);
    }),
  );
});
