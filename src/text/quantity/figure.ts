import type { Rational } from "./rational.ts";

import { chineseDigits, numeralCharacters } from "./chinese.ts";
import { decimal, equals, isBelow, negative, over, plus, power, times, whole } from "./rational.ts";
import { recurringAt } from "./recurring.ts";
import { powersOfTen } from "./unit-expression.ts";

/** A number without its unit. */
export type Figure = {
  readonly value: Rational;
  /** The value of one in its last written decimal place; null for a number without decimals. */
  readonly step: Rational | null;
  readonly end: number;
  readonly percent: boolean;
  /** Written only in Chinese characters. */
  readonly chinese: boolean;
  /** Written with 万, 亿, million and the like. */
  readonly scaled: boolean;
};

const arabic = String.raw`(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?: \d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+`;
const numerals = `[${numeralCharacters}]{1,30}(?:点[${numeralCharacters}]{1,20})?`;
/** Where a figure may begin. Digits within a name or in an exponent or index are none. */
export const figureStart = new RegExp(
  `(?<![A-Za-z_^\\d.]|\\^-|[_^]\\{|[_^]\\()(?:${arabic})|百分之|千分之|万分之|${numerals}|半`,
  "g",
);
/** Where none of these stands no figure begins, which costs less to see. */
export const mayHoldFigure = new RegExp(`[\\d半${numeralCharacters}]`);
const arabicHere = new RegExp(arabic, "y");
const numeralsHere = new RegExp(numerals, "y");
/** Longer runs of digits are no answer to any question. */
const maxDigits = 20_000;

/** What 3.5w and 2K mean: 万 and thousand, or watt and kelvin. */
export type Reading = { readonly colloquial: boolean };

/** The figure that begins at an index, with its sign; null where none does. */
export function signedAt(text: string, index: number, reading: Reading): Figure | null {
  const figure = figureAt(text, index, reading);
  if (figure === null) return null;
  const before = text.charAt(index - 1);
  // A sign counts if no number or letter precedes it: 3-5 is not 3 and -5.
  const isNegative =
    before === "负" ||
    (before === "-" &&
      (!/[\d)\]}A-Za-z一-龥%°]/.test(text.charAt(index - 2)) ||
        /[是为得于即约]/.test(text.charAt(index - 2))));
  return isNegative ? { ...figure, value: negative(figure.value) } : figure;
}

const per = /(百分之|千分之|万分之)负?/y;
const ofParts: Readonly<Record<string, bigint>> = { 百分之: 100n, 千分之: 1_000n, 万分之: 10_000n };

export function figureAt(text: string, index: number, reading: Reading): Figure | null {
  per.lastIndex = index;
  const word = /[百千万]/.test(text.charAt(index)) ? per.exec(text) : null;
  if (word !== null) {
    const part = simpleAt(text, per.lastIndex);
    if (part === null) return null;
    const below = whole(ofParts[word[1] ?? ""] ?? 100n);
    const value = over(part.value, below);
    const step = part.step === null ? null : over(part.step, below);
    const sign = word[0].endsWith("负") ? negative(value) : value;
    return { ...part, value: sign, step, percent: true };
  }
  if (text.charAt(index) === "半") {
    return {
      value: { n: 1n, d: 2n },
      step: null,
      end: index + 1,
      percent: false,
      chinese: true,
      scaled: false,
    };
  }
  const first = simpleAt(text, index);
  if (first === null || first.end === text.length) return first;
  // 2024/11/21 is a date or a list.
  const listed = text.charAt(index - 1) === "/";
  return suffixed(text, listed ? first : withFraction(text, first), reading);
}

function simpleAt(text: string, index: number): Figure | null {
  const recurring = recurringAt(text, index);
  if (recurring !== null)
    return { ...recurring, step: null, percent: false, chinese: false, scaled: false };
  arabicHere.lastIndex = index;
  const digits = arabicHere.exec(text)?.[0];
  if (digits !== undefined) {
    const value = digits.length > maxDigits ? null : decimal(digits.replaceAll(/[, ]/g, ""));
    if (value === null) return null;
    const end = index + digits.length;
    return { value, step: stepOf(digits), end, percent: false, chinese: false, scaled: false };
  }
  numeralsHere.lastIndex = index;
  // After other numerals 两 is a unit: 三十五两.
  const word = numeralsHere.exec(text)?.[0].replace(/(?<=.)[两兩]$/, "") ?? "";
  const value = decimal(chineseDigits(word) ?? "");
  if (value === null) return null;
  const end = index + word.length;
  return {
    value,
    step: stepOf(word),
    end,
    percent: false,
    chinese: true,
    scaled: /[万萬亿億]$/.test(word),
  };
}

function stepOf(written: string): Rational | null {
  const decimals = /[.点](.+)$/.exec(written)?.[1]?.length ?? 0;
  return decimals === 0 ? null : power(10n, -decimals);
}

const mixed = /又| (?=\d+\/\d)|\((?=\d+\/\d+\))/y;
const bar = /\s?\/\s?(?=\d)/y;

