import type { WeighedOptions } from "../clauses/weigh.ts";
import type { ChoiceReading, Found } from "../reading.ts";

import { pronounsIn } from "../clauses/pronouns.ts";
import { mentions } from "../group.ts";
import { shares } from "../in-words/fitting.ts";
import { inLetters } from "../in-words/letters.ts";
import { areNumbers } from "../question/option-words.ts";

const longest = 320;
/** 戊戌变法失败了: something is told of the option itself. */
const tells = /^[^\p{L}\p{N}。;!?\n]{0,6}[^。;!?\n]*\p{L}{2}/u;
const open =
  /[?？]|可能|也许|或许|如果|假如|若|例如|比如|至于|同样|没有?一[个项句种]|全[都部]?[错不]|none of|\b(?:maybe|perhaps|might|if|for example)\b/;

/**
 * A short reply that tells something of every option but one, and affirms none of them: 戊戌变法失败了，洋务运动只学技术，五四运动时
 * 清朝已经没了。 The one of which it does not speak is meant, unless its last sentence has another option's words.
 */
export function unspoken(
  reading: ChoiceReading,
  { yes, chosen, no }: WeighedOptions,
): Found | null {
  const { gold, labels, several, stem } = reading;
  if (several || !labels.known || !labels.latin || labels.list.length < 3) return null;
  if (areNumbers(gold)) return null;
  if (stem !== "right" || yes.length > 0 || chosen.length > 0) return null;
  const text = inLetters(reading.text, gold, labels);
  if (text.length > longest || open.test(text) || !/[。.!~)\p{So}]\s*$/u.test(text)) return null;
  const groups = mentions(text, labels);
  const named = new Set(groups.flatMap(({ letters }) => letters));
  if (named.size !== labels.list.length - 1 || groups.some(({ hedged }) => hedged)) return null;
  if (namesOne.test(text)) return null;
  // An article may stand for it.
  if (!named.has("A") && /(?<![A-Za-z])A [a-z]/.test(text)) return null;
  const told = groups.filter(({ end }, index) =>
    tells.test(text.slice(end, groups[index + 1]?.start ?? text.length)),
  );
  if (told.length === 0 || told.at(-1) !== groups.at(-1)) return null;
  if (pronounsIn(text).some(({ kind }) => kind === "former" || kind === "latter")) return null;
  const last = text.split(/[。;!?\n]/).findLast((part) => part.trim() !== "") ?? "";
  const left = labels.list.filter((label) => !named.has(label));
  const [best] = shares(last, gold);
  const fits = best === undefined || best.share < 0.3 || left.includes(best.label);
  const apart = groups.length > 1 || no.length > 0 || together.test(text);
  return fits && apart
    ? { letters: left, why: "the only one not spoken of", doubtful: true }
    : null;
}

/** The painting is by C: an option that is named as what something is. */
const namesOne =
  /(?:[是为即属由]|\b(?:by|is|are|was|were|be))[ "“(]{0,2}(?:the )?[A-H](?![A-Za-z])/;

const together = /都|均|皆|各|分别|\b(?:all|each|both|none)\b/;
