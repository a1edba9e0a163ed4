import type { ChatMessage, ToolCall, ToolResult } from "../../domain/call.ts";

import { listOf, memberOf, textOf } from "../../domain/json.ts";

/** A user's message of results alone, or none where there are none. */
export const resultsTalk = (results: readonly ToolResult[]): readonly ChatMessage[] =>
  results.length === 0 ? [] : [{ role: "user", text: "", results }];

/** The conversation with the results of one reply in one message. */
export function joinResults(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const talk: ChatMessage[] = [];
  for (const message of messages) {
    const last = talk.at(-1);
    if (last?.results === undefined || message.results === undefined) talk.push(message);
    else talk[talk.length - 1] = { ...last, results: [...last.results, ...message.results] };
  }
  return talk;
}

/** An assistant's message, with its calls if it made any. */
export const withCalls = (message: ChatMessage, calls: readonly ToolCall[]): ChatMessage =>
  calls.length === 0 ? message : { ...message, calls };

/** A call whose arguments are an object on the wire. */
export const callOf = (id: unknown, name: unknown, given: unknown): ToolCall => ({
  id: textOf(id),
  name: textOf(name) ?? "",
  arguments: JSON.stringify(given ?? {}),
});

/** The arguments of a call as an object, for wires that carry one. */
export const givenOf = ({ arguments: text }: ToolCall): unknown => JSON.parse(text) as unknown;

/** Blocks of a content that hold this member, which is the block itself for `type` names. */
export const blocksOf = (content: unknown, member: string): readonly unknown[] =>
  listOf(content).flatMap((block) => {
    if (memberOf(block, "type") === member) return [block];
    const inner = memberOf(block, member);
    return inner === undefined ? [] : [inner];
  });
