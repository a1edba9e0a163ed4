import type { ChatRequest } from "../kit/exchange.ts";

import { tokensOf } from "../tokens.ts";

/** What a vendor remembers of prompts. */
export type PrefixCache = {
  /** Tokens at the beginning of the prompt that an earlier one of this model had too; remembers this one. */
  readonly read: (model: string, messages: ChatRequest["messages"]) => number;
};

/** Vendors cache whole blocks: 64 tokens at DeepSeek, 128 at OpenAI. */
const block = 64;
const mostPrompts = 500;

export function createPrefixCache(): PrefixCache {
  const prompts = new Map<string, string[]>();
  return {
    read: (model, messages) => {
      const prompt = messages.map(({ role, text }) => `${role}\n${text}`).join("\n");
      const earlier = prompts.get(model) ?? [];
      const common = Math.max(0, ...earlier.map((each) => commonStart(each, prompt)));
      prompts.set(model, [...earlier, prompt].slice(-mostPrompts));
      return Math.floor(tokensOf(prompt.slice(0, common)) / block) * block;
    },
  };
}

function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return at;
}
