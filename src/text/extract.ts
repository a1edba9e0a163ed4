import { splitThinking } from "./thinking.ts";

/** Phrases after which a model states its answer, in simplified and traditional Chinese and in English. */
const markers =
  /(?:最终|最後|最后|正确|正確|参考)?(?:答案|答)(?:是|为|為|应为|應為|应该是|即)?\s*[::]\s*|【答案】\s*[::]?\s*|(?:答案|结果|結果)(?:应该是|应为|應為|是|为|為|等于|等於)\s*[::]?\s*|\b(?:final\s+)?answer\s*(?:is\s*[::]?|[::])\s*/giu;

/**
 * The text after the last answer marker (答案：, 答案是, 【答案】, answer:), up to the end of its line,
 * or null if there is none. Expects folded text.
 */
export function afterLastMarker(text: string): string | null {
  const last = markedTails(text).at(-1);
  return last === undefined || last === "" ? null : last;
}

/** The text after each marker, in order, up to the end of its line. A marker within another's line counts too. */
export function markedTails(text: string): readonly string[] {
  return Array.from(text.matchAll(markers), (match) => lineAt(text, match.index + match[0].length));
}

const longestTail = 2_000;

function lineAt(text: string, from: number): string {
  const newline = text.indexOf("\n", from);
  const end = newline < 0 ? text.length : newline;
  return text.slice(from, Math.min(end, from + longestTail)).trim();
}

/** Contents of every \boxed{…} in order, with balanced braces. An unbalanced one is left out. */
export function boxed(text: string): readonly string[] {
  const found: string[] = [];
  const opener = /\\(?:boxed|fbox)\s*\{/g;
  for (let match = opener.exec(text); match !== null; match = opener.exec(text)) {
    const end = closingBrace(text, opener.lastIndex);
    if (end < 0) break;
    found.push(text.slice(opener.lastIndex, end).trim());
    opener.lastIndex = end;
  }
  return found;
}

function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === "{") depth++;
    else if (char === "}" && --depth === 0) return at;
  }
  return -1;
}

export type Stripped = {
  readonly text: string;
  /** A reasoning block was opened and never closed: the model never reached its answer. */
  readonly unclosed: boolean;
};

/**
 * Removes reasoning from an answer text. A lone closing tag (the opening one was part of the prompt) removes
 * everything before it. Text after an opening tag that is never closed does not count as an answer.
 */
export function stripThink(reply: string): Stripped {
  const { answer, open } = splitThinking(reply);
  return { text: answer, unclosed: open !== null };
}
