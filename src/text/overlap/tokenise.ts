import { createRequire } from "node:module";

import { UserError } from "../../domain/text.ts";

/** Splits a text into the units that a metric counts. */
export type Tokenise = (text: string) => readonly string[];

/** Unicode code points without white space. */
export const characters: Tokenise = (text) => Array.from(text.replaceAll(/\s+/gu, ""));

const require = createRequire(import.meta.url);

/** Words are optional: their dictionary is as large as everything else together, and characters need none. */
export function hasJieba(): boolean {
  try {
    require.resolve("jieba-wasm");
    return true;
  } catch {
    return false;
  }
}

/** Words as split by jieba, new words by its hidden Markov model. Rejects with a `UserError` if it is not installed. */
export async function jiebaWords(): Promise<Tokenise> {
  if (!hasJieba()) throw new UserError(noJieba);
  const { cut } = await import("jieba-wasm");
  return (text) => cut(text, true).filter((word) => word.trim() !== "");
}

export const noJieba = {
  zh: "按词计分需要 jieba 词典：请在项目里执行 npm i jieba-wasm，或改用 tokens: char",
  en: "scoring by word needs jieba's dictionary: run npm i jieba-wasm, or use tokens: char",
};
