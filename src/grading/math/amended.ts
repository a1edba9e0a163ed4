import type { WantedFormula } from "./asked.ts";

import { squeezed } from "./asked.ts";

/** A found formula as the reply means it: 0 of f(2)+f(-2)=0 where that sum is asked, with the constant that it says to add. */
export function amended(formula: string, reply: string, wanted: WantedFormula): string {
  // f(2)+f(-2)=0 is no equation to solve where its left side is asked.
  const left = /^([^=]{2,60})=\s*0$/.exec(formula)?.[1];
  if (left !== undefined && wanted.squeezed.includes(squeezed(left))) return "0";
  // …就是 x 的平方，别忘了加上任意常数 C
  if (wanted.squeezed.includes("∫") && !/C\s*$/.test(formula) && constantAdded.test(reply))
    return `${formula}+C`;
  const slope = slopeAsked.test(wanted.asking) && slopeNamed.test(reply) ? slopeOf(formula) : null;
  return slope ?? formula;
}

const slopeAsked = /斜率|slope/i;
/** The reply says that the coefficient of its line is meant: The coefficient of x gives the slope. */
const slopeNamed =
  /(?:coefficient|系数)[^.。\n]{0,24}(?:slope|斜率)|(?:slope|斜率)[^.。\n]{0,24}(?:coefficient|系数)/i;

/** -(2/3) of y = -(2/3)x + 2; null for another formula. */
function slopeOf(formula: string): string | null {
  const coefficient =
    /^y=(-?(?:\([^()]+\)|\\frac\{[^{}]+\}\{[^{}]+\}|[\d./]*))\*?x(?:[-+][^xy]*)?$/.exec(
      squeezed(formula).replace(/\.$/, ""),
    )?.[1] ?? null;
  return coefficient === "" || coefficient === "-" ? `${coefficient}1` : coefficient;
}

const constantAdded =
  /(?:[再还]?(?:要|需要?)?加上?(?:一个)?(?:任意|积分)?(?:的)?常数\s?\$?C|\+\s?C\$?\s?(?:别忘|不要忘|不能(?:漏|忘|少)))/;
