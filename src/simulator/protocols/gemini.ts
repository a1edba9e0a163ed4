import { z } from "zod";

import type { ChatMessage } from "../../domain/call.ts";
import type { Outcome } from "../../domain/outcome.ts";
import type { Answer, ChatRequest, Trouble } from "../kit/exchange.ts";
import type { Meta, ServedProtocol } from "../kit/protocol.ts";

import { memberOf, textOf } from "../../domain/json.ts";
import {
  bearerOf,
  decodeBody,
  deltaFrames,
  eventStream,
  frame,
  headerOf,
  keyTrouble,
  modelIn,
  noModels,
  refuse,
  respond,
  contentText,
} from "../kit/parts.ts";
import { blocksOf, callOf, givenOf, resultsTalk, withCalls } from "../kit/tool-talk.ts";

const operation = /\/models\/([^/]+):(generateContent|streamGenerateContent)$/;
const Parts = z.looseObject({
  role: z.enum(["user", "model"]).optional(),
  parts: z.array(z.looseObject({ text: z.string().optional() })),
});
const Body = z.looseObject({
  contents: z.array(Parts).min(1),
  systemInstruction: Parts.optional(),
  tools: z
    .array(
      z.looseObject({
        functionDeclarations: z.array(z.looseObject({ name: z.string() })).optional(),
      }),
    )
    .optional(),
  generationConfig: z
    .looseObject({
      maxOutputTokens: z.int().positive().optional(),
      temperature: z.number().min(0).max(2).optional(),
      stopSequences: z.array(z.string()).max(5).optional(),
      thinkingConfig: z
        .looseObject({
          includeThoughts: z.boolean().optional(),
          thinkingBudget: z.int().optional(),
          thinkingLevel: z.enum(["MINIMAL", "LOW", "MEDIUM", "HIGH"]).optional(),
        })
        .optional(),
    })
    .optional(),
});

const errors: Partial<Record<Outcome, readonly [status: number, name: string]>> = {
  auth: [401, "UNAUTHENTICATED"],
  permission: [403, "PERMISSION_DENIED"],
  "model-not-found": [404, "NOT_FOUND"],
  "bad-request": [400, "INVALID_ARGUMENT"],
  "context-overflow": [400, "INVALID_ARGUMENT"],
  "rate-limited": [429, "RESOURCE_EXHAUSTED"],
  quota: [429, "RESOURCE_EXHAUSTED"],
  overloaded: [503, "UNAVAILABLE"],
  timeout: [504, "DEADLINE_EXCEEDED"],
};

/** Google's generateContent, for the Gemini API and Vertex AI. Lines end with CRLF. */
export const protocol: ServedProtocol = {
  id: "gemini",
  route: (method, path) => (method === "POST" && operation.test(path) ? "chat" : null),
  authorise: (request) => keyTrouble(headerOf(request, "x-goog-api-key") ?? bearerOf(request)),
  decode: (request) => {
    const stream = operation.exec(request.path)?.[2] === "streamGenerateContent";
    if (stream && request.query.get("alt") !== "sse") return refuse("only alt=sse is served here");
    return decodeBody(request, Body, (body) => toChat(body, modelIn(request, operation), stream));
  },
  trouble: (trouble, meta) => {
    const { status, body } = troubleBody(trouble, meta);
    return respond(status, body);
  },
  models: noModels,
  whole: (chat, answer, meta) => {
    const thought = { text: answer.reasoning, thought: true };
    const parts = [
      ...(answer.reasoning === "" ? [] : [thought]),
      { text: answer.text },
      ...callParts(answer),
    ];
    return respond(200, chunk(chat, answer, meta, parts, finishes[answer.finish]));
  },
  stream_headers: eventStream,
  frames: (chat, answer, paced, meta) => {
    const event = (parts: readonly object[], finish: string | null) =>
      `data: ${JSON.stringify(chunk(chat, answer, meta, parts, finish))}\r\n\r\n`;
    const deltas = deltaFrames(paced, (part, text) =>
      event([part === "text" ? { text } : { text, thought: true }], null),
    );
    return [
      ...deltas,
      ...callParts(answer).map((part) => frame("text", paced.end_ms, event([part], null))),
      frame("finish", paced.end_ms, event([{ text: "" }], finishes[answer.finish])),
    ];
  },
  trouble_frame: (trouble, meta) =>
    `data: ${JSON.stringify(troubleBody(trouble, meta).body)}\r\n\r\n`,
};

