import type { Wanted } from "./candidates.ts";
import type { Claim } from "./claims.ts";

import { hasUsualName, likeness, nameOf, namedAs, wordsOf } from "./asked.ts";
import { sameAs } from "./candidates.ts";
import { calculation, unsolved } from "./clauses.ts";

type Evidence = readonly [points: number, holds: (claim: Claim, wanted: Wanted) => boolean];

/** Under the measure word or the noun that is asked: 12 辆 where 几辆车 is. */
function countsAsked({ number, after }: Claim, { kind, unit, asked }: Wanted): boolean {
  if (kind === "count" && number.text.endsWith(unit ?? "")) return true;
  const rest = `${number.text}${after}`.replace(/^[\d.,\s一二三四五六七八九十百千万两]+/u, "");
  return (
    (asked.counted !== null && rest.replace(/^个/, "").startsWith(asked.counted)) ||
    (asked.measure !== null &&
      (rest.startsWith(asked.measure) || number.text.endsWith(asked.measure)))
  );
}

/** What speaks for a claim and against it, by its own words and the question's. */
const evidence: readonly Evidence[] = [
  // How it is said.
  [3, ({ concludes }) => concludes],
  [0.7, ({ clause }) => calculation.test(clause)],
  [0.3, ({ clause }) => states.test(clause)],
  [3, ({ clause, within }) => within === 0 && labelled.test(clause)],
  [0.8, ({ opens }) => opens],
  [1, ({ opens, previous }) => opens && previous !== null],
  [2, ({ clause }) => sumsUp.test(clause)],
  [1.5, ({ clause }, { asked }) => total.test(clause) && asked.total],
  [
    -0.8,
    ({ clause }, { asked }) =>
      /合起来|加起来|^[\s*]*(?:一共|共|总共|合计|总计)/.test(clause) && !asked.total,
  ],
  [1.5, ({ clause }) => /解得|求得|记作|应记/.test(clause)],
  [
    1.5,
    ({ clause }) =>
      /^(?:再(?![过算求看])|然后|接着|最后|后来|又|加上|减去|乘[以上]|除以|去掉|扣[除掉])/.test(
        clause,
      ),
  ],
  [2, ({ before, after }) => makes.test(before) || remains.test(after)],
  [-2, ({ before }) => outOf.test(before)],
  [2.5, ({ clause }, { asked }) => hasUsualName(clause, asked)],
  [-2.5, ({ clause }) => otherOpinion.test(clause)],
  [
    6,
    ({ number, previous, clause }) =>
      restates.test(clause) &&
      previous !== null &&
      wordOf(number) === wordOf(previous) &&
      !sameAs(number, previous),
  ],
  [3, ({ sentence, number, at }) => at === 0 && isBare(sentence, number.text)],
  [-2, ({ sentence, clause }) => /^假设|^假如/.test(sentence) && !answers.test(clause)],
  [
    -2,
    ({ beside, number }, { asked }) =>
      /[个十百千万]分?位|第.位/.test(beside) &&
      /^\d$/.test(number.text) &&
      !/[个十百千万]分?位|第.位/.test(asked.sentence),
  ],
  [-3, ({ sentence }) => checks.test(sentence)],
  [
    -4,
    ({ sentence, clause }) =>
      unasked.test(sentence) ||
      onlyAsked.test(sentence.slice(sentence.indexOf(clause) + clause.length)),
  ],
  [-1.5, ({ after }) => /^\s?(?:是|为)\p{Script=Han}/u.test(after)],
  [-2.5, ({ clause }, wanted) => namesAnother(clause, wanted)],
  [-0.7, ({ clause }, { asked }) => isForeign(clause, asked) && !sumsUp.test(clause)],
  [6, ({ clause }) => decides.test(clause)],
  [1, ({ sentence, number }) => isBold(sentence, number.text)],
  [0.3, ({ after }) => /^[\s*.。)]*$/.test(after)],
  [-6, ({ clause }, { asked }) => unsolved.test(clause) && namedAs(clause, asked) < 1],
  [-4, ({ clause }) => reason.test(clause)],
  [-5, ({ clause }) => negated.test(clause)],
  [
    -2,
    ({ clause, within }, { asked }) =>
      within > 0 && elaboration.test(clause) && likeness(clause, asked) === 0,
  ],
  [
    -4,
    ({ sentence, clause }) =>
      supposes.test(clause) || (supposes.test(sentence) && !answers.test(clause)),
  ],
  [-4, ({ supposed, clause }) => supposed && !answers.test(clause)],
  [-4, ({ sentence }) => mistaken.test(sentence)],
  [-4, ({ clause }) => conversion.test(clause)],
  [-3, ({ clause }, { asked }) => !asked.compares && comparison.test(clause)],
  [-4, ({ before, after }) => operatorBefore.test(before) || operatorAfter.test(after)],
  [-3, ({ sentence }) => /[?]\s*$/.test(sentence)],
  [-1.5, ({ sentence, at }) => at > 0 && isRemark.test(sentence)],
  // What is counted and in what.
  [1.2, ({ number }, { kind }) => kind !== null && kind !== "count" && number.unit?.kind === kind],
  [2, countsAsked],
  [-3, ({ number }, wanted) => isOther(number, wanted)],
  [
    -1,
    ({ number }, { kind }) => kind !== null && kind !== "count" && number.unit?.kind === "count",
  ],
  [1.2, ({ beside }, { asked }) => namedAs(beside, asked) > 0],
  [1.3, ({ beside }, { asked }) => namedAs(beside, asked) === 1],
  [1, ({ before }, { asked }) => asked.relation !== null && relatesBy(before, asked.relation)],
  [
    1,
    ({ before }, { asked }) =>
      verbs.includes(asked.relation?.slice(-1) ?? "-") &&
      relatesBy(before, asked.relation?.slice(-1) ?? ""),
  ],
  [
    -4,
    ({ number, previous, clause }) =>
      restates.test(clause) &&
      previous !== null &&
      previous.role !== "ordinal" &&
      number.unit !== null &&
      wordOf(number) !== wordOf(previous) &&
      !sameAs(number, previous),
  ],
  [
    4,
    ({ clause }, { asked }) =>
      asked.compares && (comparison.test(clause) || difference.test(clause)),
  ],
  [-1.5, ({ number }, { asked }) => asked.places !== null && placesOf(number.text) < asked.places],
  [-2, ({ before }, { asked }) => !asked.each && /每[^,]{0,6}$/.test(before)],
  [-2.5, ({ number }, { ratio }) => number.role === "ratio" && !ratio],
  [
    -1.5,
    ({ number, before }) =>
      number.chinese &&
      number.unit === null &&
      number.text.length === 1 &&
      !/[是为得有共=:]\s?$/.test(before),
  ],
  [-6, ({ number }) => number.role === "ordinal" || number.role === "day"],
  [-2.5, ({ after }) => /^\s?(?:…|\.{3}|⋯)/.test(after)],
  [1.5, ({ number }, { asked }) => asked.places !== null && placesOf(number.text) === asked.places],
  [
    -1.5,
    ({ number }, { asked, question, unit }) =>
      number.percent && !asked.share && question !== "" && !/[%％]/.test(unit ?? ""),
  ],
  [
    1.5,
    ({ number }, { asked }) =>
      asked.share && (number.percent || number.text.includes("/") || number.text.includes("分之")),
  ],
  [
    -2,
    ({ number, sentence }, { asked }) =>
      agrees.test(sentence) && asked.given.some((given) => sameAs(given, number)),
  ],
  [
    -1.5,
    ({ number }, { asked }) =>
      asked.given.some(
        (given) =>
          given.text.trim() === number.text.trim() ||
          (sameAs(given, number) && given.unit?.kind === number.unit?.kind),
      ),
  ],
];

