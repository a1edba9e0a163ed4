import { crc32 } from "node:zlib";

import fc from "fast-check";
import { expect, test } from "vitest";

import { frameStream } from "../bedrock.ts";
import { type Guard, linesStream, type StreamParser } from "../exchange/codec.ts";
import { createDraft } from "../exchange/timed-draft.ts";
import { cutAt } from "./loopback.ts";

type Opened = { readonly parser: StreamParser; readonly seen: unknown[] };

function openLines(): Opened {
  const seen: unknown[] = [];
  const note: Guard = (action, ...given) => {
    try {
      action(...given);
    } catch {
      seen.push("garbage");
    }
  };
  return { parser: linesStream((json) => seen.push(json))(createDraft().draft, note), seen };
}

function openFrames(): Opened {
  const seen: unknown[] = [];
  const note: Guard = (action, ...given) => {
    try {
      action(...given);
    } catch (error) {
      seen.push(String(error));
    }
  };
  const open = frameStream((json, name) => seen.push({ name, json }));
  return { parser: open(createDraft().draft, note), seen };
}

function read(open: () => Opened, pieces: readonly Uint8Array[]): readonly unknown[] {
  const { parser, seen } = open();
  pieces.forEach((piece, at) => parser.push(piece, at));
  parser.end();
  expect(parser.held()).toBe(0);
  return seen;
}

const bytewise = (bytes: Uint8Array): readonly Uint8Array[] =>
  Array.from(bytes, (byte) => Uint8Array.of(byte));

const lineParts = fc.constantFrom(
  '{"字":"😀"}',
  '{"x":',
  "1}",
  "{",
  "垃圾",
  " ",
  "\n",
  "\r\n",
  "\n\n",
);

test("JSON lines: the same values, however the bytes are cut and whatever ends the lines", () => {
  fc.assert(
    fc.property(
      fc.array(lineParts, { maxLength: 20 }),
      fc.array(fc.nat(), { maxLength: 8 }),
      (parts, places) => {
        const bytes = new TextEncoder().encode(parts.join(""));
        const whole = read(openLines, [bytes]);
        expect(read(openLines, cutAt(bytes, places))).toEqual(whole);
        expect(read(openLines, bytewise(bytes))).toEqual(whole);
      },
    ),
    { numRuns: 500 },
  );
});

test("JSON lines: a last line without its end, and what is held before", () => {
  const { parser, seen } = openLines();
  parser.push(new TextEncoder().encode('{"a":1}\r\n{"b"'), 1);
  expect(seen).toEqual([{ a: 1 }]);
  expect(parser.held()).toBe(4);
  parser.push(new TextEncoder().encode(":2}"), 2);
  parser.end();
  expect(seen).toEqual([{ a: 1 }, { b: 2 }]);
});

/** A frame of the AWS event stream, as https://docs.aws.amazon.com/AmazonS3/latest/API/RESTSelectObjectAppendix.html has it. */
function frame(name: string, json: unknown): Buffer {
  const headers = Buffer.concat(
    [
      [":message-type", "event"],
      [":event-type", name],
    ].map(([key = "", value = ""]) => {
      const size = Buffer.alloc(2);
      size.writeUInt16BE(value.length);
      return Buffer.concat([
        Buffer.from([key.length]),
        Buffer.from(key),
        Buffer.from([7]),
        size,
        Buffer.from(value),
      ]);
    }),
  );
  const body = Buffer.from(JSON.stringify(json));
  const prelude = Buffer.alloc(12);
  prelude.writeUInt32BE(16 + headers.length + body.length, 0);
  prelude.writeUInt32BE(headers.length, 4);
  prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8);
  const before = Buffer.concat([prelude, headers, body]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(before));
  return Buffer.concat([before, sum]);
}

test("AWS frames: the same events, however the bytes are cut", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "grapheme", maxLength: 40 }), { maxLength: 6 }),
      fc.array(fc.nat(), { maxLength: 8 }),
      fc.boolean(),
      (texts, places, isSpoilt) => {
        const bytes = Buffer.concat(texts.map((text, index) => frame(`e${index}`, { text })));
        if (isSpoilt && bytes.length > 0) bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
        const whole = read(openFrames, [bytes]);
        expect(whole).toHaveLength(texts.length);
        if (!isSpoilt) {
          expect(whole).toEqual(
            texts.map((text, index) => ({ name: `e${index}`, json: { text } })),
          );
        }
        expect(read(openFrames, cutAt(bytes, places))).toEqual(whole);
        expect(read(openFrames, bytewise(bytes))).toEqual(whole);
      },
    ),
    { numRuns: 200 },
  );
});

test("AWS frames: what is held is told, and nothing is read after a broken prelude", () => {
  const { parser, seen } = openFrames();
  const bytes = frame("e", { text: "字" });
  parser.push(bytes.subarray(0, 40), 0);
  expect(parser.held()).toBe(40);
  parser.push(bytes.subarray(40), 0);
  expect(parser.held()).toBe(0);
  parser.push(Buffer.alloc(20), 0);
  expect(parser.broken?.()).toBe(true);
  parser.push(bytes, 0);
  expect(seen).toHaveLength(2);
  expect(parser.held()).toBe(0);
});
