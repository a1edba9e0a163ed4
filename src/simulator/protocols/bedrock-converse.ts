import { z } from "zod";

import type { Answer } from "../kit/exchange.ts";
import type { ServedProtocol } from "../kit/protocol.ts";

import { bedrockRuntime } from "../kit/bedrock.ts";
import { bedrockEvent } from "../kit/event-frames.ts";
import {
  Content,
  decodeBody,
  deltaFrames,
  frame,
  modelIn,
  noModels,
  respond,
  contentText,
} from "../kit/parts.ts";

const operation = /\/model\/([^/]+)\/converse(-stream)?$/;
const Body = z.looseObject({
  messages: z
    .array(z.looseObject({ role: z.enum(["user", "assistant"]), content: Content }))
    .min(1),
  system: Content.optional(),
  inferenceConfig: z
    .looseObject({
      maxTokens: z.int().positive().optional(),
      temperature: z.number().min(0).max(1).optional(),
      topP: z.number().min(0).max(1).optional(),
      stopSequences: z.array(z.string()).optional(),
    })
    .optional(),
  additionalModelRequestFields: z
    .looseObject({ thinking: z.looseObject({ type: z.string() }).optional() })
    .optional(),
});

/** Amazon Bedrock Converse and ConverseStream. */
export const protocol: ServedProtocol = {
  ...bedrockRuntime,
  id: "bedrock-converse",
  reasoning: "uncounted",
  route: (method, path) => (method === "POST" && operation.test(path) ? "chat" : null),
  decode: (request) =>
    decodeBody(request, Body, (body) => {
      const system = contentText(body.system);
      const thinking = body.additionalModelRequestFields?.thinking?.type;
      return {
        model: modelIn(request, operation),
        messages: [
          ...(system === "" ? [] : [{ role: "system" as const, text: system }]),
          ...body.messages.map(({ role, content }) => ({ role, text: contentText(content) })),
        ],
        stream: operation.exec(request.path)?.[2] !== undefined,
        include_usage: true,
        max_tokens: body.inferenceConfig?.maxTokens ?? null,
        stop: body.inferenceConfig?.stopSequences ?? [],
        thinking: thinking === undefined ? null : thinking !== "disabled",
      };
    }),
  models: noModels,
  whole: (_chat, answer, meta) => {
    const thought = { reasoningText: { text: answer.reasoning, signature: "c2lt" } };
    const content = [
      ...(answer.reasoning === "" ? [] : [{ reasoningContent: thought }]),
      { text: answer.text },
    ];
    return respond(
      200,
      {
        output: { message: { role: "assistant", content } },
        stopReason: stops[answer.finish],
        usage: usageOf(answer),
        metrics: { latencyMs: 1 },
      },
      { "x-amzn-requestid": meta.request_id },
    );
  },
  frames: (_chat, answer, paced) => {
    const { headers_ms, end_ms } = paced;
    const textIndex = answer.reasoning === "" ? 0 : 1;
    const deltas = deltaFrames(paced, (part, text) =>
      bedrockEvent(
        "contentBlockDelta",
        part === "text"
          ? { contentBlockIndex: textIndex, delta: { text } }
          : { contentBlockIndex: 0, delta: { reasoningContent: { text } } },
      ),
    );
    const stop = { stopReason: stops[answer.finish] };
    const end = { usage: usageOf(answer), metrics: { latencyMs: 1 } };
    const block = { contentBlockIndex: textIndex };
    return [
      frame("role", headers_ms, bedrockEvent("messageStart", { role: "assistant" })),
      ...deltas,
      frame("comment", end_ms, bedrockEvent("contentBlockStop", block)),
      frame("finish", end_ms, bedrockEvent("messageStop", stop)),
      frame("usage", end_ms, bedrockEvent("metadata", end)),
    ];
  },
};

const stops = { stop: "end_turn", length: "max_tokens", filter: "content_filtered" } as const;

const usageOf = ({ usage }: Answer) => ({
  inputTokens: usage.input - usage.cached_input,
  outputTokens: usage.output,
  totalTokens: usage.input + usage.output,
  cacheReadInputTokens: usage.cached_input,
  cacheWriteInputTokens: 0,
});
