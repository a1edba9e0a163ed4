import { namesIn } from "./person-names.ts";

/** Kinds of personal data that can be masked. */
export type MaskKind = "手机号" | "身份证号" | "银行卡号" | "邮箱" | "姓名" | "密钥";

/** Masks strings anywhere in a JSON value and counts what it masked. */
export type Masker = {
  readonly mask: <Value>(value: Value) => Value;
  readonly counts: () => Readonly<Record<MaskKind, number>>;
};

const email = /[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/g;
const identity = /(?<![0-9A-Za-z])[1-9]\d{16}[\dXx](?![0-9A-Za-z])/g;
const card = /(?<!\d)\d(?:[ -]?\d){14,18}(?!\d)/g;
const phone = /(?<!\d)(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)/g;

const key = /(?<![A-Za-z0-9])(?:sk|pk|rk)-[A-Za-z0-9_-]{20,}/g;

/**
 * 手机号, 身份证号 (with a right check digit), 银行卡号 (15 to 19 digits that pass the Luhn test) and e-mail addresses
 * become 【手机号】 and so on, and so do API keys and the names of people where the text says that it is one (姓名：…, 我叫…). Numbers
 * and words that merely look similar stay.
 */
export function createMasker(): Masker {
  const counts = { 手机号: 0, 身份证号: 0, 银行卡号: 0, 邮箱: 0, 姓名: 0, 密钥: 0 };
  const replace = (
    text: string,
    pattern: RegExp,
    kind: MaskKind,
    isReal: (hit: string) => boolean,
  ) =>
    text.replaceAll(pattern, (hit) => {
      if (!isReal(hit)) return hit;
      counts[kind] += 1;
      return `【${kind}】`;
    });
  const maskText = (text: string, names: readonly string[]): string => {
    const withoutKey = replace(text, key, "密钥", () => true);
    const withoutName = withoutNames(withoutKey, names);
    const withoutMail = replace(withoutName, email, "邮箱", () => true);
    const withoutIdentity = replace(withoutMail, identity, "身份证号", hasCheckDigit);
    const withoutCard = replace(withoutIdentity, card, "银行卡号", passesLuhn);
    return replace(withoutCard, phone, "手机号", () => true);
  };
  const withoutNames = (text: string, names: readonly string[]): string => {
    let masked = text;
    for (const name of names) {
      counts["姓名"] += masked.split(name).length - 1;
      masked = masked.replaceAll(name, "【姓名】");
    }
    return masked;
  };
  const walk = (value: unknown, names: readonly string[]): unknown => {
    if (typeof value === "string") return maskText(value, names);
    if (Array.isArray(value)) return value.map((each) => walk(each, names));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, walk(each, names)]));
  };
  return {
    mask: <Value>(value: Value): Value => walk(value, namesIn(textsIn(value).join("\n"))) as Value,
    counts: () => ({ ...counts }),
  };
}

/** A name that one text gives is masked in all of them: a reply repeats what the question said. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** ISO 7064 MOD 11-2, as GB 11643 uses it. */
function hasCheckDigit(text: string): boolean {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((acc, weight, index) => acc + weight * Number(text[index]), 0);
  return "10X98765432"[sum % 11] === text.at(-1)?.toUpperCase();
}

function passesLuhn(text: string): boolean {
  const digits = Array.from(text.replaceAll(/\D/g, ""), Number).toReversed();
  const sum = digits.reduce((acc, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    return acc + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0 && new Set(digits).size > 1;
}
