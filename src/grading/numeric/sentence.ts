import type { Quantity } from "../../text/quantity/read.ts";
import type { Claim, ReadNumber, Wanted } from "./candidates.ts";

import { askedOf } from "./asked.ts";
import { candidates, preferred, sameAs } from "./candidates.ts";
import { clausesOf, denied, leading, resultOf, unsolved } from "./clauses.ts";

export type FoundValue = ReadNumber | "several" | "none";

/** The comma in 第二天读的是第一天的1.5倍，即36页: one statement, and what it comes to. */
const worked = /(倍|[%％]|分之[一二三四五六七八九十\d]{1,4})\s?,\s?(?:即|也就是|就是)\s?(?=\d)/g;

/** A longer sentence is a loop; its end is read. */
const longest = 2_000;

/** The number that a sentence gives as the answer. `several` where it gives different ones and nothing tells which. */
export function valueOf(sentence: string, wanted: Wanted): FoundValue {
  const clauses = clausesOf(sentence.slice(-longest).replaceAll(worked, "$1=")).filter(
    (clause) => !denied.test(clause) && !unsolved.test(clause),
  );
  const all = claimsOf(clauses, wanted);
  const claims = inUnit(claimsOf(leading(clauses, wanted), wanted), wanted);
  const value = chosenOf(claims, all, clauses, wanted);
  return typeof value === "object" && isRestatedOtherwise(value, claims, clauses, wanted)
    ? "several"
    : value;
}

function chosenOf(
  claims: readonly Claim[],
  all: readonly Claim[],
  clauses: readonly string[],
  wanted: Wanted,
): FoundValue {
  const value = agreed(claims);
  if (value !== "several") return value;
  const written = digitsOf(clauses, wanted);
  if (written !== null) return written;
  const final = finalOf(claims, all) ?? summedUp(inUnit(all, wanted)) ?? concludedIn(claims);
  const last = claims.at(-1)?.clause ?? "";
  return answers.test(last) || calculation.test(last)
    ? (final ?? "several")
    : (askedOf(claims, wanted.question) ?? final ?? "several");
}

/** The next clause is the same thing in other words, with another number of the same unit: 晚上9点，也就是21点. */
function isRestatedOtherwise(
  value: ReadNumber,
  claims: readonly Claim[],
  clauses: readonly string[],
  wanted: Wanted,
): boolean {
  const own = claims.findLast(({ numbers }) => numbers.includes(value))?.clause;
  const next = own === undefined ? "" : (clauses[clauses.lastIndexOf(own) + 1] ?? "");
  if (!/^(?:即|也就是|亦即)(?:说|是|为)?\s?\d[^,]{0,12}$/.test(next)) return false;
  const other = agreed(claimsOf([next], wanted));
  return typeof other === "object" && wordOf(other) === wordOf(value) && !sameAs(other, value);
}

/** 百位是3，十位是0，个位是8，即308 */
function digitsOf(clauses: readonly string[], wanted: Wanted): ReadNumber | null {
  const last = clauses.at(-1) ?? "";
  if (!/^(?:所以|因此|即|也就是|合起来|连起来)/.test(last)) return null;
  if (clauses.filter((clause) => /[个十百千万]位/.test(clause)).length < 2) return null;
  const [only, ...more] = candidates(last, wanted);
  return only === undefined || more.length > 0 || /[个十百千万]位/.test(last) ? null : only;
}

/** The clauses that hold a number. */
function claimsOf(clauses: readonly string[], wanted: Wanted): readonly Claim[] {
  return clauses.flatMap((clause, index) => {
    const [result, before] = resultOf(clause);
    const exact = before === null ? [] : candidates(before, wanted);
    const numbers = toldIn(result, candidates(result, wanted)).map((each) =>
      exact.length === 1 ? { ...each, before: exact[0] } : each,
    );
    return numbers.length === 0 ? [] : [{ clause, index, numbers }];
  });
}

/** Of several numbers the one right after a word for the result: 8排共96把. */
function toldIn(text: string, numbers: readonly Quantity[]): readonly Quantity[] {
  if (numbers.length < 2) return numbers;
  const told = numbers.filter(({ start }) =>
    /(?:共计?|合计|总计|[得剩]下?|需要?|有)\s*约?$/.test(text.slice(Math.max(0, start - 6), start)),
  );
  return told.length === 1 ? told : numbers;
}

