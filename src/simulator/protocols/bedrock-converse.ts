import { z } from "zod";

import type { ChatMessage } from "../../domain/call.ts";
import type { Answer } from "../kit/exchange.ts";
import type { ServedProtocol } from "../kit/protocol.ts";

import { memberOf, textOf } from "../../domain/json.ts";
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
import { blocksOf, callOf, givenOf, resultsTalk, withCalls } from "../kit/tool-talk.ts";

const operation = /\/model\/([^/]+)\/converse(-stream)?$/;
const Body = z.looseObject({
  messages: z
    .array(z.looseObject({ role: z.enum(["user", "assistant"]), content: Content }))
    .min(1),
  system: Content.optional(),
  toolConfig: z
    .looseObject({
      tools: z.array(z.looseObject({ toolSpec: z.looseObject({ name: z.string() }) })).min(1),
    })
    .optional(),
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
          ...body.messages.flatMap(({ role, content }) => messagesOf(role, content)),
        ],
        tools: (body.toolConfig?.tools ?? []).map(({ toolSpec }) => toolSpec.name),
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
      ...(answer.calls !== undefined && answer.text === "" ? [] : [{ text: answer.text }]),
      ...(answer.calls ?? []).map((call) => ({
        toolUse: { toolUseId: call.id, name: call.name, input: givenOf(call) },
      })),
    ];
    return respond(
      200,
      {
        output: { message: { role: "assistant", content } },
        stopReason: stopOf(answer),
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
    const stop = { stopReason: stopOf(answer) };
    const end = { usage: usageOf(answer), metrics: { latencyMs: 1 } };
    const block = { contentBlockIndex: textIndex };
    return [
      frame("role", headers_ms, bedrockEvent("messageStart", { role: "assistant" })),
      ...deltas,
      frame("comment", end_ms, bedrockEvent("contentBlockStop", block)),
      ...(answer.calls ?? []).flatMap((call, at) => {
        const contentBlockIndex = textIndex + 1 + at;
        const start = { toolUse: { toolUseId: call.id, name: call.name } };
        const delta = { toolUse: { input: call.arguments } };
        return [
          bedrockEvent("contentBlockStart", { contentBlockIndex, start }),
          bedrockEvent("contentBlockDelta", { contentBlockIndex, delta }),
          bedrockEvent("contentBlockStop", { contentBlockIndex }),
        ].map((each) => frame("text", end_ms, each));
      }),
      frame("finish", end_ms, bedrockEvent("messageStop", stop)),
      frame("usage", end_ms, bedrockEvent("metadata", end)),
    ];
  },
};

/** Results stand in a user's message, before whatever it says. */
function messagesOf(role: ChatMessage["role"], content: unknown): readonly ChatMessage[] {
  const calls = blocksOf(content, "toolUse").map((each) =>
    callOf(memberOf(each, "toolUseId"), memberOf(each, "name"), memberOf(each, "input")),
  );
  const results = blocksOf(content, "toolResult").map((each) => ({
    id: textOf(memberOf(each, "toolUseId")),
    name: "",
    content: blocksOf(memberOf(each, "content"), "text").join(""),
  }));
  const text = blocksOf(content, "text").join("");
  const said = results.length > 0 && text === "" ? [] : [withCalls({ role, text }, calls)];
  return [...resultsTalk(results), ...said];
}

const stopOf = ({ finish, calls }: Answer): string =>
  calls === undefined ? stops[finish] : "tool_use";

const stops = { stop: "end_turn", length: "max_tokens", filter: "content_filtered" } as const;

const usageOf = ({ usage }: Answer) => ({
  inputTokens: usage.input - usage.cached_input,
  outputTokens: usage.output,
  totalTokens: usage.input + usage.output,
  cacheReadInputTokens: usage.cached_input,
  cacheWriteInputTokens: 0,
});
