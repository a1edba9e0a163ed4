import { numeral } from "./numerals.ts";

const period =
  "(?:凌晨|清晨|清早|早上|早晨|上午|早|中午|午后|下午|傍晚|黄昏|晚上|晚间|夜里|夜间|深夜|半夜)";
const hour = `${numeral}\\s?(?:点钟?|时(?![间候段]))整?|\\d{1,2}\\s?:\\s?00`;
const less = `(?:一刻钟?|${numeral}\\s?分钟?)`;

const words: readonly string[] = [
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];
const tens: Readonly<Record<string, number>> = { fifteen: 15, twenty: 20, "twenty-five": 25 };
const hourInEnglish = `(?<h>\\d{1,2}|${words.join("|")})(?:\\s?o'?clock)?`;
const minuteInEnglish = `(?<m>\\d{1,2}|twenty-five|fifteen|twenty|five|ten)(?:\\s?minutes?)?|(?<quarter>a\\s?quarter|quarter)|(?<half>half)`;
const dayPart = "(?:\\s?(?<p>in the (?:morning|afternoon|evening)|at night|[ap]\\.?\\s?m\\b\\.?))?";
const english = new RegExp(
  `(?<![a-z\\d])(?:${minuteInEnglish})\\s(?<way>to|past|before|after)\\s${hourInEnglish}${dayPart}(?![a-z])`,
  "giu",
);

/** Each phrase, and how it is said with the part of the day first and what is less before the hour. */
const turns: readonly (readonly [RegExp, (...groups: string[]) => string])[] = [
  // 差一刻下午三点, 差5分钟到上午10点
  [
    new RegExp(`差\\s?(${less})\\s?(?:到|就(?:到|是)?)?\\s?(${period}的?)\\s?(${hour})`, "gu"),
    (_, minutes = "", part = "", at = "") => `${part}差${minutes}${whole(at)}`,
  ],
  // 下午三点差一刻
  [
    new RegExp(
      `(${period}的?)?\\s?(${hour})\\s?[,，]?\\s?(?:还)?差\\s?(${less})(?!\\s?(?:到|就)?\\s?(?:${hour}))`,
      "gu",
    ),
    (_, part, at = "", minutes = "") => `${part ?? ""}差${minutes}${whole(at)}`,
  ],
  // 离下午三点还有一刻钟
  [
    new RegExp(
      `(?:离|距离?)\\s?(${period}的?)?\\s?(${hour})\\s?(?:只|就|还)?(?:剩|有|差|剩下)\\s?(${less})`,
      "gu",
    ),
    (_, part, at = "", minutes = "") => `${part ?? ""}差${minutes}${whole(at)}`,
  ],
  // 再过一刻钟就是下午三点
  [
    new RegExp(
      `(?:再过|还有|再等)\\s?(${less})\\s?(?:就|便|才)?(?:是|到)\\s?(${period}的?)?\\s?(${hour})`,
      "gu",
    ),
    (_, minutes = "", part, at = "") => `${part ?? ""}差${minutes}${whole(at)}`,
  ],
];

/** Phrases for a time of day in the one order that the patterns of `time` know: 差一刻下午三点, half past ten in the morning. */
export function clockPhrases(text: string): string {
  const told = /差|离|距|再过|还有|再等/.test(text)
    ? turns.reduce((said, [phrase, turned]) => said.replaceAll(phrase, turned), text)
    : text;
  return /\b(?:past|to|before|after)\b/i.test(told)
    ? told.replaceAll(english, (...found) => inChinese(found.at(-1) as Groups))
    : told;
}

type Groups = Readonly<Record<string, string | undefined>>;

/** 三点 of 三点整, 15点 of 15:00. */
const whole = (hour: string): string => hour.replace(/\s?:\s?00$/, "点").replace(/整$/, "");

function inChinese({ h = "", m = "", quarter, half, way = "", p = "" }: Groups): string {
  const minutes = half === undefined ? (quarter === undefined ? valueOf(m) : 15) : 30;
  const part = /morning|^a/i.test(p)
    ? "上午"
    : /evening|night/i.test(p)
      ? "晚上"
      : p === ""
        ? ""
        : "下午";
  return /to|before/i.test(way)
    ? `${part}差${minutes}分${valueOf(h)}点`
    : `${part}${valueOf(h)}点${minutes}分`;
}

const valueOf = (word: string): number =>
  /^\d/.test(word)
    ? Number(word)
    : (tens[word.toLowerCase()] ?? words.indexOf(word.toLowerCase()) + 1);
