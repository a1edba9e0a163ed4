import fc from "fast-check";

import { createSseParser } from "../sse.ts";

type Event = { readonly data: string; readonly name: string };

/** Feeds the bytes in one chunk, or split at the given positions. */
export function parseSse(bytes: Uint8Array, cuts: readonly number[] = []) {
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

/** Any valid stream gives its events, however its bytes are split. */
export const sseProperty = fc.property(
  stream,
  fc.array(fc.nat(), { maxLength: 12 }),
  ({ events, newline, mark }, at) => {
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
    const bytes = new TextEncoder().encode((mark ? "\ufeff" : "") + text);
    const cuts = at.map((place) => place % (bytes.length + 1));
    const everyByte = Array.from({ length: bytes.length }, (_, index) => index);
    const expected = events.map(({ name, lines }) => ({ data: lines.join("\n"), name }));
    return [cuts, everyByte].every(
      (each) => JSON.stringify(parseSse(bytes, each).events) === JSON.stringify(expected),
    );
  },
);