/** Those in the wanted unit, if any number is. */
function inUnit(claims: readonly Claim[], wanted: Wanted): readonly Claim[] {
  const fitting = new Set(
    preferred(
      claims.flatMap(({ numbers }) => numbers),
      wanted,
    ),
  );
  return claims.flatMap((claim) => {
    const numbers = claim.numbers.filter((each) => fitting.has(each));
    return numbers.length === 0 ? [] : [{ ...claim, numbers }];
  });
}

function agreed(claims: readonly Claim[]): FoundValue {
  const numbers = claims.flatMap((claim) => claim.numbers);
  const [first] = numbers;
  if (first === undefined) return "none";
  return numbers.every((each) => sameAs(each, first)) ? first : "several";
}

/** The last of several clauses where it sums up, is calculated, or says again what was; else a total. */
function finalOf(claims: readonly Claim[], all: readonly Claim[]): ReadNumber | undefined {
  const last = claims.at(-1);
  if (last === undefined) return undefined;
  const value = agreed([last]);
  const calculated = calculation.test(last.clause);
  const repeated =
    typeof value === "object" &&
    all.some(
      (claim) =>
        claim.clause !== last.clause && calculation.test(claim.clause) && agreedOn(claim, value),
    );
  const rival = total.test(last.clause) && claims.some(({ clause }) => answers.test(clause));
  const previous = all.findLast(({ clause }) => clause !== last.clause);
  const chained =
    last.clause.includes("=") &&
    previous?.numbers.length === 1 &&
    [...(last.clause.split("=")[0] ?? "").matchAll(/[\d.]+/g)].some(
      ([digits]) => digits === previous.numbers[0]?.text,
    );
  const sums = strong.test(last.clause) && (last.index > 0 || total.test(last.clause)) && !rival;
  if ((sums || calculated || chained || repeated) && typeof value === "object") return value;
  if (claims.some(({ clause }) => answers.test(clause))) return undefined;
  const totals = agreed(claims.filter(({ clause }) => total.test(clause)));
  return typeof totals === "object" ? totals : undefined;
}

/** The last clause, where it sums up the others: 先打九折再打八折, 相当于7.2折. */
function summedUp(claims: readonly Claim[]): ReadNumber | undefined {
  const last = claims.at(-1);
  const value = last === undefined || !strong.test(last.clause) ? "none" : agreed([last]);
  return typeof value === "object" && !claims.some(({ clause }) => answers.test(clause))
    ? value
    : undefined;
}

/** The one clause with 所以, where the others count other things: 所以有12个，分给3人. */
function concludedIn(claims: readonly Claim[]): ReadNumber | undefined {
  const concluding = claims.filter(({ clause }) => answers.test(clause));
  const value = concluding.length === 1 ? agreed(concluding) : "several";
  if (typeof value !== "object") return undefined;
  const counted = wordOf(value);
  const others = claims.filter(({ clause }) => !answers.test(clause));
  return others.every(({ numbers }) => numbers.every((each) => wordOf(each) !== counted))
    ? value
    : undefined;
}

const wordOf = ({ text }: ReadNumber): string => text.replace(/^[\d.,\s]+/, "");

const agreedOn = (claim: Claim, value: ReadNumber): boolean => {
  const own = agreed([claim]);
  return typeof own === "object" && sameAs(own, value);
};

const calculation = /[\d)%]\s*[-+×*÷/·−]\s*[\d(].*[=≈]|=[^=]*[=≈]/;

const answers = /^[\s*_(]{0,4}(?:所以|因此|故|应?填|答案|准确|精确|严格|实际)/;

/** Begins with what sums up or says what must be. */
const strong =
  /^[\s*_(]{0,4}(?:所以|因此|故|一共|共|总共|合计|总计|于是|最终|最后|还剩|应该?[是为]|应当是|就是|折合|相当于|到手|实付|实收|答|准确|精确|严格|实际)|应该?是|应为|取整|四舍五入|进一|[更改修订]正?[为成]|只能是|必[然定]?是|一定是|(?:相[减加乘除]|[得剩]下?|后)(?:[是为得]|就是)?\s*[-约]?\d|\bin total\b|\bshould be\b/i;

const total = /^[\s*_(]{0,4}(?:一共|共|总共|合计|总计)/;
