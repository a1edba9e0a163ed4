import type { Wanted } from "./candidates.ts";
import type { Claim } from "./claims.ts";

import { seldom } from "../../text/finding/seldom.ts";
import { namedAs } from "./asked.ts";
import { sameAs } from "./candidates.ts";

/**
 * A sentence that lists parts and their sum, without the parts: 23个省、5个自治区,共28个 is 共28个. As written where the sum
 * is another, or where the question asks for one of the parts.
 */
export function totalled(sentence: string, question: string): string {
  const more = added.exec(sentence);
  if (more !== null && more.index > 0 && sentence.length <= longest)
    return sentence.slice(more.index);
  const total = sum.exec(sentence);
  if (total === null || sentence.length > longest) return sentence;
  const parts = sentence
    .slice(0, total.index)
    .replace(/[\s、,，;]+$/, "")
    .split(/[、,，;]|[和及与](?=\s?\d)/u)
    .map((each) => part.exec(each)?.groups);
  if (parts.length < 2 || parts.includes(undefined)) return sentence;
  const isAsked = parts.some(
    (each) => (each?.["noun"]?.length ?? 0) > 1 && question.includes(each?.["noun"] ?? ""),
  );
  const summed = parts.reduce((whole, each) => whole + Number(each?.["number"]), 0);
  return !isAsked && summed === Number(total[1]) ? sentence.slice(total.index) : sentence;
}

const longest = 300;
/** What comes on top of an amount told before, and what both make: …120 minutes, plus 30 more makes 150. */
const added = seldom(
  /(?<=\d[^\d]{0,16}[,，]\s?)(?:(?:and )?(?:plus|adding|add)\s[^.,]{0,24}\d[^.,=]{0,16}\s(?:makes|gives|is|equals)|(?:再)?加上?\s?\d[\d.]*\s?\p{Script=Han}{0,4}(?:[,，]?(?:就是|便是|得|是|为)))\s?(?=\d)/u,
);
const part =
  /^[^\d=+×*/÷-]{0,12}(?<number>\d{1,9})\s?(?:[个只条名位种本张座棵件人份]\s?)?(?<noun>\p{Script=Han}{0,8})\s*$/u;
const sum = seldom(/(?:共计?|合计|总共|一共|总计)(?:有|是|为)?\s?(\d{1,9})(?![\d.])/u);

/** 每人5个, 也就是全组15个: the same told of all, where so much of each is asked. */
export const restatesAll = ({ clause }: Claim, { asked, question }: Wanted): boolean => {
  const group = /(?:也就是|即|相当于|合)[^,]{0,4}(全\p{Script=Han}|一共|总共|总计|合计)/u.exec(
    clause,
  )?.[1];
  return asked.each && group !== undefined && !question.includes(group);
};

/** 24÷2=12,这就是兔的只数: what the number before is called, said as 兔有12. */
export const namedBehind = (text: string): string =>
  mayName(text) ? text.replaceAll(behind, "$1,$2有$1") : text;

const behind =
  /(\d[\d.]{0,12}\s?\p{Script=Han}{0,2})\s?[,，]\s?(?:这|那|此)也?就?便?是([^,，。;\d]{1,8}?)的?(?:[只个人件页棵条辆岁]数|数[量目]|年龄|长度|价格)(?=[,，。;!\s]|$)/gu;
const mayName = seldom(behind).may;

/** 对应的销项税额为…: what goes with the answer, under a name of which the question knows nothing. */
export const isAttached = ({ clause, source }: Claim, { question }: Wanted): boolean => {
  const noun =
    /^\s*(?:其)?(?:对应|相应|相对应|随之)的?(\p{Script=Han}{2,8}?)(?:就|则|便|约)?[是为有:=]/u.exec(
      clause,
    )?.[1];
  return source === null && noun !== undefined && !question.includes(noun);
};

/**
 * The claims of the one value that is told under the very name of what is asked (不含税价=113÷1.13=100 where 不含税价是多少
 * is), where nothing is announced, and what the reply concludes; all of them where there is none, or more than one.
 */
export function underName(claims: readonly Claim[], { asked, question }: Wanted): readonly Claim[] {
  const mayRound = asked.rounds || asked.places !== null || /[万亿]/.test(question);
  if (
    mayRound ||
    asked.name.length < 3 ||
    claims.some(({ source, part }) => source !== null || part.corrects)
  )
    return claims;
  const named = claims.filter(
    ({ clause, beside, supposed, bracketed }) =>
      !supposed && !bracketed && namedAs(clause, asked) === 1 && namedAs(beside, asked) === 1,
  );
  const [first] = named;
  if (first === undefined || !named.every(({ number }) => sameAs(number, first.number)))
    return claims;
  return claims.filter(({ number, concludes }) => concludes || sameAs(number, first.number));
}
