import type { WantedFormula } from "./asked.ts";
import type { FormulaClaim } from "./claims.ts";

import { squeezed } from "./asked.ts";
import { isCalledOther } from "./quantities.ts";
import { sameMath } from "./same.ts";
import { prepared } from "./same.ts";
import { structureOf } from "./structure.ts";

/**
 * The formulas of a reply, lists of values without those that it gives up: of x=3 或 x=-2 the first, where it says
 * 把 x=-2 代入…不成立，舍去, or 负值舍去. A list of which nothing would be left stays.
 */
export function withoutRejected(
  claims: readonly FormulaClaim[],
  sentences: readonly string[],
): readonly FormulaClaim[] {
  if (!sentences.some((sentence) => gives.test(sentence) || keeps.test(sentence))) return claims;
  const rejected = claims
    .filter(
      ({ after, sentence, formula }) =>
        rightAfter.test(after) || (fails.test(sentence) && isPutIn(sentence, formula)),
    )
    .slice(0, mostRejected);
  const kept = sentences.map((sentence) => keeps.exec(sentence)?.[1]).find(Boolean);
  const given = sentences
    .map((sentence) => signGiven.exec(sentence)?.slice(1).find(Boolean))
    .find(Boolean);
  const sign = given ?? (kept === undefined ? undefined : kept === "正" ? "负" : "正");
  const outside = claims.filter((claim) => !isGivenUp(claim));
  return outside.map((claim) => {
    // cos α = ±4/5，舍去正值: one sign is left.
    if (sign !== undefined && onlyRoot.test(claim.formula))
      return {
        ...claim,
        formula: claim.formula.replace(/±\s*|\\pm\s*/, sign === "负" ? "" : "-"),
      };
    const { kind, parts } = structureOf(prepared(claim.formula));
    if (!/^(?:list|set)$/.test(kind) || parts.length < 2 || parts.length > mostParts) return claim;
    const left = parts.filter(
      (part) =>
        !rejected.some(({ formula }) => sameMath(valueOf(part), valueOf(formula), false)) &&
        (sign === undefined || isNegative(part) !== (sign === "负")),
    );
    return left.length === 0 || left.length === parts.length
      ? claim
      : { ...claim, formula: left.join(",") };
  });
}

const mostRejected = 6;
const mostParts = 6;

const gives =
  /舍[去掉弃]|增根|不合题意|不符合|排除|不成立|不是原方程的[解根]|\b(?:extraneous|reject(?:ed)?|discard(?:ed)?)\b/i;
const rightAfter = /^[^,。;]{0,10}(?:舍[去掉弃]|是?增根|不合|不符合|排除|应舍)/;
const fails = /不成立|舍[去掉弃]|增根|不合题意|不满足|矛盾|不符|extraneous|does not|doesn't/;
/** The sentence is about this value: 把 x=-2 代入, 当 x=-2 时. */
const isPutIn = (sentence: string, formula: string): boolean => {
  const at = sentence.replaceAll("$", "").indexOf(formula);
  return (
    at >= 0 &&
    /(?:把|将|当|代入|而|但|若|其中|检验|,|^)[\s:]*$/.test(
      sentence.replaceAll("$", "").slice(0, at),
    )
  );
};
const signGiven =
  /(负|正)(?:值|根|数|解|号|的){1,3}(?:应?舍[去掉弃]|不合|不符)|舍[去掉弃](负|正)(?:值|根|数|解|号|的)/;
const keeps = /(?:只?取|保留|只要)(正|负)(?:值|根|数|解|号|的)/;
/** One value with both signs: ±4/5, x=\pm 2. */
const onlyRoot = /^[^±,]{0,20}(?:±|\\pm)[^±,]{1,60}$/;

const valueOf = (part: string): string => part.split("=").at(-1)?.trim() ?? part;
const isNegative = (part: string): boolean => valueOf(part).startsWith("-");

/** It stands only within brackets that give something up: a=-2 of a=2（a=-2舍去，且(-2)³=-8也不符合）. */
function isGivenUp({ formula, sentence: all }: FormulaClaim): boolean {
  const sentence = all.slice(-longest);
  if (!gives.test(sentence)) return false;
  const rest = sentence.replaceAll(asides, (aside) => (gives.test(aside) ? "" : aside));
  if (rest === sentence) return false;
  const wanted = bareOf(formula);
  return bareOf(sentence).includes(wanted) && !bareOf(rest).includes(wanted);
}

/** A longer sentence is a loop; its end is read. */
const longest = 2_000;
/** Brackets, with brackets within them. */
const asides = /[(（](?:[^()（）]|\([^()（）]{0,40}\)){1,200}[)）]/g;
const bareOf = (text: string): string => squeezed(text).replaceAll(/[{}]/g, "");

/** 行列式不为零 says what it is not. */
const isDenied = ({ before, isFirst, announced }: FormulaClaim): boolean =>
  !announced && isFirst && /(?:不(?:为|等于|是)|并非)\s*$/.test(before);

/** Denied, or called another thing than the asked one. */
export const isNoAnswer = (claim: FormulaClaim, { squeezed: question }: WantedFormula): boolean =>
  isDenied(claim) || (!claim.announced && isCalledOther(claim, question));

/** 1, 3, 5, 7, 9, …… is the beginning of a list. */
export const goesOn = ({ after, formula }: FormulaClaim): boolean =>
  /^\s*[,，、]?\s*(?:…|\.{3})/.test(after) && formula.split(",").length > 2;
