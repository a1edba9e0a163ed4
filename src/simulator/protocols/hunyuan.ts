import { z } from "zod";

import type { ChatMessage } from "../../domain/call.ts";
import type { Outcome } from "../../domain/outcome.ts";
import type { Answer, Trouble } from "../kit/exchange.ts";
import type { Meta, ServedProtocol } from "../kit/protocol.ts";

import { decodeBody, deltaFrames, frame, noModels, respond } from "../kit/parts.ts";
import { tc3Trouble } from "../kit/tc3.ts";
import { joinResults, withCalls } from "../kit/tool-talk.ts";
import { tokensOf } from "../tokens.ts";

const Called = z.strictObject({
  Id: z.string().min(1),
  Type: z.literal("function"),
  Function: z.strictObject({ Name: z.string().min(1), Arguments: z.string() }),
});
const Declared = z.strictObject({
  Type: z.literal("function"),
  Function: z.strictObject({
    Name: z.string().min(1),
    Description: z.string().optional(),
    Parameters: z.string().min(2),
  }),
});
const Body = z.strictObject({
  Model: z.string().min(1),
  Messages: z
    .array(
      z.strictObject({
        Role: z.enum(["system", "user", "assistant", "tool"]),
        Content: z.string(),
        ToolCalls: z.array(Called).optional(),
        ToolCallId: z.string().min(1).optional(),
      }),
    )
    .min(1)
    .max(40),
  Tools: z.array(Declared).optional(),
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
      const messages = joinResults(body.Messages.map(messageOf));
      const turns = messages.filter(({ role }) => role !== "system");
      const odd = turns.some(({ role }, at) => role !== (at % 2 === 0 ? "user" : "assistant"));
      if (odd || turns.length % 2 === 0) return "the roles of Messages must alternate";
      const isEmpty = body.Messages.some(
        ({ Content, ToolCalls }) => Content === "" && ToolCalls === undefined,
      );
      if (isEmpty) return "Content must not be empty";
      return {
        model: body.Model,
        messages,
        tools: (body.Tools ?? []).map((tool) => tool.Function.Name),
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
    const Message = { Role: "assistant", ...content, ...toolCalls(answer) };
    const choice = { Index: 0, Message, FinishReason: finishOf(answer) };
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
    const end = data({ Content: "", ...toolCalls(answer) }, finishOf(answer), answer.usage);
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

function messageOf(message: z.infer<typeof Body>["Messages"][number]): ChatMessage {
  const { Role, Content: text, ToolCalls = [], ToolCallId = "" } = message;
  if (Role === "tool")
    return { role: "user", text: "", results: [{ id: ToolCallId, name: "", content: text }] };
  const calls = ToolCalls.map(({ Id, Function: called }) => ({
    id: Id,
    name: called.Name,
    arguments: called.Arguments,
  }));
  return withCalls({ role: Role, text }, calls);
}

const toolCalls = ({ calls }: Answer) =>
  calls === undefined
    ? {}
    : {
        ToolCalls: calls.map((call, Index) => ({
          Id: call.id,
          Type: "function",
          Function: { Name: call.name, Arguments: call.arguments },
          Index,
        })),
      };

const finishOf = ({ finish, calls }: Answer): string =>
  calls === undefined ? finishes[finish] : "tool_calls";

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
