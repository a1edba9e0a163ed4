import type { Unit } from "./units.ts";

import { chineseNumber, numeralCharacters } from "./chinese.ts";
import { unitAt } from "./units.ts";

/** A number in a text, or a range of them. */
export type Quantity = {
  readonly low: number;
  readonly high: number;
  readonly unit: Unit | null;
  /** Written with % or 百分之; the value is already the fraction. */
  readonly percent: boolean;
  /** Written only in Chinese characters. */
  readonly chinese: boolean;
  /** A fraction, or a number without decimals: exact as written. */
  readonly exact: boolean;
  /** 第3, 步骤2. */
  readonly ordinal: boolean;
  readonly start: number;
  readonly end: number;
  readonly text: string;
};

type Figure = {
  readonly value: number;
  readonly end: number;
  readonly percent: boolean;
  readonly chinese: boolean;
  readonly exact: boolean;
};

const arabic = String.raw`(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?: \d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+`;
const numerals = `[${numeralCharacters}]{1,30}(?:点[${numeralCharacters}]{1,20})?`;
const start = new RegExp(
  `(?<![A-Za-z_\\d.])(?:${arabic})|百分之|千分之|万分之|${numerals}|半`,
  "g",
);
const arabicHere = new RegExp(arabic, "y");
const numeralsHere = new RegExp(numerals, "y");

/** Numbers in the output of `spellNumbers`, in order. Linear in its length. */
export function quantitiesIn(text: string): readonly Quantity[] {
  const found: Quantity[] = [];
  start.lastIndex = 0;
  for (let match = start.exec(text); match !== null; match = start.exec(text)) {
    const quantity = quantityAt(text, match.index);
    if (quantity === null) continue;
    start.lastIndex = Math.max(quantity.end, start.lastIndex);
    const last = found.at(-1);
    const joined = last === undefined ? null : compound(last, quantity, text);
    if (joined === null) found.push(quantity);
    else found[found.length - 1] = joined;
  }
  return found;
}

function quantityAt(text: string, index: number): Quantity | null {
  const figure = signed(text, index);
  if (figure === null) return null;
  const low = figure.value;
  const range = rangeEnd(text, figure);
  const last = range ?? figure;
  const scaled = range !== null && range.percent && !figure.percent ? low / 100 : low;
  const unit = unitAt(text, skipVague(text, last.end));
  const ordinal = /(?:第|步骤|题|[图表式例])\s?$/.test(text.slice(Math.max(0, index - 3), index));
  return {
    low: Math.min(scaled, last.value),
    high: Math.max(scaled, last.value),
    unit: unit?.unit ?? null,
    percent: last.percent,
    chinese: figure.chinese,
    exact: figure.exact && last.exact,
    ordinal,
    start: figure.value < 0 && !figure.chinese ? index - 1 : index,
    end: unit?.end ?? last.end,
    text: text.slice(
      /[-负]/.test(text.charAt(index - 1)) && low < 0 ? index - 1 : index,
      unit?.end ?? last.end,
    ),
  };
}

/** 余, 多 and 来 after a number mean that it is rounded. */
const skipVague = (text: string, at: number): number =>
  /[余多来]/.test(text.charAt(at)) ? at + 1 : at;

/** A sign counts if no number or letter precedes it: 3-5 is not 3 and -5. */
function signed(text: string, index: number): Figure | null {
  const figure = figureAt(text, index);
  if (figure === null) return null;
  const before = text.charAt(index - 1);
  const negative =
    before === "负" || (before === "-" && !/[\d)\]}A-Za-z一-龥%°]/.test(text.charAt(index - 2)));
  return negative || (before === "-" && /[是为得于即]/.test(text.charAt(index - 2)))
    ? { ...figure, value: -figure.value }
    : figure;
}

const per = /百分之|千分之|万分之/y;