/** The sum of the evidence; shared words count up to three. */
export const weightOf = (claim: Claim, wanted: Wanted): number =>
  evidence.reduce(
    (sum, [points, holds]) => (holds(claim, wanted) ? sum + points : sum),
    Math.min(4, likeness(claim.beside, wanted.asked)),
  );

export const checks = /^\s*(?:我?再?)?(?:经|代入)?(?:检验|验证|验算|验一下|验[:：]|检[:：])/;
/** Says that all is well, as a check does. */
const agrees = /(?:一致|吻合|相符|符合题意|无误|成立)[^,]{0,4}$|[✓✔√]\s*$/;
const unasked = /^(?:至于|顺便|顺带)|(?:题目|题中|本题|题)(?:并?没有?|未)(?:要求|问)|可以不写/;
const onlyAsked = /题目?(?:中|里)?只(?:问|求|要)|\bquestion only asks\b/;
const labelled = /^[^\p{L}\d]{0,6}(?:最终|最后|计算)?(?:结果|结论|答|合计|总计|得数)[*\s]*[::]/u;
/** Said of another thing than the answer, even if nothing else is said. */
export const isBeside = ({ clause, sentence, before, after }: Claim, { asked }: Wanted): boolean =>
  (!asked.compares && comparison.test(clause) && !/[是为=]/.test(clause)) ||
  supposes.test(clause) ||
  mistaken.test(sentence) ||
  operatorBefore.test(before) ||
  operatorAfter.test(after);

