import { afterAll, beforeAll, expect, test } from "vitest";

import type { Codec } from "./codec.ts";

import { CredentialError } from "../auth/credential-error.ts";
import { contextOf, json, type Loopback, requestAt, startLoopback } from "../testing/loopback.ts";
import { sseStream } from "./codec.ts";
import { attemptStream, type Exchanged } from "./stream.ts";

let server: Loopback;
beforeAll(async () => {
  server = await startLoopback();
});
afterAll(() => server.close());

/** The smallest protocol: `{"text": …}`, and `{"error": {"message", "param"}}` in a body. */
const codec: Codec = {
  stream: sseStream((event, draft) => draft.text((event as { readonly text: string }).text)),
  body: (body, draft) => draft.text((body as { readonly text: string }).text),
  error: (body) => {
    const { error } = body as { readonly error?: { message: string; param?: string } };
    return error === undefined
      ? null
      : { code: null, message: error.message, body, param: error.param ?? null };
  },
};

const exchanged = (more: Partial<Exchanged> = {}): Exchanged => ({
  request: { method: "POST", url: `${server.url}/chat`, headers: {}, body: '{"top_k":1}' },
  dropped: [],
  usage: {},
  ...more,
});

type Context = ReturnType<typeof contextOf>;
const attempt = (given: Partial<Exchanged> = {}, context: Partial<Context> = {}) =>
  attemptStream(
    requestAt(server.url),
    { ...contextOf(server.http), ...context },
    codec,
    exchanged(given),
  );

const answered = { pieces: ['data: {"text":"守株待兔"}\n\n', "data: [DONE]\n\n"] };
const refused = (param: string) => ({
  status: 400,
  headers: json,
  pieces: [JSON.stringify({ error: { message: `unknown parameter ${param}`, param } })],
});

test("an answer with its times and its request id", async () => {
  server.serve({ ...answered, headers: { "x-request-id": "r-7", "content-type": "x" } });
  const reply = await attempt();
  expect(reply).toMatchObject({
    outcome: "ok",
    text: "守株待兔",
    status: 200,
    request_id: "r-7",
    retry_after_ms: null,
    simulated: false,
  });
  const { headers_ms, first_token_ms, total_ms } = reply.timing ?? {};
  expect(headers_ms).toBeLessThanOrEqual(first_token_ms ?? -1);
  expect(first_token_ms).toBeLessThanOrEqual(total_ms ?? -1);
});

test("what the vendor refuses is left out once, and named", async () => {
  server.serve(refused("top_k"), answered);
  const reply = await attempt({
    relax: ({ param }) =>
      param === "top_k"
        ? {
            request: { ...exchanged().request, body: "{}" },
            dropped: [{ param: "top_k", asked: 1, effective: null, reason: "refused" }],
          }
        : null,
  });
  expect(reply).toMatchObject({ outcome: "ok", dropped: [{ param: "top_k" }] });
  expect(server.seen.map(({ text }) => text)).toEqual(['{"top_k":1}', "{}"]);
});

test("what nobody can leave out stays refused, after one request", async () => {
  server.serve(refused("messages"));
  expect(await attempt({ relax: () => null })).toMatchObject({ outcome: "bad-request" });
  expect(server.seen).toHaveLength(1);
});

test("a refused credential is renewed once", async () => {
  server.serve(
    { status: 401, headers: json, pieces: ['{"error":{"message":"expired"}}'] },
    answered,
  );
  const tokens = ["old", "new"];
  const authorize: Context["authorize"] = (request) =>
    Promise.resolve({ ...request, headers: { authorization: tokens.shift() ?? "" } });
  expect((await attempt({}, { authorize })).outcome).toBe("ok");
  expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(["old", "new"]);
});

test("without a credential nothing is sent, and the reply has no times", async () => {
  server.serve(answered);
  const authorize = () => Promise.reject(new CredentialError("auth", "no key"));
  const reply = await attempt({}, { authorize });
  expect(reply).toMatchObject({ outcome: "auth", message: "no key", timing: null, text: "" });
  expect(server.seen).toHaveLength(0);
});

test("the wait that is asked for: a header before words", async () => {
  const body = { error: { message: "please retry in 9 s" } };
  server.serve({
    status: 429,
    headers: { ...json, "retry-after": "3" },
    pieces: [JSON.stringify(body)],
  });
  expect(await attempt()).toMatchObject({ outcome: "rate-limited", retry_after_ms: 3_000 });
  server.serve({ status: 429, headers: json, pieces: [JSON.stringify(body)] });
  expect(await attempt()).toMatchObject({ outcome: "rate-limited", retry_after_ms: 9_000 });
});

test("texts that nobody reads in full are cut", async () => {
  const long = { "content-type": "text/event-stream", "x-request-id": "r".repeat(2_000) };
  server.serve({ ...answered, headers: long });
  expect((await attempt()).request_id).toHaveLength(501);
});
