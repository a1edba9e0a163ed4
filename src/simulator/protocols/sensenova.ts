import { z } from "zod";

import type { Outcome } from "../../domain/outcome.ts";
import type { Answer, Trouble } from "../kit/exchange.ts";
import type { ServedProtocol } from "../kit/protocol.ts";

import { jwtTrouble } from "../kit/jwt.ts";
import { decodeBody, deltaFrames, eventStream, frame, noModels, respond } from "../kit/parts.ts";

const path = "/v1/llm/chat-completions";
const Body = z.looseObject({
  model: z.string().min(1),
  messages: z
    .array(z.looseObject({ role: z.enum(["system", "user", "assistant"]), content: z.string() }))
    .min(1),
  stream: z.boolean().optional(),
  max_new_tokens: z.int().positive().optional(),
  temperature: z.number().gt(0).max(2).optional(),
  top_p: z.number().gt(0).lt(1).optional(),
});

const errors: Partial<Record<Outcome, readonly [status: number, code: number]>> = {
  auth: [401, 16],
  permission: [403, 7],
  "model-not-found": [404, 5],
  "bad-request": [400, 3],
  "context-overflow": [400, 17],
  "filtered-input": [400, 18],
  "filtered-output": [400, 18],
  "rate-limited": [429, 8],
  quota: [402, 8],
  overloaded: [503, 14],
  timeout: [504, 4],
};

/** SenseTime's native API. Deltas are strings, and errors in a stream come in `status`. */
export const protocol: ServedProtocol = {
  id: "sensenova",
  reasoning: "unsaid",
  route: (method, asked) => (method === "POST" && asked.endsWith(path) ? "chat" : null),
  authorise: (request) =>
    jwtTrouble(request, { id: ({ iss }) => iss, expires: ({ exp }) => Number(exp) * 1000 }),
  decode: (request) =>
    decodeBody(request, Body, (body) => ({
      model: body.model,
      messages: body.messages.map(({ role, content }) => ({ role, text: content })),
      stream: body.stream ?? false,
      include_usage: true,
      max_tokens: body.max_new_tokens ?? null,
      stop: [],
      thinking: null,
    })),
  trouble: (trouble) => {
    const { status, ...error } = errorOf(trouble);
    return respond(status, { error: { ...error, details: [] } });
  },
  models: noModels,
  whole: (_chat, answer, { request_id }) => {
    const choice = { index: 0, message: answer.text, finish_reason: finishes[answer.finish] };
    return respond(200, { data: { id: request_id, choices: [choice], usage: countsOf(answer) } });
  },
  stream_headers: eventStream,
  frames: (_chat, answer, paced, { request_id: id }) => {
    const event = (delta: string, finish_reason: string) => {
      const choices = [{ index: 0, role: "assistant", delta, finish_reason }];
      const body = {
        data: { id, choices, usage: countsOf(answer) },
        status: { code: 0, message: "ok" },
      };
      return `data:${JSON.stringify(body)}\n\n`;
    };
    const texts = paced.deltas.filter(({ part }) => part === "text");
    return [
      frame("role", paced.headers_ms, event("", "")),
      ...deltaFrames({ ...paced, deltas: texts }, (_part, text) => event(text, "")),
      frame("finish", paced.end_ms, event("", finishes[answer.finish])),
      frame("done", paced.end_ms, "data:[DONE]\n\n"),
    ];
  },
  trouble_frame: (trouble) => {
    const { code, message } = errorOf(trouble);
    return `data:${JSON.stringify({ data: null, status: { code, message } })}\n\n`;
  },
};

const finishes = { stop: "stop", length: "length", filter: "sensitive" } as const;

const countsOf = ({ usage: { input, output } }: Answer) => ({
  prompt_tokens: input,
  completion_tokens: output,
  knowledge_tokens: 0,
  total_tokens: input + output,
});

function errorOf({ outcome, message, status, code }: Trouble) {
  const [usual, number] = errors[outcome] ?? [500, 13];
  return { status: status ?? usual, code: code === undefined ? number : Number(code), message };
}
