import type { Quantity } from "../../text/quantity/read.ts";

import { equals } from "../../text/quantity/rational.ts";
import { quantitiesIn } from "../../text/quantity/read.ts";
import { unitNamed } from "../../text/quantity/unit-expression.ts";

/** What is known of the wanted number besides its value. */
export type Wanted = {
  /** The kind of its unit; null where it has none. */
  readonly kind: string | null;
  /** What the item names as the unit, also where that is no known one. */
  readonly unit: string | null;
  readonly question: string;
  /** It is a ratio such as 3:2. */
  readonly ratio: boolean;
};

/** A number as read; `before`: the exact one that it approximates, 15/16 in 15/16 ≈ 0.94. */
export type ReadNumber = Quantity & { readonly before?: Quantity | undefined };
export type FoundValue = ReadNumber | "several" | "none";

/** A longer sentence is a loop; its end is read. */
const longest = 2_000;

/** The number that a sentence gives as the answer. `several` where it gives different ones and nothing tells which. */
export function valueOf(sentence: string, wanted: Wanted): FoundValue {
  const clauses = clausesOf(sentence.slice(-longest)).filter(
    (clause) => !denied.test(clause) && !unsolved.test(clause),
  );
  const value = agreed(leading(clauses, wanted), wanted);
  if (value !== "several") return value;
  const final = agreed(
    clauses.filter((clause, index) => strong.test(clause) && (index > 0 || total.test(clause))),
    wanted,
  );
  return typeof final === "string" ? value : final;
}

