import { z } from "zod";

import type { ChatMessage } from "../../domain/call.ts";
import type { Outcome } from "../../domain/outcome.ts";
import type { Answer, ChatRequest, Trouble } from "../kit/exchange.ts";
import type { FrameKind, Meta, ServedProtocol } from "../kit/protocol.ts";

import { textOf } from "../../domain/json.ts";
import {
  bearerOf,
  Content,
  decodeBody,
  eventStream,
  frame,
  keyTrouble,
  namedEvent,
  noModels,
  respond,
  contentText,
} from "../kit/parts.ts";
import { joinResults, withCalls } from "../kit/tool-talk.ts";

const Body = z.looseObject({
  model: z.string().min(1),
  instructions: z.string().nullish(),
  input: z.union([
    z.string(),
    z
      .array(
        z.union([
          z.looseObject({
            type: z.literal("function_call"),
            call_id: z.string().min(1),
            name: z.string().min(1),
            arguments: z.string(),
          }),
          z.looseObject({
            type: z.literal("function_call_output"),
            call_id: z.string().min(1),
            output: z.string(),
          }),
          z.looseObject({
            role: z.enum(["user", "assistant", "system", "developer"]),
            content: Content,
          }),
        ]),
      )
      .min(1),
  ]),
  max_output_tokens: z.int().min(16).nullish(),
  stream: z.boolean().nullish(),
  tools: z.array(z.looseObject({ type: z.literal("function"), name: z.string() })).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  reasoning: z.looseObject({ effort: z.string().optional() }).nullish(),
});

const errors: Partial<
  Record<Outcome, readonly [status: number, type: string, code: string | null]>
> = {
  auth: [401, "invalid_request_error", "invalid_api_key"],
  permission: [403, "permission_error", "permission_denied"],
  "model-not-found": [404, "invalid_request_error", "model_not_found"],
  "bad-request": [400, "invalid_request_error", null],
  "context-overflow": [400, "invalid_request_error", "context_length_exceeded"],
  "filtered-input": [400, "invalid_request_error", "invalid_prompt"],
  "rate-limited": [429, "requests", "rate_limit_exceeded"],
  quota: [429, "insufficient_quota", "insufficient_quota"],
  overloaded: [503, "server_error", "server_overloaded"],
};

/** OpenAI responses. */
export const protocol: ServedProtocol = {
  id: "openai-responses",
  route: (method, path) => (method === "POST" && path.endsWith("/responses") ? "chat" : null),
  authorise: (request) => keyTrouble(bearerOf(request)),
  decode: (request) => decodeBody(request, Body, toChat),
  trouble: (trouble, meta) => {
    const { status, error } = errorOf(trouble);
    return respond(status, { error, request_id: meta.request_id });
  },
  models: noModels,
  whole: (chat, answer, meta) =>
    respond(200, withCallItems(responseOf(chat, answer, meta), answer)),
  stream_headers: eventStream,
  frames: (chat, answer, paced, meta) => {
    const { headers_ms, deltas, end_ms } = paced;
    let sequence_number = 0;
    const send = (kind: FrameKind, at_ms: number, type: string, fields: object) => {
      const event = namedEvent(type, { type, sequence_number, ...fields });
      sequence_number += 1;
      return frame(kind, at_ms, event);
    };
    const whole = responseOf(chat, answer, meta);
    const begun = {
      ...whole,
      status: "in_progress",
      output: [],
      usage: null,
      incomplete_details: null,
    };
    const frames = [
      send("role", headers_ms, "response.created", { response: begun }),
      send("comment", headers_ms, "response.in_progress", { response: begun }),
    ];
    whole.output.forEach((item, output_index) => {
      const kind = item.type === "message" ? "text" : "reasoning";
      const own = deltas.filter(({ part }) => part === kind);
      const at_ms = own[0]?.at_ms ?? end_ms;
      const place = { item_id: item.id, output_index };
      const shell = "content" in item ? { ...item, content: [] } : { ...item, summary: [] };
      const part =
        "content" in item ? { ...item.content[0], text: "" } : { type: "summary_text", text: "" };
      const [added, delta, done] =
        kind === "text"
          ? [
              "response.content_part.added",
              "response.output_text.delta",
              "response.output_text.done",
            ]
          : [
              "response.reasoning_summary_part.added",
              "response.reasoning_summary_text.delta",
              "response.reasoning_summary_text.done",
            ];
      const at = kind === "text" ? { ...place, content_index: 0 } : { ...place, summary_index: 0 };
      const text = kind === "text" ? answer.text : answer.reasoning;
      frames.push(
        send("comment", at_ms, "response.output_item.added", { output_index, item: shell }),
        send("comment", at_ms, added, { ...at, part }),
        ...own.map((piece) => send(kind, piece.at_ms, delta, { ...at, delta: piece.text })),
        send("comment", end_ms, done, { ...at, text }),
        send("comment", end_ms, "response.output_item.done", { output_index, item }),
      );
    });
    for (const [at, item] of callItems(answer).entries()) {
      const output_index = whole.output.length + at;
      const place = { item_id: item.id, output_index };
      const { arguments: given } = item;
      const added = { output_index, item: { ...item, arguments: "" } };
      frames.push(
        send("comment", end_ms, "response.output_item.added", added),
        ...[given.slice(0, 4), given.slice(4)].map((delta) =>
          send("text", end_ms, "response.function_call_arguments.delta", { ...place, delta }),
        ),
        send("comment", end_ms, "response.output_item.done", { output_index, item }),
      );
    }
    const end = answer.finish === "stop" ? "response.completed" : "response.incomplete";
    return [...frames, send("finish", end_ms, end, { response: withCallItems(whole, answer) })];
  },
  trouble_frame: (trouble) =>
    namedEvent("error", { sequence_number: 0, ...errorOf(trouble).error, type: "error" }),
};

