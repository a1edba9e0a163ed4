import * as fc from "fast-check";
import { expect, test } from "vitest";

import type { Http } from "../../transport/http.ts";

import { protocol } from "../../protocols/openai-chat.ts";
import { contextOf, requestAt, sse } from "./loopback.ts";

const eventOf = (content: string, finish_reason: string | null = null, more: object = {}): string =>
  `data: ${JSON.stringify({ id: "c1", choices: [{ index: 0, delta: { content }, finish_reason }], ...more })}\n\n`;

const end = `data: {"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":20,"completion_tokens":9}}\n\ndata: [DONE]\n\n`;

/** Bytes of a reply and when they come. */
type Sent = readonly { readonly bytes: Buffer; readonly at_ms: number }[];

/** What came of a reply, and of each piece whether it was progress and whether more was wanted. */
async function read(sent: Sent) {
  const seen: unknown[] = [];
  const http: Http = {
    exchange: (_request, receiver) => {
      receiver.head(200, sse);
      for (const { bytes, at_ms } of sent) {
        const progress = receiver.data(bytes, at_ms);
        const [enough, over] = [receiver.enough?.() ?? null, receiver.over?.()];
        const settled = [10, 400, 5_000].map((later) => receiver.settled?.(at_ms + later));
        seen.push({ progress, enough, over, settled });
      }
      const total_ms = sent.at(-1)?.at_ms ?? 0;
      const started_at = "2026-12-01T00:00:00.000Z";
      return Promise.resolve({
        started_at,
        connect_ms: null,
        headers_ms: 0,
        total_ms,
        failure: null,
      });
    },
    sendLags: () => new Float64Array(),
    close: () => Promise.resolve(),
  };
  const reply = await protocol.attempt(
    requestAt("http://x", { params: { max_tokens: 10 } }),
    contextOf(http),
  );
  return { reply, seen };
}

const piece = fc.oneof(
  fc.constantFrom(
    "先算个位。",
    "a",
    "仙",
    " ",
    "\n",
    "😀",
    "“",
    "analysis",
    "<",
    "[",
    "◁",
    "é",
    "\u0085",
    "\\",
    '"',
  ),
  fc.constantFrom("<think>", "</think>", "嗯", "</thi", "nk>", "◁think▷", "◁/think▷", "[THINK]"),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 6 }),
);
type Step = {
  readonly text: string;
  readonly times: number;
  readonly gap_ms: number;
  readonly isOdd: boolean;
  readonly finish: string | null;
};

/** A piece, how often it comes, how long after the one before, whether its event differs from the others and has a finish word. */
const stepOf = (text: fc.Arbitrary<string>): fc.Arbitrary<Step> =>
  fc.record({
    text,
    times: fc.constantFrom(1, 1, 1, 2, 5),
    gap_ms: fc.constantFrom(0, 0.25, 5, 40),
    isOdd: fc.constantFrom(false, false, false, false, true),
    finish: fc.constantFrom(null, null, null, null, null, null, null, "stop"),
  });
const increments = fc.array(stepOf(piece), { maxLength: 40 });
/** Each with the text so far. */
const snapshots = fc
  .array(stepOf(fc.constantFrom("", "十", "二个", "月")), { maxLength: 8 })
  .map((steps) =>
    steps.map((step, at) => ({
      ...step,
      text: steps
        .slice(0, at + 1)
        .map(({ text }) => text)
        .join(""),
    })),
  );

test("chunks that are kept and read together give what each by itself does, with the same times", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(increments, snapshots), fc.boolean(), async (steps, isEnded) => {
      let at_ms = 50;
      const events = steps.flatMap(({ text, times, gap_ms, isOdd, finish }) =>
        Array.from({ length: times }, () => {
          at_ms += gap_ms;
          return { text: eventOf(text, finish, isOdd ? { object: "chunk" } : {}), at_ms };
        }),
      );
      const all = isEnded ? [...events, { text: end, at_ms: at_ms + 5 }] : events;
      // A comment in front of an event, and its parser has to see it.
      const sentWith = (before: string): Sent =>
        all.map(({ text, at_ms }) => ({ bytes: Buffer.from(before + text), at_ms }));
      expect(await read(sentWith(""))).toEqual(await read(sentWith(": ping\n\n")));
    }),
    { numRuns: 400 },
  );
});

test("halves of a character at the end of one piece and the beginning of the next make none", async () => {
  const whole = Buffer.from(eventOf("仙"));
  const at = whole.indexOf("仙");
  const cut = (from: number, to: number): Buffer =>
    Buffer.concat([
      whole.subarray(0, at),
      whole.subarray(at + from, at + to),
      whole.subarray(at + 3),
    ]);
  const plain = Array.from({ length: 4 }, (_, index) =>
    Buffer.from(eventOf(`第${index}段长长的字`)),
  );
  const pieces = [...plain, cut(0, 2), cut(2, 3), Buffer.from(eventOf("完")), Buffer.from(end)];
  const { reply } = await read(pieces.map((bytes, index) => ({ bytes, at_ms: 50 + 5 * index })));
  expect(reply.text).toBe("第0段长长的字第1段长长的字第2段长长的字第3段长长的字\uFFFD\uFFFD完");
});

test("a flood of text is ended at the same event as one by one", async () => {
  const events = Array.from({ length: 4_000 }, (_, at) => eventOf(`第${at}段`.repeat(10)));
  const sentWith = (before: string): Sent =>
    events.map((text, at) => ({ bytes: Buffer.from(before + text), at_ms: 50 + at }));
  const ended = async (before: string): Promise<number> => {
    const { seen } = await read(sentWith(before));
    return seen.findIndex((each) => (each as { readonly enough: unknown }).enough !== null);
  };
  const bare = await ended("");
  expect(bare).toBeGreaterThan(0);
  expect(await ended(": ping\n\n")).toBe(bare);
});
