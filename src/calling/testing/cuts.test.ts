import * as fc from "fast-check";
import { expect, test } from "vitest";

import type { Answer, ChatRequest } from "../../simulator/kit/exchange.ts";
import type { Frame, ServedProtocol as Twin } from "../../simulator/kit/protocol.ts";

import { pluginIds } from "../../plugins.ts";
import { loadServedProtocols } from "../../simulator/kit/protocol.ts";
import { loadProtocol } from "../protocol.ts";
import { requestAt, contextOf, cutAt, wireOf } from "./loopback.ts";

const served = await loadServedProtocols();
// Neither asks a server.
const ids = pluginIds("protocols").filter((id) => id !== "baseline" && id !== "command");

/** Pieces that each extend the one before are read as snapshots, by design. */
const grow = (pieces: readonly string[]): boolean =>
  pieces.some((piece, at) => at > 0 && piece.startsWith(pieces[at - 1] ?? ""));

const words = fc
  .array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 5 }), { maxLength: 4 })
  .filter((pieces) => !grow(pieces));
const counts = fc.record({
  input: fc.integer({ min: 10, max: 1e6 }),
  cached_input: fc.integer({ min: 0, max: 9 }),
  output: fc.integer({ min: 50, max: 1e5 }),
  reasoning: fc.integer({ min: 0, max: 49 }),
});
/** The bytes of frames as the transport delivers them: WebSocket messages come as lines. */
const bytesOf = (twin: Twin, frames: readonly Frame[]): Buffer =>
  Buffer.concat(
    frames.flatMap(({ render }) => [
      Buffer.from(render(null)),
      Buffer.from(twin.upgrades === true ? "\n" : ""),
    ]),
  );

const finishes = fc.constantFrom<Answer["finish"]>("stop", "length", "filter");

const meta = { request_id: "r-1", created: 1_790_000_000, stamp: null };
const question: ChatRequest = {
  model: "test-model",
  messages: [{ role: "user", text: "你好" }],
  stream: true,
  include_usage: true,
  max_tokens: null,
  stop: [],
  thinking: null,
};

test("the simulator has a twin for every protocol", () => {
  expect(served.map(({ id }) => id)).toEqual(expect.arrayContaining([...ids]));
});

test.each(ids)(
  "%s: a stream split at any bytes gives the same answer, usage and outcome",
  async (id) => {
    const protocol = await loadProtocol(id);
    const twin = served.find((each) => each.id === id);
    if (protocol === null || twin === undefined) throw new Error(`no protocol ${id}`);
    await fc.assert(
      fc.asyncProperty(
        words,
        words,
        counts,
        finishes,
        fc.array(fc.nat(20_000), { maxLength: 40 }),
        async (thoughts, texts, usage, finish, places) => {
          const deltas = [
            ...thoughts.map((text) => ({ part: "reasoning" as const, text, at_ms: 1 })),
            ...texts.map((text) => ({ part: "text" as const, text, at_ms: 2 })),
          ];
          const answer = { reasoning: thoughts.join(""), text: texts.join(""), finish, usage };
          const paced = { headers_ms: 0, deltas, end_ms: 3 };
          const bytes = bytesOf(twin, twin.frames(question, answer, paced, meta));
          const read = (pieces: readonly Uint8Array[]) =>
            protocol.attempt(requestAt("http://x"), contextOf(wireOf(pieces, twin.stream_headers)));
          const { timing: _, ...whole } = await read([bytes]);
          const reasoning = twin.reasoning === "unsaid" ? "" : answer.reasoning;
          expect(whole).toMatchObject({ text: answer.text, reasoning });
          expect(whole.usage).toMatchObject({ input: usage.input, output: usage.output });
          const { timing: __, ...cut } = await read(cutAt(bytes, places));
          expect(cut).toEqual(whole);
        },
      ),
      { numRuns: 60 },
    );
  },
);

test.each(ids)(
  "%s: a stream that breaks off before its end never counts as an answer",
  async (id) => {
    const protocol = await loadProtocol(id);
    const twin = served.find((each) => each.id === id);
    if (protocol === null || twin === undefined) throw new Error(`no protocol ${id}`);
    const usage = { input: 10, cached_input: 0, output: 5, reasoning: 0 };
    const answer: Answer = { reasoning: "", text: "答案：守株待兔", finish: "stop", usage };
    const deltas = Array.from(answer.text).map((text) => ({
      part: "text" as const,
      text,
      at_ms: 1,
    }));
    const frames = twin.frames(question, answer, { headers_ms: 0, deltas, end_ms: 2 }, meta);
    const end = frames.findIndex(({ kind }) => kind === "finish");
    const before = bytesOf(twin, frames.slice(0, end));
    for (let length = 0; length <= before.length; length += 7) {
      const pieces = [before.subarray(0, length)];
      const reply = await protocol.attempt(
        requestAt("http://x"),
        contextOf(wireOf(pieces, twin.stream_headers)),
      );
      expect(reply.outcome).toBe("malformed");
    }
  },
);
