import type { ValueContext } from "./value-type.ts";

import { undressed } from "../../text/answer-fold.ts";
import { chineseNumber } from "../../text/quantity/chinese.ts";
import { defineValueType } from "./value-type.ts";

export type CalendarDate = {
  readonly year: number | null;
  readonly month: number;
  readonly day: number;
  /** A leap month of the lunar calendar. */
  readonly leap: boolean;
};

const year =
  "(?:(?<y>\\d{4}|[〇零一二三四五六七八九]{4}|[一二两]千[零〇一二三四五六七八九十百]{0,6})\\s?年\\s?(?:的\\s?)?)?";
const chineseDay =
  "(?:初[一二三四五六七八九十]|[一二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅|[一二三四五六七八九])";
const solarText = `(?:公历|阳历|新历|农历)?\\s?${year}(?<m>\\d{1,2}|十[一二]|[一二三四五六七八九十])\\s?月(?:份的?)?\\s?(?<d>\\d{1,2}|${chineseDay})\\s?[日号]?`;
const lunarText = `(?:农历|阴历|旧历|夏历)?\\s?(?:的\\s?)?${year}(?:[\\p{Script=Han}]{2}年)?(?<leap>闰)?(?<m>正|冬|腊|十[一二]|[一二三四五六七八九十]|\\d{1,2})\\s?月\\s?(?<d>${chineseDay}|\\d{1,2})\\s?[日号]?`;
const iso = "(?<y>\\d{4})\\s?[-/.]\\s?(?<m>\\d{1,2})\\s?[-/.]\\s?(?<d>\\d{1,2})";
const compact = "(?<y>(?:19|20)\\d{2})(?<m>0\\d|1[0-2])(?<d>[0-3]\\d)";
const short = "(?<m>\\d{1,2})[-/](?<d>\\d{1,2})";
const months =
  "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";
const monthFirst = `(?<M>${months})\\.?\\s+(?<d>\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s+(?<y>\\d{4}))?`;
const dayFirst = `(?<d>\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?(?<M>${months})\\.?(?:,?\\s+(?<y>\\d{4}))?`;

const weekday = "(?:\\s?[(,]?\\s?(?:星期|周|礼拜)[一二三四五六日天]\\s?[)]?)?";
const anchored = (source: string): RegExp => new RegExp(`^(?:${source})${weekday}$`, "iu");
const solarForms = [solarText, iso, compact, short, monthFirst, dayFirst].map(anchored);
const lunarForms = [lunarText].map(anchored);
const solarWithin = [solarText, iso, monthFirst, dayFirst].map(
  (source) => new RegExp(`(?<![\\d.])(?:${source})(?!\\d)`, "giu"),
);
const lunarWithin = new RegExp(lunarText, "giu");

/** A date: 4月10日, 04月10号, 四月十日, 2024-04-10, April 10; lunar: 八月十五, 腊月廿三, 闰六月初一. */
export const date = defineValueType<CalendarDate>({
  expected: {
    zh: "一个日期，如 4月10日、2024-04-10；农历如 腊月廿三（calendar: lunar）",
    en: "a date such as 4月10日 or 2024-04-10; lunar ones such as 腊月廿三 (calendar: lunar)",
  },
  parse: calendarDate,
  mentions,
  compare: sameDate,
});

/** A gold with a year needs one; a gold without takes any. */
export function sameDate(
  gold: CalendarDate,
  reply: CalendarDate,
): "same" | "different" | "incomplete" {
  if (gold.month !== reply.month || gold.day !== reply.day || gold.leap !== reply.leap)
    return "different";
  if (gold.year === null || gold.year === reply.year) return "same";
  return reply.year === null ? "incomplete" : "different";
}

/** Null where the text is no date of the asked calendar. */
export function calendarDate(text: string, { options }: ValueContext): CalendarDate | null {
  const bare = inPlainNumerals(undressed(text))
    .replaceAll(/^[“"'「(]+|[”"'」。.!,;，；]+$/g, "")
    .trim();
  const lunar = options.calendar === "lunar";
  if (!lunar && /^(?:农历|阴历)/.test(bare)) return null;
  for (const form of lunar ? lunarForms : solarForms) {
    const groups = form.exec(bare)?.groups;
    if (groups === undefined) continue;
    const [month, day] = [monthOf(groups), dayOf(groups["d"] ?? "")];
    if (month === null || day === null || !isInMonth(month, day, lunar)) continue;
    return { year: yearOf(groups["y"]), month, day, leap: groups["leap"] !== undefined };
  }
  return null;
}

function mentions(text: string, { options }: ValueContext): readonly string[] {
  const bare = inPlainNumerals(undressed(text));
  if (options.calendar === "lunar") {
    return Array.from(bare.matchAll(lunarWithin))
      .filter((match) => !/(?:公历|阳历|新历)\s?$/.test(bare.slice(0, match.index)))
      .filter(
        ([mention]) => /农历|阴历|旧历/.test(mention) || !/\d\s?[日号]|\d{4}\s?年/.test(mention),
      )
      .map(([mention]) => mention);
  }
  return solarWithin
    .flatMap((form) => Array.from(bare.matchAll(form)))
    .filter(([mention]) => !mention.startsWith("农历"))
    .toSorted((a, b) => a.index - b.index)
    .map(([mention]) => mention);
}

const formal = "零壹贰叁肆伍陆柒捌玖拾";
const plain = "零一二三四五六七八九十";

/** 贰零贰肆年零伍月零陆日 as 二零二四年五月六日, and 元旦 after a year as its date. */
const inPlainNumerals = (text: string): string =>
  text
    .replaceAll("○", "〇")
    .replaceAll(/[零壹贰叁肆伍陆柒捌玖拾]{1,4}(?=\s?[年月日号])/g, (word) =>
      Array.from(word, (char) => plain.charAt(formal.indexOf(char))).join(""),
    )
    .replaceAll(/(?<=[年月]\s?)零(?=[一二三四五六七八九十]{1,3}\s?[月日号])/g, "")
    .replaceAll(/(?<=年\s?)元旦(?:节|这天|当天)?/g, "1月1日");

type Groups = Readonly<Record<string, string | undefined>>;

const names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const lunarMonths: Readonly<Record<string, number>> = { 正: 1, 冬: 11, 腊: 12 };

function monthOf(groups: Groups): number | null {
  const { m, M } = groups;
  if (M !== undefined) return names.indexOf(M.slice(0, 3).toLowerCase()) + 1;
  if (m === undefined) return null;
  return lunarMonths[m] ?? (/^\d+$/.test(m) ? Number(m) : chineseNumber(m));
}

function dayOf(written: string): number | null {
  if (/^\d+$/.test(written)) return Number(written);
  return chineseNumber(written.replace("初", ""));
}

const yearOf = (written: string | undefined): number | null =>
  written === undefined ? null : /^\d+$/.test(written) ? Number(written) : chineseNumber(written);

const isInMonth = (month: number, day: number, lunar: boolean): boolean =>
  month >= 1 &&
  month <= 12 &&
  day >= 1 &&
  day <= (lunar ? 30 : month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31);
