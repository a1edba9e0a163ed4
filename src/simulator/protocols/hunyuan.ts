import { z } from "zod";

import type { Outcome } from "../../domain/outcome.ts";
import type { Answer, Trouble } from "../kit/exchange.ts";
import type { Meta, ServedProtocol } from "../kit/protocol.ts";

import { decodeBody, deltaFrames, frame, noModels, respond } from "../kit/parts.ts";
import { tc3Trouble } from "../kit/tc3.ts";
import { tokensOf } from "../tokens.ts";

const Body = z.strictObject({
  Model: z.string().min(1),
  Messages: z
    .array(
      z.strictObject({
        Role: z.enum(["system", "user", "assistant"]),
        Content: z.string().min(1),
      }),
    )
    .min(1)
    .max(40),
  Stream: z.boolean().optional(),
  StreamModeration: z.boolean().optional(),
  TopP: z.number().min(0).max(1).optional(),
  Temperature: z.number().min(0).max(2).optional(),
  Seed: z.int().min(1).max(10_000).optional(),
  Stop: z.array(z.string()).optional(),
  EnableEnhancement: z.boolean().optional(),
  EnableThinking: z.boolean().optional(),
});

const codes: Partial<Record<Outcome, string>> = {
  auth: "AuthFailure.SignatureFailure",
  permission: "UnauthorizedOperation",
  "model-not-found": "InvalidParameterValue.Model",
  "bad-request": "InvalidParameter",
  "context-overflow": "InvalidParameter",
  "filtered-input": "OperationDenied.TextIllegalDetected",
  "rate-limited": "RequestLimitExceeded",
  quota: "ResourceUnavailable.InArrears",
  overloaded: "FailedOperation.EngineServerLimitExceeded",
  timeout: "FailedOperation.EngineRequestTimeout",
};

/** Tencent Cloud's native API. Errors come with HTTP 200; the events of a stream have no envelope. */
export const protocol: ServedProtocol = {
  id: "hunyuan",
  reasoning: "uncounted",
  route: (method, path) =>
    method === "POST" && (path === "/" || /^\/via\/[^/]+\/v1\/$/.test(path)) ? "chat" : null,
  authorise: tc3Trouble,
  decode: (request) =>
    decodeBody(request, Body, (body) => {
      const turns = body.Messages.filter(({ Role }) => Role !== "system");
      const odd = turns.some(({ Role }, at) => Role !== (at % 2 === 0 ? "user" : "assistant"));
      if (odd || turns.length % 2 === 0) return "the roles of Messages must alternate";
      return {
        model: body.Model,
        messages: body.Messages.map(({ Role, Content }) => ({ role: Role, text: Content })),
        stream: body.Stream ?? false,
        include_usage: true,
        max_tokens: null,
        stop: body.Stop ?? [],
        thinking: body.EnableThinking ?? null,
      };
    }),
  trouble: (trouble, meta) => {
    const { code, message } = wordsOf(trouble);
    const Response = { Error: { Code: code, Message: message }, RequestId: meta.request_id };
    return respond(trouble.status ?? 200, { Response }, { "x-tc-requestid": meta.request_id });
  },
  models: noModels,
  whole: (_chat, answer, meta) => {
    const content = { Content: answer.text, ReasoningContent: answer.reasoning };
    const Message = { Role: "assistant", ...content };
    const choice = { Index: 0, Message, FinishReason: finishes[answer.finish] };
    const Response = { RequestId: meta.request_id, ...event(choice, answer.usage, meta) };
    return respond(200, { Response });
  },
  // The vendor's SDK recognises a stream by exactly this text.
  stream_headers: { "content-type": "text/event-stream" },
  frames: (_chat, answer, paced, meta) => {
    let textSoFar = "";
    const data = (delta: object, finish: string, usage: Answer["usage"]) => {
      const choice = { Delta: { Role: "assistant", ...delta }, FinishReason: finish, Index: 0 };
      return `data: ${JSON.stringify(event(choice, usage, meta))}\n\n`;
    };
    const start = data({ Content: "" }, "", { ...answer.usage, output: 0 });
    const deltas = deltaFrames(paced, (part, text) => {
      textSoFar += text;
      const delta = part === "text" ? { Content: text } : { Content: "", ReasoningContent: text };
      return data(delta, "", { ...answer.usage, output: tokensOf(textSoFar) });
    });
    const end = data({ Content: "" }, finishes[answer.finish], answer.usage);
    return [
      frame("role", paced.headers_ms, start),
      ...deltas,
      frame("finish", paced.end_ms, end),
      frame("done", paced.end_ms, "data: [DONE]\n\n"),
    ];
  },
  trouble_frame: (trouble, meta) => {
    const ErrorMsg = { Msg: wordsOf(trouble).message, Code: 4001 };
    return `data: ${JSON.stringify({ ErrorMsg, Id: meta.request_id, Choices: [] })}\n\n`;
  },
};

/** `length` never occurs here: the API cannot limit the answer's length. */
const finishes = { stop: "stop", length: "length", filter: "sensitive" } as const;

const event = (
  choice: object,
  { input, cached_input, output }: Answer["usage"],
  { created, request_id }: Meta,
) => ({
  Note: "以上内容为AI生成，不代表开发者立场，请勿删除或修改本标记",
  Choices: [choice],
  Created: created,
  Id: request_id,
  Usage: {
    PromptTokens: input,
    CompletionTokens: output,
    TotalTokens: input + output,
    PromptTokensDetails: { CachedTokens: String(cached_input) },
  },
});

function wordsOf({ outcome, message, code }: Trouble) {
  const isLong = outcome === "context-overflow";
  return {
    code: code ?? codes[outcome] ?? "InternalError",
    message: isLong ? `the prompt exceeds the maximum context length: ${message}` : message,
  };
}
