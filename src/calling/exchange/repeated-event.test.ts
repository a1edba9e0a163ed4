import fc from "fast-check";
import { expect, test } from "vitest";

import { protocol } from "../../protocols/openai-chat.ts";
import { contextOf, requestAt, wireOf } from "../testing/loopback.ts";
import { createRepeatedEvents } from "./repeated-event.ts";

const contentOf = (json: unknown): string | null => {
  const { content } = json as { readonly content?: unknown };
  return typeof content === "string" ? content : null;
};

test("an event of the same form is read without parsing it, any other is not", () => {
  const events = createRepeatedEvents("content", contentOf);
  const first = '{"id":"c1","content":"先算","usage":null}';
  expect(events.textIn(first)).toBe(null);
  events.learn(first, JSON.parse(first));
  expect(events.textIn('{"id":"c1","content":"十位。","usage":null}')).toBe("十位。");
  expect(events.textIn('{"id":"c1","content":"","usage":null}')).toBe(null);
  expect(events.textIn('{"id":"c2","content":"十位。","usage":null}')).toBe(null);
  expect(events.textIn('{"id":"c1","content":"十位。","usage":{}}')).toBe(null);
  expect(events.textIn('{"id":"c1","content":"第一行\\n","usage":null}')).toBe(null);
  expect(events.textIn('{"id":"c1","content":"a","content":"b","usage":null}')).toBe(null);
});

test.each([
  ["in another text", '{"note":"\\"content\\":\\"一\\"","content" : "一"}'],
  ["before the same member again", '{"content":"一","content" : "一"}'],
  ["in another object", '{"other":{"content":"一"},"content" : "一"}'],
])("what looks like the text, but stands %s, teaches nothing", (_, data) => {
  const events = createRepeatedEvents("content", contentOf);
  events.learn(data, JSON.parse(data));
  expect(events.textIn(data)).toBe(null);
});

/** Texts of one stream: of plain characters mostly, with what JSON has to escape and pieces that look like its marks. */
const text = fc.oneof(
  { weight: 2, arbitrary: fc.string({ maxLength: 6 }) },
  fc.constantFrom(
    "",
    "十位",
    "十位",
    "个位",
    "\n",
    '"',
    "\\",
    "\u2028",
    "😀",
    '"},"x":{"',
    "<think>",
    "</think>",
  ),
);

type Delta = Readonly<Record<string, unknown>>;

/** What stands beside the text. Few, so that the same often comes twice. */
const beside = fc.constantFrom<Delta>(
  {},
  {},
  {},
  { reasoning_content: "先想" },
  { refusal: "不能" },
  { reasoning_details: [{ text: "先想" }] },
  { tool_calls: [{ index: 0, function: { name: "now" } }] },
);

const delta: fc.Arbitrary<Delta> = fc
  .tuple(text, beside)
  .map(([content, others]) => ({ content, ...others }));

const envelope = fc.constantFrom<Delta>(
  {},
  { usage: null },
  { usage: { prompt_tokens: 20, completion_tokens: 4 } },
  { error: { message: "busy" } },
);

/** A chunk for each delta; one that tells its place is like no other, so that each has to be parsed. */
const streamOf = (
  parts: readonly (readonly [Delta, Delta, string | null])[],
  toldApart: boolean,
): readonly Uint8Array[] =>
  [
    ...parts.map(([each, around, finish_reason], at) =>
      JSON.stringify({
        id: "c1",
        ...(toldApart ? { at } : { at: 0 }),
        choices: [{ index: 0, delta: each, logprobs: null, finish_reason }],
        ...around,
      }),
    ),
    "[DONE]",
  ].map((data) => new TextEncoder().encode(`data: ${data}\n\n`));

test("a reply is the same whether its events repeat one another or each is like no other", async () => {
  const finish = fc.constantFrom(null, null, null, null, "", "stop");
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.tuple(delta, fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, envelope), finish),
        {
          maxLength: 14,
        },
      ),
      async (parts) => {
        const read = (toldApart: boolean) =>
          protocol.attempt(
            requestAt("http://127.0.0.1/v1"),
            contextOf(wireOf(streamOf(parts, toldApart))),
          );
        expect(await read(false)).toEqual(await read(true));
      },
    ),
    { numRuns: 600 },
  );
});
