import type { Gold } from "../../domain/grader.ts";

import { chineseDigits, numeralCharacters } from "../../text/quantity/chinese.ts";
import { goldTexts } from "../graders.ts";

/**
 * The gold with its numbers in the other script as further spellings: 东方红1号 for 东方红一号, 三十个工作日 for 30个工作日.
 * Only numbers with a Chinese character beside them; unchanged where the question asks for a way of writing.
 */
export function withOtherNumerals(gold: Gold): Gold {
  if (asksForNumerals.test(gold.question)) return gold;
  const own = goldTexts(gold);
  const more = own
    .flatMap((text) => [inDigits(text), ...inCharacters(text)])
    .filter((text) => !own.includes(text));
  return more.length === 0 ? gold : { ...gold, aliases: [...gold.aliases, ...new Set(more)] };
}

const asksForNumerals =
  /大写|小写|汉字|阿拉伯|罗马|数字|读作|写作|读法|写法|笔画|YYYY|MM-DD|HH:MM|格式|原文|成语|诗句/i;

const numeral = new RegExp(`[${numeralCharacters}]+`, "gu");
const figures = /(?<![\d.,:/~-])\d{1,4}(?![\d.,:/~%‰-])/g;
const beside = /\p{Script=Han}/u;

const inDigits = (text: string): string =>
  replaced(text, numeral, (found) => [
    placeOnly.test(found) ? found : (chineseDigits(found) ?? found),
  ])[0] ?? text;

/** 百度 and 千里之堤 hold no number that is written in digits. */
const placeOnly = /^[百千万亿]+$/u;

/** Each way of writing the numbers in Chinese characters: 2个 as 二个 and 两个, 2024年 as 二〇二四年 and 二零二四年. */
const inCharacters = (text: string): readonly string[] =>
  replaced(text, figures, (found, after) => {
    if (found.length === 4 && after === "年")
      return ["〇", "零"].map((zero) => spelled(found, zero));
    const written = counted(Number(found));
    return [written, written.replaceAll(/二(?=[百千]|$)(?<!十二)/g, "两")];
  });

/** The text with what a pattern finds in other spellings, where a Chinese character stands beside it. */
function replaced(
  text: string,
  pattern: RegExp,
  spellings: (found: string, after: string) => readonly string[],
): readonly string[] {
  const ways = [0, 1].map((way) =>
    text.replaceAll(pattern, (found: string, at: number) => {
      const [before, after] = [text.charAt(at - 1), text.charAt(at + found.length)];
      if (!beside.test(before) && !beside.test(after)) return found;
      const each = spellings(found, after);
      return each[way] ?? each[0] ?? found;
    }),
  );
  return [...new Set(ways)];
}

const digits = "零一二三四五六七八九";

const spelled = (figure: string, zero: string): string =>
  Array.from(figure, (digit) => (digit === "0" ? zero : (digits[Number(digit)] ?? ""))).join("");

/** A whole number below 10,000 in characters: 30 is 三十, 12 is 十二, 105 is 一百零五. */
function counted(value: number): string {
  if (value === 0) return "零";
  const places = Array.from(String(value)).toReversed();
  const written = places
    .map((digit, place) =>
      digit === "0" ? "零" : `${digits[Number(digit)] ?? ""}${["", "十", "百", "千"][place] ?? ""}`,
    )
    .toReversed()
    .join("");
  return written.replaceAll(/零+/g, "零").replace(/零$/, "").replace(/^一十/, "十");
}
