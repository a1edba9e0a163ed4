import type { Gold } from "../../../domain/grader.ts";
import type { Labels } from "../question/labels.ts";

import { judgementIn } from "../clauses/words.ts";
import { mentions } from "../group.ts";
import { shares } from "./fitting.ts";

const sentence = /[^。;!?\n]+[。;!?\n]?/g;
/** Parts of a reply that speak of the question or of the answer, and not of one option. */
const general =
  /^[\s>#*-]*(?:所以|因此|综上|故|总之|答案|本题|题目|题干|逐一|逐项|我们|剩|其余|其他|余下|解析|分析|结论)/;

type Part = { readonly start: number; readonly label: string | null };

/**
 * The text with a label before each sentence that judges an option without naming it: 光可以在水中传播，错误。 where C says that
 * it cannot. A sentence belongs to the option whose words it has far more of than of the others'; where there are as many
 * judgements as options and none is out of order, the others follow from the order.
 */
export function sentencesAsLetters(text: string, gold: Gold, labels: Labels): string {
  if (!labels.known || !labels.latin || text.length > 2_000 || gold.question === "") return text;
  if (mentions(text, labels).length > 1) return text;
  const parts: Part[] = [];
  for (const match of text.matchAll(sentence)) {
    const words = match[0];
    if (words.trim().length < 4 || general.test(words) || judgementIn(words) === null) continue;
    parts.push({ start: match.index, label: labelFor(words, gold) });
  }
  const named = parts.flatMap(({ label }) => label ?? []);
  if (new Set(named).size < named.length || named.length === 0) return text;
  const inOrder =
    parts.length === labels.list.length &&
    parts.every(({ label }, index) => label === null || label === labels.list[index]) &&
    named.length > 1;
  const all = inOrder
    ? parts.map((part, index) => ({ ...part, label: labels.list[index] ?? null }))
    : parts;
  if (!inOrder && named.length < 2) return text;
  let out = "";
  let at = 0;
  for (const { start, label } of all) {
    if (label === null) continue;
    const ink = start + (/^[\s>*#-]*/.exec(text.slice(start, start + 12))?.[0].length ?? 0);
    out += `${text.slice(at, ink)}${label}项,`;
    at = ink;
  }
  return out + text.slice(at);
}

const pointing =
  /([\p{Script=Han}“”"…]{1,14})的(?:那|这)一?(?:[句个项条种座部本首位组]|选项)(?:话|选项)?/gu;

/** 写虾的那一句, 收三百篇诗歌的那一部: an option told by some of its words. */
export const pointedAsLetters = (text: string, gold: Gold): string =>
  text.replaceAll(pointing, (all, words: string) => {
    const [best, second] = shares(words, gold);
    return best?.own === true && (second?.share ?? 0) <= best.share * 0.3 ? best.label : all;
  });

/** The option that a sentence shares the most words with, at least twice as many as with any other. */
function labelFor(words: string, gold: Gold): string | null {
  const [best, second] = shares(words, gold);
  if (best === undefined || second === undefined || !best.own) return null;
  return best.share >= 0.22 && second.share <= best.share * 0.5 ? best.label : null;
}
