import type { Agreement, ValueContext } from "./value-type.ts";

import { undressed } from "../../text/answer-fold.ts";
import { chineseNumber } from "../../text/quantity/chinese.ts";
import { calendarDate, sameDate } from "./date.ts";
import { clockTime, sameTime } from "./time.ts";
import { defineValueType } from "./value-type.ts";

type Ends = { readonly from: string; readonly to: string };

const between = "\\s?(?:到|至|-+|—+|–|~|～|~|〜|直到|and|to)\\s?";
const half = "(?:凌晨|早上|早晨|上午|中午|下午|傍晚|晚上)";
const shapes = {
  time: "(?:(?:凌晨|早上|早晨|上午|中午|下午|傍晚|晚上)\\s?)?(?:\\d{1,2}\\s?:\\s?\\d{2}|[\\d零一二两三四五六七八九十]{1,3}\\s?(?:点钟|点|时)?(?:半|整|[一三]刻|[\\d零一二三四五六七八九十]{1,3}分?)?)(?:\\s?[ap]\\.?m\\.?)?",
  date: "(?:\\d{4}\\s?[年/.-]\\s?)?(?:(?:闰?[正冬腊一二三四五六七八九十]{1,2}|\\d{1,2})\\s?[月/.-]\\s?)?(?:\\d{1,2}|[初十廿卅一二三四五六七八九]{1,3})\\s?[日号]?",
  number: "-?[\\d.]+|[零一二两三四五六七八九十百千万]+",
} as const;
const lead = "(?:介于|从|自|在|约|大约|between\\s)?";
const tail = "(?:之间|期间|为止)?";

/** A stretch between two times, dates or numbers: 两点到四点, 14:00-16:00, 下午2点至4点, 3月1日—3月5日. */
export const span = defineValueType<Ends>({
  expected: {
    zh: "一段起止，如 两点到四点、14:00-16:00（of: time、date 或 number）",
    en: "a stretch with two ends such as 两点到四点 or 14:00-16:00 (of: time, date or number)",
  },
  parse: (text, context) => {
    const bare = undressed(text)
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
  mentions: (text, { options }) => {
    const shape = shapes[options.of ?? "time"];
    const pattern = new RegExp(`(?<![\\d.:])(?:${shape})${between}(?:${shape})(?![\\d:])`, "giu");
    return Array.from(undressed(text).matchAll(pattern), ([mention]) => mention);
  },
  compare: compareEnds,
});

/** What is said of one end holds for the other: 下午2点到4点, 两到四点, 3月1日到5日. */
function endsOf(from: string, to: string, { options }: ValueContext): Ends {
  if ((options.of ?? "time") === "number") return { from, to };
  if (options.of === "date") {
    const month = /^.*月/.exec(from)?.[0] ?? "";
    return { from, to: /月|\/|-|\./.test(to) ? to : `${month}${to}` };
  }
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
  const [a, b] = [clockTime(gold, clock), clockTime(reply, clock)];
  return a === null || b === null ? "different" : sameTime(a, b);
}

const numberOf = (text: string): number | null =>
  /^-?\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : chineseNumber(text.trim());
