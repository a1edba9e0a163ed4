import type { ChatMessage } from "../domain/call.ts";

export type Talk = {
  /** Null if there is none. */
  readonly system: string | null;
  readonly turns: readonly ChatMessage[];
};

/** Calls and what they gave must stay apart from what was said. */
const isToolTalk = ({ calls, results }: ChatMessage): boolean =>
  calls !== undefined || results !== undefined;

/**
 * A conversation for vendors that require alternating user and assistant turns: adjacent messages of one role are
 * joined, and the system prompt is kept apart.
 */
export function talkOf(messages: readonly ChatMessage[]): Talk {
  const rules = messages.filter(({ role }) => role === "system").map(({ text }) => text);
  const turns: ChatMessage[] = [];
  for (const message of messages) {
    if (message.role === "system") continue;
    const last = turns.at(-1);
    if (last?.role !== message.role || isToolTalk(last) || isToolTalk(message)) turns.push(message);
    else turns[turns.length - 1] = { ...last, text: `${last.text}\n\n${message.text}` };
  }
  return { system: rules.length === 0 ? null : rules.join("\n\n"), turns };
}