/** Says what the answer is not. */
const denied = /(?:不(?:可能|会|应该?)?是|并非|而非|不等于|≠|\bis not|\bisn't)\s*[-+]?\d/i;
/** An equation that is yet to be solved: 2x = 9, x^2 = 9. */
const unsolved = /^[^=\p{Script=Han}]*(?:\d[xyz]|[xyz]\s?\^)[^=]*=[^=]*$/u;

/** Begins with what sums up or says what must be. */
const strong =
  /^[\s*_(]{0,4}(?:所以|因此|故|一共|共|总共|合计|总计|于是|最终|最后|还剩|应该?[是为]|应当是|就是|折合|相当于|答)|应该?是|应为|只能是|必[然定]?是|一定是|\bin total\b|\bshould be\b/i;

const total = /^[\s*_(]{0,4}(?:一共|共|总共|合计|总计)/;

/** The one value of some clauses. */
function agreed(clauses: readonly string[], wanted: Wanted): FoundValue {
  const claims = clauses.flatMap((clause) => {
    const [result, before] = resultOf(clause);
    const exact = before === null ? [] : candidates(before, wanted);
    const numbers = candidates(result, wanted).map((each) =>
      exact.length === 1 ? { ...each, before: exact[0] } : each,
    );
    return numbers.length === 0 ? [] : [{ clause, numbers }];
  });
  const fitting = preferred(
    claims.flatMap(({ numbers }) => numbers),
    wanted,
  );
  const [first] = fitting;
  if (first === undefined) return "none";
  if (fitting.every((each) => sameAs(each, first))) return first;
  return named(claims, wanted) ?? "several";
}

/** Numbers that may be an answer; dates, ordinals and signs of operations only where nothing else is. */
export function candidates(text: string, wanted: Wanted): readonly Quantity[] {
  const colloquial = !/^(?:kelvin|length2·mass·time-3)$/.test(wanted.kind ?? "");
  const all = quantitiesIn(text, { colloquial }).filter(
    (each) =>
      each.role !== "formula" &&
      each.role !== "bound" &&
      (!each.chinese || each.role === "ordinal" || isCounted(text, each)),
  );
  const dated = all.filter(({ role }) => role === dateAsked(wanted));
  if (dated.length > 0) return dated;
  const ratios = all.filter(({ role }) => role === "ratio");
  if (wanted.ratio && ratios.length > 0) return ratios;
  const values = all.filter(({ role }) => role === "value");
  const digits = values.filter(({ chinese }) => !chinese);
  if (digits.length > 0) return digits;
  if (values.length > 0) return values;
  const rest = all.filter(({ role }) => role === "ordinal" || role === "day");
  return rest.length > 0 ? rest : ratios;
}

const dateRoles: Readonly<Record<string, string>> = {
  年: "year",
  月: "month",
  日: "day",
  号: "day",
};

/** Which part of a date is asked, by the unit or the question. */
function dateAsked({ unit, question }: Wanted): string | null {
  const word = unit?.trim() ?? /(?:哪一?|几)(?:个)?([年月日号])(?:份)?/.exec(question)?.[1] ?? "";
  return dateRoles[word] ?? null;
}

/** Those in the wanted unit, if there are any. */
function preferred(numbers: readonly ReadNumber[], { kind }: Wanted): readonly ReadNumber[] {
  const values = numbers.filter(({ role }) => role !== "ordinal" && role !== "day");
  const possible = values.length > 0 ? values : numbers;
  const fitting = kind === null ? [] : possible.filter(({ unit }) => unit?.kind === kind);
  return fitting.length > 0 ? fitting : possible;
}

export const sameAs = (a: Quantity, b: Quantity): boolean =>
  equals(a.low, b.low) && equals(a.high, b.high);

/** 一 in 一起, 统一 or 唯一 is not a number: a single Chinese digit needs a measure word or an end after it. */
function isCounted(text: string, { text: numeral, unit, start, end }: Quantity): boolean {
  if (numeral.length > 1 && unit === null) return !/^[十百千万亿]$/.test(numeral);
  const before = text.charAt(start - 1);
  if (/[第统唯同专单万之另这那每某]/.test(before)) return false;
  if (unit !== null)
    return (
      !/^一(?:个|种|次|道|步|位|下|天|本|张|把|场)$/.test(numeral) ||
      start === 0 ||
      /[是为得共有:=]/.test(before)
    );
  return /^(?:$|[\s。,.!;)】])/.test(text.slice(end));
}

/** Clauses between commas, 或, 和 and the like. A comma between digits is a thousands separator. */
const clausesOf = (sentence: string): readonly string[] =>
  sentence
    .split(
      /(?:,(?!\d{3}(?!\d))|(?<!\d),(?=\d))(?![^()]{0,40}\))|[、;。!?\n]|或者?|还是|(?<=[\d\p{Script=Han}]\s?)[和与及](?=\s?[\p{Script=Han}\d])|\bor\b|\band\b|…+/u,
    )
    .map((clause) => clause.trim())
    .filter((clause) => clause !== "");

const reason =
  /^(?:这是)?(?:因为|由于|因(?=\d)|只要|虽然|尽管|如果|若|假如|当|原来是|本来|最初|起初|一开始|我?(?:原以为|以为)|不是|并非|并不是|而不是|而非|\bsince\b|\bbecause\b|\bif\b|\bnot\b|\binstead of\b|\brather than\b)/i;
const negated = /(?:不是|并非|而非|不等于|≠|以为是?|误(?:写|算)[成为作]?|\bnot)\s*[^,]{0,8}\d/i;
/** Numbers to call, to order or to look up. */
export const contact =
  /热线|电话|客服|微信|订单号|工号|编号[::]|版本|页码|邮编|\b(?:hotline|phone|version|page)\b/i;
const elaboration =
  /^(?:其中|即|也就是|亦即|相当于|约合|折合|换算|合(?=\d)|或写[作成]|每|平均每|这样|例如|比如|包括|包含|剩[余下]的?|此时|说明|另外|验证|检验|\(|\bi\.?e\.?\b|\bthat is\b|\bwhich\b|\bincluding\b|\beach\b|\bequivalent)/i;
const comparison =
  /(?:比|较|相比).{0,16}(?:增|减|升|降|涨|跌|多|少|大|小|高|低|贵|便宜|快|慢|长|短|重|轻|早|晚)|(?:多|少|高|低)(?:出|了)|提高|\b(?:more|less|fewer) than\b/i;

/** From here on, the parts of the answer are told. */
const detailed = /^(?:其中|例如|比如|包括|包含|分别|\bincluding\b)/i;

/** Clauses that may state the answer: without reasons, remarks and comparisons, unless nothing else holds a number. */
function leading(clauses: readonly string[], wanted: Wanted): readonly string[] {
  const asksToCompare =
    comparison.test(wanted.question) || /相差|差(?:是|为|多少)/.test(wanted.question);
  const tests = [
    (clause: string): boolean =>
      wanted.kind === null ||
      candidates(clause, wanted).some(({ unit }) => unit?.kind === wanted.kind),
    (clause: string): boolean => !negated.test(clause) && !contact.test(clause),
    (clause: string): boolean => !reason.test(clause),
    (clause: string): boolean => asksToCompare || !comparison.test(clause),
    (clause: string): boolean => !elaboration.test(clause),
  ];
  const details = clauses.findIndex((clause, index) => index > 0 && detailed.test(clause));
  const start = details < 0 ? clauses : clauses.slice(0, details);
  return [() => true, ...tests].reduce((kept: readonly string[], isLeading, index) => {
    const left = index === 0 ? start : kept.filter(isLeading);
    return left.some((clause) => candidates(clause, wanted).length > 0) ? left : kept;
  }, clauses);
}

/** The part after the last equals sign, arrow or copula that contains a number, else the whole clause; with the part before ≈. */
function resultOf(clause: string): readonly [result: string, before: string | null] {
  const parts = clause.split(
    /(?<![<>≤≥!])([=≈→⇒≒])|->|=>|(?<![不但还于就也要若可])是(?!否)|(?<![因作认以成])为(?![了什])|等于|得到?|\b(?:equals|is|are)\b/,
  );
  const last = parts.findLastIndex((part) =>
    /[\d一二三四五六七八九十百千万亿两零半]/.test(part ?? ""),
  );
  if (last < 0) return [clause, null];
  const sign = parts[last - 1];
  return [parts[last] ?? clause, sign === "≈" || sign === "≒" ? (parts[last - 2] ?? null) : null];
}

type Claim = { readonly clause: string; readonly numbers: readonly ReadNumber[] };

/** Of several named values (x=7, y=8; 甲12个, 乙15个) the one whose name the question asks for. */
function named(claims: readonly Claim[], { question }: Wanted): ReadNumber | null {
  const asked = askedName(question);
  if (asked === "") return null;
  const hits = claims.filter(({ clause, numbers }) => {
    const at = clause.search(/[\d=:]|是|为|有/);
    const name = clause
      .slice(0, Math.max(at, 0))
      .replaceAll(/[\s$\\*(]|^(?:所以|因此|故|即|答:?|则|得)/g, "");
    return numbers.length === 1 && name !== "" && (asked.includes(name) || name.endsWith(asked));
  });
  const [only] = hits;
  return hits.length === 1 && only !== undefined ? (only.numbers[0] ?? null) : null;
}

/** What stands before 多少, 几 or 的值 in the question. */
function askedName(question: string): string {
  const sentence =
    question.split(/[。;,、\n]/).findLast((part) => /多少|几|求|的值|[?]/.test(part)) ?? "";
  return (/(?:求|问)?(.*?)(?:等于|是|为|有|的值|多少|几|[?])/.exec(sentence)?.[1] ?? "").replaceAll(
    /[\s$\\*]/g,
    "",
  );
}

/** Joins a unit in brackets to its number and takes away remarks in brackets and footnotes: 360(元), 36(三十六), 42[1]. */
export const withoutRemarks = (text: string): string =>
  text
    .replaceAll(/(?<=[^\s[(=:])\[\^?\d{1,2}\]/g, "")
    .replaceAll(/(\d\s?)\((?:单位[::]\s?)?([^()\d]{1,12})\)/g, (all, digit: string, word: string) =>
      unitNamed(word) === null ? all : `${digit}${word}`,
    )
    .replaceAll(/\([^()]*\)/g, (part) => (/[一-龥]|[=≈]/.test(part) ? "" : part));
