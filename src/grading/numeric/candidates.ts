import type { Rational } from "../../text/quantity/rational.ts";
import type { Quantity } from "../../text/quantity/read.ts";
import type { AskedQuantity } from "./asked.ts";

import { equals, isBelow, times, whole } from "../../text/quantity/rational.ts";
import { quantitiesIn } from "../../text/quantity/read.ts";

/** What is known of the wanted number besides its value. */
export type Wanted = {
  /** The kind of its unit; null where it has none. */
  readonly kind: string | null;
  /** How many base units the asked unit holds; null where none is named. */
  readonly scale: Rational | null;
  /** What the item names as the unit, also where that is no known one. */
  readonly unit: string | null;
  readonly question: string;
  readonly asked: AskedQuantity;
  /** It is a ratio such as 3:2. */
  readonly ratio: boolean;
  /** The number before a percent sign is asked: of 0.96, 即96% the percentage is meant. */
  readonly percent: boolean;
};

/** A number as read. */
export type ReadNumber = Quantity & {
  /** The exact one that it approximates: 15/16 in 15/16 ≈ 0.94. */
  readonly before?: Quantity | undefined;
  /** The same quantity as the reply writes it elsewhere: 3 in 3000立方厘米，也就是3升. */
  readonly elsewhere?: readonly Quantity[] | undefined;
};

/** Numbers that may be an answer; dates, ordinals and signs of operations only where nothing else is. */
export function candidates(text: string, wanted: Wanted): readonly Quantity[] {
  const colloquial = !/^(?:kelvin|length2·mass·time-3)$/.test(wanted.kind ?? "");
  const all = quantitiesIn(text, { colloquial }).filter(
    (each) =>
      each.role !== "formula" &&
      each.role !== "bound" &&
      !(each.role === "value" && isOfClock(text, each)) &&
      (!each.chinese || each.role === "ordinal" || isCounted(text, each)),
  );
  const [only] = all;
  if (only === undefined) return all;
  // As nearly always.
  if (all.length === 1 && only.role === "value" && equals(only.low, only.high)) return all;
  const date = dateAsked(wanted);
  const dated = all.filter(({ role }) => role === date);
  const [born, died, ...others] = dated;
  const between = born === undefined || died === undefined ? "" : text.slice(born.end, died.start);
  const end =
    others.length === 0 && /[-~至到—]/.test(between) ? lifeEnd(wanted.asked.sentence) : null;
  if (end !== null) return dated.slice(end === "birth" ? 0 : 1).slice(0, 1);
  if (dated.length > 0) return dated;
  const lived =
    date === "year" ? all.filter(isYears).flatMap((each) => endOf(each, wanted) ?? []) : [];
  if (lived.length > 0) return lived;
  const ratios = all.filter(({ role }) => role === "ratio");
  if (wanted.ratio && ratios.length > 0) return ratios;
  const values = all.filter(({ role }) => role === "value");
  const digits = values.filter(({ chinese }) => !chinese);
  if (digits.length > 0) return digits;
  if (values.length > 0) return values;
  // 2023年 that the question itself tells answers nothing.
  const years = all.filter(
    ({ role, text }) =>
      role === "year" && !wanted.question.includes(`${text.trim().replace(/年$/, "")}年`),
  );
  if (years.length > 0) return years;
  const rest = all.filter(({ role }) => role === "ordinal" || role === "day");
  return rest.length > 0 ? rest : ratios;
}

/** 00 in 15:00 */
const isOfClock = (text: string, { start, end }: Quantity): boolean =>
  /(?:^|\D)\d{1,2}:$/.test(text.slice(Math.max(0, start - 4), start)) ||
  /^:[0-5]\d(?!\d)/.test(text.slice(end, end + 4));

const dateRoles: Readonly<Record<string, string>> = {
  年: "year",
  月: "month",
  日: "day",
  号: "day",
};

/** Which part of a date is asked, by the unit or the question. */
function dateAsked({ unit, question }: Wanted): string | null {
  const word = unit?.trim() ?? /(?:哪一?|几)(?:个)?([年月日号])(?:份)?/.exec(question)?.[1] ?? "";
  const english = /\b(?:what|which|the) (year|day)\b/i.exec(question)?.[1]?.toLowerCase() ?? null;
  return dateRoles[word] ?? english;
}

/** Equal as written, or in units of one kind: 2.5小时 and 150分钟. */
export function sameAs(a: Quantity, b: Quantity): boolean {
  if (equals(a.low, b.low) && equals(a.high, b.high)) return true;
  if (a.unit === null || b.unit === null || a.unit.kind !== b.unit.kind) return false;
  const [left, right] = [a.unit.scale, b.unit.scale];
  return (
    equals(times(a.low, left), times(b.low, right)) &&
    equals(times(a.high, left), times(b.high, right))
  );
}

/** 一 in 一起, 统一 or 唯一 is not a number: a single Chinese digit needs a measure word or an end after it. */
function isCounted(text: string, { text: numeral, unit, start, end }: Quantity): boolean {
  // 换算为亿元: a unit without a number.
  if (numeral === "百分" || /^[万亿千百](?!分之)/.test(numeral)) return false;
  // 三角形, 六角星
  if (/^[三四五六八]角$/.test(numeral) && !/[元块毛钱]/.test(text)) return false;
  if (numeral.length > 1 && unit === null)
    // 五四运动, 九一八事变 and 十一届: digits one by one and what counts no thing are names.
    return /[十百千万亿点分半]/.test(numeral) || endsHere.test(text.slice(end));
  const before = text.charAt(start - 1);
  if (/[第统唯同专单万之另这那每某]/.test(before)) return false;
  if (unit !== null)
    return (
      !/^一(?:个|种|次|道|步|位|下|天|本|张|把|场)$/.test(numeral) ||
      start === 0 ||
      /(?:[是得共有:=]|(?<![作因认成以])为)\s*$/.test(text.slice(Math.max(0, start - 3), start))
    );
  return endsHere.test(text.slice(end));
}

/** 701年-762年 */
const isYears = ({ low, high }: Quantity): boolean =>
  !equals(low, high) && isBelow(whole(99n), low) && isBelow(high, whole(2_200n));

/** Of the years of a life the one that is asked. */
function endOf(years: Quantity, { asked }: Wanted): Quantity | null {
  const [first = "", last = ""] = years.text.split(/[-~至到—]+/);
  const end = lifeEnd(asked.sentence);
  if (end === "birth") return { ...years, high: years.low, text: first };
  return end === "death" ? { ...years, low: years.high, text: last } : null;
}

/** Which end of a life is asked: 生于, 逝世. */
const lifeEnd = (question: string): "birth" | "death" | null =>
  /出生|生于|诞生|\bborn\b/.test(question)
    ? "birth"
    : /[逝去]世|病逝|卒|\bdie/.test(question)
      ? "death"
      : null;

const endsHere = /^(?:$|[\s。,.!;)】])/;
