import type { ChatMessage } from "../../domain/call.ts";

import { isObject, memberOf, textOf } from "../../domain/json.ts";
import { isGraded } from "../../domain/outcome.ts";
import { SkipRow } from "../importer.ts";
import { requestOf } from "../runs/batch-requests.ts";
import { completionOf } from "../runs/completion.ts";
import { streamedText } from "./streamed.ts";

/** A request that went through a gateway, and what came back. */
export type LogEntry = {
  readonly before: readonly ChatMessage[];
  readonly question: string;
  /** Null where the call failed, was cut off, or its reply was not kept. */
  readonly reply: string | null;
  /** The model that answered, else the one that was asked for. */
  readonly model: string | null;
};

/** Where gateways keep the request: LiteLLM's payload and its proxy's, Nginx before one-api, OpenAI's own shape. */
const requestKeys = [
  "request",
  "request_body",
  "requestBody",
  "req",
  "reqPayload",
  "proxy_server_request",
  "standard_logging_object",
  "body",
  "kwargs",
  "input",
];
const responseKeys = [
  "response",
  "response_body",
  "responseBody",
  "resp",
  "respPayload",
  "standard_logging_object",
  "output",
  "completion",
];

/**
 * Reads a row of a gateway's log, wherever it keeps request and response and whether as JSON or as text that holds JSON; a
 * response that was streamed is put together. Throws `SkipRow` for a row without a question in words: one-api's own table of logs keeps
 * counts and no contents.
 */
export function logEntryOf(value: unknown): LogEntry {
  const body = bodyIn(value);
  if (body === null) {
    throw memberOf(value, "quota") === undefined
      ? new SkipRow("没有请求内容", "it holds no request")
      : new SkipRow(
          "只有用量、没有对话内容（one-api 的消费日志不存内容，要在网关前另记请求和响应）",
          "it holds counts and no contents (one-api's log of usage keeps none: record requests and responses before the gateway)",
        );
  }
  if (Array.isArray(memberOf(body, "tools")) || Array.isArray(memberOf(body, "functions"))) {
    throw new SkipRow("请求带有工具", "the request has tools");
  }
  const asked = requestOf(body);
  if (asked === null) {
    throw new SkipRow(
      "没有用户的文字（图片、工具结果等）",
      "no words of a user (pictures, results of tools)",
    );
  }
  if (asked.prompt.trim() === "") throw new SkipRow("问题是空的", "the question is empty");
  const { text, model } = replyIn(value);
  return {
    before: asked.before.filter(({ text: said }) => said.trim() !== ""),
    question: asked.prompt,
    reply: text,
    model: model ?? textOf(memberOf(body, "model")) ?? textOf(memberOf(value, "model_name")),
  };
}

/** The body of the request: the row itself where it has messages, else the first member that has. */
function bodyIn(value: unknown, depth = 0): unknown {
  const read = jsonIn(value);
  if (!isObject(read) || depth > 3) return null;
  const messages = jsonIn(read["messages"]);
  if (Array.isArray(messages) && messages.length > 0) return { ...read, messages };
  if (typeof read["input"] === "string" && read["model"] !== undefined) return read;
  for (const key of requestKeys) {
    const found = read[key] === undefined ? null : bodyIn(read[key], depth + 1);
    if (found !== null) return found;
  }
  return null;
}

function replyIn(
  value: unknown,
  depth = 0,
): { readonly text: string | null; readonly model: string | null } {
  const none = { text: null, model: null };
  const read = jsonIn(value);
  if (typeof read === "string") {
    const streamed = streamedText(read);
    if (streamed !== null) return streamed;
    // A bare text is a reply only where it stands for the response.
    return depth > 0 && read.trim() !== "" && !/^\s*[{[<]/.test(read)
      ? { text: read, model: null }
      : none;
  }
  if (!isObject(read) || depth > 3) return none;
  const status = memberOf(read, "status_code") ?? memberOf(read, "status");
  if ((typeof status === "number" && status >= 400) || status === "failure") return none;
  const reply = completionIn(read);
  if (reply !== null) return reply;
  for (const key of [...responseKeys, ...(depth > 0 ? ["body"] : [])]) {
    if (read[key] === undefined) continue;
    const found = replyIn(read[key], depth + 1);
    if (found.text !== null) return found;
  }
  return none;
}

function completionIn(body: unknown) {
  try {
    const reply = completionOf(body);
    if (reply === null || !isGraded(reply.outcome) || reply.outcome === "length") return null;
    return reply.text.trim() === "" ? null : { text: reply.text, model: reply.model };
  } catch (error) {
    if (error instanceof SkipRow) return null;
    throw error;
  }
}

/** The value that a text holds as JSON; the text itself where it holds none. */
function jsonIn(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[{[]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
