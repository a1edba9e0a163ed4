/** Who is better, as a judge says it; `good` and `bad` are ties in which both are. */
export type Winner = "甲" | "乙" | "平" | "都好" | "都差";

const numerals = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"] as const;
const uncertain = /\d|[或至到~]|左右|大约|约|介于|之间|偏[高低上下]|[一二两三四五六七八九十半]分/u;

/**
 * A mark beyond doubt: 4, "4分", 4/5, 四分, 4（满分5）, 4（较好）. Null for half marks, two marks, another scale's denominator,
 * and marks outside `low` to `high`, which are never cut to fit. `text` is folded.
 */
export function markIn(text: string, low: number, high: number): number | null {
  const bare = bareValue(text);
  const found =
    /^(\d{1,2}|[零一二三四五六七八九十])(?:\.0+)?\s*(?:分|点|星|级|points?|pts?)?(?:\s*\/\s*(\d{1,2})\s*分?|\s*\((?:满分|共|总分|out of|of|\/)\s*(\d{1,2})\s*分?\)|\s+out\s+of\s+(\d{1,2}))?([^]*)$/iu.exec(
      bare,
    );
  if (found === null) return null;
  const [, digits = "", slash, bracket, words, note = ""] = found;
  const whole = slash ?? bracket ?? words;
  if (whole !== undefined && Number(whole) !== high) return null;
  if (note !== "" && (!/^\s*[(,;:—-]|^\s/u.test(note) || uncertain.test(note))) return null;
  const named = numerals.indexOf(digits as (typeof numerals)[number]);
  const mark = named < 0 ? Number(digits) : named;
  return mark >= low && mark <= high ? mark : null;
}

const yes =
  /^(?:是|是的|对|有|真|做到|做到了|已做到|满足|符合|达到|达标|✓|✔|√|☑|✅|yes|y|true|t|1)$/iu;
const no =
  /^(?:否|不是|不对|没有|无|假|未做到|没做到|没有做到|不满足|未满足|不符合|未达到|未达标|✗|✘|×|☒|❌|no|n|false|f|0)$/iu;

/** Yes is 1 and no 0; what is said after it in brackets or after a comma is evidence. Null for anything between. */
export function yesOrNoIn(text: string): number | null {
  const bare = bareValue(text.replaceAll("\u{FE0F}", ""));
  const [, word = "", note = ""] = /^([^\s(,;:]+)\s*((?:[(,;:][^]*)?)$/u.exec(bare) ?? [];
  if (/部分|基本|大致|一半|不确定|难说/u.test(note)) return null;
  return yes.test(word) ? 1 : no.test(word) ? 0 : null;
}

/** Without quotes, Markdown, a full stop and the brackets of the form. */
const bareValue = (text: string): string =>
  text.replaceAll(/[*_`]|^[\s"'“「【[<]+|[\s"'”」】\]>。.!]+$/gu, "");

const better =
  "(?:更好|更优|更佳|[更略]胜一筹|[较稍略]好|[略稍]优|明显更好|好一些|胜|胜出|获胜|赢)";
const side = "(?:的)?(?:回答|答案|方)?";
const one = (own: string, other: string): RegExp =>
  new RegExp(
    `^(?:胜者[是为:]|选)?(?:回答|答案)?${own}${side}(?:${better}|(?:优于|好于|胜过|强于|>|＞)(?:回答)?${other}${side}|比(?:回答)?${other}${side}更?好)?$`,
    "u",
  );
const winners: readonly (readonly [Winner, RegExp])[] = [
  ["甲", one("甲", "乙")],
  ["乙", one("乙", "甲")],
  ["都好", /^(?:都好|都很好|两者都好|两个都好|均好|甲乙都好|甲和乙都好|双方都好)$/u],
  [
    "都差",
    /^(?:都差|都很差|都不好|两者都差|两个都差|均差|甲乙都差|甲和乙都差|双方都差|都不合格)$/u,
  ],
  [
    "平",
    /^(?:平|平局|平手|打平|持平|不分上下|难分高下|难分伯仲|不相上下|(?:甲乙|两者|双方)?(?:相当|一样好)|甲=乙|tie|draw)$/iu,
  ],
];

/** Null where it does not name one of the five beyond doubt. */
export function winnerIn(text: string): Winner | null {
  const bare = bareValue(text).replace(/^([甲乙])\s+(?=[\p{Script=Han}>])/u, "$1");
  const [, word = "", note = ""] = /^([^\s(,;]+)\s*((?:[(,;][^]*)?)$/u.exec(bare) ?? [];
  const [found] = winners.find(([, pattern]) => pattern.test(word)) ?? [];
  if (found === undefined || /[或/]|但|不过|然而/u.test(note)) return null;
  return found;
}