/** Calls and results are items of their own: adjacent calls belong to one reply. */
function talkOf(items: Exclude<z.infer<typeof Body>["input"], string>): readonly ChatMessage[] {
  const talk: ChatMessage[] = [];
  for (const item of items) {
    const last = talk.at(-1);
    if ("call_id" in item && "output" in item) {
      const result = {
        id: textOf(item["call_id"]),
        name: "",
        content: textOf(item["output"]) ?? "",
      };
      talk.push({ role: "user", text: "", results: [result] });
    } else if ("call_id" in item) {
      const call = {
        id: textOf(item["call_id"]),
        name: textOf(item["name"]) ?? "",
        arguments: textOf(item["arguments"]) ?? "",
      };
      if (last?.role === "assistant")
        talk[talk.length - 1] = withCalls(last, [...(last.calls ?? []), call]);
      else talk.push({ role: "assistant", text: "", calls: [call] });
    } else if ("role" in item && "content" in item) {
      const { role, content } = item;
      const text = contentText(content);
      talk.push({ role: role === "developer" ? "system" : role, text });
    }
  }
  return joinResults(talk);
}

function toChat(body: z.infer<typeof Body>): ChatRequest {
  const input =
    typeof body.input === "string"
      ? [{ role: "user" as const, text: body.input }]
      : talkOf(body.input);
  const system = body.instructions ?? "";
  return {
    model: body.model,
    messages: [...(system === "" ? [] : [{ role: "system" as const, text: system }]), ...input],
    tools: (body.tools ?? []).map(({ name }) => name),
    stream: body.stream ?? false,
    include_usage: true,
    max_tokens: body.max_output_tokens ?? null,
    stop: [],
    thinking: body.reasoning?.effort === undefined ? null : body.reasoning.effort !== "none",
  };
}

const reasons = { length: "max_output_tokens", filter: "content_filter" } as const;

const callItems = ({ calls = [] }: Answer) =>
  calls.map((call) => ({
    id: `fc_${call.id}`,
    type: "function_call" as const,
    status: "completed",
    call_id: call.id,
    name: call.name,
    arguments: call.arguments,
  }));

const withCallItems = (response: ReturnType<typeof responseOf>, answer: Answer) => ({
  ...response,
  output: [...response.output, ...callItems(answer)],
});

function responseOf(chat: ChatRequest, answer: Answer, meta: Meta) {
  const { reasoning, text, finish, usage, calls } = answer;
  const thought = {
    id: `rs_${meta.request_id}`,
    type: "reasoning" as const,
    summary: [{ type: "summary_text", text: reasoning }],
  };
  const message = {
    id: `msg_${meta.request_id}`,
    type: "message" as const,
    role: "assistant",
    status: "completed",
    content: [{ type: "output_text", text, annotations: [] }],
  };
  return {
    id: `resp_${meta.request_id}`,
    object: "response",
    created_at: meta.created,
    model: chat.model,
    status: finish === "stop" ? "completed" : "incomplete",
    error: null,
    incomplete_details: finish === "stop" ? null : { reason: reasons[finish] },
    output: [
      ...(reasoning === "" ? [] : [thought]),
      ...(calls !== undefined && text === "" ? [] : [message]),
    ],
    usage: {
      input_tokens: usage.input,
      input_tokens_details: { cached_tokens: usage.cached_input },
      output_tokens: usage.output,
      output_tokens_details: { reasoning_tokens: usage.reasoning },
      total_tokens: usage.input + usage.output,
    },
  };
}

function errorOf(trouble: Trouble) {
  const [status, type, code] = errors[trouble.outcome] ?? [500, "server_error", "server_error"];
  const error = { message: trouble.message, type, param: null, code: trouble.code ?? code };
  return { status: trouble.status ?? status, error };
}
