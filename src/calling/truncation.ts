import type { ChatMessage } from "../domain/call.ts";

import { saidIn } from "../domain/request/said.ts";

const cjk = /\p{Script=Han}/gu;
const words = /[A-Za-z]{2,}/g;
/** No tokeniser packs more Han characters or words into one token on average over a long text. */
const hanPerToken = 4;
const wordsPerToken = 2;
/** Shorter prompts are never truncated. */
const shortTokens = 500;

/** A prompt that was cut still fills a context; fewer tokens than the smallest of them are a wrong count. */
const smallestContext = 256;
/** Below this a bound says nothing: a short prompt may be all numbers and marks. */
const leastBound = 6;

/**
 * A lower bound on the tokens of a conversation, or null if it is too short to tell. A vendor that counts fewer has
 * read only part of it: some silently cut off the beginning of a long prompt.
 */
export function leastTokens(messages: readonly ChatMessage[]): number | null {
  const length = messages.reduce((sum, { text }) => sum + text.length, 0);
  // A word has at least two letters, so no text this short can reach the minimum.
  if (length < shortTokens * hanPerToken) return null;
  const least = boundOf(messages);
  return least < shortTokens ? null : least;
}

/** True if no vendor can have counted so few input tokens, however much of the prompt it cut off. */
export function isFarBelow(messages: readonly ChatMessage[], input: number): boolean {
  if (input >= smallestContext) return false;
  const least = boundOf(messages);
  return least >= leastBound && input * 2 < least;
}

function boundOf(messages: readonly ChatMessage[]): number {
  const text = messages.map(saidIn).join("\n");
  return Math.floor(countOf(text, cjk) / hanPerToken + countOf(text, words) / wordsPerToken);
}

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
