import type { Quantity } from "../../text/quantity/read.ts";
import type { ReadNumber, Wanted } from "./candidates.ts";
import type { PlacedPart } from "./parts.ts";

import { seldom } from "../../text/finding/seldom.ts";
import { mayHoldFigure } from "../../text/quantity/figure.ts";
import { wordsOf } from "./asked.ts";
import { candidates } from "./candidates.ts";
import { clausesOf, denied, resultOf } from "./clauses.ts";
import { concludes, marker, slips } from "./phrases.ts";

/** How a number is announced as the answer. */
export type Source = "bracket" | "boxed" | "wrapper" | "marker";

/** A sentence of a reply, and where it stands. */
export type Sentence = {
  readonly sentence: string;
  readonly part: PlacedPart;
  /** Its place among the sentences. */
  readonly at: number;
  /** The line before it does nothing but announce it. */
  readonly headed: boolean;
  /** It stands in brackets within another. */
  readonly bracketed: boolean;
  /** A line before it opens a remark or an exercise. */
  readonly underRemark: boolean;
};

/** A number that may be the answer, and where it stands. */
export type Claim = Sentence & {
  readonly number: ReadNumber;
  readonly clause: string;
  /** The words that tell what it counts: its clause, or what stands between it and the numbers beside it. */
  readonly beside: string;
  /** The words that tell what of a thing it is (`topics.ts`): its own where others stand beside it. */
  readonly topicWords: string;
  /** What stands right before and after it. */
  readonly before: string;
  readonly after: string;
  readonly source: Source | null;
  /** Of an announcement's numbers the first. */
  readonly isFirst: boolean;
  /** The clause begins with 所以. */
  readonly opens: boolean;
  /** The claim before it in the sentence. */
  readonly previous: ReadNumber | null;
  /** The place of its clause in the sentence. */
  readonly within: number;
  /** Its sentence says 所以 and the like, in this clause or before it. */
  readonly concludes: boolean;
  /** A clause before it in the sentence supposes what the question does not: 如果再买一支笔，就只剩2元. */
  readonly supposed: boolean;
  /** How many clauses lie between it and the last word before it, or the first after it, that takes something back. */
  readonly slipBefore: number | null;
  readonly slipAfter: number | null;
};

/** A longer sentence is a loop; its end is read. */
const longest = 2_000;

/** The numbers of sentences that may be the answer, in order. */
export function claimsOf(sentences: readonly Sentence[], wanted: Wanted): readonly Claim[] {
  const found: Claim[] = [];
  /** Of each claim, and of each word that takes something back: the place of its clause among all. */
  const clauseOf: number[] = [];
  const slipped: number[] = [];
  let before = 0;
  for (const sentence of sentences) {
    const clauses = clausesOf(sentence.sentence.slice(-longest));
    for (const claim of claimsIn(sentence, clauses, wanted)) {
      found.push(claim);
      clauseOf.push(before + claim.within);
    }
    for (const [within, clause] of clauses.entries())
      if (slips.test(clause)) slipped.push(before + within);
    before += clauses.length;
  }
  if (slipped.length === 0) return found;
  let last = 0;
  return found.map((claim, index) => {
    const at = clauseOf[index] ?? 0;
    while ((slipped[last] ?? Infinity) <= at) last++;
    const [back, ahead] = [slipped[last - 1], slipped[last]];
    return {
      ...claim,
      slipBefore: back === undefined ? null : at - back,
      slipAfter: ahead === undefined ? null : ahead - at,
    };
  });
}

function claimsIn(told: Sentence, clauses: readonly string[], wanted: Wanted): readonly Claim[] {
  const { part } = told;
  let concluding = part.kind === "conclusion";
  let supposed = false;
  let subject = "";
  let previous: ReadNumber | null = null;
  // In 3×4=12, 结果为 120 only what follows the mark is announced.
  let announces =
    part.kind === "announcement" &&
    (part.wrapper !== null || !clauses.some((clause, within) => within > 0 && marker.test(clause)));
  const lead = leadOf(told);
  let announced = 0;
  const found: Claim[] = [];
  for (const [within, clause] of clauses.entries()) {
    announces ||= marker.test(clause);
    if (denied.test(clause) || (lead !== null && within > 0)) continue;
    const opens = concludes.test(clause);
    concluding ||= opens;
    supposed ||= supposesElse(clause, wanted);
    if (!mayHoldFigure.test(clause)) {
      subject += ` ${clause}`;
      continue;
    }
    const [result, before] = resultOf(clause);
    const exact = before === null ? [] : candidates(before, wanted);
    const numbers = toldIn(result, candidates(result, wanted));
    if (numbers.length === 0) subject += ` ${clause}`;
    const from = clause.lastIndexOf(result);
    for (const number of numbers) {
      const read = exact.length === 1 ? { ...number, before: exact[0] } : number;
      const [left, right] = [
        clause.slice(0, from + number.start),
        clause.slice(from + number.end, from + number.end + 30),
      ];
      const source =
        sourceOf(told, announces, left, right) ??
        (lead !== null && within === 0 && clause === lead ? "marker" : null);
      if (source !== null) announced += 1;
      const own = numbers.length === 1 ? `${subject} ${clause}` : besideOf(result, number);
      found.push({
        sentence: told.sentence,
        part,
        at: told.at,
        headed: told.headed,
        bracketed: told.bracketed,
        underRemark: told.underRemark,
        number: read,
        clause,
        beside: numbers.length === 1 ? own : `${own} ${toldAmounts(clause)}`,
        topicWords: own,
        before: left.slice(-12),
        after: right,
        source,
        isFirst: announced === 1,
        opens,
        previous,
        within,
        concludes: concluding,
        supposed,
        slipBefore: null,
        slipAfter: null,
      });
      previous = read;
    }
    if (numbers.length > 0) subject = "";
  }
  return found;
}

/** The number with which a reply begins, where the rest of its sentence tells of other matter: 39,前10项和为210. */
function leadOf({ at, bracketed, sentence }: Sentence): string | null {
  const [first = "", next = ""] = at === 0 && !bracketed ? clausesOf(sentence.slice(0, 400)) : [];
  const isNumber =
    /^[\s*$]*[-约]?\d[\d.,/]*\s?(?:[%°]|\p{Script=Han}{1,3}|[a-z]{1,3})?[\s*$]*$/iu.test(first);
  return isNumber && otherMatter.test(next) ? first : null;
}

const otherMatter = seldom(
  /^\s*(?!.*(?:取整|需|至少|实际|应|所以|因此|故|进一|才|入))(?!这|那|即|也就是|不|或|约|合|再|加|减|乘|除|其中)[^=+×÷*]{0,14}\p{Script=Han}{2}[^=+×÷*]{0,8}(?:是|为|有|共)/u,
);

function sourceOf(
  { part: { kind, wrapper }, headed }: Sentence,
  announces: boolean,
  left: string,
  right: string,
): Source | null {
  if (kind === "announcement" && wrapper !== null) return wrapper === "boxed" ? "boxed" : "wrapper";
  if (/【[^】]{0,40}$/.test(left.slice(-60)) && /^[^【]{0,20}】/.test(right)) return "bracket";
  return announces || headed ? "marker" : null;
}

const supposing = seldom(/(?:如果|假如|假使|要是|倘若|倘使|(?<=^.{0,8})若(?!干)|\bif\b)(.*)$/i);

/** Supposes something of which the question knows neither the numbers nor most of the words. */
function supposesElse(clause: string, { asked, question }: Wanted): boolean {
  const said = supposing.exec(clause)?.[1];
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
