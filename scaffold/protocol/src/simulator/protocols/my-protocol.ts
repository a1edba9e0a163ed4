import { z } from "zod";

import type { Outcome } from "../../../../../src/domain/outcome.ts";
import type { Answer, Trouble } from "../../../../../src/simulator/kit/exchange.ts";
import type { ServedProtocol } from "../../../../../src/simulator/kit/protocol.ts";

import {
  bearerOf,
  decodeBody,
  deltaFrames,
  eventStream,
  frame,
  keyTrouble,
  noModels,
  respond,
} from "../../../../../src/simulator/kit/parts.ts";

/** What the vendor's documentation asks of a request. */
const Body = z.looseObject({
  model: z.string().min(1),
  messages: z
    .array(z.looseObject({ role: z.enum(["system", "user", "assistant"]), text: z.string() }))
    .min(1),
  stream: z.boolean().optional(),
  limit: z.int().positive().optional(),
});

const errors: Partial<Record<Outcome, readonly [status: number, code: string]>> = {
  auth: [401, "unauthorized"],
  permission: [403, "forbidden"],
  "model-not-found": [404, "no_such_model"],
  "bad-request": [400, "bad_request"],
  "context-overflow": [400, "too_long"],
  "filtered-input": [400, "blocked"],
  "rate-limited": [429, "slow_down"],
  quota: [402, "no_balance"],
  overloaded: [503, "busy"],
};

/** My protocol as its vendor documents it; written from the documentation and not from `src/protocols/my-protocol.ts`. */
export const protocol: ServedProtocol = {
  id: "my-protocol",
  route: (method, path) =>
    method === "POST" && path.endsWith("/my-protocol/talk") ? "chat" : null,
  authorise: (request) => keyTrouble(bearerOf(request)),
  decode: (request) =>
    decodeBody(request, Body, (body) => ({
      model: body.model,
      messages: body.messages.map(({ role, text }) => ({ role, text })),
      stream: body.stream ?? false,
      include_usage: true,
      max_tokens: body.limit ?? null,
      stop: [],
      thinking: null,
    })),
  trouble: (trouble) => {
    const { status, ...error } = errorOf(trouble);
    return respond(status, { error });
  },
  models: noModels,
  whole: ({ model }, answer) =>
    respond(200, { model, thought: answer.reasoning, text: answer.text, ...endOf(answer) }),
  stream_headers: eventStream,
  frames: ({ model }, answer, paced) => [
    ...deltaFrames(paced, (part, text) =>
      event(part === "text" ? { model, text } : { model, thought: text }),
    ),
    frame("finish", paced.end_ms, event(endOf(answer))),
    frame("done", paced.end_ms, "data: [DONE]\n\n"),
  ],
  trouble_frame: (trouble) => {
    const { code, message } = errorOf(trouble);
    return event({ error: { code, message } });
  },
};

const event = (body: object): string => `data: ${JSON.stringify(body)}\n\n`;

const endOf = ({ finish, usage }: Answer) => ({
  finish: finish === "filter" ? "content_filter" : finish,
  counts: { in: usage.input, out: usage.output, thought: usage.reasoning },
});

function errorOf({ outcome, message, status, code }: Trouble) {
  const [usual, name] = errors[outcome] ?? [500, "internal"];
  return { status: status ?? usual, code: code ?? name, message };
}
