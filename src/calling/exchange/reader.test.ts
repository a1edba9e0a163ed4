import { expect, test } from "vitest";

import type { Codec } from "./codec.ts";

import { responseLimits } from "../limits/response-limits.ts";
import { sseStream } from "./codec.ts";
import { createReader } from "./reader.ts";

type Piece = { readonly text?: string; readonly stop?: true };

/** The smallest protocol: `{"text": …}`, and `{"stop": true}` as its finish word. */
const codec: Codec = {
  stream: sseStream((json, draft) => {
    const { text = "", stop } = json as Piece;
    draft.text(text);
    if (stop === true) draft.finish = { reason: "stop", raw: "stop" };
  }),
  body: (json, draft) => draft.text((json as Piece).text ?? ""),
  error: (json) => {
    const { error } = json as { readonly error?: string };
    return error === undefined ? null : { code: null, message: error, body: json };
  },
};

type Given = {
  readonly status?: number;
  /** Of the request; bounds what is read. */
  readonly max_tokens?: number;
};

/** Reads these pieces, one every 10 ms. */
function read(pieces: readonly string[], { status = 200, max_tokens }: Given = {}) {
  const reader = createReader(codec, responseLimits(max_tokens ?? null, null));
  reader.head(status, {});
  const progress = pieces.map((piece, at) => reader.data(Buffer.from(piece), 10 * (at + 1)));
  const enough = reader.enough();
  const isSettled = (at_ms: number) => reader.settled(at_ms);
  return { progress, enough, isSettled, over: reader.over(), finish: () => reader.finish() };
}

const event = (piece: Piece | string): string =>
  `data: ${typeof piece === "string" ? piece : JSON.stringify(piece)}\n\n`;
const textOf = ({ finish }: ReturnType<typeof read>): string => finish().timed.read().text;

test("a stream: text, its marks, and an end that the protocol says", () => {
  const got = read([
    event({ text: "守株" }),
    ": wait\n\n",
    event({ text: "待兔" }),
    event("[DONE]"),
  ]);
  // A comment is a sign of life and no progress.
  expect(got.progress).toEqual([true, false, true, false]);
  expect(got.over).toBe(true);
  const { timed, status, body, fault } = got.finish();
  expect([status, body, fault]).toEqual([200, null, null]);
  expect(timed.read()).toMatchObject({
    text: "守株待兔",
    marks: { first_token_ms: 10, last_token_ms: 30, chunks: 2 },
  });
});

test.each([
  ["a whole JSON body for a streamed request", ['{"text":', ' "守株待兔"}'], "守株待兔"],
  ["JSON with what is none behind it", ['{"text": "守株待兔"}\n\u0000'], "守株待兔"],
  ["a web page", ["<!doctype html>", "<p>登录</p>"], ""],
  ["white space first", [" \n ", event({ text: "守株待兔" })], "守株待兔"],
])("%s", (_, pieces, text) => {
  expect(textOf(read(pieces))).toBe(text);
});

test("an error status is read as a body, whether JSON or an event", () => {
  const json = read(['{"error": "too fast"}'], { status: 429 }).finish();
  expect([json.draft.error?.message, json.draft.done]).toEqual(["too fast", false]);
  // An answer under an error status is none.
  expect(textOf(read(['{"text": "守株待兔"}'], { status: 500 }))).toBe("");
  expect(read([event({ text: "x" })], { status: 500 }).finish().body).toContain("data:");
});

test("garbage inside an event is a fault, unless the reply was complete before it", () => {
  expect(read([event({ text: "守" }), event("{broken")]).finish().fault).not.toBeNull();
  const late = read([event({ text: "守" }), event("[DONE]"), event("{broken")]);
  expect(late.finish()).toMatchObject({ fault: null, draft: { done: true } });
});

test("an error as a sentence in the only event of a 200", () => {
  const { draft } = read(["data: Rate limit reached for requests\n\n"]).finish();
  expect(draft.error?.message).toContain("Rate limit reached");
});

test("after an end it waits a moment for counts, after a finish word a longer one", () => {
  const done = read([event({ text: "守" }), event("[DONE]")]);
  expect([done.isSettled(200), done.isSettled(400)]).toEqual([false, true]);
  const finished = read([event({ text: "守" }), event({ stop: true })]);
  expect([finished.isSettled(400), finished.isSettled(2_100)]).toEqual([false, true]);
  expect(read([event({ text: "守" })]).isSettled(60_000)).toBe(false);
});

test("a JSON body is settled once it is whole", () => {
  expect(read(['{"text": "守']).isSettled(60_000)).toBe(false);
  expect(read(['{"text": "守"}']).isSettled(400)).toBe(true);
});

test("what is longer than was asked for is cut, and why is said", () => {
  const got = read([event({ text: "长".repeat(100_000) })], { max_tokens: 16 });
  expect(got.enough?.message).toContain("too long: 100000 characters of answer came");
  expect(textOf(got).length).toBeLessThan(100_000);
  expect(read([event({ text: "长" })], { max_tokens: 16 }).enough).toBeNull();
});
