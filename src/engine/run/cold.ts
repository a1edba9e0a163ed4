import type { ChatMessage } from "../../domain/call.ts";

import { digestOf } from "../../domain/digest.ts";

/** The mark of one answer: the same whenever the run goes on, and another in any other run, so that no prefix is shared. */
export const coldNonce = (cold: string, key: string): string =>
  digestOf({ cold, key }).slice(0, 16);

/**
 * Messages whose very first characters no earlier request had, so that a vendor's prefix cache cannot answer for them: the
 * mark stands at the head of the system prompt, or is all of it.
 */
export function withNonce(messages: readonly ChatMessage[], nonce: string): readonly ChatMessage[] {
  const mark = `[${nonce}]`;
  const [first, ...rest] = messages;
  return first?.role === "system"
    ? [{ ...first, text: `${mark}\n${first.text}` }, ...rest]
    : [{ role: "system", text: mark }, ...messages];
}
