import type { Gold } from "../../../domain/grader.ts";
import type { ChoiceReading, Found } from "../reading.ts";

import { foldSimplified } from "../../../text/normalise.ts";
import { clausesOf } from "../clauses/sentences.ts";
import { type Group, mentions } from "../group.ts";
import { inLetters } from "../in-words/letters.ts";
import { wordsOf } from "../question/option-words.ts";
import { askingClause } from "../question/stem.ts";

const longest = 200;
/** What is denied, supposed, asked, conceded or believed by others says nothing of its subject. */
const aside =
  /不|没|非(?!常)|无|未|别|勿|如果|假如|若|要是|虽|尽管|固然|看似|好像|可能|也许|以为|有人|误|错|混|容易|曾|原本|不少|很多|多数|\?|\b(?:not?|never|if|although|though|while|may|might|some|people|many|mistake[a-z]*|wrong[a-z]*|confuse[a-z]*|once)\b|n't/i;
/** Formulas give many names to many values. */
const formula = /[$\\=^]/;
const open =
  /无法|不能确定|不确定|难说|说不准|取决于|看情况|\b(?:depends|unsure|not sure|can't tell)\b/i;
const generic =
  /^(?:通常|主要|最[大小多少高低长短早快]|一般|常见|可以|应当|应该|能够|属于|符合|正确|错误|我国|中国|世界|以上|以下|下列|哪个|哪一|哪种|什么|多少|进行|需要|which|what|this|that|these|those|following|code|does|have|with|from|type|kind|called|mean|means|most|best|used)$/i;

/**
 * A reply that tells one thing of each of several subjects, of which one alone is what the question asks of: 周长是 3 倍，面积是 9 倍;
 * HTTP 走 80，HTTPS 走 443; permanent redirects use 301. The option in that clause is meant, where only a right one is asked.
 */
export function ofSubject(reading: ChoiceReading): Found | null {
  const { gold, labels, several, stem } = reading;
  if (several || !labels.known || !labels.latin || stem !== "right") return null;
  if (reading.text.length > longest || open.test(reading.text) || formula.test(reading.text))
    return null;
  const text = inLetters(reading.text, gold, labels);
  const told = toldIn(text, mentions(text, labels));
  if (new Set(told.map(({ label }) => label)).size < 2) return null;
  const parts = partsOf(gold);
  const own = told.filter(
    ({ words, label }) =>
      !aside.test(words) &&
      parts.some(
        (part) =>
          says(words, part) &&
          told.every((other) => other.label === label || !says(other.words, part)),
      ),
  );
  const [first] = own;
  if (first === undefined || own.some(({ label }) => label !== first.label)) return null;
  // What another clause shares with the question as well leaves the subject open.
  const rivals = told.filter(
    ({ words, label }) =>
      label !== first.label && parts.some((part) => says(words, part) && !says(first.words, part)),
  );
  return rivals.length > 0
    ? null
    : { letters: [first.label], why: "what is told of the asked subject", doubtful: true };
}

/** A剛好相反，C…，D完全不沾邊: options told by their letters are judged one by one. */
export const judgesByLetter = ({ text, labels }: ChoiceReading): boolean =>
  new Set(mentions(text, labels).flatMap(({ letters }) => letters)).size > 2;

/** 25 °C is a temperature. */
const isDegree = /[°\d]/;

type Told = { readonly label: string; readonly words: string };

/** The clauses that name one option. */
function toldIn(text: string, groups: readonly Group[]): readonly Told[] {
  let next = 0;
  return clausesOf(text, groups).flatMap(({ start, end }) => {
    const letters = new Set<string>();
    for (; (groups[next]?.start ?? Number.POSITIVE_INFINITY) < end; next++)
      for (const letter of groups[next]?.letters ?? [])
        letters.add(isDegree.test(text.charAt((groups[next]?.start ?? 0) - 1)) ? "°" : letter);
    const [label, second] = letters;
    return label === undefined || label === "°" || second !== undefined
      ? []
      : [{ label, words: text.slice(start, end).toLowerCase() }];
  });
}

/** A Latin word stands as a whole: HTTP is not HTTPS. */
const says = (words: string, part: string): boolean =>
  /^[a-z]/.test(part) ? words.split(/[^a-z]+/).includes(part) : words.includes(part);

const cache = new WeakMap<Gold, readonly string[]>();

/** Pairs of Chinese characters and Latin words of the asking clause that no option has. */
function partsOf(gold: Gold): readonly string[] {
  const known = cache.get(gold);
  if (known !== undefined) return known;
  const asks = foldSimplified(askingClause(gold.question)).toLowerCase();
  const options = wordsOf(gold)
    .map(([, each]) => each.toLowerCase())
    .join("\n");
  const found = new Set<string>();
  for (const run of asks.match(/\p{Script=Han}+|[a-z]{3,}/gu) ?? [])
    if (/^[a-z]/.test(run)) found.add(run);
    else for (let at = 0; at + 2 <= run.length; at++) found.add(run.slice(at, at + 2));
  const parts = [...found].filter((part) => !options.includes(part) && !generic.test(part));
  cache.set(gold, parts);
  return parts;
}
