import type { ChatMessage, FinishReason } from "../../domain/call.ts";
import type { Outcome } from "../../domain/outcome.ts";
import type { ForeignReply } from "./run-importer.ts";

import { listOf, memberOf, textOf } from "../../domain/json.ts";
import { outcomeOfStatus } from "../../domain/outcome.ts";
import { readUsage, type UsageMap } from "../../domain/usage.ts";
import { SkipRow } from "../importer.ts";

/** A reply of text alone. */
export const said = (text: string, more: Partial<ForeignReply> = {}): ForeignReply => ({
  outcome: "ok",
  text,
  reasoning: "",
  finish: null,
  usage: {},
  model: null,
  message: null,
  ...more,
});

/** A call that gave no reply, with what is known of why. */
export const failed = (message: string, outcome: Outcome = outcomeIn(message)): ForeignReply =>
  said("", { outcome, message: message.slice(0, 2_000) });

/** How a call ended by what a tool kept of its error: a status where one is named, else the words for a timeout and such. */
function outcomeIn(message: string): Outcome {
  const status =
    /\b(?:status|error|code|http)\D{0,12}([45]\d\d)\b|\b([45]\d\d)\b\s*(?:error|status|upstream)/i.exec(
      message,
    );
  if (status !== null) return outcomeOfStatus(Number(status[1] ?? status[2]));
  if (/content.?filter|content_policy|DataInspection|sensitive/i.test(message)) {
    return "filtered-output";
  }
  if (/context.{0,20}(?:length|window)|maximum context/i.test(message)) return "context-overflow";
  if (/rate.?limit/i.test(message)) return "rate-limited";
  if (/time.?out|timed out/i.test(message)) return "timeout";
  if (/connect|resolve|ECONN|ENOTFOUND|network|socket/i.test(message)) return "network";
  return "server";
}

/** How generation ended, by the words of the common interfaces. */
export function finishOf(reason: unknown): FinishReason | null {
  if (typeof reason !== "string") return null;
  if (/^(?:stop|end_turn|stop_sequence|eos)$/i.test(reason)) return "stop";
  if (/^(?:length|max_tokens|model_length)$/i.test(reason)) return "length";
  if (/filter|safety/i.test(reason)) return "filter";
  if (/refusal/i.test(reason)) return "refusal";
  return /tool|function/i.test(reason) ? "tool" : "other";
}

/** The outcome that goes with it. */
export const outcomeOfFinish = (finish: FinishReason | null): Outcome =>
  finish === "length" ? "length" : finish === "filter" ? "filtered-output" : "ok";

/**
 * A conversation in OpenAI's shape (`{role, content}`; other names of roles as LangChain and EvalScope have them), texts
 * joined where the content is a list. Throws `SkipRow` for what has no text, such as a picture.
 */
export const messagesOf = (messages: unknown): readonly ChatMessage[] =>
  listOf(messages).map((message) => {
    const role = roles[String(memberOf(message, "role") ?? memberOf(message, "type"))];
    if (role === undefined) {
      const given = JSON.stringify(memberOf(message, "role") ?? null);
      throw new SkipRow(`不支持的消息角色 ${given}`, `unsupported role ${given}`);
    }
    return { role, text: contentOf(memberOf(message, "content")) };
  });

const roles: Readonly<Record<string, ChatMessage["role"]>> = {
  system: "system",
  developer: "system",
  user: "user",
  human: "user",
  HUMAN: "user",
  SYSTEM: "system",
  BOT: "assistant",
  assistant: "assistant",
  ai: "assistant",
};

/** The text of a message's content: a string, or the texts of its parts. Throws `SkipRow` where a part is no text. */
export function contentOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (content === null || content === undefined) return "";
  const parts = listOf(content);
  if (parts.length === 0) throw notText();
  return parts
    .filter((part) => memberOf(part, "type") !== "reasoning")
    .map((part) => {
      const text = textOf(memberOf(part, "text")) ?? textOf(part);
      if (text === null) throw notText();
      return text;
    })
    .join("\n");
}

/** What a model thought, where the content lists it apart. */
export const reasoningOf = (content: unknown): string =>
  listOf(content)
    .filter((part) => memberOf(part, "type") === "reasoning")
    .map((part) => textOf(memberOf(part, "reasoning")) ?? textOf(memberOf(part, "text")) ?? "")
    .join("\n");

const notText = (): SkipRow =>
  new SkipRow(
    "消息里有图片等非文字内容",
    "a message holds pictures or other parts that are no text",
  );

/**
 * A conversation as what stands before the last question, and that question. A reply that follows it is left out. Throws
 * `SkipRow` where nobody asks.
 */
export function askedIn(messages: readonly ChatMessage[]): {
  readonly before: readonly ChatMessage[];
  readonly prompt: string;
} {
  const at = messages.findLastIndex(({ role }) => role === "user");
  const last = messages[at];
  if (last === undefined) throw new SkipRow("没有用户消息", "there is no user message");
  return { before: messages.slice(0, at), prompt: last.text };
}

const usagePaths: UsageMap = {
  input: "prompt_tokens|input_tokens|prompt",
  cached_input:
    "prompt_tokens_details.cached_tokens|input_tokens_cache_read|completionDetails.cacheReadInputTokens",
  output: "completion_tokens|output_tokens|completion",
  reasoning: "completion_tokens_details.reasoning_tokens|reasoning_tokens",
};

/** Token counts under the names of the common interfaces; a reply that counted nothing at all counted not. */
export function usageOf(raw: unknown): ForeignReply["usage"] {
  const { usage } = readUsage(raw, usagePaths);
  return usage.input === 0 && usage.output === 0 ? {} : usage;
}
