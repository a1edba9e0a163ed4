import { z } from "zod";

import { codePoints } from "../../text/length.ts";
import { hasJieba, jiebaWords } from "../../text/overlap/tokenise.ts";

/**
 * - 字: as Word and WPS count: every Chinese, Japanese or Korean character and every mark of Chinese punctuation is one, and so
 *   is every run of other characters between spaces (a word, a number)
 * - 汉字: Han characters alone
 * - 字符: code points, spaces included, line ends not
 * - 词: words of jieba's dictionary, marks not counted; approximate
 * - 单词: words of Latin letters
 */
export const LengthUnit = z.enum(["字", "汉字", "字符", "词", "单词"]);
export type LengthUnit = z.infer<typeof LengthUnit>;

const han = /\p{Script=Han}/gu;
/** What Word takes one by one: East Asian letters, their punctuation and full-width forms, and the quotes and dashes of Chinese. */
const singly =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Hangul}\u3000-\u303f\uff01-\uffee“”‘…—·]|(?<!\p{Script=Latin})’|’(?!\p{Script=Latin})/gu;
const latinWord = /\p{Script=Latin}+(?:['’-]\p{Script=Latin}+)*/gu;

const timesIn = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** How many units a text holds. Rejects with a `UserError` where 词 is asked for and jieba is not installed. */
export async function measure(text: string, unit: LengthUnit): Promise<number> {
  switch (unit) {
    case "字":
      return timesIn(text, singly) + timesIn(text.replaceAll(singly, " "), /\S+/gu);
    case "汉字":
      return timesIn(text, han);
    case "字符":
      return codePoints(text.replaceAll(/\r?\n/g, ""));
    case "词":
      return (await jiebaWords())(text).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
    case "单词":
      return timesIn(text, latinWord);
  }
}

export const isMeasurable = (unit: LengthUnit): boolean => unit !== "词" || hasJieba();
