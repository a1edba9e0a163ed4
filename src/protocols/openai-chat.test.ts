import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Reply } from "../domain/call.ts";
import type { ErrorRow } from "../domain/provider.ts";

import {
  requestAt,
  contextOf,
  cutAt,
  json,
  type Loopback,
  type Served,
  sse,
  startLoopback,
  wireOf,
} from "../calling/testing/loopback.ts";
import { protocol } from "./openai-chat.ts";

let server: Loopback;
beforeAll(async () => {
  server = await startLoopback();
});
afterAll(() => server.close());

type Change = Parameters<typeof requestAt>[1];

async function ask(served: Served, change: Change = {}): Promise<Reply> {
  server.serve(served);
  return protocol.attempt(requestAt(server.url, change), contextOf(server.http));
}

const data = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const done = "data: [DONE]\n\n";
const delta = (fields: object, finish_reason: string | null = null): string =>
  data({
    id: "c1",
    model: "test-model-0101",
    choices: [{ index: 0, delta: fields, finish_reason }],
  });
const role = delta({ role: "assistant", content: "" });
const stop = delta({}, "stop");
const usageChunk = data({
  id: "c1",
  choices: [],
  usage: {
    prompt_tokens: 9,
    completion_tokens: 5,
    prompt_tokens_details: { cached_tokens: 4 },
    completion_tokens_details: { reasoning_tokens: 2 },
  },
});
const fullUsage = { input: 9, cached_input: 4, cache_write: null, output: 5, reasoning: 2 };

