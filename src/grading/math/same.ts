import { compare, parse } from "@khanacademy/kas";

import { formulaKey } from "../../text/formula.ts";
import { approximate, equals } from "../../text/quantity/rational.ts";
import { quantitiesIn } from "../../text/quantity/read.ts";
import { spellNumbers } from "../../text/quantity/spell.ts";
import { structureOf } from "./structure.ts";

/** Longer texts are prose, not formulas, and are not parsed. */
const maxChars = 400;

/** True where both are mathematically the same. Unparseable text must be equal as text. */
export function sameMath(reply: string, gold: string, ordered: boolean): boolean {
  if (reply.length > maxChars || gold.length > maxChars) return false;
  if (formulaKey(reply) === formulaKey(gold)) return formulaKey(reply) !== "";
  const a = structureOf(reply);
  const b = structureOf(gold);
  if (a.kind !== b.kind || a.brackets !== b.brackets || a.parts.length !== b.parts.length)
    return false;
  if (a.kind === "single") return sameSingle(a.parts[0] ?? "", b.parts[0] ?? "");
  const inOrder = ordered || a.kind === "point" || a.kind === "interval";
  return inOrder
    ? sameInOrder(a.parts, b.parts, ordered)
    : sameInAnyOrder(a.parts, b.parts, ordered);
}

/** True where a text parses as a formula, so that more than its characters can be compared. */
export function isReadable(text: string): boolean {
  if (text.length > maxChars || formulaKey(text) === "") return false;
  const { kind, parts } = structureOf(text);
  return kind === "single"
    ? expressionOf(valueOf(parts[0] ?? "")) !== null ||
        numberOf(text) !== null ||
        isEmptySet(text) ||
        /^-?∞$/.test(formulaKey(text))
    : parts.every((part) => isReadable(part));
}

const sameInOrder = (a: readonly string[], b: readonly string[], ordered: boolean): boolean =>
  a.every((part, index) => sameMath(part, b[index] ?? "", ordered));

function sameInAnyOrder(a: readonly string[], b: readonly string[], ordered: boolean): boolean {
  const left = [...b];
  for (const part of a) {
    const index = left.findIndex((each) => sameMath(part, each, ordered));
    if (index < 0) return false;
    left.splice(index, 1);
  }
  return left.length === 0;
}

/** One expression or equation. A bare value matches `x = value` and vice versa. */
function sameSingle(reply: string, gold: string): boolean {
  if (isEmptySet(reply) || isEmptySet(gold)) return isEmptySet(reply) && isEmptySet(gold);
  const a = numberOf(reply);
  const b = numberOf(gold);
  if (a !== null && b !== null) return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));
  if (isEquation(reply) && isEquation(gold)) {
    return equal(reply, gold) || (sameName(reply, gold) && equal(valueOf(reply), valueOf(gold)));
  }
  return equal(valueOf(reply), valueOf(gold));
}

const isEmptySet = (text: string): boolean => /^(?:∅|空集|无解)$/.test(formulaKey(text));
const isEquation = (text: string): boolean => /=/.test(text);
const sameName = (a: string, b: string): boolean => nameOf(a) === nameOf(b);
const nameOf = (text: string): string => formulaKey(text.split("=")[0] ?? "");

/** The part after a name and its equals sign: 3 in x = 3, 2x + 1 in f(x) = 2x + 1. */
function valueOf(text: string): string {
  const [name = "", ...rest] = text.split("=");
  return rest.length === 1 && /^\s*[a-zA-Z]\w*(?:_\{?\w+\}?)?\s*(?:\([a-zA-Z]\))?\s*$/.test(name)
    ? (rest[0] ?? "")
    : text;
}

/** The value of a text that is one number, with or without a unit. */
function numberOf(text: string): number | null {
  const spelt = spellNumbers(text).trim();
  const [only, ...more] = quantitiesIn(spelt);
  if (only === undefined || more.length > 0 || !equals(only.low, only.high)) return null;
  const rest = spelt.slice(0, only.start) + spelt.slice(only.end);
  return /^[\s\p{Script=Han}°.。]*$/u.test(rest) ? approximate(only.low) : null;
}

function equal(reply: string, gold: string): boolean {
  const a = expressionOf(reply);
  const b = expressionOf(gold);
  if (a === null || b === null) return false;
  try {
    return compare(a, b, { simplify: false, form: false }).equal;
  } catch {
    return false;
  }
}

/** The expression as parsed by the algebra system, or null. */
function expressionOf(text: string) {
  const latex = latexOf(text);
  if (latex === "" || /\p{Script=Han}/u.test(latex)) return null;
  try {
    const result = parse(latex, { functions: ["f", "g", "h"] });
    return result.parsed ? result.expr : null;
  } catch {
    return null;
  }
}

/** Rewrites notation that the algebra system does not know. */
function latexOf(text: string): string {
  const trigonometric = /(?:sin|cos|tan|cot)(?![a-zA-Z])/.test(text);
  return text
    .replaceAll(/\$|\\[,;!: ]|\\(?:left|right|displaystyle|limits)(?![a-zA-Z])/g, "")
    .replaceAll(/\\[dtc]frac/g, String.raw`\frac`)
    .replaceAll(/\\frac\s*(\d)\s*(\d)/g, String.raw`\frac{$1}{$2}`)
    .replaceAll(/\\(?:mathrm|text|mathbf|rm)\s*\{([^{}]*)\}/g, "$1")
    .replaceAll(/\^\{?\\circ\}?/g, "°")
    .replaceAll(/(\d+(?:\.\d+)?)\s*°/g, trigonometric ? String.raw`(\frac{$1\pi}{180})` : "$1")
    .replaceAll("°", "")
    .replaceAll(
      /√\(([^()]*)\)|√\{([^{}]*)\}|√(\w)/g,
      (_, a?: string, b?: string, c?: string) => String.raw`\sqrt{${a ?? b ?? c ?? ""}}`,
    )
    .replaceAll("π", String.raw`\pi `)
    .replaceAll(/[×·⋅]/g, String.raw`\cdot `)
    .replaceAll(/[−–]/g, "-")
    .replaceAll("{,}", "")
    .trim();
}
