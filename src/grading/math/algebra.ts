import { compare, Eq, parse } from "@khanacademy/kas";

import { equals } from "../../text/quantity/rational.ts";
import { exactly, sameComplex, sameRelation } from "./evaluate.ts";

/** True where the algebra system finds both equal; whole numbers and fractions are compared exactly. */
export function sameExpression(reply: string, gold: string): boolean {
  const a = expressionOf(reply);
  const b = expressionOf(gold);
  if (a === null || b === null) return false;
  try {
    if (a instanceof Eq || b instanceof Eq) {
      return a instanceof Eq && b instanceof Eq && sameRelation(a, b);
    }
    const [left, right] = [exactly(a), exactly(b)];
    if (left !== null && right !== null) return equals(left, right);
    // To the algebra system, two values that it cannot hold are one.
    if (a.getVars().length + b.getVars().length === 0 && !Number.isFinite(a.eval())) return false;
    return (
      compare(a, b, { simplify: false, form: false }).equal ||
      (hasImaginary(`${reply} ${gold}`) && sameComplex(a, b))
    );
  } catch {
    return false;
  }
}

const hasImaginary = (text: string): boolean =>
  text.replaceAll(/\\[a-zA-Z]+|arcsin|sin/g, " ").includes("i");

/** The expression as parsed by the algebra system, or null. */
export function expressionOf(text: string) {
  const latex = latexOf(text);
  if (isProse(text)) return null;
  // Longer numbers are not exact in the algebra system.
  if (/\d{16}/.test(latex)) return null;
  if (latex === "" || /[\p{Script=Han}±∓∈∪∩∞ℝ⦃⦄&!]/u.test(latex)) return null;
  try {
    const result = parse(latex, { functions: ["f", "g", "h"] });
    return result.parsed ? result.expr : null;
  } catch {
    return null;
  }
}

/** English words, which the algebra system would take for products of their letters. */
const isProse = (text: string): boolean =>
  /[a-zA-Z]{4,}|\b(?:the|and|for|are|is|we|so|get|of|at|to)\b/.test(
    text.replaceAll(/\\[a-zA-Z]+|arc(?:sin|cos|tan)|(?:sin|cos|tan|cot|sec|csc|ln|log)/g, " "),
  );

/** Greek letters that the algebra system does not know, as names with an index that nobody writes. */
const greek =
  /\\(alpha|beta|gamma|delta|epsilon|varepsilon|lambda|mu|omega|rho|sigma|tau|varphi|eta|xi|psi|Delta|Omega|Phi)(?![a-zA-Z])|([αβγδελμωρστφηξψΔΩΦ])/g;
const letters = "αβγδελμωρστφηξψΔΩΦ";
const names: Readonly<Record<string, number>> = Object.fromEntries(
  "alpha beta gamma delta epsilon lambda mu omega rho sigma tau varphi eta xi psi Delta Omega Phi"
    .split(" ")
    .map((name, index) => [name, index] as const),
);

/** Rewrites tidy notation that the algebra system does not know. */
function latexOf(text: string): string {
  const trigonometric = /(?:sin|cos|tan|cot)(?![a-zA-Z])/.test(text);
  return text
    .replaceAll(/(\d+(?:\.\d+)?)\s*°/g, trigonometric ? String.raw`(\frac{$1\pi}{180})` : "$1")
    .replaceAll("°", "")
    .replaceAll(/θ/g, String.raw`\theta `)
    .replaceAll(greek, (_, name: string | undefined, sign: string | undefined) => {
      const index =
        name === undefined ? letters.indexOf(sign ?? "") : (names[name.replace(/^vare/, "e")] ?? 0);
      return `q_{${index}} `;
    })
    .replaceAll("π", String.raw`\pi `)
    .replaceAll("*", String.raw`\cdot `)
    .replaceAll("≤", "<=")
    .replaceAll("≥", ">=")
    .replaceAll("≠", "<>")
    .replaceAll(/(?<=\d)%/g, String.raw` \cdot 0.01`)
    .replaceAll(/(?<=\d),(?=\d{3}(?!\d))/g, "")
    .trim();
}
