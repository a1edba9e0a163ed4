import { z } from "zod";

import type { Outcome } from "../../domain/outcome.ts";
import type { Answer, Trouble } from "../kit/exchange.ts";
import type { Frame, Meta, ServedProtocol } from "../kit/protocol.ts";

import { calledOf, OpenAiMessage, OpenAiTool, talkOf } from "../kit/openai-talk.ts";
import {
  bearerOf,
  decodeBody,
  eventStream,
  frame,
  keyTrouble,
  noModels,
  respond,
} from "../kit/parts.ts";
import { tokensOf } from "../tokens.ts";

const path = "/api/v1/services/aigc/text-generation/generation";
const Body = z.looseObject({
  model: z.string().min(1),
  input: z.looseObject({
    messages: z.array(OpenAiMessage).min(1),
  }),
  parameters: z
    .looseObject({
      result_format: z.literal("message"),
      incremental_output: z.boolean().optional(),
      temperature: z.number().min(0).lt(2).optional(),
      top_p: z.number().gt(0).lt(1).optional(),
      max_tokens: z.int().positive().optional(),
      stop: z.array(z.string()).optional(),
      tools: z.array(OpenAiTool).optional(),
      enable_thinking: z.boolean().optional(),
      thinking_budget: z.int().positive().optional(),
    })
    .optional(),
});

const errors: Partial<Record<Outcome, readonly [status: number, code: string, says?: string]>> = {
  auth: [401, "InvalidApiKey"],
  permission: [403, "AccessDenied"],
  "model-not-found": [404, "ModelNotFound"],
  "bad-request": [400, "InvalidParameter"],
  "context-overflow": [400, "InvalidParameter", "Range of input length should be [1, 3000]. "],
  "filtered-input": [400, "DataInspectionFailed", "Input data may contain inappropriate content. "],
  "filtered-output": [
    400,
    "DataInspectionFailed",
    "Output data may contain inappropriate content. ",
  ],
  "rate-limited": [429, "Throttling.RateQuota"],
  quota: [400, "Arrearage"],
  overloaded: [503, "ModelUnavailable"],
  timeout: [408, "RequestTimeOut"],
};

/** Alibaba Cloud's native API. Every event has the usage so far; the last has a finish reason, with no end marker. */
export const protocol: ServedProtocol = {
  id: "dashscope",
  route: (method, asked) => (method === "POST" && asked.endsWith(path) ? "chat" : null),
  authorise: (request) => keyTrouble(bearerOf(request)),
  decode: (request) =>
    decodeBody(request, Body, ({ model, input, parameters = { result_format: "message" } }) => ({
      model,
      messages: talkOf(input.messages),
      tools: (parameters.tools ?? []).map((tool) => tool.function.name),
      stream: request.headers["x-dashscope-sse"] === "enable",
      include_usage: true,
      cumulative: parameters.incremental_output !== true,
      max_tokens: parameters.max_tokens ?? null,
      stop: parameters.stop ?? [],
      thinking: parameters.enable_thinking ?? null,
    })),
  trouble: (trouble, meta) => {
    const { status, body } = troubleBody(trouble, meta);
    return respond(status, body);
  },
  models: noModels,
  whole: (_chat, answer, meta) => {
    if (answer.finish === "filter") return respond(400, troubleBody(cutOff, meta).body);
    return respond(200, result(answer, finishOf(answer), answer.usage, meta, answer.calls));
  },
  stream_headers: eventStream,
  frames: (chat, answer, { headers_ms, deltas, end_ms }, meta) => {
    let id = 0;
    const event = (
      soFar: Parts,
      finish: string,
      usage: Answer["usage"],
      calls?: Answer["calls"],
    ) => {
      id += 1;
      const data = JSON.stringify(result(soFar, finish, usage, meta, calls));
      return `id:${id}\nevent:result\n:HTTP_STATUS/200\ndata:${data}\n\n`;
    };
    const soFar = { reasoning: "", text: "" };
    const start = event(soFar, "null", countedSoFar(answer, soFar));
    const steps = deltas.map(({ part, text, at_ms }): Frame => {
      soFar[part] += text;
      const piece = chat.cumulative === true ? soFar : { ...nothing, [part]: text };
      return frame(part, at_ms, event(piece, "null", countedSoFar(answer, soFar)));
    });
    const rest = chat.cumulative === true ? answer : nothing;
    const end =
      answer.finish === "filter"
        ? [
            frame("usage", end_ms, event(rest, "null", answer.usage)),
            frame("finish", end_ms, errorEvent(id + 1, cutOff, meta)),
          ]
        : [frame("finish", end_ms, event(rest, finishOf(answer), answer.usage, answer.calls))];
    return [frame("role", headers_ms, start), ...steps, ...end];
  },
  trouble_frame: (trouble, meta) => errorEvent(1, trouble, meta),
};

const finishOf = ({ finish, calls }: Answer): string =>
  calls === undefined ? finish : "tool_calls";

const cutOff: Trouble = { outcome: "filtered-output", message: "" };

function errorEvent(id: number, trouble: Trouble, meta: Meta): string {
  const { status, body } = troubleBody(trouble, meta);
  return `id:${id}\nevent:error\n:HTTP_STATUS/${status}\ndata:${JSON.stringify(body)}\n\n`;
}

type Parts = Pick<Answer, "text" | "reasoning">;
const nothing: Parts = { text: "", reasoning: "" };

function countedSoFar({ usage }: Answer, soFar: Parts): Answer["usage"] {
  const reasoning = tokensOf(soFar.reasoning);
  return { ...usage, reasoning, output: reasoning + tokensOf(soFar.text) };
}

const result = (
  { text, reasoning }: Parts,
  finish_reason: string,
  { input, cached_input, output, reasoning: thought }: Answer["usage"],
  { request_id }: Meta,
  calls?: Answer["calls"],
) => ({
  output: {
    choices: [
      {
        message: {
          content: text,
          reasoning_content: reasoning,
          role: "assistant",
          ...(calls === undefined ? {} : { tool_calls: calls.map(calledOf) }),
        },
        finish_reason,
      },
    ],
  },
  usage: {
    total_tokens: input + output,
    output_tokens: output,
    input_tokens: input,
    output_tokens_details: { reasoning_tokens: thought },
    prompt_tokens_details: { cached_tokens: cached_input },
  },
  request_id,
});

function troubleBody({ outcome, message, status, code }: Trouble, { request_id }: Meta) {
  const [usual, name, says = ""] = errors[outcome] ?? [500, "InternalError"];
  return {
    status: status ?? usual,
    body: { code: code ?? name, message: says + message, request_id },
  };
}