/** 1/2, 二分之一, 3又1/2, 4(5/11), 三又二分之一. */
function withFraction(text: string, first: Figure): Figure {
  mixed.lastIndex = first.end;
  if (mixed.test(text)) {
    const part = simpleAt(text, mixed.lastIndex);
    const fraction = part === null ? null : fractionFrom(text, part);
    if (fraction !== null && isBelow(fraction.value, whole(1n))) {
      const closing = text.charAt(fraction.end) === ")" ? 1 : 0;
      const value = plus(first.value, fraction.value);
      return { ...first, value, step: null, end: fraction.end + closing };
    }
  }
  return fractionFrom(text, first) ?? first;
}

function fractionFrom(text: string, first: Figure): Figure | null {
  bar.lastIndex = first.end;
  if (bar.test(text)) {
    const lower = simpleAt(text, bar.lastIndex);
    if (lower === null || lower.value.n === 0n || text.charAt(lower.end) === "/") return null;
    return { ...first, value: over(first.value, lower.value), step: null, end: lower.end };
  }
  if (!text.startsWith("分之", first.end)) return null;
  const upper = simpleAt(text, first.end + 2);
  if (upper === null || first.value.n === 0n) return null;
  return { ...first, value: over(upper.value, first.value), step: null, end: upper.end };
}

const ofTen = /\s?[×*·]\s?10\s?\^\s?[({]?([-+]?\d{1,4})[)}]?|[eE]([+-]?\d{1,4})(?![\da-zA-Z])/y;
const raisedBy = /\s?\^\s?[({]?(-?\d{1,4})[)}]?/y;
const base = /_[({]?\(?\d{1,2}\)?[)}]?/y;
const suffix =
  /\s?(万亿|千万|百万|亿|万|千(?![克米瓦卡帕伏欧赫焦牛字])|百(?!分))|\s?(%|‰|个百分点| ?per ?cent\b)|\s?(hundred|thousand|million|billion|trillion)\b|([kKwW])(?![A-Za-z\d])/y;
const scales: Readonly<Record<string, number>> = {
  ...powersOfTen,
  hundred: 2,
  thousand: 3,
  million: 6,
  billion: 9,
  trillion: 12,
  k: 3,
  w: 4,
};

/** Applies powers, 万 and 亿, and percent signs after a number. An index names a base: the digits count as written. */
function suffixed(text: string, figure: Figure, { colloquial }: Reading): Figure {
  let { value, step, end, percent } = powered(text, figure);
  base.lastIndex = end;
  if (!figure.chinese && base.test(text)) end = base.lastIndex;
  let scaled = figure.scaled;
  const written = value;
  for (let n = 0; n < 2; n++) {
    suffix.lastIndex = skipVague(text, end);
    const match = suffix.exec(text);
    if (match === null || (match[4] !== undefined && !colloquial)) break;
    const tens = scales[(match[1] ?? match[3] ?? match[4] ?? "").toLowerCase()];
    if (tens === undefined) percent = true;
    else scaled = true;
    const scale = power(10n, tens ?? (match[2] === "‰" ? -3 : -2));
    value = times(value, scale);
    step = step === null ? null : times(step, scale);
    end = suffix.lastIndex;
  }
  const rest = percent || figure.chinese ? null : lesserPart(text, written, value, end);
  const sum = rest === null ? value : plus(value, rest.value);
  return { ...figure, value: sum, step, end: rest?.end ?? end, percent, scaled };
}

function powered(text: string, figure: Figure): Figure {
  if (figure.chinese) return figure;
  ofTen.lastIndex = figure.end;
  const match = ofTen.exec(text);
  if (match !== null) {
    const scale = power(10n, Number(match[1] ?? match[2]));
    const step = figure.step === null ? null : times(figure.step, scale);
    return { ...figure, value: times(figure.value, scale), step, end: ofTen.lastIndex };
  }
  raisedBy.lastIndex = figure.end;
  const exponent = Number(raisedBy.exec(text)?.[1] ?? Number.NaN);
  const { n, d } = figure.value;
  if (
    Number.isNaN(exponent) ||
    n === 0n ||
    n > 1_000_000n ||
    d > 1_000n ||
    Math.abs(exponent) > 1_100
  )
    return figure;
  const by = Math.abs(exponent);
  const value = over(power(n, by), power(d, by));
  return {
    ...figure,
    value: exponent < 0 ? over(whole(1n), value) : value,
    step: null,
    end: raisedBy.lastIndex,
  };
}

/** 余, 多 and 来 after a number mean that it is rounded. */
export const skipVague = (text: string, at: number): number =>
  /[余多来]/.test(text.charAt(at)) ? at + 1 : at;

/** 3千 in 12万3千 and 2000万 in 1亿2000万: what follows 万 or 亿 and is less than one of it. */
function lesserPart(
  text: string,
  written: Rational,
  value: Rational,
  end: number,
): { readonly value: Rational; readonly end: number } | null {
  if (written.n === 0n || written.d !== 1n || !/\d/.test(text.charAt(end))) return null;
  const scale = over(value, written);
  if (isBelow(scale, whole(10_000n))) return null;
  const digits = simpleAt(text, end);
  const part = digits === null ? null : suffixed(text, digits, { colloquial: false });
  if (digits === null || part === null || part.percent || !isBelow(part.value, scale)) return null;
  const tenth = over(scale, whole(10n));
  const reaches = isBelow(tenth, part.value) || equals(tenth, part.value);
  return part.end > digits.end || reaches ? part : null;
}
