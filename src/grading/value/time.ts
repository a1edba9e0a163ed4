import { undressed } from "../../text/answer-fold.ts";
import { clockPhrases } from "./clock-phrases.ts";
import { numeral, smallNumber } from "./numerals.ts";
import { defineValueType } from "./value-type.ts";

export type ClockTime = {
  /** Of the day, from 0 to 1439; where the half of the day is unknown, as on a clock face. */
  readonly minute: number;
  readonly second: number;
  readonly halfUnknown: boolean;
};

const period =
  "(?:凌晨|清晨|清早|早上|早晨|上午|早|午前|中午|正午|午后|下午|傍晚|黄昏|晚上|晚间|夜里|夜间|夜晚|深夜|半夜|午夜|今晚|明晚|当晚|晚)";
const day =
  "(?:次日|翌日|第二天|隔天|当天|同日|当日|今天|明天|后天|今日|明日|北京时间|当地时间|伦敦时间)";
const latinHalf = "[ap]\\.?\\s?m\\b\\.?";
const digital = "(?<h>\\d{1,2})\\s?:\\s?(?<m>\\d{2})(?:\\s?:\\s?(?<s>\\d{2}))?(?![\\d:])";
const spoken = `(?<H>${numeral})\\s?(?:点钟|点|时(?!间|候|段)|h(?![a-z]))\\s?(?:(?<exact>整|正)|(?<half>半)|(?<quarter>[一三1 3])\\s?刻|(?:过|零|〇)?\\s?(?<M>${numeral})\\s?分?(?:钟)?(?:(?<S>${numeral})\\s?秒)?|0分?)?`;
const before = `(?<to>差\\s?(?:(?<toM>${numeral})\\s?分|(?<toQ>一)\\s?刻)钟?\\s?(?:到|就)?\\s?)`;
const core = `(?<p1>(?:${day}的?)?\\s?${period}的?|${day}的?)?\\s?${before}?(?:${digital}|(?<!第)${spoken}|(?<l>\\d{1,2})(?=\\s?${latinHalf}))整?(?:\\s?[(]?\\s?(?<p2>${period}|${latinHalf})\\s?[)]?)?`;
const alone =
  "(?<noon>正午|中午(?!\\s?\\d)|(?<![a-z])noon\\b)|(?<midnight>午夜|子夜|半夜12点|(?<![a-z])midnight\\b)(?!\\s?\\d)";

const whole = new RegExp(`^(?:${core}|${alone})$`, "iu");
const within = new RegExp(`(?<![\\d:.])(?:${core}|${alone})`, "giu");

/** A time of day in any spelling: 14:00, 14时整, 下午两点, 两点一刻, 差五分三点, 差一刻下午三点, half past ten, 2 p.m., 零点, 24:00. */
export const time = defineValueType<ClockTime>({
  expected: {
    zh: "一个钟点，如 14:00、下午两点、9点半",
    en: "a time of day such as 14:00, 下午两点 or 9点半",
  },
  parse: (text, { options }) => clockTime(text, options.clock ?? 24),
  mentions: (text) =>
    Array.from(clockPhrases(undressed(text)).matchAll(within), ([mention]) => mention),
  compare: sameTime,
});

export function sameTime(gold: ClockTime, reply: ClockTime): "same" | "different" {
  const half = gold.halfUnknown || reply.halfUnknown;
  const apart = gold.minute - reply.minute;
  return gold.second === reply.second && (half ? apart % 720 : apart) === 0 ? "same" : "different";
}

/** Null where the text is no time. With a clock of 12 hours, 1 to 12 without a half of the day may be either half. */
export function clockTime(text: string, clock: 12 | 24): ClockTime | null {
  const bare = clockPhrases(undressed(text))
    .replaceAll(/^[“"'「(]+|[”"'」)。.!,;，；]+$/g, (marks) => (marks.startsWith(")") ? ")" : ""))
    .trim();
  const groups = (whole.exec(bare) ?? whole.exec(bare.replace(/\)$/, "")))?.groups;
  if (groups === undefined) return null;
  if (groups["noon"] !== undefined) return { minute: 720, second: 0, halfUnknown: false };
  if (groups["midnight"] !== undefined) return { minute: 0, second: 0, halfUnknown: false };
  const hour = smallNumber(groups["h"] ?? groups["H"] ?? groups["l"]);
  const minute = minutesOf(groups);
  const second = smallNumber(groups["s"] ?? groups["S"] ?? "0");
  if (hour === null || minute === null || second === null) return null;
  if (hour > 24 || minute > 59 || second > 59 || (hour === 24 && minute > 0)) return null;
  const half = [groups["p1"], groups["p2"]].find((each) => each !== undefined && isHalf(each));
  if (half === undefined) {
    const written = groups["h"] ?? groups["H"] ?? "";
    const halfUnknown = clock === 12 && hour > 0 && hour <= 12 && !written.startsWith("0");
    return { minute: dayMinute(hour, minute, groups), second, halfUnknown };
  }
  const placed = hourIn(half, hour);
  if (placed === null) return null;
  return { minute: dayMinute(placed, minute, groups), second, halfUnknown: false };
}

type Groups = Readonly<Record<string, string | undefined>>;

const dayMinute = (hour: number, minute: number, groups: Groups): number => {
  const less = groups["toQ"] === undefined ? (smallNumber(groups["toM"]) ?? 0) : 15;
  return (hour * 60 + minute - (groups["to"] === undefined ? 0 : less) + 1440) % 1440;
};

function minutesOf(groups: Groups): number | null {
  if (groups["half"] !== undefined) return 30;
  const { quarter } = groups;
  if (quarter !== undefined) return /[一1]/.test(quarter) ? 15 : 45;
  const written = groups["m"] ?? groups["M"];
  return written === undefined ? 0 : smallNumber(written);
}

const isHalf = (text: string): boolean => new RegExp(`${period}|${latinHalf}`, "iu").test(text);

/** The hour of the day that 下午两点 or 晚上12点 is; null for 上午15点. */
function hourIn(half: string, hour: number): number | null {
  if (/^p/i.test(half) || /午后|下午|傍晚|黄昏/.test(half)) return hour < 12 ? hour + 12 : hour;
  if (/^a/i.test(half)) return hour === 12 ? 0 : hour < 12 ? hour : null;
  if (/中午|正午/.test(half)) return hour < 4 ? hour + 12 : hour;
  if (/晚|夜/.test(half)) {
    if (hour === 12) return 24;
    return hour >= 5 && hour < 12 ? hour + 12 : hour;
  }
  if (/凌晨/.test(half) && hour === 12) return 0;
  return hour <= 12 ? hour : null;
}
