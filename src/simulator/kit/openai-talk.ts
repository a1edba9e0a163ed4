import { z } from "zod";

import type { ChatMessage, ToolCall } from "../../domain/call.ts";

import { joinResults, withCalls } from "./tool-talk.ts";

const Part = z.looseObject({ type: z.string(), text: z.string().optional() });
const Called = z.looseObject({
  id: z.string().min(1),
  type: z.literal("function"),
  function: z.looseObject({ name: z.string().min(1), arguments: z.string() }),
});
export const OpenAiTool = z.looseObject({
  type: z.literal("function"),
  function: z.looseObject({ name: z.string().min(1) }),
});
export const OpenAiMessage = z.looseObject({
  role: z.enum(["system", "developer", "user", "assistant", "tool"]),
  content: z.union([z.string(), z.array(Part), z.null()]).optional(),
  tool_calls: z.array(Called).min(1).optional(),
  tool_call_id: z.string().min(1).optional(),
});
type OpenAiMessage = z.infer<typeof OpenAiMessage>;

/** Each result must answer a call of the message before, and each call must have a result. */
export function strayResult(messages: readonly OpenAiMessage[]): string | null {
  const open = new Set<string>();
  for (const { role, tool_calls = [], tool_call_id = "" } of messages) {
    if (role === "tool") {
      if (!open.delete(tool_call_id))
        return "messages with role 'tool' must be a response to a preceding message with 'tool_calls'";
      continue;
    }
    if (open.size > 0)
      return `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. Missing: ${[...open].join(", ")}`;
    for (const { id } of tool_calls) open.add(id);
  }
  return open.size > 0
    ? `tool_call_ids did not have response messages: ${[...open].join(", ")}`
    : null;
}

/** The conversation in the simulator's own form. */
export const talkOf = (messages: readonly OpenAiMessage[]): readonly ChatMessage[] =>
  joinResults(messages.map(messageOf));

function messageOf(message: OpenAiMessage): ChatMessage {
  const { role, tool_calls = [], tool_call_id = "" } = message;
  const text = textIn(message);
  if (role === "tool")
    return { role: "user", text: "", results: [{ id: tool_call_id, name: "", content: text }] };
  const calls = tool_calls.map(({ id, function: { name, arguments: given } }) => ({
    id,
    name,
    arguments: given,
  }));
  return withCalls({ role: role === "developer" ? "system" : role, text }, calls);
}

const textIn = ({ content }: OpenAiMessage): string =>
  typeof content === "string" ? content : (content ?? []).map((part) => part.text ?? "").join("");

/** A call as a whole reply holds it. */
export const calledOf = ({ id, name, arguments: given }: ToolCall) => ({
  id: id ?? "",
  type: "function",
  function: { name, arguments: given },
});

/** Calls as a stream brings them: the head of each first, then its arguments in two pieces. */
export const callPieces = (calls: readonly ToolCall[] = []): readonly object[] =>
  calls.flatMap((call, index) => {
    const { function: called, ...head } = calledOf(call);
    const middle = Math.ceil(called.arguments.length / 2);
    const pieces = [called.arguments.slice(0, middle), called.arguments.slice(middle)];
    return [
      { index, ...head, function: { name: called.name, arguments: "" } },
      ...pieces.map((each) => ({ index, function: { arguments: each } })),
    ];
  });
