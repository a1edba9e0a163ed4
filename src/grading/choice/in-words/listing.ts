import type { Gold } from "../../../domain/grader.ts";
import type { Labels } from "../question/labels.ts";

/** Without a numbered list of all options in words, where a conclusion follows it: 1. 唐 2. 宋 3. 元 4. 明, 故…. */
export function withoutListing(text: string, { options }: Gold, { list }: Labels): string {
  if (options === null || !/^\d[.、)]/m.test(text) || text.length > 2_000) return text;
  const lines = text.split("\n");
  const isItem = lines.map((line) => {
    const words = /^\s*\d{1,2}[.、)]\s*(.{1,60}?)[。;]?\s*$/.exec(line)?.[1];
    return words !== undefined && list.some((label) => options[label] === words);
  });
  const last = isItem.lastIndexOf(true);
  const rest = lines.slice(last + 1).join("\n");
  return isItem.filter(Boolean).length === list.length && /(?:故|所以|因此|可见|因而)/.test(rest)
    ? lines.filter((_, at) => isItem[at] !== true).join("\n")
    : text;
}

/** Bare ordinals in a list under its head are options: 正确:一、三. */
export const ordinalsToLetters = (text: string, { list, latin }: Labels): string =>
  latin && list.length <= ordinals.length && /:\s?[一二三四五六七八]/.test(text)
    ? text.replaceAll(headedOrdinals, (line) =>
        line.replaceAll(
          new RegExp(`[${ordinals.slice(0, list.length)}]`, "gu"),
          (each) => list[ordinals.indexOf(each)] ?? each,
        ),
      )
    : text;

const ordinals = "一二三四五六七八";
const headedOrdinals =
  /(?<=(?:正确|错误|应选|不选|可选|排除|当选)的?(?:有|是|项|选项)?:\s?)[一二三四五六七八](?:\s?[、,和与]\s?[一二三四五六七八])*(?=[。;\s]|$)/gu;
