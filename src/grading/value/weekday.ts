import { undressed } from "../../text/answer-fold.ts";
import { numeral, smallNumber } from "./numerals.ts";
import { defineValueType } from "./value-type.ts";

type Weekday = {
  /** 第四周, counted from 1; null where none is named. */
  readonly week: number | null;
  /** Monday is 1. */
  readonly day: number;
  readonly part: "上午" | "下午" | "晚上" | null;
};

const english =
  "mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?";
const core = `(?:第\\s?(?<w>${numeral})\\s?(?:个?(?:周|星期|礼拜))\\s?的?\\s?|(?:本|这|下|上|当|那|该)个?(?=周|星期|礼拜))?(?:(?:星期|周|礼拜)\\s?(?<d>[一二三四五六日天]|[1-7](?!\\d))|(?<e>${english})(?![a-z]))\\s?(?<p>上午|早上|早晨|中午|下午|傍晚|晚上)?`;
const whole = new RegExp(`^(?:${core})$`, "iu");
const within = new RegExp(`(?<![a-z])(?:${core})(?!年|期|围|边|岁|密)`, "giu");

/** A day of the week: 星期天, 周日, 礼拜日, Sunday; with the week (第四周星期四) and the part of the day where the gold says so. */
export const weekday = defineValueType<Weekday>({
  expected: {
    zh: "一个星期几，如 星期三、周六上午、第四周星期四",
    en: "a day of the week such as 星期三, 周六上午 or 第四周星期四",
  },
  parse: (text) => {
    const bare = undressed(text)
      .replaceAll(/^[“"'「(是]+|[”"'」)。.!,;，；]+$/g, "")
      .trim();
    const groups = whole.exec(bare)?.groups;
    if (groups === undefined) return null;
    const day = dayOf(groups["d"], groups["e"]);
    return { week: smallNumber(groups["w"]), day, part: partOf(groups["p"]) };
  },
  mentions: (text) => Array.from(undressed(text).matchAll(within), ([mention]) => mention),
  compare: (gold, reply) => {
    if (gold.day !== reply.day) return "different";
    const pairs = [
      [gold.week, reply.week],
      [gold.part, reply.part],
    ] as const;
    if (pairs.some(([wanted, got]) => wanted !== null && got !== null && wanted !== got))
      return "different";
    const isUnsaid = pairs.some(([wanted, got]) => wanted !== null && got === null);
    // A week that is counted out says more than such a gold can confirm.
    return isUnsaid || (gold.week === null && reply.week !== null) ? "incomplete" : "same";
  },
});

/** The day of the week that a text is, from 1 for Monday, or null. */
export function weekdayOf(text: string): number | null {
  const groups = whole.exec(undressed(text).trim())?.groups;
  return groups === undefined ? null : dayOf(groups["d"], groups["e"]);
}

const englishDays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

function dayOf(chinese: string | undefined, latin: string | undefined): number {
  if (latin !== undefined) return englishDays.indexOf(latin.slice(0, 3).toLowerCase()) + 1;
  const digit = Number(chinese);
  if (Number.isInteger(digit)) return digit;
  return chinese === "天" ? 7 : "一二三四五六日".indexOf(chinese ?? "") + 1;
}

function partOf(written: string | undefined): Weekday["part"] {
  if (written === undefined) return null;
  if (/上午|早/.test(written)) return "上午";
  return written === "下午" ? "下午" : /晚/.test(written) ? "晚上" : null;
}
