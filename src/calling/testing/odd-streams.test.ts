import * as fc from "fast-check";
import { expect, test } from "vitest";

import { protocol } from "../../protocols/openai-chat.ts";
import { contextOf, cutAt, requestAt, wireOf } from "./loopback.ts";

const text = "十二个月😀 <b";
const pieces = Array.from(text);
const usage = { prompt_tokens: 20, completion_tokens: 9 };

type Chunk = object | string;
const delta = (content: string | null, more: object = {}, top: object = {}): Chunk => ({
  choices: [{ index: 0, delta: { content }, ...more }],
  ...top,
});
const stop: Chunk = { choices: [{ delta: {}, finish_reason: "stop" }] };
const counts: Chunk = { choices: [], usage };
const all = pieces.map((each) => delta(each));

/** Streams of one and the same answer, as servers and gateways are known to send it. */
const streams: readonly (readonly [string, readonly Chunk[]])[] = [
  ["regular", [...all, stop, counts, "[DONE]"]],
  [
    "a role frame",
    [delta("", { delta: { role: "assistant", content: "" } }), ...all, stop, counts, "[DONE]"],
  ],
  ["null choices", [{ choices: null }, ...all, { choices: null }, stop, counts, "[DONE]"]],
  ["empty choices", [{ choices: [] }, ...all, { choices: [] }, stop, counts, "[DONE]"]],
  ["no choices", [{ id: "c" }, ...all, { object: "chunk" }, stop, counts, "[DONE]"]],
  ["null content", [delta(null), ...all, delta(null), stop, counts, "[DONE]"]],
  ["a null delta", [{ choices: [{ delta: null }] }, ...all, stop, counts, "[DONE]"]],
  [
    "finish words null and empty",
    [
      ...pieces.map((each, at) => delta(each, { finish_reason: at % 2 ? "" : null })),
      stop,
      counts,
      "[DONE]",
    ],
  ],
  [
    "the finish word beside the last text",
    [...all.slice(0, -1), delta(pieces.at(-1) ?? "", { finish_reason: "stop" }), counts, "[DONE]"],
  ],
  [
    "a finish word with every piece",
    [...pieces.map((each) => delta(each, { finish_reason: "stop" })), counts, "[DONE]"],
  ],
  [
    "counts with every piece",
    [
      ...pieces.map((each, at) =>
        delta(each, {}, { usage: { prompt_tokens: 20, completion_tokens: at + 1 } }),
      ),
      stop,
      counts,
      "[DONE]",
    ],
  ],
  [
    "null counts until the last",
    [...pieces.map((each) => delta(each, {}, { usage: null })), stop, counts, "[DONE]"],
  ],
  [
    "counts beside the finish word",
    [...all, { choices: [{ delta: {}, finish_reason: "stop" }], usage }, "[DONE]"],
  ],
  [
    "counts in the choice",
    [...all, { choices: [{ delta: {}, finish_reason: "stop", usage }] }, "[DONE]"],
  ],
  ["counts before the finish word", [...all, counts, stop, "[DONE]"]],
  ["no end mark", [...all, stop, counts]],
  ["no finish word", [...all, counts, "[DONE]"]],
  ["neither", [...all, counts]],
  [
    "snapshots of the text so far",
    [...pieces.map((_, at) => delta(pieces.slice(0, at + 1).join(""))), stop, counts, "[DONE]"],
  ],
  [
    "the text again in `message`",
    [
      ...pieces.map((each, at) =>
        delta(each, { message: { content: pieces.slice(0, at + 1).join("") } }),
      ),
      stop,
      counts,
      "[DONE]",
    ],
  ],
  [
    "`message` for `delta`",
    [
      ...pieces.map((each) => ({ choices: [{ message: { content: each } }] })),
      stop,
      counts,
      "[DONE]",
    ],
  ],
  [
    "parts instead of a text",
    [
      ...pieces.map((each) => ({
        choices: [{ delta: { content: [{ type: "text", text: each }] } }],
      })),
      stop,
      counts,
      "[DONE]",
    ],
  ],
];

test.each(streams)(
  "%s: the same answer and counts, wherever the bytes are cut",
  async (_, chunks) => {
    const bytes = Buffer.from(
      chunks
        .map((each) => `data: ${typeof each === "string" ? each : JSON.stringify(each)}\n\n`)
        .join(""),
    );
    const read = (places: readonly number[]) =>
      protocol.attempt(requestAt("http://x"), contextOf(wireOf(cutAt(bytes, places))));
    const expected = {
      outcome: "ok",
      text,
      reasoning: "",
      usage: { input: 20, output: 9, reasoning: null },
    };
    const everywhere = Array.from({ length: bytes.length }, (__, at) => at);
    expect(await read(everywhere)).toMatchObject(expected);
    for (const at of everywhere) expect(await read([at])).toMatchObject(expected);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 12 }), async (places) => {
        expect(await read(places)).toMatchObject(expected);
      }),
      { numRuns: 30 },
    );
  },
);
