import { Add, Int, Mul, Pow } from "@khanacademy/kas";

import { expressionOf } from "./algebra.ts";
import { prepared } from "./same.ts";

const asksFactors = /因式分解|分解因式|分解成?(?:几个)?因式|\bfactori[sz]e|\bfactor\b/i;
const asksSum = /展开|去括号|\bexpand\b/i;

/**
 * True where a reply of the gold's value has the form that the question asks for: as many factors as the gold has where it
 * says 因式分解 (x(x²-4) is not finished), no product of sums where it says 展开. A question that asks for neither takes any form.
 */
export function isInForm(reply: string, gold: string, question: string): boolean {
  if (asksFactors.test(question)) return factorsIn(reply) >= factorsIn(gold);
  return !asksSum.test(question) || !hasProduct(reply) || hasProduct(gold);
}

const lastSide = (text: string) => expressionOf(prepared(text).split("=").at(-1) ?? "");

/** How many factors with a letter a product has; (x-1)^2 has two. */
function factorsIn(text: string): number {
  const expression = lastSide(text);
  if (expression === null) return 0;
  const terms = expression instanceof Mul ? expression.terms : [expression];
  return terms.reduce((sum, term) => {
    if (term.getVars().length === 0) return sum;
    return sum + (term instanceof Pow && term.exp instanceof Int ? Math.abs(term.exp.n) : 1);
  }, 0);
}

/** A product or a power of sums with letters. */
function hasProduct(text: string): boolean {
  const expression = lastSide(text);
  const parts = expression instanceof Add ? expression.terms : [expression];
  return parts.some((part) =>
    part instanceof Mul
      ? part.terms.some((term) => isSum(term) || (term instanceof Pow && isSum(term.base)))
      : part instanceof Pow && isSum(part.base),
  );
}

const isSum = (term: unknown): boolean => term instanceof Add && term.getVars().length > 0;
