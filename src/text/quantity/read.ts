import type { Figure, Reading } from "./figure.ts";
import type { NumberRole } from "./neighbours.ts";
import type { Rational } from "./rational.ts";
import type { Unit } from "./unit-expression.ts";

import { figureAt, figureStart, signedAt, skipVague } from "./figure.ts";
import { currencyBefore, roleOf, strangerAt } from "./neighbours.ts";
import { decimal, equals, isBelow, over, plus, power, times, whole } from "./rational.ts";
import { unitAt } from "./unit-expression.ts";

/** A number in a text, or a range of them. */
export type Quantity = {
  readonly low: Rational;
  readonly high: Rational;
  readonly unit: Unit | null;
  /** A word where a unit would stand, which is no unit that is known. */
  readonly stranger: string | null;
  /** Written with % or 百分之; the value is already the fraction. */
  readonly percent: boolean;
  /** Written only in Chinese characters. */
  readonly chinese: boolean;
  /** Written with 万, 亿, million and the like. */
  readonly scaled: boolean;
  /** The value of one in the last written decimal place; null for a number without decimals. */
  readonly step: Rational | null;
  readonly role: NumberRole;
  readonly start: number;
  readonly end: number;
  readonly text: string;
};

/** One for all texts, which therefore sets where it begins before each search. */
const start = new RegExp(figureStart);

/** Numbers in the output of `spellNumbers`, in order. Linear in its length. `colloquial`: 3.5w is 35,000. */
export function quantitiesIn(
  text: string,
  reading: Reading = { colloquial: false },
): readonly Quantity[] {
  const found: Quantity[] = [];
  for (let from = 0; ;) {
    start.lastIndex = from;
    const match = start.exec(text);
    if (match === null) return found;
    from = start.lastIndex;
    const quantity = quantityAt(text, match.index, reading);
    if (quantity === null) continue;
    from = Math.max(quantity.end, from);
    const last = found.at(-1);
    const joined = last === undefined ? null : compound(last, quantity, text);
    if (joined === null) found.push(quantity);
    else found[found.length - 1] = joined;
  }
}

function quantityAt(text: string, index: number, reading: Reading): Quantity | null {
  const figure = signedAt(text, index, reading);
  if (figure === null) return null;
  return figure.end === text.length
    ? lastQuantity(text, index, figure)
    : within(text, index, figure, reading);
}

/** A number with which its text ends has neither unit nor anything else behind it. */
function lastQuantity(text: string, index: number, figure: Figure): Quantity {
  const { value, step, end, percent, chinese, scaled } = figure;
  const isNegative = value.n < 0n;
  const start = isNegative && /[-负]/.test(text.charAt(index - 1)) ? index - 1 : index;
  return {
    low: value,
    high: value,
    unit: currencyBefore(text, isNegative ? index - 1 : index),
    stranger: null,
    percent,
    chinese,
    scaled,
    step,
    role: roleOf(text, index, end, end),
    start,
    end,
    text: text.slice(start, end),
  };
}

function within(text: string, index: number, figure: Figure, reading: Reading): Quantity {
  const range = rangeEnd(text, figure, reading);
  const ratio = range === null ? ratioEnd(text, index, figure, reading) : null;
  const last = range ?? ratio ?? figure;
  const isNegative = figure.value.n < 0n;
  const first =
    range !== null && range.percent && !figure.percent
      ? over(figure.value, whole(100n))
      : figure.value;
  const found = ratio === null ? unitAt(text, skipVague(text, last.end)) : null;
  const currency = found === null ? currencyBefore(text, isNegative ? index - 1 : index) : null;
  const half = found === null ? null : halfAfter(text, found.end, first, found.unit);
  const low = ratio === null ? (half ?? first) : over(first, ratio.value);
  const high = range?.value ?? low;
  const end = half === null ? (found?.end ?? last.end) : (found?.end ?? last.end) + 1;
  const start = isNegative && /[-负]/.test(text.charAt(index - 1)) ? index - 1 : index;
  return {
    low: isBelow(high, low) ? high : low,
    high: isBelow(high, low) ? low : high,
    unit: found?.unit ?? currency,
    stranger: found === null && currency === null ? strangerAt(text, last.end) : null,
    percent: last.percent,
    chinese: figure.chinese && (range?.chinese ?? true),
    scaled: last.scaled,
    step: last.step,
    role: ratio === null ? roleOf(text, index, last.end, found?.end ?? last.end) : "ratio",
    start,
    end,
    text: text.slice(start, end),
  };
}

