import { z } from "zod";

import type { Outcome } from "../../domain/outcome.ts";
import type { Answer, Trouble } from "../kit/exchange.ts";
import type { ServedProtocol } from "../kit/protocol.ts";

import { calledOf, OpenAiMessage, OpenAiTool, talkOf } from "../kit/openai-talk.ts";
import {
  bearerOf,
  decodeBody,
  deltaFrames,
  eventStream,
  frame,
  keyTrouble,
  namedEvent,
  noModels,
  respond,
} from "../kit/parts.ts";

const Body = z.looseObject({
  model: z.string().min(1),
  messages: z.array(OpenAiMessage).min(1),
  tools: z.array(OpenAiTool).optional(),
  stream: z.boolean().optional(),
  max_tokens: z.int().positive().optional(),
  temperature: z.number().min(0).max(1).optional(),
  stop_sequences: z.array(z.string()).max(5).optional(),
  thinking: z.looseObject({ type: z.enum(["enabled", "disabled"]) }).optional(),
});

const statuses: Partial<Record<Outcome, number>> = {
  auth: 401,
  permission: 403,
  "model-not-found": 404,
  "bad-request": 400,
  "context-overflow": 400,
  "filtered-input": 422,
  "rate-limited": 429,
  quota: 402,
  overloaded: 503,
  timeout: 504,
};

/** Cohere chat, version 2. */
export const protocol: ServedProtocol = {
  id: "cohere",
  reasoning: "uncounted",
  route: (method, path) => (method === "POST" && path.endsWith("/v2/chat") ? "chat" : null),
  authorise: (request) => keyTrouble(bearerOf(request)),
  decode: (request) =>
    decodeBody(request, Body, (body) => ({
      model: body.model,
      messages: talkOf(body.messages),
      tools: (body.tools ?? []).map((tool) => tool.function.name),
      stream: body.stream ?? false,
      include_usage: true,
      max_tokens: body.max_tokens ?? null,
      stop: body.stop_sequences ?? [],
      thinking: body.thinking === undefined ? null : body.thinking.type === "enabled",
    })),
  trouble: (trouble, meta) =>
    respond(trouble.status ?? statuses[trouble.outcome] ?? 500, {
      id: meta.request_id,
      message: messageOf(trouble),
      ...(trouble.code === undefined ? {} : { code: trouble.code }),
    }),
  models: noModels,
  whole: (_chat, answer, meta) => {
    const thought = { type: "thinking", thinking: answer.reasoning };
    const content = [
      ...(answer.reasoning === "" ? [] : [thought]),
      ...(answer.calls !== undefined && answer.text === ""
        ? []
        : [{ type: "text", text: answer.text }]),
    ];
    const tool_calls = answer.calls?.map(calledOf);
    return respond(200, {
      id: meta.request_id,
      finish_reason: finishOf(answer),
      message: { role: "assistant", content, ...(tool_calls === undefined ? {} : { tool_calls }) },
      usage: usageOf(answer),
    });
  },
  stream_headers: eventStream,
  frames: (_chat, answer, paced, meta) => {
    const { headers_ms, end_ms } = paced;
    const event = (type: string, fields: object) => namedEvent(type, { type, ...fields });
    const textIndex = answer.reasoning === "" ? 0 : 1;
    const deltas = deltaFrames(paced, (part, text, first) => {
      const index = part === "text" ? textIndex : 0;
      const name = part === "text" ? "text" : "thinking";
      const start = { index, delta: { message: { content: { type: name, [name]: "" } } } };
      const delta = { index, delta: { message: { content: { [name]: text } } } };
      return (first ? event("content-start", start) : "") + event("content-delta", delta);
    });
    const head = { id: meta.request_id, delta: { message: { role: "assistant" } } };
    const end = { delta: { finish_reason: finishOf(answer), usage: usageOf(answer) } };
    return [
      frame("role", headers_ms, event("message-start", head)),
      ...deltas,
      frame("comment", end_ms, event("content-end", { index: textIndex })),
      ...(answer.calls ?? []).map((call, index) => {
        const { arguments: given } = call;
        const head = { ...calledOf(call), function: { name: call.name, arguments: "" } };
        const piece = { function: { arguments: given } };
        return frame(
          "text",
          end_ms,
          event("tool-call-start", { index, delta: { message: { tool_calls: head } } }) +
            event("tool-call-delta", { index, delta: { message: { tool_calls: piece } } }) +
            event("tool-call-end", { index }),
        );
      }),
      frame("finish", end_ms, event("message-end", end)),
    ];
  },
  trouble_frame: (trouble) =>
    namedEvent("message-end", {
      type: "message-end",
      delta: { finish_reason: trouble.code ?? "ERROR", error: trouble.message },
    }),
};

const finishOf = ({ finish, calls }: Answer): string =>
  calls === undefined ? finishes[finish] : "TOOL_CALL";

const finishes = { stop: "COMPLETE", length: "MAX_TOKENS", filter: "ERROR_TOXIC" } as const;

const messageOf = ({ outcome, message }: Trouble): string => {
  if (outcome === "context-overflow") return `too many tokens: ${message}`;
  return outcome === "filtered-input" ? `blocked input: ${message}` : message;
};

const usageOf = ({ usage }: Answer) => ({
  billed_units: { input_tokens: usage.input, output_tokens: usage.output },
  tokens: { input_tokens: usage.input, output_tokens: usage.output },
  cached_tokens: usage.cached_input,
});
