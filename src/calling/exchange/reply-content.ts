import type { Passage } from "../../domain/app/passage.ts";
import type { ToolCall } from "../../domain/call.ts";
import type { TokenMarks } from "../evidence/stopwatch.ts";

import { cutTo, type ResponseLimits } from "../limits/response-limits.ts";

/**
 * How far a reply has said that it is at its end: by the protocol's end mark or by a finish word and counts of all of it
 * (`end`), by a finish word whose counts may still follow (`finish`), or not at all.
 */
export type ReplyEnd = "end" | "finish" | null;

export type ReplyContent = {
  readonly text: string;
  readonly reasoning: string;
  readonly tool_calls: readonly ToolCall[];
  readonly passages: readonly Passage[];
  readonly marks: TokenMarks;
};

/** What came of a response that was ended for its length, no longer than the limits allow. */
export function cutContent(content: ReplyContent, limits: ResponseLimits): ReplyContent {
  return {
    ...content,
    text: cutTo(content.text, limits.text),
    reasoning: cutTo(content.reasoning, limits.reasoning),
    tool_calls: content.tool_calls.map((call) => ({
      ...call,
      id: call.id === null ? null : cutTo(call.id, mostName),
      name: cutTo(call.name, mostName),
      arguments: cutTo(call.arguments, limits.tools),
    })),
  };
}

/** Characters of an id or a name: beyond that it is none. */
const mostName = 500;
