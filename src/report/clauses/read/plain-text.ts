import { chineseNumber, numeralCharacters } from "../../../text/quantity/chinese.ts";

/**
 * A clause's text in plain signs: NFKC (９９．９９％ and 99.99%), thousands without commas, 百分之九十五 as 95%, 三个九 as 99.9%, ≥ in
 * all its spellings, Chinese numbers before a unit as digits.
 */
export function plainText(text: string): string {
  return text
    .normalize("NFKC")
    .replaceAll(/(\d),(?=\d{3}(?!\d))/g, "$1")
    .replaceAll(/百分之([\d.]+)/gu, "$1%")
    .replaceAll(new RegExp(`百分之([${numeralCharacters}点]+)`, "gu"), (whole, said: string) =>
      numberOr(said, whole, "%"),
    )
    .replaceAll(/千分之([\d.]+)/gu, "$1‰")
    .replaceAll(new RegExp(`千分之([${numeralCharacters}点]+)`, "gu"), (whole, said: string) =>
      numberOr(said, whole, "‰"),
    )
    .replaceAll(/([2-6二两三四五六])\s*个\s*[9九](?!\d)/gu, (_, count: string) => nines(count))
    .replaceAll(
      new RegExp(
        `(?<![\\d.]\\s*)([${numeralCharacters}]+)(?=\\s*(?:个|路)?(?:毫秒|秒|分钟|小时|并发|元|字/秒|次/秒|tokens?))`,
        "gu",
      ),
      (whole, said: string) => numberOr(said, whole, ""),
    )
    .replaceAll(/每秒(\D{0,8}?)(\d+(?:\.\d+)?)\s*个?汉?字符?/gu, "$1$2字/秒")
    .replaceAll(/>\s*=|≧|⩾|≽|=>/gu, "≥")
    .replaceAll(/<\s*=|≦|⩽|≼|=</gu, "≤");
}

function numberOr(said: string, otherwise: string, sign: string): string {
  const [whole = "", decimals] = said.split("点");
  const number = chineseNumber(whole);
  if (number === null) return otherwise;
  if (decimals === undefined) return `${number}${sign}`;
  const digits = Array.from(decimals, (digit) => chineseNumber(digit));
  return digits.some((digit) => digit === null) ? otherwise : `${number}.${digits.join("")}${sign}`;
}

/** 三个九 is 99.9%. */
function nines(count: string): string {
  const n = /\d/.test(count) ? Number(count) : (chineseNumber(count) ?? 2);
  return n === 2 ? "99%" : `99.${"9".repeat(n - 2)}%`;
}