function figureAt(text: string, index: number): Figure | null {
  per.lastIndex = index;
  const word = per.exec(text)?.[0];
  if (word !== undefined) {
    const part = simpleAt(text, per.lastIndex);
    if (part === null) return null;
    const scale = word === "百分之" ? 0.01 : word === "千分之" ? 0.001 : 1e-4;
    return { ...part, value: rounded(part.value * scale), percent: true };
  }
  if (text.charAt(index) === "半")
    return { value: 0.5, end: index + 1, percent: false, chinese: true, exact: true };
  const first = simpleAt(text, index);
  if (first === null) return null;
  // 2024/11/21 is a date or a list.
  const listed = text.charAt(index - 1) === "/";
  return suffixed(text, listed ? first : joinedFraction(text, first));
}

function simpleAt(text: string, index: number): Figure | null {
  arabicHere.lastIndex = index;
  const digits = arabicHere.exec(text)?.[0];
  if (digits !== undefined) {
    const value = Number(digits.replaceAll(/[, ]/g, ""));
    return {
      value,
      end: index + digits.length,
      percent: false,
      chinese: false,
      exact: !digits.includes("."),
    };
  }
  numeralsHere.lastIndex = index;
  const word = numeralsHere.exec(text)?.[0];
  const value = word === undefined ? null : chineseNumber(word);
  if (word === undefined || value === null) return null;
  return {
    value,
    end: index + word.length,
    percent: false,
    chinese: true,
    exact: !word.includes("点"),
  };
}

const mixed = /又| (?=\d+\/\d)|\((?=\d+\/\d+\))/y;
const bar = /\s?\/\s?(?=\d)/y;

/** 1/2, 二分之一, 3又1/2, 4(5/11), 三又二分之一. */
function joinedFraction(text: string, first: Figure): Figure {
  mixed.lastIndex = first.end;
  if (mixed.test(text)) {
    const part = simpleAt(text, mixed.lastIndex);
    const fraction = part === null ? null : fractionFrom(text, part);
    if (fraction !== null && fraction.value < 1) {
      const closing = text.charAt(fraction.end) === ")" ? 1 : 0;
      return {
        ...first,
        value: first.value + fraction.value,
        end: fraction.end + closing,
        exact: true,
      };
    }
  }
  return fractionFrom(text, first) ?? first;
}

function fractionFrom(text: string, first: Figure): Figure | null {
  bar.lastIndex = first.end;
  if (bar.test(text)) {
    const lower = simpleAt(text, bar.lastIndex);
    if (lower === null || lower.value === 0 || text.charAt(lower.end) === "/") return null;
    return { ...first, value: first.value / lower.value, end: lower.end, exact: true };
  }
  if (!text.startsWith("分之", first.end)) return null;
  const upper = simpleAt(text, first.end + 2);
  if (upper === null || first.value === 0) return null;
  return { ...first, value: upper.value / first.value, end: upper.end, exact: true };
}

const exponent = /\s?[×*·]\s?10\s?\^\s?(-?\d{1,3})|[eE]([+-]?\d{1,3})(?![\da-zA-Z])/y;
const suffix = /\s?(万亿|亿|万|千(?![克米瓦卡帕伏欧赫焦])|百(?!分))|\s?(%|‰|个百分点)/y;
const scales: Readonly<Record<string, number>> = { 万亿: 1e12, 亿: 1e8, 万: 1e4, 千: 1e3, 百: 100 };

/** Applies powers of ten, 万 and 亿, and percent signs after a number. */
function suffixed(text: string, figure: Figure): Figure {
  let { value, end, percent } = figure;
  exponent.lastIndex = end;
  const power = exponent.exec(text);
  if (power !== null && !figure.chinese) {
    value = Number(`${value}e${power[1] ?? power[2] ?? "0"}`);
    end = exponent.lastIndex;
  }
  for (let n = 0; n < 2; n++) {
    suffix.lastIndex = skipVague(text, end);
    const match = suffix.exec(text);
    if (match === null) break;
    const scale = scales[match[1] ?? ""];
    if (scale === undefined) percent = true;
    value = rounded(value * (scale ?? (match[2] === "‰" ? 0.001 : 0.01)));
    end = suffix.lastIndex;
  }
  const rest = percent || figure.chinese ? null : lesserPart(text, figure.value, value, end);
  return { ...figure, value: value + (rest?.value ?? 0), end: rest?.end ?? end, percent };
}

