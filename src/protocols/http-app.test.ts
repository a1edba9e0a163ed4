import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Reply } from "../domain/call.ts";

import { createAuthorizer } from "../calling/auth/authorizer.ts";
import { contextOf, json, type Loopback, startLoopback } from "../calling/testing/loopback.ts";
import { builtinFolder } from "../store/builtin.ts";
import { secretsOf } from "../store/providers/credentials.ts";
import { resolveTargets } from "../store/providers/targets.ts";
import { protocol } from "./http-app.ts";

let server: Loopback;
beforeAll(async () => {
  server = await startLoopback();
});
afterAll(() => server.close());

const keys = {
  DIFY_API_KEY: "app-1",
  FASTGPT_API_KEY: "fastgpt-1",
  COZE_API_TOKEN: "pat-1",
  RAGFLOW_API_KEY: "ragflow-1",
  DASHSCOPE_API_KEY: "sk-1",
};
const addresses = ["DIFY", "FASTGPT", "COZE", "RAGFLOW", "BAILIAN", "LANGSERVE"];

async function ask(ref: string): Promise<Reply> {
  const env = {
    ...keys,
    ...Object.fromEntries(addresses.map((name) => [`${name}_BASE_URL`, server.url])),
  };
  const options = { config: null, env, builtin: builtinFolder("providers"), now: new Date() };
  const [target] = await resolveTargets([ref], options);
  if (target === undefined) throw new Error(`no target ${ref}`);
  const { endpoint, entry } = target;
  return protocol.attempt(
    {
      endpoint,
      model: entry.model,
      messages: [
        { role: "system", text: "只依据资料。" },
        { role: "user", text: "年假几天？" },
      ],
      params: { temperature: 0 },
      vars: { 部门: "财务" },
    },
    {
      ...contextOf(server.http),
      authorize: createAuthorizer(server.http)(endpoint.auth, {
        secrets: secretsOf(endpoint, env),
      }),
    },
  );
}

const data = (value: object | string): string =>
  `data: ${typeof value === "string" ? value : JSON.stringify(value)}\n\n`;
const named = (name: string, value: object | string): string => `event: ${name}\n${data(value)}`;
const delta = (content: string | null, finish: string | null = null, more: object = {}) => ({
  choices: [{ index: 0, delta: { content, ...more }, finish_reason: finish }],
});

const passage = { text: "员工每年有十二天年假。", id: "s7", title: "休假制度" };
type Case = {
  readonly ref: string;
  readonly url: string;
  readonly body: object;
  readonly pieces: readonly string[];
  readonly reply: object;
};

/** What each product's documentation says that it takes and sends. */
const products: readonly Case[] = [
  {
    ref: "dify/hr",
    url: "/v1/chat-messages",
    body: {
      query: "年假几天？",
      inputs: { 部门: "财务" },
      response_mode: "streaming",
      user: "baimo",
    },
    pieces: [
      data({ event: "message", message_id: "m1", answer: "十二" }),
      "event: ping\n\n",
      data({ event: "message", message_id: "m1", answer: "天[1]。" }),
      data({
        event: "message_end",
        metadata: {
          usage: { prompt_tokens: 900, completion_tokens: 7 },
          retriever_resources: [
            {
              position: 1,
              document_name: passage.title,
              segment_id: passage.id,
              score: 0.9,
              content: passage.text,
            },
          ],
        },
      }),
    ],
    reply: {
      text: "十二天[1]。",
      passages: [{ ...passage, score: 0.9 }],
      usage: { input: 900, output: 7 },
      request_id: "m1",
    },
  },
  {
    ref: "fastgpt/hr",
    url: "/v1/chat/completions",
    body: {
      messages: [{ role: "user", content: "年假几天？" }],
      variables: { 部门: "财务" },
      stream: true,
      detail: true,
    },
    pieces: [
      named("flowNodeStatus", { status: "running", name: "知识库搜索" }),
      named("answer", delta("十二天。")),
      named("answer", delta("", "stop")),
      named("answer", "[DONE]"),
      named("flowResponses", [
        { moduleType: "chatNode", runningTime: 1.2 },
        {
          moduleType: "datasetSearchNode",
          quoteList: [
            { id: "s7", q: passage.text, a: "", sourceName: passage.title, score: [{ value: 1 }] },
            { id: "s8", q: "年假几天？", a: "十二天。", sourceName: "问答" },
          ],
        },
      ]),
    ],
    reply: {
      text: "十二天。",
      passages: [passage, { text: "年假几天？\n十二天。", id: "s8", title: "问答" }],
      finish: { reason: "stop", raw: "stop" },
    },
  },
  {
    ref: "coze/7348",
    url: "/v3/chat",
    body: {
      bot_id: "7348",
      stream: true,
      additional_messages: [
        { role: "user", type: "question", content_type: "text", content: "年假几天？" },
      ],
    },
    pieces: [
      named("conversation.chat.created", { id: "c1", status: "created" }),
      named("conversation.message.completed", {
        type: "verbose",
        content: JSON.stringify({
          msg_type: "knowledge_recall",
          data: JSON.stringify({
            chunks: [
              {
                slice: passage.text,
                score: 0.8,
                meta: { document: { id: "s7", name: passage.title } },
              },
            ],
          }),
        }),
      }),
      named("conversation.message.delta", { type: "answer", content: "十二天。", chat_id: "c1" }),
      named("conversation.message.completed", { type: "answer", content: "十二天。" }),
      named("conversation.message.completed", { type: "follow_up", content: "还有呢？" }),
      named("conversation.chat.completed", {
        status: "completed",
        usage: { token_count: 60, input_count: 50, output_count: 10 },
      }),
      named("done", '"[DONE]"'),
    ],
    reply: {
      text: "十二天。",
      passages: [{ ...passage, score: 0.8 }],
      usage: { input: 50, output: 10 },
      request_id: "c1",
    },
  },
  {
    ref: "ragflow/chat-1",
    url: "/api/v1/openai/chat-1/chat/completions",
    body: { model: "model", stream: true, extra_body: { reference: true } },
    pieces: [
      data({ id: "cc-1", ...delta("十二天 [ID:0]。") }),
      data({
        id: "cc-1",
        ...delta(null, "stop", {
          reference: {
            chunks: {
              "0": {
                id: "s7",
                content: passage.text,
                document_name: passage.title,
                similarity: 0.57,
              },
            },
            doc_aggs: { 休假制度: { doc_name: "休假制度", count: 1 } },
          },
        }),
        usage: { prompt_tokens: 50, completion_tokens: 8 },
      }),
      data("[DONE]"),
    ],
    reply: {
      text: "十二天 [ID:0]。",
      passages: [{ ...passage, score: 0.57 }],
      usage: { input: 50, output: 8 },
    },
  },
  {
    ref: "bailian-app/0a1b",
    url: "/api/v1/apps/0a1b/completion",
    body: {
      input: {
        messages: [
          { role: "system", content: "只依据资料。" },
          { role: "user", content: "年假几天？" },
        ],
        biz_params: { 部门: "财务" },
      },
      parameters: { incremental_output: true },
    },
    pieces: [
      data({ output: { text: "十二", finish_reason: "null" }, request_id: "r1" }),
      data({
        output: {
          text: "天。",
          finish_reason: "stop",
          doc_references: [{ index_id: "s7", doc_name: passage.title, text: passage.text }],
        },
        usage: { models: [{ model_id: "qwen-plus", input_tokens: 120, output_tokens: 9 }] },
        request_id: "r1",
      }),
    ],
    reply: { text: "十二天。", passages: [passage], usage: { input: 120, output: 9 } },
  },
  {
    ref: "langserve/hr",
    url: "/hr/stream",
    body: { input: { question: "年假几天？" } },
    pieces: [
      named("metadata", { run_id: "u1" }),
      named("data", {
        context: [{ id: "s7", page_content: passage.text, metadata: { source: passage.title } }],
      }),
      named("data", { answer: "十二" }),
      named("data", { answer: "天。" }),
      "event: end\n\n",
      "event: end\ndata:\n\n",
    ],
    reply: { text: "十二天。", passages: [passage], request_id: "u1" },
  },
];