describe("streams", () => {
  test("text, usage, finish, model and id of a plain stream", async () => {
    const reply = await ask({
      pieces: [role, delta({ content: "你" }), delta({ content: "好" }), stop, usageChunk, done],
    });
    expect(reply).toMatchObject({
      outcome: "ok",
      text: "你好",
      reasoning: "",
      finish: { reason: "stop", raw: "stop" },
      usage: fullUsage,
      model_returned: "test-model-0101",
      request_id: "c1",
      status: 200,
      code: null,
      message: null,
      simulated: false,
      timing: { chunks: 2, first_chars: 1 },
    });
  });

  test("role frames and empty deltas are not a first token; a chunk of white space is", async () => {
    const reply = await ask({
      pieces: [
        role,
        delta({ content: "" }),
        ": keep-alive\n\n",
        delta({ content: null }),
        delta({ content: "\n" }),
        delta({ content: "好" }),
        stop,
        done,
      ],
    });
    expect(reply.text).toBe("\n好");
    const { headers_ms, first_token_ms, first_answer_ms, chunks, first_chars } =
      reply.timing ?? raise();
    expect(chunks).toBe(2);
    expect(first_chars).toBe(1);
    expect(first_answer_ms).toBe(first_token_ms);
    expect(first_token_ms ?? 0).toBeGreaterThan(headers_ms ?? Infinity);
  });

  test("a stream of nothing but a role frame has no first token", async () => {
    const reply = await ask({ pieces: [role, stop, done] });
    expect(reply).toMatchObject({ outcome: "malformed", text: "" });
    expect(reply.timing).toMatchObject({ first_token_ms: null, chunks: 0, first_chars: null });
  });

  test.each([["reasoning_content"], ["reasoning"]])("%s comes before the answer", async (name) => {
    const reply = await ask({
      pieces: [
        role,
        delta({ content: null, [name]: "想" }),
        delta({ [name]: "一想" }),
        delta({ content: "答" }),
        stop,
        done,
      ],
    });
    expect(reply).toMatchObject({ text: "答", reasoning: "想一想" });
    const { first_token_ms, first_answer_ms, chunks } = reply.timing ?? raise();
    expect(chunks).toBe(3);
    expect(first_answer_ms ?? 0).toBeGreaterThan(first_token_ms ?? Infinity);
  });

  test.each<[string, readonly string[], Partial<Reply>]>([
    [
      "Azure: a first chunk without choices that tells of the filter",
      [
        data({ choices: [], prompt_filter_results: [{ prompt_index: 0 }] }),
        role,
        delta({ content: "好" }),
        stop,
        done,
      ],
      { outcome: "ok", text: "好" },
    ],
    [
      "no end mark but a finish reason",
      [role, delta({ content: "好" }), stop, usageChunk],
      { outcome: "ok", text: "好", usage: fullUsage },
    ],
    [
      "an end mark but no finish reason",
      [role, delta({ content: "好" }), done],
      { outcome: "ok", text: "好", finish: null },
    ],
    [
      "neither: the stream broke off",
      [role, delta({ content: "好" })],
      { outcome: "malformed", text: "好", message: "the stream broke off" },
    ],
    ["nothing at all", [], { outcome: "malformed", text: "" }],
    [
      "an event that is no JSON",
      [role, delta({ content: "好" }), "data: {broken\n\n", stop, done],
      { outcome: "malformed" },
    ],
    [
      "usage on every chunk: the last one holds",
      [
        data({
          choices: [{ delta: { content: "一" } }],
          usage: { prompt_tokens: 9, completion_tokens: 1 },
        }),
        data({
          choices: [{ delta: { content: "二" }, finish_reason: "stop" }],
          usage: { prompt_tokens: 9, completion_tokens: 2 },
        }),
        done,
      ],
      {
        outcome: "ok",
        text: "一二",
        usage: { input: 9, cached_input: null, cache_write: null, output: 2, reasoning: null },
      },
    ],
    [
      "finish reasons that are none: empty text and the text null",
      [
        data({ choices: [{ delta: { content: "一" }, finish_reason: "" }] }),
        data({ choices: [{ delta: { content: "二" }, finish_reason: "null" }] }),
        stop,
      ],
      { outcome: "ok", text: "一二" },
    ],
    [
      "content as parts",
      [delta({ content: [{ type: "text", text: "一" }, { type: "image" }] }), stop, done],
      { outcome: "ok", text: "一" },
    ],
    [
      "Mistral: thinking parts among the content",
      [
        delta({ content: [{ type: "thinking", thinking: [{ type: "text", text: "想" }] }] }),
        delta({
          content: [
            { type: "thinking", thinking: [{ type: "text", text: "完" }], closed: true },
            { type: "text", text: "答" },
          ],
        }),
        delta({ content: "案" }),
        stop,
        done,
      ],
      { outcome: "ok", text: "答案", reasoning: "想完" },
    ],
    [
      "a refusal",
      [delta({ refusal: "我不能" }), delta({ refusal: "帮忙" }), stop, done],
      { outcome: "ok", text: "我不能帮忙", finish: { reason: "refusal", raw: "refusal" } },
    ],
    [
      "the answer cut by max_tokens",
      [delta({ content: "好" }), delta({}, "length"), done],
      { outcome: "length", text: "好" },
    ],
    [
      "the answer cut by the filter",
      [delta({ content: "好" }), delta({}, "content_filter"), done],
      { outcome: "filtered-output", code: "content_filter" },
    ],
    [
      "Groq: usage in x_groq",
      [
        delta({ content: "好" }),
        data({
          choices: [{ delta: {}, finish_reason: "stop" }],
          x_groq: { id: "r", usage: { prompt_tokens: 3, completion_tokens: 1 } },
        }),
        done,
      ],
      {
        outcome: "ok",
        usage: { input: 3, cached_input: null, cache_write: null, output: 1, reasoning: null },
      },
    ],
  ])("%s", async (_, pieces, expected) => {
    expect(await ask({ pieces })).toMatchObject(expected);
  });

  test("only the simulator's header makes an answer simulated", async () => {
    const headers = { ...sse, "x-baimo-simulated": "1", "x-request-id": "r-1" };
    const reply = await ask({ headers, pieces: [delta({ content: "好" }), stop] });
    expect(reply).toMatchObject({ simulated: true, request_id: "r-1" });
  });

  test("a connection that breaks mid-stream is network, and what arrived does not count as an answer", async () => {
    const reply = await ask({ pieces: [role, delta({ content: "好" })], reset: true });
    expect(reply).toMatchObject({ outcome: "network", text: "好", status: 200 });
  });
});

