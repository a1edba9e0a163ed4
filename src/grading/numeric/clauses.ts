import type { Quantity } from "../../text/quantity/read.ts";
import type { Wanted } from "./candidates.ts";

import { unitNamed } from "../../text/quantity/unit-expression.ts";
import { isNamedAsAsked, likeness } from "./asked.ts";
import { candidates } from "./candidates.ts";

/** Clauses between commas, 或, 和 and the like. A comma between digits is a thousands separator. */
export const clausesOf = (sentence: string): readonly string[] =>
  sentence
    .replaceAll(/\b(i\.e|e\.g)\.?,/g, "$1.")
    .split(
      /(?:,(?!\d{3}(?!\d))|(?<!\d),(?=\d))(?![^()]{0,40}\))|[、;。!?\n]|或者?|还是|(?<=不是[^,。]{1,12})(?=而是)|(?=而不是|而非|而并非|\binstead of\b|\brather than\b)|(?<=[\d\p{Script=Han}]\s?)[和与及](?!\s?(?:[是为:=]|等于))(?=\s?[\p{Script=Han}\d])|\bor\b|\band\b|…+/u,
    )
    .map((clause) => clause.trim())
    .filter((clause) => clause !== "");

/** Says what the answer is not. */
export const denied =
  /(?:不(?:可能|会|应该?)?是|并非|而非|不等于|≠|\bis not|\bisn't)\s*[-+]?\d|\d[^,]{0,6}(?:有误|错了|不对|是错)/i;

/** An equation that is yet to be solved: 2x = 9, x^2 = 9. */
export const unsolved = /^[^=\p{Script=Han}]*(?:\d[xyz]|[xyz]\s?\^)[^=]*=[^=]*$/u;

const reason =
  /^(?:这是)?(?:因为|由于|因(?=\d)|只要|虽然|尽管|如果|若|假如|当|原来是|本来|最初|起初|一开始|我?(?:原以为|以为)|不是|并非|并不是|而不是|而非|\bsince\b|\bbecause\b|\bif\b|\bnot\b|\binstead of\b|\brather than\b)/i;

const negated = /(?:不是|并非|而非|不等于|≠|以为是?|误(?:写|算)[成为作]?|\bnot)\s*[^,]{0,8}\d/i;

/** Numbers to call, to order or to look up. */
export const contact =
  /热线|电话|客服|微信|订单号|工号|编号[::]|版本|页码|邮编|\b(?:hotline|phone|version|page)\b/i;

const elaboration =
  /^(?:其中|即|也就是|亦即|相当于|约合|折合|换算|合(?=\d)|或写[作成]|每|平均每|这样|例如|比如|包括|包含|剩[余下]的|[此这]时|说明|另外|验证|检验|\(|\bi\.?e\.?\b|\bthat is\b|\bwhich\b|\bincluding\b|\beach\b|\bequivalent)/i;

const comparison =
  /(?:比|较(?=[上去前昨同原计之])|相比).{0,16}(?:增|减|升|降|涨|跌|多|少|大|小|高|低|贵|便宜|快|慢|长|短|重|轻|早|晚)|(?:多|少|高|低)(?:出|了)|提高|\b(?:more|less|fewer) than\b/i;

/** From here on, the parts of the answer are told. */
const detailed = /^(?:其中|例如|比如|包括|包含|分别|\bincluding\b)/i;

const isValue = ({ role }: Quantity): boolean => role !== "ordinal" && role !== "day";

/** Clauses that may state the answer: without reasons, remarks and comparisons, unless nothing else holds a number. */
export function leading(clauses: readonly string[], wanted: Wanted): readonly string[] {
  const asksToCompare =
    comparison.test(wanted.question) || /相差|差(?:是|为|多少)/.test(wanted.question);
  const isAsked = (clause: string): boolean => likeness(clause, wanted.question) > 0;
  const tests = [
    (clause: string): boolean =>
      wanted.kind === null ||
      candidates(clause, wanted).some(({ unit }) => unit?.kind === wanted.kind),
    (clause: string): boolean => !negated.test(clause) && !contact.test(clause),
    (clause: string): boolean => !reason.test(clause),
    (clause: string): boolean => asksToCompare || !comparison.test(clause),
    (clause: string): boolean =>
      !elaboration.test(clause) || isAsked(clause) || isNamedAsAsked(clause, wanted.question),
  ];
  const details = clauses.findIndex(
    (clause, index) => index > 0 && detailed.test(clause) && !isAsked(clause),
  );
  const start = details < 0 ? clauses : clauses.slice(0, details);
  return [() => true, ...tests].reduce((kept: readonly string[], isLeading, index) => {
    const left = index === 0 ? start : kept.filter(isLeading);
    return left.some((clause) => candidates(clause, wanted).some(isValue)) ? left : kept;
  }, clauses);
}

/** The part after the last equals sign, arrow or copula that contains a number, else the whole clause; with the part before ≈. */
export function resultOf(clause: string): readonly [result: string, before: string | null] {
  const parts = clause.split(
    /(?<![<>≤≥!])([=≈→⇒≒])|->|=>|(?<![不但还于要若可])是(?!否)|(?<![因作认以成])为(?![了什])|等于|得到?|\b(?:equals|is|are)\b/,
  );
  const last = parts.findLastIndex((part) =>
    /[\d一二三四五六七八九十百千万亿两零半]/.test(part ?? ""),
  );
  if (last < 0) return [clause, null];
  const sign = parts[last - 1];
  return [parts[last] ?? clause, sign === "≈" || sign === "≒" ? (parts[last - 2] ?? null) : null];
}

/** Joins a unit in brackets to its number and takes away remarks in brackets and footnotes: 360(元), 36(三十六), 42[1]. */
export const withoutRemarks = (text: string): string =>
  text
    .replaceAll(
      /(?:大?约|≈)(?:等于|为|是)?\s?([\d.,]{1,20}[^\d()*]{0,8})(\*{0,2})\s?\((?:精确|准确|严格)(?:地说|来说|值|结果)?[是为即:=]{0,2}\s?([^()]{1,40})\)/g,
      "$3 ≈ $1$2",
    )
    .replaceAll(/(?<=[^\s[(=:])\[\^?\d{1,2}\]/g, "")
    .replaceAll(/(\d\s?)\((?:单位[::]\s?)?([^()\d]{1,12})\)/g, (all, digit: string, word: string) =>
      unitNamed(word) === null ? all : `${digit}${word}`,
    )
    .replaceAll(/\([^()]*\)/g, (part) => (/[一-龥]|[=≈]|[a-zA-Z]{3}/.test(part) ? "" : part));