/** 3千 in 12万3千 and 2000万 in 1亿2000万: what follows 万 or 亿 and is less than one of it. */
function lesserPart(text: string, written: number, value: number, end: number): Figure | null {
  const scale = written === 0 ? 1 : value / written;
  if (scale < 1e4 || !Number.isInteger(written) || !/\d/.test(text.charAt(end))) return null;
  const digits = simpleAt(text, end);
  const part = digits === null ? null : suffixed(text, digits);
  if (digits === null || part === null || part.percent || part.value >= scale) return null;
  return part.end > digits.end || part.value >= scale / 10 ? part : null;
}

/** Removes floating-point noise after scaling by powers of ten, as in 16.7 × 10000. */
const rounded = (value: number): number => Number(value.toPrecision(15));

const dash = /\s?(?:~|至|到|—{1,2}|-(?=\d))\s?/y;

/** The other end of 3~5, 3到5, 3-5. A smaller second number makes it a subtraction, not a range. */
function rangeEnd(text: string, first: Figure): Figure | null {
  const unit = unitAt(text, first.end);
  dash.lastIndex = unit?.end ?? first.end;
  const mark = dash.exec(text)?.[0];
  if (mark === undefined) return null;
  const second = figureAt(text, dash.lastIndex);
  if (
    second === null ||
    second.value <= (second.percent && !first.percent ? first.value / 100 : first.value)
  )
    return null;
  // 10-15=… and 3-5-7 are not ranges.
  return mark.includes("-") && /^\s?[-=+×*/]/.test(text.slice(second.end, second.end + 2))
    ? null
    : second;
}

/** 3小时20分, 1米65厘米, 2元5角: one quantity in two units of the same kind, the larger first. */
function compound(first: Quantity, second: Quantity, text: string): Quantity | null {
  const minutes =
    second.unit === null && first.unit?.kind === "time" && text.charAt(second.end) === "分";
  const cents =
    second.unit === null && first.unit?.kind === "money" && text.charAt(second.end) === "分";
  const tail = spokenTail(first, second, text);
  if (tail !== null) return tail;
  const unit = minutes
    ? { kind: "time", scale: 60 }
    : cents
      ? { kind: "money", scale: 0.01 }
      : second.unit;
  if (first.unit === null || unit === null || unit.kind !== first.unit.kind) return null;
  if (unit.scale >= first.unit.scale || first.low !== first.high || second.low !== second.high)
    return null;
  if (!/^\s?(?:零|又)?$/.test(text.slice(first.end, second.start))) return null;
  const value = rounded(first.low + (second.low * unit.scale) / first.unit.scale);
  const end = minutes || cents ? second.end + 1 : second.end;
  return { ...first, low: value, high: value, end, text: text.slice(first.start, end) };
}

/** 3块5 and 1米65: digits directly after the unit, with nothing following, are its tenths and hundredths. */
function spokenTail(first: Quantity, second: Quantity, text: string): Quantity | null {
  if (second.unit !== null || first.end !== second.start || first.low !== first.high) return null;
  if (!/[块米]$/.test(first.text) || second.low !== second.high) return null;
  if (!/^(?:\d{1,2}|[一二三四五六七八九])$/.test(second.text)) return null;
  if (!/^(?:$|[\s。,;!?)】])/.test(text.slice(second.end, second.end + 1))) return null;
  const places = second.chinese ? 1 : second.text.length;
  const value = rounded(first.low + second.low / 10 ** places);
  return {
    ...first,
    low: value,
    high: value,
    end: second.end,
    text: text.slice(first.start, second.end),
  };
}
