import { z } from "zod";

import type { Outcome } from "../../domain/outcome.ts";
import type { Answer, Trouble } from "../kit/exchange.ts";
import type { Meta, ServedProtocol, ReceivedHttp } from "../kit/protocol.ts";

import { bceTrouble } from "../kit/bce.ts";
import {
  decodeBody,
  deltaFrames,
  eventStream,
  frame,
  keyTrouble,
  modelIn,
  noModels,
  respond,
} from "../kit/parts.ts";
import { tokensOf } from "../tokens.ts";

const operation = /\/rpc\/2\.0\/ai_custom\/v1\/wenxinworkshop\/chat\/([^/]+)$/;
const Body = z.looseObject({
  messages: z
    .array(z.looseObject({ role: z.enum(["user", "assistant"]), content: z.string().min(1) }))
    .min(1),
  system: z.string().optional(),
  stream: z.boolean().optional(),
  temperature: z.number().gt(0).max(1).optional(),
  top_p: z.number().min(0).max(1).optional(),
  max_output_tokens: z.int().min(2).optional(),
  stop: z.array(z.string()).max(4).optional(),
  disable_search: z.boolean().optional(),
});

const codes: Partial<Record<Outcome, readonly [code: number, message: string]>> = {
  auth: [110, "Access token invalid or no longer valid"],
  permission: [6, "No permission to access data"],
  "model-not-found": [3, "Unsupported openapi method"],
  "bad-request": [336003, "the body is invalid"],
  "context-overflow": [336007, "the max input length is exceeded"],
  "rate-limited": [18, "Open api qps request limit reached"],
  quota: [17, "Open api daily request limit reached"],
  overloaded: [336100, "the server is under high load"],
  timeout: [2, "Service temporarily unavailable"],
};

/** Baidu's first chat API. Errors come with HTTP 200; no end marker follows the last event. */
export const protocol: ServedProtocol = {
  id: "wenxin",
  reasoning: "unsaid",
  route: (method, path) => (method === "POST" && operation.test(path) ? "chat" : null),
  authorise: (request) =>
    request.headers["x-bce-date"] === undefined
      ? tokenTrouble(request)
      : bceTrouble(request, ["host", "x-bce-date"]),
  decode: (request) =>
    decodeBody(request, Body, ({ messages, system, ...body }) => {
      const wrong = messages.some(({ role }, at) => role !== (at % 2 === 0 ? "user" : "assistant"));
      if (wrong || messages.length % 2 === 0) return "the roles of messages must alternate";
      const rule = system === undefined ? [] : [{ role: "system" as const, text: system }];
      return {
        model: modelIn(request, operation),
        messages: [...rule, ...messages.map(({ role, content }) => ({ role, text: content }))],
        stream: body.stream ?? false,
        include_usage: true,
        max_tokens: body.max_output_tokens ?? null,
        stop: body.stop ?? [],
        thinking: null,
      };
    }),
  trouble: (trouble, meta) => respond(trouble.status ?? 200, troubleBody(trouble, meta)),
  models: noModels,
  whole: (_chat, answer, meta) =>
    respond(200, { ...chunk(answer.text, answer.usage, meta), ...endOf(answer) }),
  stream_headers: eventStream,
  frames: (_chat, answer, paced, meta) => {
    const event = (body: object) => `data: ${JSON.stringify(body)}\n\n`;
    let id = 0;
    let textSoFar = "";
    const texts = paced.deltas.filter(({ part }) => part === "text");
    const deltas = deltaFrames({ ...paced, deltas: texts }, (_part, text) => {
      textSoFar += text;
      const usage = { ...answer.usage, output: tokensOf(textSoFar) };
      const body = { ...chunk(text, usage, meta), sentence_id: id, is_end: false };
      id += 1;
      return event(body);
    });
    const last = { ...chunk("", answer.usage, meta), sentence_id: id, is_end: true };
    return [...deltas, frame("finish", paced.end_ms, event({ ...last, ...endOf(answer) }))];
  },
  // As the real server does: a line of JSON, not an event.
  trouble_frame: (trouble, meta) => `${JSON.stringify(troubleBody(trouble, meta))}\n\n`,
};

function tokenTrouble({ query }: ReceivedHttp): Trouble | null {
  return keyTrouble(query.get("access_token") ?? undefined);
}

const chunk = (result: string, { input, output }: Answer["usage"], meta: Meta) => ({
  id: `as-${meta.request_id}`,
  object: "chat.completion",
  created: meta.created,
  is_truncated: false,
  result,
  need_clear_history: false,
  usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
});

const endOf = ({ finish }: Answer) => ({
  finish_reason: { stop: "normal", length: "length", filter: "content_filter" }[finish],
  is_truncated: finish === "length",
});

function troubleBody({ outcome, message, code }: Trouble, meta: Meta): object {
  // Not an error: the filter sends an answer of its own.
  if (outcome === "filtered-input") {
    const blocked = chunk(message, { input: 0, cached_input: 0, output: 0, reasoning: 0 }, meta);
    return { ...blocked, need_clear_history: true, ban_round: -1, is_end: true };
  }
  const [usual, says] = codes[outcome] ?? [336000, "Internal error"];
  const error_code = code === undefined ? usual : Number(code);
  const error_msg = outcome === "overloaded" ? message : `${says}: ${message}`;
  return { error_code, error_msg, id: `as-${meta.request_id}` };
}
