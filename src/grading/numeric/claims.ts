import type { Quantity } from "../../text/quantity/read.ts";
import type { ReadNumber, Wanted } from "./candidates.ts";

import { wordsOf } from "./asked.ts";
import { candidates } from "./candidates.ts";
import { clausesOf, denied, resultOf } from "./clauses.ts";

/** A number that may be the answer, and where it stands. */
export type Claim = {
  readonly number: ReadNumber;
  readonly clause: string;
  /** The words that tell what it counts: its clause, or what stands between it and the numbers beside it. */
  readonly beside: string;
  /** What stands right before and after it. */
  readonly before: string;
  readonly after: string;
  /** The clause begins with 所以. */
  readonly opens: boolean;
  /** The claim before it in the sentence. */
  readonly previous: ReadNumber | null;
  readonly sentence: string;
  /** The place of its sentence in the reply, and of its clause in the sentence. */
  readonly at: number;
  readonly within: number;
  /** Its sentence says 所以 and the like, in this clause or before it. */
  readonly concludes: boolean;
  /** A clause before it in the sentence supposes what the question does not: 如果再买一支笔，就只剩2元. */
  readonly supposed: boolean;
};

/** A longer sentence is a loop; its end is read. */
const longest = 2_000;

/** The numbers of a sentence that may be the answer. */
export function claimsOf(
  sentence: string,
  at: number,
  concludes: boolean,
  wanted: Wanted,
): readonly Claim[] {
  let concluding = concludes;
  let supposed = false;
  let subject = "";
  let previous: ReadNumber | null = null;
  const found: Claim[] = [];
  for (const [within, clause] of clausesOf(sentence.slice(-longest)).entries()) {
    if (denied.test(clause)) continue;
    const opens = concludesAt.test(clause);
    concluding ||= opens;
    supposed ||= supposesElse(clause, wanted);
    const [result, before] = resultOf(clause);
    const exact = before === null ? [] : candidates(before, wanted);
    const numbers = toldIn(result, candidates(result, wanted));
    if (numbers.length === 0) subject += ` ${clause}`;
    const from = clause.lastIndexOf(result);
    for (const number of numbers) {
      const told = exact.length === 1 ? { ...number, before: exact[0] } : number;
      found.push({
        number: told,
        clause,
        beside:
          numbers.length === 1
            ? `${subject} ${clause}`
            : `${besideOf(result, number)} ${toldAmounts(clause)}`,
        before: clause.slice(0, from + number.start).slice(-12),
        after: clause.slice(from + number.end, from + number.end + 30),
        opens,
        previous,
        sentence,
        at,
        within,
        concludes: concluding,
        supposed,
      });
      previous = told;
    }
    if (numbers.length > 0) subject = "";
  }
  return found;
}

const concludesAt =
  /^[\s*_(∴]{0,4}(?:所以|因此|因而|于是|从而|这样一来|故|∴|综上|由此|可知|可见|总之|答|应?填|最终|最后|therefore|thus|so\b(?! (?:on|that|far|many|much))|hence)/i;

/** Supposes something of which the question knows neither the numbers nor most of the words. */
function supposesElse(clause: string, { asked, question }: Wanted): boolean {
  const said = /(?:如果|假如|假使|要是|倘若|倘使|(?<=^.{0,8})若(?!干)|\bif\b)(.*)$/i.exec(
    clause,
  )?.[1];
  if (said === undefined || question === "") return false;
  const numbers = said.match(/\d[\d.]*/g) ?? [];
  if (numbers.length > 0) return numbers.some((number) => !question.includes(number));
  const words = wordsOf(said);
  return words.filter((word) => asked.known.has(word)).length * 2 < words.length;
}

/** Of several numbers the one right after a word for the result: 8排共96把. */
function toldIn(text: string, numbers: readonly Quantity[]): readonly Quantity[] {
  if (numbers.length < 2) return numbers;
  const told = numbers.filter(({ start }) =>
    /(?:共计?|合计|总计|[得剩]下?|需要?|有)\s*约?$/.test(text.slice(Math.max(0, start - 6), start)),
  );
  return told.length === 1 ? told : numbers;
}

/** 12个 and 5天 in 12个工人5天完成. */
const toldAmounts = (clause: string): string =>
  (clause.match(/\d[\d.]{0,12}\s?\p{Script=Han}/gu) ?? []).slice(0, 6).join(" ");

/** The words between a number and the numbers beside it. */
function besideOf(text: string, { start, end }: Quantity): string {
  const before = /[^\d]*$/.exec(text.slice(Math.max(0, start - 40), start))?.[0] ?? "";
  const after = /^[^\d]*/.exec(text.slice(end, end + 40))?.[0] ?? "";
  return `${before} ${after}`;
}
