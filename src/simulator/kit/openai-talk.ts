import { z } from "zod";

import type { ChatMessage, ToolCall } from "../../domain/call.ts";

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

/** The conversation with adjacent results in one message. */
export function talkOf(messages: readonly OpenAiMessage[]): readonly ChatMessage[] {
  const talk: ChatMessage[] = [];
  for (const message of messages) {
    const { role, tool_calls, tool_call_id = "" } = message;
    const text = textIn(message);
    const last = talk.at(-1);
    if (role === "tool") {
      const result = { id: tool_call_id, name: "", content: text };
      if (last?.results === undefined) talk.push({ role: "user", text: "", results: [result] });
      else talk[talk.length - 1] = { ...last, results: [...last.results, result] };
      continue;
    }
    const calls = tool_calls?.map(({ id, function: { name, arguments: given } }) => ({
      id,
      name,
      arguments: given,
    }));
    talk.push({
      role: role === "developer" ? "system" : role,
      text,
      ...(calls === undefined ? {} : { calls }),
    });
  }
  return talk;
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
