import type { Wanted } from "./candidates.ts";
import type { Claim } from "./claims.ts";

import { equals } from "../../text/quantity/rational.ts";
import { hasUsualName, likeness, nameOf, namedAs, wordsOf } from "./asked.ts";
import { sameAs } from "./candidates.ts";
import { calculation, unsolved } from "./clauses.ts";
import {
  agrees,
  answers,
  checks,
  comparison,
  conversion,
  decides,
  difference,
  elaboration,
  isRemark,
  labelled,
  makes,
  mistaken,
  negated,
  onlyAsked,
  operatorAfter,
  operatorBefore,
  otherOpinion,
  outOf,
  reason,
  remains,
  restates,
  states,
  sumsUp,
  supposes,
  tellsEvent,
  total,
  unasked,
} from "./phrases.ts";

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
  [
    2.5,
    ({ clause }, { asked }) =>
      asked.predicate !== null && clause.toLowerCase().includes(asked.predicate),
  ],
  [
    -1.5,
    ({ clause }, { asked, question }) =>
      question !== "" && /剩/.test(clause) && !/[剩余还]/.test(asked.sentence),
  ],
  [1, ({ before }) => /\b(?:remaining|the other|the rest)\b/i.test(before)],
  [2.5, ({ clause }, { asked }) => hasUsualName(clause, asked)],
  [-2.5, ({ clause }) => otherOpinion.test(clause)],
  [1.5, ({ clause }, { asked }) => tellsEvent(clause, asked.sentence, true)],
  [-2, ({ clause }, { asked }) => tellsEvent(clause, asked.sentence, false)],
  [
    -0.8,
    ({ number }, { scale, kind }) =>
      scale !== null && number.unit?.kind === kind && !equals(number.unit?.scale ?? scale, scale),
  ],
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
  // 第几 asks for one.
  [
    9,
    ({ number }, { asked }) => number.role === "ordinal" && /第几|第多少|名次/.test(asked.sentence),
  ],
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

/** Said of another thing than the answer, even if nothing else is said. */
export const isBeside = ({ clause, sentence, before, after }: Claim, { asked }: Wanted): boolean =>
  (!asked.compares && comparison.test(clause) && !/[是为=]/.test(clause)) ||
  supposes.test(clause) ||
  mistaken.test(sentence) ||
  operatorBefore.test(before) ||
  operatorAfter.test(after);

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