/** 三年半 and 两小时半: half a unit more. */
function halfAfter(text: string, at: number, value: Rational, unit: Unit): Rational | null {
  if (text.charAt(at) !== "半" || value.d !== 1n || /^(?:count|fen|degree)$/.test(unit.kind))
    return null;
  return /^(?:$|[\s。,.;!?)】、])/.test(text.slice(at + 1, at + 2))
    ? plus(value, { n: 1n, d: 2n })
    : null;
}

const dash = /\s?(?:~|至|到|—{1,2}|-(?=\d))\s?/y;

/** The other end of 3~5, 3到5, 3-5. A smaller second number makes it a subtraction, not a range. */
function rangeEnd(text: string, first: Figure, reading: Reading): Figure | null {
  const unit = unitAt(text, first.end);
  dash.lastIndex = unit?.end ?? first.end;
  const mark = dash.exec(text)?.[0];
  if (mark === undefined) return null;
  const second = figureAt(text, dash.lastIndex, reading);
  if (second === null) return null;
  const low = second.percent && !first.percent ? over(first.value, whole(100n)) : first.value;
  if (!isBelow(low, second.value)) return null;
  // 1月8日—1101年: the ends of a range are counted in one unit.
  const other = unitAt(text, second.end);
  const isOther =
    unit !== null &&
    (other === null
      ? text.charAt(second.end) === "年"
      : other.unit.kind !== unit.unit.kind || !equals(other.unit.scale, unit.unit.scale));
  if (isOther) return null;
  // 10-15=… and 3-5-7 are not ranges.
  return mark.includes("-") && /^\s?[-=+×*/]/.test(text.slice(second.end, second.end + 2))
    ? null
    : second;
}

const colon = /(?:[:∶]| [:∶] |\s?比\s?)(?=[\d一二三四五六七八九十])/y;

/** The second term of 3:2, 3∶2, 三比二; also of 15:30. */
function ratioEnd(text: string, index: number, first: Figure, reading: Reading): Figure | null {
  if (/[:∶比]/.test(text.charAt(index - 1)) || first.percent) return null;
  colon.lastIndex = first.end;
  if (!colon.test(text)) return null;
  const second = figureAt(text, colon.lastIndex, reading);
  if (second === null || second.value.n === 0n) return null;
  // 1:2:3 is no number, and 5比3多2 is a comparison.
  return /[:∶比多少大小高低长短快慢]/.test(text.charAt(second.end)) ? null : second;
}

/** 3小时20分, 1米65厘米, 2元5角: one quantity in two units of the same kind, the larger first. */
function compound(first: Quantity, second: Quantity, text: string): Quantity | null {
  const tail = spokenTail(first, second, text);
  if (tail !== null) return tail;
  const unit = smallerUnit(first, second);
  // 3分20秒: only here is 分 a minute for sure.
  if (first.unit?.kind === "fen" && unit?.kind === "time") {
    return compound({ ...first, unit: { kind: "time", scale: whole(60n) } }, second, text);
  }
  if (first.unit === null || unit === null || unit.kind !== first.unit.kind) return null;
  if (first.role !== "value" || second.role !== "value") return null;
  if (!isBelow(unit.scale, first.unit.scale) || isRange(first) || isRange(second)) return null;
  if (unit.kind === "count" || !/^\s?(?:零|又)?$/.test(text.slice(first.end, second.start)))
    return null;
  const value = plus(first.low, over(times(second.low, unit.scale), first.unit.scale));
  return {
    ...first,
    low: value,
    high: value,
    end: second.end,
    text: text.slice(first.start, second.end),
  };
}

const isRange = ({ low, high }: Quantity): boolean => !equals(low, high);

function smallerUnit(first: Quantity, second: Quantity): Unit | null {
  if (second.unit?.kind !== "fen") return second.unit;
  if (first.unit?.kind === "time") return { kind: "time", scale: whole(60n) };
  return first.unit?.kind === "money" ? { kind: "money", scale: power(10n, -2) } : second.unit;
}

/** 3块5 and 1米65: digits directly after the unit, with nothing following, are its tenths and hundredths. */
function spokenTail(first: Quantity, second: Quantity, text: string): Quantity | null {
  if (second.unit !== null || first.end !== second.start || isRange(first)) return null;
  if (!/[块米]$/.test(first.text) || isRange(second)) return null;
  if (!/^(?:\d{1,2}|[一二三四五六七八九])$/.test(second.text)) return null;
  if (!/^(?:$|[\s。,;!?)】])/.test(text.slice(second.end, second.end + 1))) return null;
  const places = second.chinese ? 1 : second.text.length;
  const value = plus(first.low, times(second.low, decimal(`1e-${places}`) ?? whole(0n)));
  return {
    ...first,
    low: value,
    high: value,
    end: second.end,
    text: text.slice(first.start, second.end),
  };
}
