import { z } from "zod";

import type { Outcome } from "../../domain/outcome.ts";
import type { Answer, ChatRequest, Trouble } from "../kit/exchange.ts";
import type { ServedProtocol } from "../kit/protocol.ts";

import { decodeBody, deltaFrames, frame, respond } from "../kit/parts.ts";
import { callOf, givenOf, joinResults, withCalls } from "../kit/tool-talk.ts";

const Called = z.looseObject({
  function: z.looseObject({ name: z.string(), arguments: z.record(z.string(), z.json()) }),
});
const Body = z.looseObject({
  model: z.string().min(1),
  messages: z
    .array(
      z.looseObject({
        role: z.enum(["system", "user", "assistant", "tool"]),
        content: z.string(),
        tool_name: z.string().optional(),
        tool_calls: z.array(Called).optional(),
      }),
    )
    .min(1),
  stream: z.boolean().optional(),
  tools: z.array(z.looseObject({ function: z.looseObject({ name: z.string() }) })).nullish(),
  think: z.union([z.boolean(), z.string()]).nullish(),
  options: z
    .looseObject({ num_predict: z.int().optional(), stop: z.array(z.string()).optional() })
    .nullish(),
});

const statuses: Partial<Record<Outcome, number>> = {
  auth: 401,
  permission: 403,
  "model-not-found": 404,
  "bad-request": 400,
  "context-overflow": 400,
  "filtered-input": 400,
  "rate-limited": 429,
  quota: 402,
  overloaded: 503,
};

/** Ollama's native chat: JSON lines, no credential. */
export const protocol: ServedProtocol = {
  id: "ollama",
  reasoning: "uncounted",
  route: (method, path) => {
    if (method === "POST" && path.endsWith("/api/chat")) return "chat";
    return method === "GET" && path.endsWith("/api/tags") ? "models" : null;
  },
  authorise: () => null,
  decode: (request) =>
    decodeBody(request, Body, (body) => ({
      model: body.model,
      messages: joinResults(
        body.messages.map(({ role, content, tool_name = "", tool_calls = [] }) =>
          role === "tool"
            ? { role: "user", text: "", results: [{ id: null, name: tool_name, content }] }
            : withCalls(
                { role, text: content },
                tool_calls.map((call) => callOf(null, call.function.name, call.function.arguments)),
              ),
        ),
      ),
      tools: (body.tools ?? []).map((tool) => tool.function.name),
      stream: body.stream ?? true,
      include_usage: true,
      max_tokens:
        (body.options?.num_predict ?? -1) > 0 ? (body.options?.num_predict ?? null) : null,
      stop: body.options?.stop ?? [],
      thinking: body.think == null ? null : body.think !== false,
    })),
  trouble: (trouble) =>
    respond(trouble.status ?? statuses[trouble.outcome] ?? 500, { error: messageOf(trouble) }),
  models: (models, { created }) =>
    respond(200, {
      models: models.map(({ id }) => ({
        name: id,
        model: id,
        modified_at: new Date(created * 1000).toISOString(),
        size: 0,
        details: { format: "gguf", family: "sim" },
      })),
    }),
  whole: (chat, answer) =>
    respond(200, {
      ...line(chat),
      message: {
        role: "assistant",
        content: answer.text,
        ...(answer.reasoning === "" ? {} : { thinking: answer.reasoning }),
        ...toolCalls(answer),
      },
      ...endOf(answer),
    }),
  stream_headers: { "content-type": "application/x-ndjson" },
  frames: (chat, answer, paced) => {
    const deltas = deltaFrames(paced, (part, text) => {
      const piece = part === "text" ? { content: text } : { content: "", thinking: text };
      return `${JSON.stringify({ ...line(chat), message: { role: "assistant", ...piece }, done: false })}\n`;
    });
    const message = { role: "assistant", content: "" };
    const calls = (answer.calls ?? []).map((call) => {
      const one = { ...message, ...toolCalls({ ...answer, calls: [call] }) };
      return frame(
        "text",
        paced.end_ms,
        `${JSON.stringify({ ...line(chat), message: one, done: false })}\n`,
      );
    });
    const last = `${JSON.stringify({ ...line(chat), message, ...endOf(answer) })}\n`;
    return [...deltas, ...calls, frame("finish", paced.end_ms, last)];
  },
  trouble_frame: (trouble) => `${JSON.stringify({ error: messageOf(trouble) })}\n`,
};

/** Calls have no id, and their arguments are an object. */
const toolCalls = ({ calls }: Answer) =>
  calls === undefined
    ? {}
    : {
        tool_calls: calls.map((call) => ({
          function: { name: call.name, arguments: givenOf(call) },
        })),
      };

const line = ({ model }: ChatRequest) => ({ model, created_at: new Date().toISOString() });

const endOf = ({ finish, usage }: Answer) => ({
  done: true,
  done_reason: finish === "filter" ? "content_filter" : finish,
  total_duration: 1_000_000,
  load_duration: 0,
  prompt_eval_count: usage.input,
  prompt_eval_duration: 500_000,
  eval_count: usage.output,
  eval_duration: 500_000,
});

const messageOf = ({ outcome, message }: Trouble): string => {
  if (outcome === "model-not-found") return `model not found: ${message}`;
  return outcome === "context-overflow"
    ? `the input exceeds the context length: ${message}`
    : message;
};
