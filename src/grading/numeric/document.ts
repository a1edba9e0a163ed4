import type { ReadNumber } from "./candidates.ts";
import type { Claim } from "./claims.ts";

import { sameAs } from "./candidates.ts";

const series =
  "RFC|GB/T|GB/Z|GB|ISO|IEC|IEEE|DIN|JIS|ANSI|ASTM|PEP|CVE|DL/T|JGJ|JB/T|YY/T|HJ|SH/T|QB/T|ECMA|ITU-T";

/** The number of a document is asked: 那一份 RFC，编号是多少, GB/T 几, 第几号令. */
const asks = new RegExp(
  `编号|文号|标准号|第几号|(?<![A-Za-z])(?:${series})[^,，。?？A-Za-z\\d]{0,4}(?:多少|几|哪)|\\b(?:${series}) number\\b`,
);

export const asksForDocument = (question: string): boolean => asks.test(question);

const joined = new RegExp(`(?<![A-Za-z])(${series})[-‑_]?(?=\\d)`, "g");

/** RFC9110 and ISO-8601 with a blank, so that the number stands by itself. */
export const documentsApart = (reply: string): string => reply.replaceAll(joined, "$1 ");

const named = new RegExp(
  `(?:(?<![A-Za-z])(?:${series})|编号(?:[是为:]|就是|应[该当]?[是为])?|(?:文号|标准号)[是为:]?)[\\s*\`“"]{0,3}$`,
);
const denied = new RegExp(
  `(?:不是|并非|而非|取代|代替|替代|废止?|修订|不同于|以前|原来|旧)[了的掉]?[\\s*\`“"]{0,3}(?:${series})?[\\s*\`“"]{0,3}$`,
);

/**
 * The one number that a reply gives as that of a document: right behind the name of its series or behind 编号, and not one
 * that the question tells. Null where there are several, or none.
 */
export function documentNumber(claims: readonly Claim[], question: string): ReadNumber | null {
  const [first, ...others] = claims
    .filter(
      ({ before, number }) =>
        number.unit === null &&
        named.test(before) &&
        !denied.test(before) &&
        !new RegExp(`(?<!\\d)${number.text.trim().replaceAll(/\D/g, "")}(?!\\d)`).test(question),
    )
    .map(({ number }) => number);
  return first !== undefined && others.every((other) => sameAs(first, other)) ? first : null;
}
