import type { Rule } from "../rule.ts";

import { amountsOf } from "../amounts.ts";
import { without } from "../rule.ts";
import { isPlainObject, isPlainSubject } from "../subject.ts";

const units: Readonly<Record<string, string>> = {
  字: "字",
  汉字: "汉字",
  字符: "字符",
  英文单词: "单词",
  单词: "单词",
};

/** 字数在 20 个以上 says its unit first. */
const unitBefore = /(字数[^，\d]{0,6}?\d+)个(?=以上|以内|以下|之间)()/u;

/** 不少于 100 字, 20 到 30 个汉字, 恰好 7 个字. */
export const lengths: Rule = (given) => {
  const clause = given.replace(unitBefore, "$1字$2");
  const amounts = amountsOf(clause, "汉字|中文字|字符|英文单词|单词|字(?![母符体词眼句])").filter(
    ({ start, end }) =>
      !/出现|次/u.test(clause.slice(end, end + 4)) && !clause.slice(0, start).endsWith("这"),
  );
  const [first] = amounts;
  if (first === undefined || /字(?:开头|结尾)|作为/u.test(clause.slice(first.start, first.end + 4)))
    return null;
  if (amounts.some(({ bounds, isBare }) => bounds === null || isBare)) return "unsure";
  const last = amounts.at(-1) ?? first;
  if (!isPlainSubject(clause.slice(0, first.start))) return "unsure";
  if (!isPlainObject(clause.slice(last.end))) return "unsure";
  const drafts = amounts.map(({ bounds, unit }) => ({
    check: "length",
    unit:
      bounds?.equal === undefined
        ? (units[unit] ?? "汉字")
        : unit === "字"
          ? "汉字"
          : (units[unit] ?? "汉字"),
    ...bounds,
  }));
  // What stands before has been understood: it speaks of the reply.
  return { drafts, rest: without(clause, [{ start: 0, end: first.start }, ...amounts]) };
};
