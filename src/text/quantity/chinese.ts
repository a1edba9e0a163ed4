const digits: ReadonlyMap<string, number> = new Map(
  [
    "零〇○",
    "一壹弌",
    "二贰貳两兩",
    "三叁參",
    "四肆",
    "五伍",
    "六陆陸",
    "七柒",
    "八捌",
    "九玖",
  ].flatMap((forms, value) => Array.from(forms, (form) => [form, value] as const)),
);
const places: ReadonlyMap<string, number> = new Map([
  ["十", 10],
  ["拾", 10],
  ["百", 100],
  ["佰", 100],
  ["千", 1_000],
  ["仟", 1_000],
]);
const groups: ReadonlyMap<string, number> = new Map([
  ["万", 1e4],
  ["萬", 1e4],
  ["亿", 1e8],
  ["億", 1e8],
]);
const tens: ReadonlyMap<string, number> = new Map([
  ["廿", 20],
  ["卅", 30],
]);

/** Every character that may occur in a Chinese whole number, for character classes. */
export const numeralCharacters =
  "零〇○一壹弌二贰貳两兩三叁參四肆五伍六陆陸七柒八捌九玖十拾百佰千仟万萬亿億廿卅";

/**
 * A Chinese whole number or decimal, or null if the characters do not form one: 三百零五, 一亿两千万, 贰仟, 廿八,
 * 二〇二五 (digit by digit), 三万五 and 一百五 (the last digit counts one place below), 三点一四.
 */
export function chineseNumber(text: string): number | null {
  const [whole = "", fraction, ...more] = text.split("点");
  if (more.length > 0) return null;
  const value = wholeNumber(whole);
  if (fraction === undefined || value === null) return value;
  const decimals = digitString(fraction);
  return decimals === null ? null : Number(`${value}.${decimals}`);
}

/** 一二三 as the text 123, or null. */
function digitString(text: string): string | null {
  const read = Array.from(text, (char) => digits.get(char));
  return text === "" || read.some((digit) => digit === undefined) ? null : read.join("");
}

function wholeNumber(text: string): number | null {
  const plainDigits = text.length > 1 ? digitString(text) : null;
  if (plainDigits !== null) return Number(plainDigits);
  let total = 0;
  let section = 0;
  let digit: number | null = null;
  let unit = 10;
  let zero = false;
  for (const char of text) {
    const value = digits.get(char);
    const place = places.get(char);
    const group = groups.get(char);
    const ten = tens.get(char);
    if (value !== undefined) {
      if (digit !== null && digit !== 0) return null;
      zero ||= value === 0;
      digit = value;
    } else if (ten !== undefined) {
      section += ten;
      digit = null;
      unit = 10;
    } else if (place !== undefined) {
      section += (digit ?? 1) * place;
      digit = null;
      unit = place;
      zero = false;
    } else if (group !== undefined) {
      const below = section + (digit ?? (section === 0 && total === 0 ? 1 : 0));
      total = group === 1e8 ? (total + below) * group : total + below * group;
      section = 0;
      digit = null;
      unit = group;
      zero = false;
    } else return null;
  }
  if (text === "") return null;
  // 三万五 is 35,000 and 一百五 is 150, but 三万零五 is 30,005.
  const last = digit === null ? 0 : digit * (zero || unit === 10 ? 1 : unit / 10);
  return total + section + last;
}
