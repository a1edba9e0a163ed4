import type { CallRecord } from "../../domain/call.ts";

import { isGraded } from "../../domain/outcome.ts";
import { unrecognisedReply } from "../../domain/run-file/unrecognised-reply.ts";
import { declines } from "../../text/declines.ts";
import { stripThink } from "../../text/extract.ts";

/**
 * What a reply is before anybody grades it: a text, nothing because the call failed, cut by max_tokens before or in
 * the answer, empty, with its answer in the reasoning channel alone, a refusal, or that of a simulator which does not know the
 * prompt.
 */
export const replyKinds = [
  "text",
  "none",
  "cut_thinking",
  "cut_answer",
  "empty",
  "reasoning_only",
  "refused",
  "unrecognised",
] as const;
export type ReplyKind = (typeof replyKinds)[number];

/** The kind of a turn's reply. Reasoning counts as seen where it was sent, inline as well, or where tokens were billed for it. */
export function replyKindOf(turn: CallRecord): ReplyKind {
  if (!isGraded(turn.outcome)) return "none";
  const { text, unclosed } = stripThink(turn.text);
  const isSilent = text.trim() === "";
  const hasReasoning = turn.reasoning.trim() !== "" || unclosed || text !== turn.text;
  if (turn.outcome === "length" || turn.finish?.reason === "length") {
    const hasThought = hasReasoning || (turn.usage.reasoning ?? 0) > 0;
    return isSilent && hasThought ? "cut_thinking" : "cut_answer";
  }
  if (turn.finish?.reason === "refusal") return "refused";
  if (turn.simulated && text.includes(unrecognisedReply)) return "unrecognised";
  if (!isSilent) return declines(text) ? "refused" : "text";
  if ((turn.tool_calls ?? []).length > 0) return "text";
  return hasReasoning ? "reasoning_only" : "empty";
}
