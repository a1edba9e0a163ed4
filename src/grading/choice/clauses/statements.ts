import type { ChoiceReading, Found } from "../reading.ts";

import { optionTexts } from "../question/labels.ts";
import { sidesOf } from "./weigh.ts";

const circled = /[①-⑧]/g;
const letterOf = (sign: string): string => String.fromCharCode(sign.charCodeAt(0) - 0x2460 + 65);

const signOf = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) - 65 + 0x2460);

const signsIn = (text: string): string =>
  [...new Set(text.match(circled) ?? [])].toSorted().join("");

/**
 * For questions about numbered statements, with options that are sets of them (①③) or their number (3个): the option that
 * agrees with what the reply says of each statement. Null where the reply leaves one open.
 */
export function byStatements(reading: ChoiceReading): Found | null {
  const { text, gold, several, stem } = reading;
  const all = signsIn(gold.question);
  if (several || all.length < 2 || all.length > 8 || !/[①-⑧]/.test(text)) return null;
  if (all !== "①②③④⑤⑥⑦⑧".slice(0, all.length)) return null;
  const list = Array.from(all, letterOf);
  const { yes, no } = sidesOf({
    ...reading,
    text: text.replaceAll(/[A-H]/g, "_").replaceAll(circled, letterOf),
    labels: { list, latin: true, known: true },
    gold: { ...gold, options: null },
    several: true,
  });
  const out = yes.length === 0 && no.length > 0 ? withoutAny(no.map(signOf), gold) : null;
  if (out !== null) return out;
  if (yes.length === 0 || (yes.length + no.length !== list.length && yes.length < 2)) return null;
  const signs = Array.from(all)
    .filter((sign) => yes.includes(letterOf(sign)))
    .join("");
  const options = [...optionTexts(gold)];
  const sets = options.filter(([, words]) => signsIn(words) === signs);
  const whole = yes.length + no.length === list.length;
  const counts = options.filter(([, words]) => numberOf(words) === signs.length);
  const hits = sets.length > 0 ? sets : whole || stem === "right" ? counts : [];
  const [letter] = hits[0] ?? [];
  return hits.length === 1 && letter !== undefined
    ? { letters: [letter], why: "statements", doubtful: true }
    : null;
}

/** ②错，含②的都排除: the one option with none of these. */
function withoutAny(signs: readonly string[], gold: ChoiceReading["gold"]): Found | null {
  const options = [...optionTexts(gold)];
  if (options.some(([, words]) => signsIn(words) === "")) return null;
  const left = options.filter(([, words]) => !signs.some((sign) => words.includes(sign)));
  const [letter] = left[0] ?? [];
  return left.length === 1 && letter !== undefined
    ? { letters: [letter], why: "statements", doubtful: true }
    : null;
}

/** 3个, 三项. */
function numberOf(words: string): number | null {
  const digit = /^\s*([1-8一二两三四五六七八])\s*[个项条句种]?\s*$/.exec(words)?.[1];
  if (digit === undefined) return null;
  const index = "一二三四五六七八".indexOf(digit === "两" ? "二" : digit);
  return index >= 0 ? index + 1 : Number(digit);
}