/** Calls and results have no id: they are matched by name and order. */
function messagesOf(role: "user" | "model" | undefined, parts: unknown): readonly ChatMessage[] {
  const calls = blocksOf(parts, "functionCall").map((each) =>
    callOf(null, memberOf(each, "name"), memberOf(each, "args")),
  );
  const results = blocksOf(parts, "functionResponse").map((each) => ({
    id: null,
    name: textOf(memberOf(each, "name")) ?? "",
    content: JSON.stringify(memberOf(each, "response")),
  }));
  const text = blocksOf(parts, "text").join("");
  const own = withCalls({ role: role === "model" ? "assistant" : "user", text }, calls);
  return [...resultsTalk(results), ...(results.length > 0 && text === "" ? [] : [own])];
}

const callParts = ({ calls = [] }: Answer) =>
  calls.map((call) => ({ functionCall: { name: call.name, args: givenOf(call) } }));

const finishes = { stop: "STOP", length: "MAX_TOKENS", filter: "SAFETY" } as const;

function toChat(body: z.infer<typeof Body>, model: string, stream: boolean): ChatRequest {
  const { generationConfig: config } = body;
  const system = contentText(body.systemInstruction?.parts);
  return {
    model,
    messages: [
      ...(system === "" ? [] : [{ role: "system" as const, text: system }]),
      ...body.contents.flatMap(({ role, parts }) => messagesOf(role, parts)),
    ],
    tools: (body.tools ?? []).flatMap(({ functionDeclarations = [] }) =>
      functionDeclarations.map(({ name }) => name),
    ),
    stream,
    include_usage: true,
    max_tokens: config?.maxOutputTokens ?? null,
    stop: config?.stopSequences ?? [],
    thinking:
      config?.thinkingConfig === undefined ? null : config.thinkingConfig.thinkingBudget !== 0,
  };
}

function chunk(
  chat: ChatRequest,
  { usage }: Answer,
  meta: Meta,
  parts: readonly object[],
  finishReason: string | null,
) {
  return {
    candidates: [
      {
        content: { role: "model", parts },
        index: 0,
        ...(finishReason === null ? {} : { finishReason }),
      },
    ],
    usageMetadata: {
      promptTokenCount: usage.input,
      candidatesTokenCount: usage.output - usage.reasoning,
      thoughtsTokenCount: usage.reasoning,
      cachedContentTokenCount: usage.cached_input,
      totalTokenCount: usage.input + usage.output,
    },
    modelVersion: chat.model,
    responseId: meta.request_id,
  };
}

/** A blocked prompt gets an answer without candidates, with HTTP 200. */
function troubleBody(trouble: Trouble, meta: Meta) {
  if (trouble.outcome === "filtered-input") {
    const promptFeedback = { blockReason: "PROHIBITED_CONTENT" };
    return {
      status: 200,
      body: { promptFeedback, usageMetadata: { promptTokenCount: 1 }, responseId: meta.request_id },
    };
  }
  const [status, name] = errors[trouble.outcome] ?? [500, "INTERNAL"];
  const code = trouble.status ?? status;
  const message =
    trouble.outcome === "context-overflow"
      ? `The input token count exceeds the maximum number of tokens allowed. ${trouble.message}`
      : trouble.message;
  const quotaId = `GenerateRequestsPer${trouble.outcome === "quota" ? "Day" : "Minute"}PerProjectPerModel`;
  const failure = {
    "@type": "type.googleapis.com/google.rpc.QuotaFailure",
    violations: [{ quotaId }],
  };
  const details = name === "RESOURCE_EXHAUSTED" ? { details: [failure] } : {};
  return {
    status: code,
    body: { error: { code, message, status: trouble.code ?? name, ...details } },
  };
}