describe("bodies that are not a stream", () => {
  const answer = {
    id: "c2",
    model: "m",
    choices: [{ message: { role: "assistant", content: "好" }, finish_reason: "stop" }],
    usage: { prompt_tokens: 1, completion_tokens: 1 },
  };
  test.each<[string, Served, Partial<Reply>]>([
    [
      "an answer as JSON",
      { headers: json, pieces: [JSON.stringify(answer)] },
      { outcome: "ok", text: "好" },
    ],
    [
      "an answer as JSON that calls itself a stream",
      { pieces: [JSON.stringify(answer)] },
      { outcome: "ok", text: "好" },
    ],
    [
      "an answer as JSON in two pieces",
      {
        headers: json,
        pieces: [JSON.stringify(answer).slice(0, 20), JSON.stringify(answer).slice(20)],
      },
      { outcome: "ok", text: "好" },
    ],
    [
      "half a JSON body",
      { headers: json, pieces: [JSON.stringify(answer).slice(0, 40)] },
      { outcome: "malformed" },
    ],
    [
      "JSON that is no answer",
      { headers: json, pieces: ['{"status":"fine"}'] },
      { outcome: "malformed", message: "the answer has no choices" },
    ],
    [
      "a login page with 200",
      {
        headers: { "content-type": "text/html" },
        pieces: ["<!doctype html><title>登录</title><p>请先登录"],
      },
      {
        outcome: "malformed",
        message: "a web page instead of an answer: 登录 请先登录",
      },
    ],
    [
      "a busy page with 503",
      {
        status: 503,
        headers: { "content-type": "text/html" },
        pieces: ["<html><body>busy</body></html>"],
      },
      { outcome: "overloaded", status: 503, message: "busy" },
    ],
    [
      "an empty 500",
      { status: 500, headers: {}, pieces: [] },
      { outcome: "server", status: 500, message: "" },
    ],
    [
      "an error of a stream without a content type",
      { headers: {}, pieces: [delta({ content: "好" }), stop, done] },
      { outcome: "ok", text: "好" },
    ],
  ])("%s", async (_, served, expected) => {
    expect(await ask(served)).toMatchObject(expected);
  });
});

describe("errors", () => {
  const quota: readonly ErrorRow[] = [
    { status: 429, message: "arrears", outcome: "quota" },
    { code: "1301", outcome: "filtered-output" },
  ];
  const error = (fields: object) => JSON.stringify({ error: fields });
  test.each<[string, Served, Partial<Reply>]>([
    [
      "429 with retry-after",
      {
        status: 429,
        headers: { ...json, "retry-after": "7" },
        pieces: [error({ message: "slow down", type: "requests", code: "rate_limit_exceeded" })],
      },
      {
        outcome: "rate-limited",
        status: 429,
        code: "rate_limit_exceeded",
        message: "slow down",
        retry_after_ms: 7000,
      },
    ],
    [
      "429 that is really quota",
      {
        status: 429,
        headers: json,
        pieces: [error({ message: "pay", type: "insufficient_quota", code: "insufficient_quota" })],
      },
      { outcome: "quota", code: "insufficient_quota" },
    ],
    [
      "429 that the vendor's row calls quota",
      { status: 429, headers: json, pieces: [error({ message: "You are in Arrears" })] },
      { outcome: "quota" },
    ],
    [
      "Azure's blocked prompt",
      {
        status: 400,
        headers: json,
        pieces: [
          error({
            code: "content_filter",
            message: "blocked",
            param: "prompt",
            innererror: { code: "ResponsibleAIPolicyViolation" },
          }),
        ],
      },
      { outcome: "filtered-input", code: "content_filter" },
    ],
    [
      "an over-long prompt",
      {
        status: 400,
        headers: json,
        pieces: [
          error({
            code: "context_length_exceeded",
            message: "too long",
            type: "invalid_request_error",
          }),
        ],
      },
      { outcome: "context-overflow" },
    ],
    [
      "a gateway's code as a number",
      { status: 400, headers: json, pieces: [error({ code: 1301, message: "unsafe" })] },
      { outcome: "filtered-output", code: "1301" },
    ],
    [
      "SGLang: the error at the top level",
      {
        status: 400,
        headers: json,
        pieces: [
          JSON.stringify({ object: "error", message: "bad", type: "BadRequestError", code: 400 }),
        ],
      },
      { outcome: "bad-request", code: "400", message: "bad" },
    ],
    [
      "an error as a text",
      { status: 404, headers: json, pieces: [JSON.stringify({ error: "model not found" })] },
      { outcome: "model-not-found", message: "model not found" },
    ],
    [
      "a wrong key",
      {
        status: 401,
        headers: json,
        pieces: [error({ message: "Incorrect API key", code: "invalid_api_key" })],
      },
      { outcome: "auth", code: "invalid_api_key" },
    ],
    [
      "inside 200 as JSON, xAI's shape",
      {
        headers: json,
        pieces: [JSON.stringify({ code: "The service is unavailable", error: "try again" })],
      },
      { outcome: "server", code: "The service is unavailable", message: "try again", status: 200 },
    ],
    [
      "inside 200 as JSON with a status for a code",
      { headers: json, pieces: [error({ code: 429, message: "slow" })] },
      { outcome: "rate-limited", code: "429" },
    ],
    [
      "inside 200 as an event",
      { pieces: [data({ error: { code: "rate_limit_exceeded", message: "slow" } }), done] },
      { outcome: "rate-limited", text: "" },
    ],
    [
      "inside 200 as an event named error",
      { pieces: [`event: error\n${data({ message: "boom", type: "server_error" })}`] },
      { outcome: "server", code: "server_error", message: "boom" },
    ],
    [
      "in the middle of a stream, OpenRouter's shape",
      {
        pieces: [
          role,
          delta({ content: "好" }),
          data({
            error: { code: 502, message: "upstream", metadata: {} },
            choices: [{ delta: { content: "" }, finish_reason: "error" }],
          }),
        ],
      },
      { outcome: "server", code: "502", message: "upstream", text: "好" },
    ],
    [
      "a finish reason of error",
      { pieces: [delta({ content: "好" }), delta({}, "error")] },
      { outcome: "server", code: "error" },
    ],
  ])("%s", async (_, served, expected) => {
    expect(await ask(served, { endpoint: { errors: quota } })).toMatchObject(expected);
  });
});

