import type { Quantity } from "../../text/quantity/read.ts";
import type { Unit } from "../../text/quantity/units.ts";

import { boxed, markedTails } from "../../text/extract.ts";
import { quantitiesIn } from "../../text/quantity/read.ts";

export type FoundNumber = { readonly quantity: Quantity | null; readonly why: string };

/** Announcements without a number to skip before trying the next method. */
const maxTries = 20;
/** Removes text in round brackets, which explains the number before it. */
const withoutRemarks = (text: string): string =>
  text.replaceAll(/\([^()]*\)/g, (part) => (/[一-龥]/.test(part) ? "" : part));

const bracket = /【([^【】\n]{1,60})】/g;

/**
 * The number that a reply gives as its answer: in the last 【】 with a number, boxed, after the last announcement, else
 * the last number of the last line that has one. None where an announcement is followed by several different ones.
 */
export function findNumber(text: string, unit: Unit | null): FoundNumber {
  const inBrackets = Array.from(text.matchAll(bracket), (match) => match[1] ?? "");
  const tiers: readonly (readonly [why: string, parts: readonly string[]])[] = [
    ["bracket", inBrackets],
    ["boxed", boxed(text)],
    ["marker", markedTails(text)],
  ];
  for (const [why, parts] of tiers) {
    for (const part of parts.slice(-maxTries).toReversed()) {
      const found = announced(part, unit);
      if (found === "none") continue;
      return found === "several"
        ? { quantity: null, why: `${why}: several numbers` }
        : { quantity: found, why };
    }
  }
  return lastNumber(text, unit);
}

function announced(part: string, unit: Unit | null): Quantity | "several" | "none" {
  const clause = part.split(/[。;\n]/)[0] ?? "";
  const numbers = candidates(resultOf(withoutRemarks(clause)), unit);
  const [first] = numbers;
  if (first === undefined) return "none";
  const same = numbers.every(({ low, high }) => low === first.low && high === first.high);
  return numbers.length === 1 || same ? first : "several";
}

/** The part after the last equals sign that contains a number, else the whole clause. */
function resultOf(clause: string): string {
  const parts = clause.split(/[=≈]/);
  return parts.findLast((part) => /[\d一二三四五六七八九十百千万亿两零半]/.test(part)) ?? clause;
}

/** Possible answers: numbers with the wanted unit, if any; no ordinals; Chinese numerals only where nothing else is. */
function candidates(text: string, unit: Unit | null): readonly Quantity[] {
  const numbers = quantitiesIn(text).filter(({ ordinal }) => !ordinal);
  const fitting = unit === null ? [] : numbers.filter((each) => each.unit?.kind === unit.kind);
  if (fitting.length > 0) return fitting;
  const digits = numbers.filter(({ chinese }) => !chinese);
  return digits.length > 0 ? digits : numbers.filter((each) => isCounted(text, each));
}

/** 一 in 一起, 统一 or 唯一 is not a number: a single Chinese digit needs a measure word or an end after it. */
function isCounted(text: string, { text: numeral, start, end }: Quantity): boolean {
  if (numeral.length > 1) return true;
  const before = text.charAt(start - 1);
  if (/[第统唯同专单万之另]/.test(before)) return false;
  return /^(?:$|[\s。,.!;)】个只条位名人元岁年月天次本张件台辆倍分米斤斗把根朵棵间座层页种对双])/.test(
    text.slice(end),
  );
}

function lastNumber(text: string, unit: Unit | null): FoundNumber {
  const lines = text.split("\n");
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index] ?? "";
    for (const sentence of line.split(/[。;!?]/).toReversed()) {
      const outside = withoutRemarks(sentence);
      const last =
        candidates(resultOf(outside), unit).at(-1) ?? candidates(resultOf(sentence), unit).at(-1);
      if (last !== undefined) return { quantity: last, why: "last number" };
    }
  }
  return { quantity: null, why: "no number" };
}
