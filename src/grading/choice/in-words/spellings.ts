import type { Gold } from "../../../domain/grader.ts";

import { standInOrder } from "../../../text/stand-in-order.ts";
import { wordsOf } from "../question/option-words.ts";

/** An option's words as people repeat them: without their marks, brackets or spaces, where that is still its own. */
export function spellingsOf(label: string, words: string, gold: Gold): readonly string[] {
  const all = [...spelled(words), ...withoutNoun(words, gold)].filter(
    (each) => each === words || /\p{Script=Han}{2}|[a-z]{3}|^Q[1-4]$/iu.test(each),
  );
  const party = isParty(words.charAt(0), gold) ? [words.charAt(0)] : [];
  return [...all, ...party].filter(
    (each) =>
      each === words ||
      party.includes(each) ||
      !wordsOf(gold).some(([other, text]) => other !== label && spelled(text).includes(each)),
  );
}

/** 苏必利尔 for 苏必利尔湖, where every option is a 湖. */
function withoutNoun(words: string, gold: Gold): readonly string[] {
  const noun = words.at(-1) ?? "";
  const all = wordsOf(gold);
  return /^\p{Script=Han}{3,}$/u.test(words) &&
    all.length > 2 &&
    all.every(([, each]) => each.endsWith(noun))
    ? [words.slice(0, -1)]
    : [];
}

/** 人大制度 for 人民代表大会制度: some of an option's characters in their order, its first and its last two among them. */
export function abbreviationsAsLetters(text: string, gold: Gold): string {
  const long = wordsOf(gold).filter(
    ([, words]) => /^\p{Script=Han}{6,14}$/u.test(words) && !/[的不未无没非]/.test(words),
  );
  return long.reduce((said, [label, words]) => {
    // Nearly every reply lacks the end, and no pattern is made for it.
    if (!said.includes(words.slice(-2))) return said;
    if (long.some(([other, each]) => other !== label && isOfEnds(each, words))) return said;
    const brief = new RegExp(`${words.charAt(0)}[${words}]{1,4}${words.slice(-2)}`, "gu");
    return said.replaceAll(brief, (all) =>
      all !== words && standInOrder(all, words) && !gold.question.includes(all) ? label : all,
    );
  }, text);
}

const isOfEnds = (one: string, other: string): boolean =>
  one.charAt(0) === other.charAt(0) && one.endsWith(other.slice(-2));

/** 煤和天然气, 氧、氢、氮三种: in a list of options the first character of a word of two stands for it. */
export function listedAsLetters(text: string, gold: Gold): string {
  const all = wordsOf(gold);
  const brief = new Map(
    all.flatMap(([label, words]) => {
      const sign = words.charAt(0);
      const own = /^\p{Script=Han}{2}$/u.test(words) && !gold.question.includes(sign);
      return own && all.filter(([, each]) => each.includes(sign)).length === 1
        ? [[sign, label] as const]
        : [];
    }),
  );
  if (brief.size === 0) return text;
  const one = `(?:[A-H]|[${[...brief.keys()].join("")}])`;
  const list = new RegExp(
    `(?<![\\p{Script=Han}A-Za-z])${one}(?:[、和与及]${one}){1,4}(?=[都均皆也三两四这等属是虽,。;:])`,
    "gu",
  );
  return text.replaceAll(list, (words) =>
    words.replaceAll(/\p{Script=Han}/gu, (sign) => brief.get(sign) ?? sign),
  );
}

const spelled = (words: string): readonly string[] => [
  ...new Set([
    words,
    words.replaceAll(/\([^()]*\)|[《》“”"「」]/g, ""),
    words.replaceAll(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, ""),
    // 硬性发泡 for 干性(硬性)发泡.
    words.replace(/^\p{Script=Han}{2,4}\((\p{Script=Han}{2,6})\)/u, "$1"),
    // 小红 for 小红:春天来了.
    words.replace(/^(\p{Script=Han}{2,4}):.*$/u, "$1"),
    // 二氧化碳 for 二氧化碳 CO2.
    words.replace(/^(\p{Script=Han}{2,8}) [\x21-\x7e]{1,12}$/u, "$1"),
    // 挂失 for 立即挂失.
    words.replace(/^(?:立[即刻]|马上|及时|赶紧|尽快|主动)(?=\p{Script=Han}{2})/u, ""),
    // judici(ary) for Judicial.
    ...(/^[A-Za-z]{8,}$/.test(words) ? [words.slice(0, Math.max(6, words.length - 2))] : []),
    ...calendarNames(words),
    ...growthNames(words),
    // 中书 for 中书省.
    words.replace(/^(\p{Script=Han}{2})\p{Script=Han}$/u, "$1"),
  ]),
];

/** Every option tells of a party of its own (甲受胁迫签下欠条, 乙自愿卖车), of which the question does not speak. */
export const isParty = (sign: string, gold: Gold): boolean =>
  /[甲乙丙丁戊]/.test(sign) &&
  !/[甲乙丙丁戊]/.test(gold.question) &&
  wordsOf(gold).every(
    ([, words]) =>
      /^[甲乙丙丁戊](?!、?[和与]?[甲乙丙丁戊])/.test(words) &&
      wordsOf(gold).filter(([, other]) => other.charAt(0) === words.charAt(0)).length === 1,
  );

/** 周三 and 礼拜三 for 星期三, Q2 for 二季度. */
function calendarNames(words: string): readonly string[] {
  const day = /^(?:星期|周|礼拜)([一二三四五六日天])$/.exec(words)?.[1];
  if (day !== undefined) return ["星期", "周", "礼拜"].map((name) => `${name}${day}`);
  const quarter = /^第?([一二三四])季度$/.exec(words)?.[1];
  return quarter === undefined ? [] : [`Q${"一二三四".indexOf(quarter) + 1}`, `${quarter}季度`];
}

/** Logarithmic for O(log n), 平方级 for O(n^2). */
const growthNames = (words: string): readonly string[] =>
  growth.find(([form]) => form.test(words.replaceAll(/\s/g, "")))?.[1] ?? [];
const growth: readonly (readonly [form: RegExp, names: readonly string[]])[] = [
  [/^[OΘ]\(1\)$/, ["常数级", "constant time"]],
  [/^[OΘ]\(log(?:_?2)?n\)$/, ["对数级", "logarithmic"]],
  [/^[OΘ]\(n\)$/, ["线性级", "linear time"]],
  [/^[OΘ]\(nlog(?:_?2)?n\)$/, ["线性对数级", "linearithmic"]],
  [/^[OΘ]\(n(?:\^?2|²)\)$/, ["平方级", "quadratic"]],
  [/^[OΘ]\((?:2\^?n)\)$/, ["指数级", "exponential"]],
];