describe("requests", () => {
  const answer = { pieces: [delta({ content: "好" }), stop, done] };

  test("path, query, headers and body", async () => {
    await ask(answer, {
      endpoint: {
        base_url: `${server.url}/v1/`,
        query: { "api-version": "2024-10-21" },
        headers: { "x-app": "a" },
      },
      params: { temperature: 0, max_tokens: 10, stop: ["。"], seed: 3 },
      call: {
        messages: [
          { role: "system", text: "说中文" },
          { role: "user", text: "你好" },
        ],
      },
    });
    const [seen] = server.seen;
    expect(seen).toMatchObject({
      method: "POST",
      url: "/v1/chat/completions?api-version=2024-10-21",
      headers: { "content-type": "application/json", accept: "text/event-stream", "x-app": "a" },
    });
    expect(seen?.body).toEqual({
      model: "test-model",
      messages: [
        { role: "system", content: "说中文" },
        { role: "user", content: "你好" },
      ],
      temperature: 0,
      max_tokens: 10,
      stop: ["。"],
      seed: 3,
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  test("the model can be in the path", async () => {
    const path = "/openai/deployments/{model}/chat/completions";
    await ask(answer, { endpoint: { path }, call: { model: "我的 4o" } });
    expect(server.seen[0]?.url).toBe(
      `/openai/deployments/${encodeURIComponent("我的 4o")}/chat/completions`,
    );
  });

  test.each([
    [
      "developer",
      [
        { role: "developer", content: "规矩" },
        { role: "user", content: "问" },
      ],
    ],
    ["user", [{ role: "user", content: "规矩\n\n问" }]],
  ] as const)("a system prompt as %s", async (system, messages) => {
    await ask(answer, {
      endpoint: { request: { system, stream_usage: false } },
      call: {
        messages: [
          { role: "system", text: "规矩" },
          { role: "user", text: "问" },
        ],
      },
    });
    expect(server.seen[0]?.body).toEqual({ model: "test-model", messages, stream: true });
  });
});

describe("a parameter refused by the model", () => {
  const refused = (param: string, code = "unsupported_parameter"): Served => ({
    status: 400,
    headers: json,
    pieces: [JSON.stringify({ error: { message: `no ${param}`, code, param, type: "x" } })],
  });
  const good: Served = { pieces: [delta({ content: "好" }), stop, done] };
  const attempt = (params: Parameters<typeof requestAt>[1]) =>
    protocol.attempt(requestAt(server.url, params), contextOf(server.http));

  test("is left out and recorded, and the request is repeated once", async () => {
    server.serve(refused("temperature"), good);
    const reply = await attempt({ params: { temperature: 0.3, seed: 1 } });
    expect(server.seen.map(({ body }) => body["temperature"])).toEqual([0.3, undefined]);
    expect(server.seen[1]?.body["seed"]).toBe(1);
    expect(reply).toMatchObject({
      outcome: "ok",
      text: "好",
      dropped: [
        {
          param: "temperature",
          asked: 0.3,
          effective: null,
          reason: "refused by the vendor: unsupported_parameter",
        },
      ],
    });
  });

  test("is left out only once: a second refusal is final", async () => {
    server.serve(refused("temperature"), refused("seed"));
    const reply = await attempt({ params: { temperature: 0.3, seed: 1 } });
    expect(server.seen).toHaveLength(2);
    expect(reply).toMatchObject({ outcome: "bad-request", code: "unsupported_parameter" });
  });

  test.each(["messages", "model", "stream"])("%s is never left out", async (param) => {
    server.serve(refused(param), good);
    expect(await attempt({})).toMatchObject({ outcome: "bad-request" });
    expect(server.seen).toHaveLength(1);
  });

  test("an unsupported value counts too, another code does not", async () => {
    server.serve(refused("temperature", "unsupported_value"), good);
    expect(await attempt({ params: { temperature: 0.3 } })).toMatchObject({ outcome: "ok" });
    server.serve(refused("temperature", "invalid_value"), good);
    expect(await attempt({ params: { temperature: 0.3 } })).toMatchObject({
      outcome: "bad-request",
    });
  });
});

test("tool calls are assembled from their pieces and recorded", async () => {
  const call = (fields: object) => delta({ tool_calls: [fields] });
  const reply = await ask({
    pieces: [
      role,
      call({ index: 0, id: "t1", type: "function", function: { name: "查天气", arguments: "" } }),
      call({ index: 0, function: { arguments: '{"城市":' } }),
      call({ index: 1, id: "t2", type: "function", function: { name: "now", arguments: "{}" } }),
      call({ index: 0, function: { arguments: '"北京"}' } }),
      delta({}, "tool_calls"),
      done,
    ],
  });
  expect(reply).toMatchObject({ outcome: "ok", finish: { reason: "tool", raw: "tool_calls" } });
  expect(reply.tool_calls).toEqual([
    { id: "t1", name: "查天气", arguments: '{"城市":"北京"}' },
    { id: "t2", name: "now", arguments: "{}" },
  ]);
});

test("a stream split at any bytes gives the same answer, usage and outcome", async () => {
  const separators = fc.constantFrom("\n\n", "\r\n\r\n", "\r\r", "\n");
  const words = fc.array(fc.tuple(fc.boolean(), fc.string({ unit: "grapheme", maxLength: 6 })), {
    maxLength: 6,
  });
  const cuts = fc.array(fc.nat(4000), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(words, separators, cuts, fc.boolean(), async (pieces, end, places, ends) => {
      const events = [
        { choices: [{ delta: { role: "assistant", content: "" } }] },
        ...pieces.map(([thinks, text]) => ({
          choices: [{ delta: thinks ? { reasoning_content: text } : { content: text } }],
        })),
        { choices: [{ delta: {}, finish_reason: "stop" }] },
        { choices: [], usage: { prompt_tokens: 3, completion_tokens: 4 } },
      ].map((event) => `data: ${JSON.stringify(event)}`);
      const text = [...events, ...(ends ? ["data: [DONE]"] : [])].join(end) + end;
      const wire = wireOf(cutAt(new TextEncoder().encode(text), places));
      const reply = await protocol.attempt(requestAt("http://x"), contextOf(wire));
      const said = (thinks: boolean) =>
        pieces.map(([each, word]) => (each === thinks ? word : "")).join("");
      const isSilent = said(false) + said(true) === "";
      expect(reply).toMatchObject({
        outcome: isSilent ? "malformed" : "ok",
        text: said(false),
        reasoning: said(true),
        usage: { input: 3, output: 4 },
        finish: { reason: "stop" },
      });
    }),
    { numRuns: 300 },
  );
});

const raise = (): never => {
  throw new Error("expected a timing");
};

test("an earlier reply without text is replaced by what the vendor accepts", async () => {
  const messages = [
    { role: "user", text: "一" },
    { role: "assistant", text: "" },
    { role: "user", text: "" },
  ] as const;
  await ask(
    { pieces: [stop] },
    { call: { messages }, endpoint: { request: { empty_reply: " " } } },
  );
  expect(server.seen[0]?.body["messages"]).toEqual([
    { role: "user", content: "一" },
    { role: "assistant", content: " " },
    { role: "user", content: "" },
  ]);
});