const states = /[=≈]|是|为|等于|得|有|共|需|约|剩|花|用|付|\b(?:is|are|equals|there)\b/;
const sumsUp =
  /^[\s*_(]{0,4}(?:折合原|还剩|应该?[是为]|应当是|就是|到手|实付|实收|实际)|应该?是|应为|取整|四舍五入|进一|[更改修订]正?[为成]|只能是|必[然定]?是|一定是|(?:相[减加乘除]|[得剩]下?|后)(?:[是为得]|就是)?\s*[-约]?(?:\d[\d.,]*(?![\d.]|\s?[-+×*÷/])|[一二三四五六七八九十两百千万])|换算后?|^得|\bin total\b|\bshould be\b/i;
const total = /^[\s*_(]{0,4}(?:一共|共|总共|合计|总计)|\bin total\b/i;
const restates = /^(?:即|也就是|亦即)(?:说|是|为)?/;
export const difference = /相差|^差|[的之]差|多出?|少了?|高出?|便宜|节?省/;
export const decides =
  /^[\s*_(]{0,4}(?:答案|[故应]?应?填|准确|精确|严格)|以[^,]{1,12}为准|(?:写|填|取|答)\s?[-\d.]+[^,\d]{0,4}(?:就行|即可|就好|就可以)/;
const answers = /^[\s*_(]{0,4}(?:所以|因此|故|应?填|答案|准确|精确|严格|实际)/;
const reason =
  /^(?:这是)?(?:因为|由于|因(?=\d)|只要|虽然|尽管|当|本来|最初|起初|一开始|我?(?:原以为|以为)|不是|并非|并不是|而不是|而非|\bsince\b|\bbecause\b|\bnot\b|\binstead of\b|\brather than\b)/i;
const negated =
  /(?:不是|并非|而非|不等于|≠|以为是?|误(?:写|算)[成为作]?|别写成|不要写成|\bnot)\s*[^,]{0,8}\d/i;
const elaboration =
  /^(?:其中|约合|换算|合(?=\d)|这样|例如|比如|包括|包含|剩[余下]的|[此这]时|另外|验证|检验|\(|\bi\.?e\.?\b|\bthat is\b|\bwhich\b(?! (?:leaves|makes|gives|means))|\bincluding\b|\beach\b|\bequivalent)/i;
const supposes =
  /^[\s*_(]{0,6}(?:若(?!干)|如(?:果|需|要|若|按|不)|如果|假如|假使|要是|倘若|万一|即使|哪怕|if\b|suppose\b)/i;
const mistaken =
  /错误(?:算法|做法|答案|地)|(?:误|错)(?:把|将|以为|认为|算|写|当)|容易(?:错|误|忘)|别(?:忘|误)|千万(?:别|不要)|会得到?.{0,12}(?:错|不对)|否则(?:会|就|将)|^[\s>*_#(]{0,8}(?:注意|提醒|提示|易错|常见错误|切勿|note:)/i;
const conversion =
  /(?:^|[^\d.])1\s?[^\d\s=×*+]{1,6}\s?(?:=|是|为|等于|有)\s?[\d.,]+\s?[^\d\s=+×]{1,6}$/;
const comparison =
  /(?:比|较(?=[上去前昨同原计之])|相比).{0,16}(?:增|减|升|差|降|涨|跌|多|少|大|小|高|低|贵|便宜|快|慢|长|短|重|轻|早|晚)|(?:多|少|高|低)(?:出|了)|提高|\b(?:more|less|fewer) than\b|\d [a-z]{1,9} (?:more|less|fewer|younger|older|taller|shorter|longer|heavier|lighter|cheaper|faster|slower|bigger|smaller)\b/i;
const operatorBefore = /(?:乘以?|除以|加上?|减去?|[+×÷*])\s?$/;
const operatorAfter = /^\s?(?:乘以?|除以|加上?|减去?|[+×÷*])/;
/** Says more about an answer that has been given. */
const isRemark =
  /^[\s>*_#(]{0,8}(?:比|较|相比|当|此时|其中|注意|注|这|说明|另外|同时|补充|因为|由于|也就是|即|其|它|万一|取等|等号|note|here|this|since|because)/i;

/** Verbs of a result in English. */
const makes =
  /(?:\bleaving|\bleaves|\bmakes?|\bgives|\byields|\btotals|\baverages|(?:omes?|out|up|ounts?|works?) to)\s(?:\S{1,6}\s)?$/i;
const remains = /^\s?(?:[a-z]+ )?(?:remain|are left|is left|left over)/i;
/** Of these others are a part: 8 of the 25, 45 of its 60. */
const outOf = /\b(?:out of|of (?:the|its|his|her|their|these|those|all))\s$/i;
/** What some say beside what is right. */
const otherOpinion =
  /^(?:也有|还有|有(?:些|的|部分))(?:些|的)?(?:人|学者|说法|观点|资料|文献|地方)|^(?:另一|一)种?说法?(?!是对)|^(?:some (?:people|sources|say))/i;

const isBold = (sentence: string, text: string): boolean => sentence.includes(`**${text.trim()}`);

/** Nothing but a number with its unit. */
const isBare = (sentence: string, text: string): boolean =>
  /^[\s*_.:,约为是$]*$/.test(sentence.replace(text, ""));

/** Verbs of one character, which alone tell how a number relates to others. */
const verbs = "剩余差共多少贵省赚亏付找还回用需花买卖走行跑看读修得到";

/** 剩4盒 and 剩下了 4 盒 where 还剩几盒 is asked. */
const relatesBy = (before: string, relation: string): boolean => {
  const rest = before.replace(
    /(?:[共了下余]|[下余]的)?就?[有为是]?约?\s?(?:USD\s?|[￥¥$])?\s?$/,
    "",
  );
  if (/[剩余]$/.test(relation)) return /[剩余]$/.test(rest);
  return rest.endsWith(relation) || before.trimEnd().endsWith(relation);
};

/** What it names does not occur in the question at all. */
function isForeign(clause: string, { known }: Wanted["asked"]): boolean {
  const words = wordsOf(/^[^\d=]*/.exec(clause)?.[0] ?? "");
  return known.size > 0 && words.length > 1 && words.every((word) => !known.has(word));
}

/** It is about another thing that the question names: 男生有25人 where 女生多少人 is asked. */
function namesAnother(clause: string, { asked, question }: Wanted): boolean {
  const name = nameOf(clause);
  return (
    /^(?:\p{Script=Han}{2,4}|[A-Za-z甲乙丙丁]\p{Script=Han}{0,3})$/u.test(name) &&
    /^[\p{Script=Han}A-Za-z\d]{1,12}$/u.test(asked.name) &&
    question.includes(
      name.length > 2 && /\p{Script=Han}/u.test(name.charAt(0)) ? name.slice(0, 2) : name,
    ) &&
    !asked.sentence.includes(name) &&
    !wordsOf(name).some((word) => asked.sentence.includes(word))
  );
}

export const wordOf = ({ text }: Claim["number"]): string =>
  text.replace(/^[-负\d.,\s一二三四五六七八九十百千万亿两零]+/, "");

const placesOf = (text: string): number => /\.(\d+)/.exec(text)?.[1]?.length ?? 0;

/** Measured in another kind of unit than the one that is asked. */
function isOther({ unit }: Claim["number"], { kind, unit: word }: Wanted): boolean {
  if (kind === null || unit === null || unit.kind === kind) return false;
  if (/^(?:fen|degree)$/.test(unit.kind) || unit.kind.startsWith("capital")) return false;
  return word !== null || unit.kind !== "count";
}
