import type { ClauseState } from "./state.ts";
import type { OptionJudgement } from "./words.ts";

const denials =
  /没有?一[个项种条]|不(?!仅|但|只|断|同|过|得不)|没|非(?!常|物质|遗)|无(?!论|疑|误)|未|并非|曾|\bnot\b|n't|\bno\b/g;

/** 总利息较少 is asked, 总利息更少 is said. */
const degree = /更加?|比较|较为?|最为?/g;
export const evened = (text: string): string => text.replaceAll(degree, "最");

/** The longest of the asked words that a reply speaks of. */
export function wordAsked(text: string, words: readonly string[]): string | null {
  const said = evened(text);
  return words.map(evened).find((word) => said.includes(word)) ?? null;
}

/** Whether words have what the question asks for: 是我国邻国, 不会冬眠. */
export function byWords(
  { word, whole, reading }: ClauseState,
  said: string,
): OptionJudgement | null {
  const text = evened(said);
  const at = word === null ? -1 : text.indexOf(word);
  if (word === null || at < 0) return null;
  const before = text.slice(Math.max(0, at - 12), at);
  if (word !== whole && isOther(before.at(-1) ?? "", word, reading.gold.question)) return null;
  const parts = /^[^,。;\p{L}]{0,2}(?:无关|无缘|不沾边|相反|不符)/u.test(
    text.slice(at + word.length),
  );
  const times = before.match(denials)?.length ?? 0;
  return { scale: "member", value: !parts && times % 2 === 0 };
}

/**
 * 动态类型 is no 静态类型: part of what is asked, behind a word of which the question does not speak. A noun that stands by
 * itself in the question (…的首都) takes any word before it (法定首都).
 */
export function isOther(char: string, word: string, question: string): boolean {
  if (!/\p{Script=Han}/u.test(char) || functional.has(char) || question.includes(char))
    return false;
  const own = question.charAt(question.indexOf(word) - 1);
  return /\p{Script=Han}/u.test(own) && !functional.has(own);
}

const functional = new Set(
  Array.from(
    "是了着过的有为属于也都均皆不没非无未会能可在叫做作即乃最很和与及这那该此其个种类位条项称以大小各几一二三四五六七八九十两多",
  ),
);
