import type { Message } from "../domain/suite.ts";
import type { Importer, Output } from "../importing/importer.ts";

import { memberOf } from "../domain/json.ts";
import { jsonRows } from "../files/json-rows.ts";
import { converted } from "../importing/convert.ts";
import { listField, rowId, textField, toId } from "../importing/fields.ts";
import { openHead } from "../importing/heads.ts";
import { SkipRow } from "../importing/importer.ts";

/** Logged chats: `{messages: [{role, content}…]}` per row. The last user message is the question, with all before it. */
export const importer: Importer = {
  id: "openai-messages",
  title: { zh: "OpenAI 格式的对话日志", en: "chat logs in OpenAI's format" },
  source: null,
  license: null,
  matches: /\.(?:jsonl|json)$/i,
  read: (file, settings) =>
    converted(jsonRows(file), (value, row) => [
      convert(value, row, settings.dimension ?? ["对话日志"]),
    ]),
};

function convert(value: unknown, row: number, dimension: readonly string[]): Output {
  const messages = listField(value, "messages").map(toMessage);
  const asked = messages.findLastIndex(({ role }) => role === "user");
  const question = messages[asked];
  if (question === undefined) throw new SkipRow("没有用户消息", "there is no user message");
  const before = messages.slice(0, asked);
  const reply = messages.slice(asked + 1).find(({ role }) => role === "assistant");
  return {
    task: openHead({ id: "chat", dimension }),
    item: {
      id: toId(textField(value, "id", "custom_id")) ?? rowId(row),
      ...(before.length === 0 ? {} : { messages: before }),
      question: question.text,
      ...(reply === undefined ? {} : { reference: reply.text }),
    },
  };
}

function toMessage(message: unknown): Message {
  const role = textField(message, "role");
  const text = contentText(memberOf(message, "content"));
  if (role !== "system" && role !== "user" && role !== "assistant") {
    throw new SkipRow(
      `不支持的消息角色 ${role ?? "（无）"}`,
      `unsupported role ${role ?? "(none)"}`,
    );
  }
  if (text === null) throw new SkipRow("有消息没有文字", "a message has no text");
  return { role, text };
}

/** Content that is a string, or the text parts of a list; null where it is empty or contains anything else. */
function contentText(content: unknown): string | null {
  if (typeof content === "string") return content.trim() === "" ? null : content;
  if (!Array.isArray(content)) return null;
  const parts = content.map((part) =>
    memberOf(part, "type") === "text" ? textField(part, "text") : null,
  );
  return parts.length === 0 || parts.includes(null) ? null : parts.join("\n");
}
