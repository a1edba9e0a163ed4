import { chineseDigits } from "./chinese.ts";

const numeral = "[零〇一二两三四五六七八九十]{1,3}";
/** With one of these after it a number is none of minutes. */
const counted =
  "零〇一二两三四五六七八九十百千万亿个人名位元块只本页岁辆条台件次种倍米厘毫公斤克吨升度分刻年月日号天周小秒%.";
const part = "凌晨|清晨|早上|早晨|上午|中午|正午|下午|午后|傍晚|晚上|晚|夜里|夜间|半夜|午夜";
const clock = new RegExp(
  String.raw`(${part})?\s?(?<![\d.:])(\d{1,2}|${numeral})(?:\s?[点时](?:钟|整)?|(?=:[0-5]\d(?!\d)))(?:(?::|零|\s?)([0-5]?\d|${numeral})(?:\s?分(?!钟)|(?![\d点${counted}]))|(半|一刻|三刻))?\s?(?:([ap])\.?m\b)?`,
  "giu",
);

/** Writes every time of day in a folded text as minutes since midnight: 下午3点30分 and 3:30 pm as 930. */
export const clocksInMinutes = (text: string): string =>
  toldForward(text).replaceAll(
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

const toHour = new RegExp(
  String.raw`(${part})?差\s?(一刻|三刻|\d{1,2}|${numeral})(?:分钟?)?(?:就|就到|到|不到)?(${part})?(\d{1,2}|${numeral})点(?:钟|整)?(?!\d)`,
  "gu",
);
const beforeHour = new RegExp(
  String.raw`(${part})?(\d{1,2}|${numeral})点(?:钟)?(?:还)?差\s?(一刻|三刻|\d{1,2}|${numeral})(?:分钟?)?`,
  "gu",
);
const partBehind = new RegExp(
  String.raw`((?:\d{1,2}|${numeral})(?:点|:\d\d)[\d半${"零〇一二两三四五六七八九十"}刻分钟]{0,5})\s?\((${part})\)`,
  "gu",
);

/** 差一刻四点 and 四点差一刻 as 3:45, and 四点(下午) with the part of the day before it. */
const toldForward = (text: string): string =>
  /差|\(/.test(text)
    ? text
        .replaceAll(toHour, (all, a = "", share: string, b = "", hour: string) =>
          backwards(all, a + b, share, hour),
        )
        .replaceAll(beforeHour, (all, a = "", hour: string, share: string) =>
          backwards(all, a, share, hour),
        )
        .replaceAll(partBehind, "$2$1")
    : text;

function backwards(all: string, partOfDay: string, share: string, hour: string): string {
  const [hours, missing] = [valueOf(hour), shares[share] ?? valueOf(share)];
  return hours < 1 || hours > 24 || missing > 59 || missing < 1
    ? all
    : `${partOfDay}${hours - 1}:${String(60 - missing).padStart(2, "0")}`;
}

const shares: Readonly<Record<string, number>> = { 半: 30, 一刻: 15, 三刻: 45 };

const valueOf = (written = ""): number =>
  Number(/^\d/.test(written) ? written : (chineseDigits(written) ?? Number.NaN));

/** Minutes since midnight as 15:30. */
export const clockText = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
