import type { ChatMessage } from "../domain/call.ts";

const cjk = /\p{Script=Han}/gu;
const words = /[A-Za-z]{2,}/g;
/** No tokeniser packs more Han characters or words into one token on average over a long text. */
const hanPerToken = 4;
const wordsPerToken = 2;
/** Shorter prompts are never cut. */
const shortTokens = 500;

/**
 * The least number of tokens that a conversation can have, or null where it is too short to tell. A vendor that
 * counts fewer has read only a part: some cut the beginning of a long prompt and say nothing.
 */
export function leastTokens(messages: readonly ChatMessage[]): number | null {
  const length = messages.reduce((sum, { text }) => sum + text.length, 0);
  // A word has two letters, so that no text of so few characters can reach it.
  if (length < shortTokens * hanPerToken) return null;
  const text = messages.map((each) => each.text).join("\n");
  const least = countOf(text, cjk) / hanPerToken + countOf(text, words) / wordsPerToken;
  return least < shortTokens ? null : Math.floor(least);
}

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