test.each(products)("$ref is asked and read as documented", async (product) => {
  server.serve({ pieces: product.pieces });
  const reply = await ask(product.ref);
  expect(reply).toMatchObject({ outcome: "ok", finish: { reason: "stop" }, ...product.reply });
  expect(reply.timing?.first_answer_ms).toEqual(expect.any(Number));
  expect(server.seen[0]).toMatchObject({ url: product.url, body: product.body });
  expect(reply.dropped).toContainEqual(expect.objectContaining({ param: "temperature" }));
});

test.each(products)("$ref that breaks off before its end has not answered", async (product) => {
  server.serve({ pieces: product.pieces.slice(0, 1) });
  expect(await ask(product.ref)).toMatchObject({ outcome: "malformed" });
});

describe("errors", () => {
  test.each<[string, number, object | string, string, string]>([
    [
      "dify/hr",
      400,
      { code: "provider_quota_exceeded", message: "no", status: 400 },
      "quota",
      "no",
    ],
    [
      "dify/hr",
      401,
      { code: "unauthorized", message: "Access token is invalid" },
      "auth",
      "Access",
    ],
    [
      "dify/hr",
      200,
      data({ event: "error", code: "x", message: "busy", status: 503 }),
      "overloaded",
      "busy",
    ],
    ["coze/7348", 200, { code: 4100, msg: "authentication is invalid" }, "auth", "authentication"],
    ["ragflow/chat-1", 200, { code: 109, message: "API key is invalid" }, "auth", "API key"],
    ["bailian-app/1", 400, { code: "Arrearage", message: "in arrears" }, "quota", "arrears"],
    [
      "langserve/hr",
      200,
      named("error", { status_code: 500, message: "Internal" }),
      "server",
      "Internal",
    ],
    [
      "fastgpt/hr",
      500,
      { code: 500, statusText: "chat error", message: "余额不足" },
      "quota",
      "余额",
    ],
  ])("%s: %i %j is %s", async (ref, status, body, outcome, message) => {
    const isStream = typeof body === "string";
    server.serve({
      status,
      ...(isStream ? {} : { headers: json }),
      pieces: [isStream ? body : JSON.stringify(body)],
    });
    const reply = await ask(ref);
    expect(reply.outcome).toBe(outcome);
    expect(reply.message).toContain(message);
  });

  test("what moderation took back counts as filtered", async () => {
    server.serve({
      pieces: [
        data({ event: "message", answer: "某某" }),
        data({ event: "message_replace", answer: "不便回答" }),
        data({ event: "message_end", metadata: {} }),
      ],
    });
    expect(await ask("dify/hr")).toMatchObject({ outcome: "filtered-output" });
  });
});

test("a whole JSON body is read by the same rows", async () => {
  const body = {
    event: "message",
    answer: "十二天。",
    metadata: { usage: { prompt_tokens: 9, completion_tokens: 3 } },
  };
  server.serve({ headers: json, pieces: [JSON.stringify(body)] });
  expect(await ask("dify/hr")).toMatchObject({
    outcome: "ok",
    text: "十二天。",
    usage: { input: 9, output: 3 },
  });
});
