import type { ChatMessage, ToolCall } from "../domain/call.ts";
import type { Members } from "../domain/json.ts";

import { isObject } from "../domain/json.ts";

/** A call's arguments as an object: vendors refuse to take back what cannot be read, so that it becomes an empty one. */
function argumentsOf({ arguments: text }: ToolCall): Members {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** The same as text. */
const argumentsText = (call: ToolCall): string => JSON.stringify(argumentsOf(call));

/**
 * A message as OpenAI's chat and those that follow it write it: calls stand beside the text, and each result is a message
 * of its own. `text` is what the message says, where the vendor has a rule for empty ones.
 */
export function openaiTalk(
  { role, text: own, calls = [], results = [] }: ChatMessage,
  text: string = own,
): readonly Members[] {
  if (results.length > 0)
    return results.map(({ id, content }) => ({ role: "tool", tool_call_id: id ?? "", content }));
  if (calls.length === 0) return [{ role, content: text }];
  return [
    {
      role,
      content: own,
      tool_calls: calls.map((call) => ({
        id: call.id ?? "",
        type: "function",
        function: { name: call.name, arguments: argumentsText(call) },
      })),
    },
  ];
}

/** Anthropic: calls and results are blocks, and all results of one reply stand in one message. */
export function anthropicTalk({ role, text, calls = [], results = [] }: ChatMessage): Members {
  if (results.length > 0)
    return {
      role,
      content: results.map(({ id, content }) => ({
        type: "tool_result",
        tool_use_id: id ?? "",
        content,
      })),
    };
  if (calls.length === 0) return { role, content: text };
  const said = text.trim() === "" ? [] : [{ type: "text", text }];
  const made = calls.map((call) => ({
    type: "tool_use",
    id: call.id ?? "",
    name: call.name,
    input: argumentsOf(call),
  }));
  return { role, content: [...said, ...made] };
}

/** Gemini: parts; results are matched by the function's name and by order. */
export function geminiTalk({ role, text, calls = [], results = [] }: ChatMessage): Members {
  const said = text === "" && calls.length + results.length > 0 ? [] : [{ text }];
  return {
    role: role === "assistant" ? "model" : "user",
    parts: [
      ...said,
      ...calls.map((call) => ({ functionCall: { name: call.name, args: argumentsOf(call) } })),
      ...results.map(({ name, content }) => ({
        functionResponse: { name, response: asObject(content) },
      })),
    ],
  };
}

/** Bedrock's Converse: blocks with one member. */
export function converseTalk({ role, text, calls = [], results = [] }: ChatMessage): Members {
  const said = text.trim() === "" && calls.length + results.length > 0 ? [] : [{ text }];
  return {
    role,
    content: [
      ...said,
      ...calls.map((call) => ({
        toolUse: { toolUseId: call.id ?? "", name: call.name, input: argumentsOf(call) },
      })),
      ...results.map(({ id, content }) => ({
        toolResult: { toolUseId: id ?? "", content: [{ text: content }] },
      })),
    ],
  };
}

/** OpenAI's responses: calls and results are items of their own beside the messages. */
export function responsesTalk({
  role,
  text,
  calls = [],
  results = [],
}: ChatMessage): readonly Members[] {
  const said = text === "" && calls.length + results.length > 0 ? [] : [{ role, content: text }];
  return [
    ...said,
    ...calls.map((call) => ({
      type: "function_call",
      call_id: call.id ?? "",
      name: call.name,
      arguments: argumentsText(call),
    })),
    ...results.map(({ id, content }) => ({
      type: "function_call_output",
      call_id: id ?? "",
      output: content,
    })),
  ];
}

/** Ollama: arguments are an object, nothing has an id, and a result names its tool. */
export function ollamaTalk({
  role,
  text,
  calls = [],
  results = [],
}: ChatMessage): readonly Members[] {
  if (results.length > 0)
    return results.map(({ name, content }) => ({ role: "tool", tool_name: name, content }));
  if (calls.length === 0) return [{ role, content: text }];
  const tool_calls = calls.map((call) => ({
    function: { name: call.name, arguments: argumentsOf(call) },
  }));
  return [{ role, content: text, tool_calls }];
}

/** Tencent's own API: OpenAI's form in PascalCase. */
export function hunyuanTalk({
  role,
  text,
  calls = [],
  results = [],
}: ChatMessage): readonly Members[] {
  if (results.length > 0)
    return results.map(({ id, content }) => ({
      Role: "tool",
      ToolCallId: id ?? "",
      Content: content,
    }));
  if (calls.length === 0) return [{ Role: role, Content: text }];
  const ToolCalls = calls.map((call) => ({
    Id: call.id ?? "",
    Type: "function",
    Function: { Name: call.name, Arguments: argumentsText(call) },
  }));
  return [{ Role: role, Content: text, ToolCalls }];
}

function asObject(content: string): Members {
  try {
    const value: unknown = JSON.parse(content);
    return isObject(value) ? value : { result: value };
  } catch {
    return { result: content };
  }
}
