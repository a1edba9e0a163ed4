import type { CallRecord, ChatMessage } from "../../domain/call.ts";
import type { ItemLine, RenderedPrompt, StepLine } from "../../domain/run-file/lines.ts";

import { isGraded } from "../../domain/outcome.ts";
import { type Soon, whenThere } from "../../domain/schema/soon.ts";
import { type Play, startPlay } from "./play.ts";

/** The requests and replies of one answer. */
export type Conversation = {
  /** What the next request says, from the beginning. */
  readonly messages: readonly ChatMessage[];
  /** The calls so far, with what an environment answered to them. */
  readonly turns: readonly CallRecord[];
  /** Takes a reply: its record with what an environment answered, and whether another request follows. */
  readonly take: (record: CallRecord) => { readonly kept: CallRecord; readonly goesOn: boolean };
};

type Asked = { readonly item: ItemLine; readonly prompt: RenderedPrompt };

/**
 * Begins an answer, or goes on where the steps of an earlier session ended. They are played again; where that gives other
 * results than the model was told, as in another version of an environment, the answer begins anew.
 */
export function converse(asked: Asked, earlier: readonly StepLine[]): Soon<Conversation> {
  const begun = begin(asked);
  return earlier.length === 0 ? begun : goneOn(begun, asked, earlier);
}

async function goneOn(
  begun: Soon<Conversation>,
  asked: Asked,
  earlier: readonly StepLine[],
): Promise<Conversation> {
  const conversation = await begun;
  for (const { call } of earlier) {
    const { results: _results, played: _played, ...reply } = call;
    const { kept, goesOn } = conversation.take(reply);
    if (!goesOn || JSON.stringify(kept.results) !== JSON.stringify(call.results))
      return begin(asked);
  }
  return conversation;
}

/** The turns of an item, one after another; where an environment answers its calls, for as long as it calls. */
const begin = ({ item, prompt }: Asked): Soon<Conversation> =>
  whenThere(item.environment === undefined ? null : startPlay(item), (play) =>
    conversationOf(prompt, play),
  );

function conversationOf(prompt: RenderedPrompt, play: Play | null): Conversation {
  const questions = prompt.turns.map((text): ChatMessage => ({ role: "user", text }));
  const messages: ChatMessage[] = [...prompt.messages, ...questions.slice(0, 1)];
  const turns: CallRecord[] = [];
  return {
    messages,
    turns,
    take: (given) => {
      const question = questions[turns.length + 1];
      const { record, next } =
        play === null ? { record: given, next: following(given, question) } : play.take(given);
      turns.push(record);
      messages.push(...(next ?? []));
      return { kept: record, goesOn: next !== null };
    },
  };
}

/** A dialogue ends when there is no reply to continue from; vendors refuse an empty assistant turn. */
const following = (
  { outcome, text }: CallRecord,
  question: ChatMessage | undefined,
): readonly ChatMessage[] | null =>
  question !== undefined && isGraded(outcome) && text.trim() !== ""
    ? [{ role: "assistant", text }, question]
    : null;
