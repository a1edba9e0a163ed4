import { z } from "zod";

import type { Outcome } from "../../domain/outcome.ts";
import type { Answer, ChatRequest, Trouble } from "../kit/exchange.ts";
import type { Meta, ServedProtocol } from "../kit/protocol.ts";

import {
  bearerOf,
  Content,
  decodeBody,
  deltaFrames,
  eventStream,
  frame,
  keyTrouble,
  noModels,
  refuse,
  respond,
  contentText,
} from "../kit/parts.ts";

const operation = /\/text\/chat(_stream)?$/;
const Body = z
  .looseObject({
    model_id: z.string().min(1),
    project_id: z.string().optional(),
    space_id: z.string().optional(),
    messages: z
      .array(z.looseObject({ role: z.enum(["system", "user", "assistant"]), content: Content }))
      .min(1),
    max_tokens: z.int().nonnegative().optional(),
    max_completion_tokens: z.int().nonnegative().optional(),
    temperature: z.number().min(0).max(2).optional(),
    stop: z.array(z.string()).optional(),
    include_reasoning: z.boolean().optional(),
    reasoning_effort: z.enum(["low", "medium", "high"]).optional(),
  })
  .refine((body) => body.project_id !== undefined || body.space_id !== undefined, {
    message: "either project_id or space_id is required",
  });

const errors: Partial<Record<Outcome, readonly [status: number, code: string]>> = {
  auth: [401, "authentication_token_not_valid"],
  permission: [403, "authorization_rejected"],
  "model-not-found": [404, "model_not_supported"],
  "bad-request": [400, "invalid_request_entity"],
  "context-overflow": [400, "invalid_input_argument"],
  "filtered-input": [400, "content_filter"],
  "rate-limited": [429, "consumption_limit_reached"],
  quota: [403, "token_quota_reached"],
  overloaded: [503, "service_unavailable"],
};

/** IBM watsonx.ai text chat. */
export const protocol: ServedProtocol = {
  id: "watsonx",
  reasoning: "uncounted",
  route: (method, path) => (method === "POST" && operation.test(path) ? "chat" : null),
  authorise: (request) => keyTrouble(bearerOf(request)),
  decode: (request) => {
    if (request.query.get("version") === null)
      return refuse("the query parameter version is required");
    return decodeBody(request, Body, (body) => ({
      model: body.model_id,
      messages: body.messages.map(({ role, content }) => ({ role, text: contentText(content) })),
      stream: operation.exec(request.path)?.[1] !== undefined,
      include_usage: true,
      max_tokens: body.max_completion_tokens || body.max_tokens || null,
      stop: body.stop ?? [],
      thinking: body.reasoning_effort === undefined ? null : true,
    }));
  },
  trouble: (trouble, meta) => {
    const { status, body } = troubleBody(trouble, meta);
    return respond(status, body);
  },
  models: noModels,
  whole: (chat, answer, meta) => {
    const thought = answer.reasoning === "" ? {} : { reasoning_content: answer.reasoning };
    const message = { role: "assistant", content: answer.text, ...thought };
    const choice = { index: 0, message, finish_reason: finishes[answer.finish] };
    return respond(200, { ...head(chat, meta), choices: [choice], usage: usageOf(answer) });
  },
  stream_headers: eventStream,
  frames: (chat, answer, paced, meta) => {
    let id = 0;
    const event = (delta: object, finish_reason: string | null, extra: object = {}) => {
      id += 1;
      const choices = [{ index: 0, finish_reason, delta }];
      const data = JSON.stringify({ ...head(chat, meta), choices, ...extra });
      return `id: ${id}\nevent: message\ndata: ${data}\n\n`;
    };
    const start = frame("role", paced.headers_ms, event({ role: "assistant", content: "" }, null));
    const deltas = deltaFrames(paced, (part, text) =>
      event(part === "text" ? { content: text } : { reasoning_content: text }, null),
    );
    const end = event({ content: "" }, finishes[answer.finish]);
    const last = event({}, null, { choices: [], usage: usageOf(answer) });
    return [
      start,
      ...deltas,
      frame("finish", paced.end_ms, end),
      frame("usage", paced.end_ms, last),
    ];
  },
  trouble_frame: (trouble, meta) =>
    `event: error\ndata: ${JSON.stringify(troubleBody(trouble, meta).body)}\n\n`,
};

const finishes = { stop: "stop", length: "length", filter: "content_filter" } as const;

const head = ({ model }: ChatRequest, meta: Meta) => ({
  id: `chatcmpl-${meta.request_id}`,
  object: "chat.completion",
  model_id: model,
  model,
  created: meta.created,
  created_at: new Date(meta.created * 1000).toISOString(),
});

const usageOf = ({ usage }: Answer) => ({
  prompt_tokens: usage.input,
  completion_tokens: usage.output,
  total_tokens: usage.input + usage.output,
});

function troubleBody(trouble: Trouble, meta: Meta) {
  const [status, code] = errors[trouble.outcome] ?? [500, "internal_error"];
  const status_code = trouble.status ?? status;
  const message =
    trouble.outcome === "context-overflow"
      ? `the input exceeds the context length: ${trouble.message}`
      : trouble.message;
  return {
    status: status_code,
    body: {
      errors: [{ code: trouble.code ?? code, message }],
      trace: meta.request_id,
      status_code,
    },
  };
}
