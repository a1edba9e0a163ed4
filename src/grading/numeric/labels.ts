import type { ReadNumber } from "./candidates.ts";
import type { Claim } from "./claims.ts";

import { seldom } from "../../text/finding/seldom.ts";
import { sameAs } from "./candidates.ts";

/** A number read, and what decided. */
export type FoundNumber = {
  readonly quantity: ReadNumber | null;
  readonly why: string;
  /** Read by evidence of low trust. */
  readonly doubtful: boolean;
};

/** Question words, and what they leave without meaning. */
const vague =
  /多少|几(?!何)|什么|等于|哪一?个?|请问|其中|[的了是为有约共得到就则应该\s$*:=,?()"“”]/gu;
/** What joins a label to its number. */
const joint =
  /(?:(?:[:=≈→]|[是为有约共得到就则应该达在于于]|等于|大概|大约|左右|只有|还有|一共|总共|约为|USD|[￥¥$]|[\s*|"'“”「])+)$/u;

/** The words right before a number that name what it is: 女生 in 因此女生22人, 播放量 in 播放量8w+. Empty where there are none. */
export function labelOf(before: string): string {
  const rest = before.replace(joint, "");
  const run = /[\p{Script=Han}A-Za-z]{1,10}$/u.exec(rest)?.[0] ?? "";
  return run.replace(/^(?:所以|因此|因而|于是|从而|那么|可知|可得|求得|故|即|则|得|共)+/u, "");
}

/** How many characters in a row a label shares with what is asked, at least two; 0 where they share fewer. */
export function sharedWith(label: string, asked: string): number {
  const [text, question] = [label.replaceAll(vague, ""), asked.replaceAll(vague, "")];
  for (let length = Math.min(text.length, 6); length >= 2; length--)
    for (let at = 0; at + length <= text.length; at++)
      if (question.includes(text.slice(at, at + length))) return length;
  return 0;
}

const series =
  "RFC|GB/T|GB/Z|GB|ISO|IEC|IEEE|DIN|JIS|ANSI|ASTM|PEP|CVE|DL/T|JGJ|JB/T|YY/T|HJ|SH/T|QB/T|ECMA|ITU-T";

/** The number of a document is asked: 那一份 RFC，编号是多少, GB/T 几, 第几号令. */
const asks = seldom(
  new RegExp(
    `编号|文号|标准号|第几号|(?<![A-Za-z])(?:${series})[^,，。?？A-Za-z\\d]{0,4}(?:多少|几|哪)|\\b(?:${series}) number\\b`,
  ),
);

const joined = new RegExp(`(?<![A-Za-z])(${series})[-‑_]?(?=\\d)`, "g");

/** RFC9110 and ISO-8601 with a blank, so that the number stands by itself, where such a number is asked. */
export const documentsApart = (reply: string, question: string): string =>
  asks.test(question) ? reply.replaceAll(joined, "$1 ") : reply;

/** What was found, or the number of a document where one is asked and another number was read with doubt, or none. */
export function ofDocument(
  found: FoundNumber,
  claims: readonly Claim[],
  question: string,
): FoundNumber {
  const isSure = found.quantity !== null && !found.doubtful;
  if (isSure || !asks.test(question)) return found;
  const own = documentNumber(claims, question);
  return own === null || (found.quantity !== null && sameAs(found.quantity, own))
    ? found
    : { quantity: own, why: "number of a document", doubtful: true };
}

const named = seldom(
  new RegExp(
    `(?:(?<![A-Za-z])(?:${series})|编号(?:[是为:]|就是|应[该当]?[是为])?|(?:文号|标准号)[是为:]?)[\\s*\`“"]{0,3}$`,
  ),
);
const denied = seldom(
  new RegExp(
    `(?:不是|并非|而非|取代|代替|替代|废止?|修订|不同于|以前|原来|旧)[了的掉]?[\\s*\`“"]{0,3}(?:${series})?[\\s*\`“"]{0,3}$`,
  ),
);

/**
 * The one number that a reply gives as that of a document: right behind the name of its series or behind 编号, and not one
 * that the question tells. Null where there are several, or none.
 */
function documentNumber(claims: readonly Claim[], question: string): ReadNumber | null {
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
