const digits: ReadonlyMap<string, bigint> = new Map(
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
  ].flatMap((forms, value) => Array.from(forms, (form) => [form, BigInt(value)] as const)),
);
const places: ReadonlyMap<string, bigint> = new Map([
  ["十", 10n],
  ["拾", 10n],
  ["百", 100n],
  ["佰", 100n],
  ["千", 1_000n],
  ["仟", 1_000n],
]);
const groups: ReadonlyMap<string, bigint> = new Map([
  ["万", 10_000n],
  ["萬", 10_000n],
  ["亿", 100_000_000n],
  ["億", 100_000_000n],
]);
const tens: ReadonlyMap<string, bigint> = new Map([
  ["廿", 20n],
  ["卅", 30n],
]);

/** Every character that may occur in a Chinese whole number, for character classes. */
export const numeralCharacters =
  "零〇○一壹弌二贰貳两兩三叁參四肆五伍六陆陸七柒八捌九玖十拾百佰千仟万萬亿億廿卅";

/**
 * A Chinese whole number or decimal in digits, or null if the characters do not form one: 三百零五, 一亿两千万, 贰仟, 廿八,
 * 二〇二五 (digit by digit), 三万五 and 一百五 (the last digit counts one place below), 三点一四.
 */
export function chineseDigits(text: string): string | null {
  const [whole = "", fraction, ...more] = text.split("点");
  if (more.length > 0) return null;
  const value = wholeNumber(whole);
  if (fraction === undefined || value === null) return value === null ? null : String(value);
  const decimals = digitString(fraction);
  return decimals === null ? null : `${value}.${decimals}`;
}

/** `chineseDigits` as a number. */
export function chineseNumber(text: string): number | null {
  const written = chineseDigits(text);
  return written === null ? null : Number(written);
}

/** 一二三 as the text 123, or null. */
function digitString(text: string): string | null {
  const read = Array.from(text, (char) => digits.get(char));
  return text === "" || read.some((digit) => digit === undefined) ? null : read.join("");
}

function wholeNumber(text: string): bigint | null {
  const plainDigits = text.length > 1 ? digitString(text) : null;
  if (plainDigits !== null) return BigInt(plainDigits);
  let total = 0n;
  let section = 0n;
  let digit: bigint | null = null;
  let unit = 10n;
  let zero = false;
  for (const char of text) {
    const value = digits.get(char);
    const place = places.get(char);
    const group = groups.get(char);
    const ten = tens.get(char);
    if (value !== undefined) {
      if (digit !== null && digit !== 0n) return null;
      zero ||= value === 0n;
      digit = value;
    } else if (ten !== undefined) {
      section += ten;
      digit = null;
      unit = 10n;
    } else if (place !== undefined) {
      section += (digit ?? 1n) * place;
      digit = null;
      unit = place;
      zero = false;
    } else if (group !== undefined) {
      const below = section + (digit ?? (section === 0n && total === 0n ? 1n : 0n));
      total = group === 100_000_000n ? (total + below) * group : total + below * group;
      section = 0n;
      digit = null;
      unit = group;
      zero = false;
    } else return null;
  }
  if (text === "") return null;
  // 三万五 is 35,000 and 一百五 is 150, but 三万零五 is 30,005.
  const last = digit === null ? 0n : digit * (zero || unit === 10n ? 1n : unit / 10n);
  return total + section + last;
}
