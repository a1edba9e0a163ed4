import { chineseNumber } from "../../text/quantity/chinese.ts";

/** Digits or Chinese numerals as they stand in times and dates, for patterns. */
export const numeral = "(?:\\d{1,4}|[零〇一二两三四五六七八九十廿卅]{1,4})";

/** A small whole number in either spelling, or null. */
export function smallNumber(text: string | undefined): number | null {
  if (text === undefined || text === "") return null;
  return /^\d+$/.test(text) ? Number(text) : chineseNumber(text);
}
