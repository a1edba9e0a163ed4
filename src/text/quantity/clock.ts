import { chineseDigits } from "./chinese.ts";

const numeral = "[零〇一二两三四五六七八九十]{1,3}";
const clock = new RegExp(
  String.raw`(凌晨|清晨|早上|早晨|上午|中午|正午|下午|午后|傍晚|晚上|晚|夜里|夜间|半夜|午夜)?\s?(?<![\d.:])(\d{1,2}|${numeral})(?:\s?[点时](?:钟|整)?|(?=:[0-5]\d(?!\d)))(?:(?::|零|\s?)([0-5]?\d|${numeral})(?:\s?分(?!钟)|(?![\d一-龥点]))|(半|一刻|三刻))?\s?(?:([ap])\.?m\b)?`,
  "giu",
);

/** Writes every time of day in a folded text as minutes since midnight: 下午3点30分 and 3:30 pm as 930. */
export const clocksInMinutes = (text: string): string =>
  text.replaceAll(
    clock,
    (all, part?: string, hour?: string, minute?: string, share?: string, half?: string) => {
      const hours = valueOf(hour);
      const minutes = share === undefined ? valueOf(minute ?? "0") : (shares[share] ?? 0);
      if (hours > 24 || minutes > 59) return all;
      const afternoon = half?.toLowerCase() === "p" || /下午|午后|傍晚|晚|夜/.test(part ?? "");
      const noon = /中午|正午/.test(part ?? "") && hours < 6;
      const midnight =
        hours === 12 && (half?.toLowerCase() === "a" || /凌晨|半夜|午夜/.test(part ?? ""));
      const later = (afternoon && hours < 12 && !midnight) || noon ? 12 : 0;
      return ` ${((midnight ? 0 : hours) + later) * 60 + minutes} `;
    },
  );

const shares: Readonly<Record<string, number>> = { 半: 30, 一刻: 15, 三刻: 45 };

const valueOf = (written = ""): number =>
  Number(/^\d/.test(written) ? written : (chineseDigits(written) ?? Number.NaN));

/** Minutes since midnight as 15:30. */
export const clockText = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
