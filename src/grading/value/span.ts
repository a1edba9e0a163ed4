import type { Agreement, ValueContext } from "./value-type.ts";

import { undressed } from "../../text/answer-fold.ts";
import { chineseNumber } from "../../text/quantity/chinese.ts";
import { clockPhrases } from "./clock-phrases.ts";
import { calendarDate, sameDate } from "./date.ts";
import { clockTime, sameTime } from "./time.ts";
import { defineValueType } from "./value-type.ts";
import { weekdayOf } from "./weekday.ts";

type Ends = { readonly from: string; readonly to: string };

const opened = "\\s?(?:开始|起|开门|开放|营业|上班)\\s?[,，、]?\\s?(?:一直)?(?:持续)?(?:到|至)?";
const between = `(?:${opened}|\\s?(?:到|至|-+|—+|–|~|～|~|〜|直到|and|to))\\s?`;
const half = "(?:凌晨|早上|早晨|上午|中午|下午|傍晚|晚上)";
const shapes = {
  time: "(?:(?:凌晨|早上|早晨|上午|中午|下午|傍晚|晚上)\\s?)?(?:差\\s?(?:一刻|[\\d一二三四五六七八九十]{1,3}\\s?分)钟?\\s?(?:到|就)?\\s?)?(?:\\d{1,2}\\s?:\\s?\\d{2}|[\\d零一二两三四五六七八九十]{1,3}\\s?(?:点钟|点|时)?(?:半|整|[一三]刻|[\\d零一二三四五六七八九十]{1,3}分?)?)(?:\\s?[ap]\\.?m\\.?)?",
  date: "(?:(?:\\d{4}|[〇零○一二三四五六七八九]{4})\\s?[年/.-]\\s?)?(?:(?:闰?[正冬腊一二三四五六七八九十]{1,2}|\\d{1,2})\\s?[月/.-]\\s?)?(?:\\d{1,2}|[初十廿卅一二三四五六七八九]{1,3})\\s?[日号]?",
  number: "-?[\\d.]+|[零一二两三四五六七八九十百千万]+",
  weekday: "(?:星期|周|礼拜)[一二三四五六日天]|[一二三四五六日天](?![点月年号十])",
} as const;
const lead = "(?:介于|从|自|在|约|大约|between\\s)?";
const tail = "(?:之间|期间|为止|止|结束|关门|闭馆|打烊|下班)?";

/** A stretch between two times, dates, weekdays or numbers: 两点到四点, 14:00-16:00, 下午2点至4点, 3月1日—3月5日. */
export const span = defineValueType<Ends>({
  expected: {
    zh: "一段起止，如 两点到四点、14:00-16:00（of: time、date、weekday 或 number）",
    en: "a stretch with two ends such as 两点到四点 or 14:00-16:00 (of: time, date, weekday or number)",
  },
  parse: (text, context) => {
    const bare = inOneForm(text, context)
      .replaceAll(/^[“"'「(]+|[”"'」)。.!,;，；]+$/g, "")
      .trim();
    const shape = shapes[context.options.of ?? "time"];
    const found = new RegExp(
      `^(?:.{0,8}?(?:周|星期)[一二三四五六日天]的?)?${lead}\\s?(?<from>${shape})${between}(?<to>${shape})(?:的?${tail})$`,
      "iu",
    ).exec(bare)?.groups;
    if (found === undefined) return null;
    const ends = endsOf(found["from"] ?? "", found["to"] ?? "", context);
    return compareEnds(ends, ends, context) === "same" ? ends : null;
  },
  mentions: (text, context) => {
    const shape = shapes[context.options.of ?? "time"];
    const pattern = new RegExp(`(?<![\\d.:])(?:${shape})${between}(?:${shape})(?![\\d:])`, "giu");
    return Array.from(inOneForm(text, context).matchAll(pattern), ([mention]) => mention);
  },
  compare: compareEnds,
});

/** Phrases of the clock in one order, and 在3和7之间 as 3到7. */
const inOneForm = (text: string, { options }: ValueContext): string => {
  const bare = undressed(text).replaceAll(
    /(?:介于|在|between)\s?([^\s,，。在]{1,16}?)\s?(?:和|与|跟|and)\s?([^\s,，。]{1,16}?)\s?之间/g,
    "$1到$2",
  );
  return (options.of ?? "time") === "time" ? clockPhrases(bare) : bare;
};

/** What is said of one end holds for the other: 下午2点到4点, 两到四点, 3月1日到5日. */
function endsOf(from: string, to: string, { options }: ValueContext): Ends {
  if ((options.of ?? "time") === "number") return { from, to };
  if (options.of === "date") {
    const month = /^.*月/.exec(from)?.[0] ?? "";
    const year = /^.*年/.exec(from)?.[0] ?? "";
    const dated = /月|\/|-|\./.test(to) ? to : `${month}${to}`;
    return { from, to: /月/.test(to) && !/年/.test(to) ? `${year}${to}` : dated };
  }
  if (options.of === "weekday")
    return { from, to: /星期|周|礼拜/.test(to) ? to : `${from.slice(0, -1)}${to}` };
  const stated = new RegExp(half, "u").exec(from)?.[0] ?? "";
  const unit = /点|时/.exec(to)?.[0] ?? "点";
  const complete = (end: string): string =>
    /[点时:]|m\.?$/i.test(end) ? end : `${end.trim()}${unit}`;
  const second = complete(to);
  const later = new RegExp(half, "u").test(second) ? second : `${stated}${second}`;
  return { from: complete(from), to: later };
}

function compareEnds(gold: Ends, reply: Ends, context: ValueContext): Agreement {
  const each = (["from", "to"] as const).map((end) => compareEnd(gold[end], reply[end], context));
  if (each.some((agreement) => agreement === "different")) return "different";
  return each.some((agreement) => agreement === "incomplete") ? "incomplete" : "same";
}

function compareEnd(gold: string, reply: string, context: ValueContext): Agreement {
  const { of = "time", clock = 24 } = context.options;
  if (of === "number") {
    const [a, b] = [numberOf(gold), numberOf(reply)];
    return a !== null && a === b ? "same" : "different";
  }
  if (of === "date") {
    const [a, b] = [calendarDate(gold, context), calendarDate(reply, context)];
    return a === null || b === null ? "different" : sameDate(a, b);
  }
  if (of === "weekday") {
    const [a, b] = [weekdayOf(gold), weekdayOf(reply)];
    return a !== null && a === b ? "same" : "different";
  }
  const [a, b] = [clockTime(gold, clock), clockTime(reply, clock)];
  return a === null || b === null ? "different" : sameTime(a, b);
}

const numberOf = (text: string): number | null =>
  /^-?\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : chineseNumber(text.trim());
