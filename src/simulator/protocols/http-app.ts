import { z } from "zod";

import type { Outcome } from "../../domain/outcome.ts";
import type { Answer, Trouble } from "../kit/exchange.ts";
import type { ServedProtocol } from "../kit/protocol.ts";

import {
  bearerOf,
  decodeBody,
  deltaFrames,
  eventStream,
  frame,
  keyTrouble,
  noModels,
  respond,
} from "../kit/parts.ts";

const Message = z.looseObject({
  role: z.enum(["system", "user", "assistant"]),
  content: z.string(),
});
const Body = z.looseObject({
  question: z.string(),
  system: z.string().optional(),
  messages: z.array(Message).optional(),
  model: z.string().min(1),
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

const codes: Partial<Record<Outcome, string>> = {
  "context-overflow": "context_length_exceeded",
  "filtered-input": "content_filter",
  quota: "insufficient_quota",
  "model-not-found": "model_not_found",
};

/** The plain form of applications in docs/rag.md, over events; a key may be asked for or not. */
export const protocol: ServedProtocol = {
  id: "http-app",
  route: (method, path) => (method === "POST" && path.endsWith("/ask") ? "chat" : null),
  authorise: (request) =>
    request.headers.authorization === undefined ? null : keyTrouble(bearerOf(request)),
  decode: (request) =>
    decodeBody(request, Body, ({ question, system, messages = [], model }) => ({
      model,
      messages:
        messages.length > 0
          ? messages.map(({ role, content }) => ({ role, text: content }))
          : [
              ...(system === undefined ? [] : [{ role: "system" as const, text: system }]),
              { role: "user" as const, text: question },
            ],
      stream: true,
      include_usage: true,
      max_tokens: null,
      stop: [],
      thinking: null,
    })),
  trouble: (trouble) =>
    respond(trouble.status ?? statuses[trouble.outcome] ?? 500, { error: errorOf(trouble) }),
  models: noModels,
  whole: (_chat, answer) =>
    respond(200, {
      answer: answer.text,
      ...(answer.reasoning === "" ? {} : { reasoning: answer.reasoning }),
      ...endOf(answer),
    }),
  stream_headers: eventStream,
  frames: (_chat, answer, paced) => [
    ...deltaFrames(paced, (part, text) =>
      eventOf(part === "text" ? { answer: text } : { reasoning: text }),
    ),
    frame("finish", paced.end_ms, eventOf({ ...endOf(answer), done: true })),
  ],
  trouble_frame: (trouble) => eventOf({ error: errorOf(trouble) }),
};

const eventOf = (json: object): string => `data: ${JSON.stringify(json)}\n\n`;

const endOf = ({ finish, usage }: Answer) => ({
  finish: finish === "filter" ? "content_filter" : finish,
  usage,
});

const errorOf = ({ outcome, message, code }: Trouble) => ({
  code: code ?? codes[outcome] ?? outcome,
  message,
});
