import type { Structure } from "./structure.ts";

import { formulaKey } from "../../text/formula.ts";
import { lately } from "../../text/quantity/lately.ts";
import { equals } from "../../text/quantity/rational.ts";
import { quantitiesIn } from "../../text/quantity/read.ts";
import { spellNumbers } from "../../text/quantity/spell.ts";
import { expressionOf, sameExpression } from "./algebra.ts";
import { withoutRemarks, withoutUnit, withoutWords } from "./remarks.ts";
import { structureOf } from "./structure.ts";
import { counted, tidy } from "./tidy.ts";

/** Longer texts are prose, not formulas, and are not parsed. */
const maxChars = 400;
const maxParts = 24;
/** So many formulas at once are compared with one another. */
const remembered = 16;

/** True where both are mathematically the same. Unparseable text must be equal as text. */
export function sameMath(reply: string, gold: string, ordered: boolean): boolean {
  if (reply.length > maxChars || gold.length > maxChars) return false;
  if (formulaKey(reply) === formulaKey(gold)) return formulaKey(reply) !== "";
  const [a, b] = [prepared(reply), prepared(gold)];
  if (a === "" || b === "") return false;
  if (same(a, b, ordered)) return true;
  const renamed = constantsSwapped(a);
  if (renamed !== null && constantsSwapped(b) !== null) return same(renamed, b, ordered);
  // Letters of a unit are taken away only where the gold has no letters that they could be.
  const bare = withoutUnit(a);
  if (bare === null) return false;
  const other = withoutUnit(b);
  if (other !== null)
    return a.slice(bare.length) === b.slice(other.length) && same(bare, other, ordered);
  return !/[a-zA-Z]/.test(b.replaceAll(/\\[a-zA-Z]+/g, "")) && same(bare, b, ordered);
}

/** C₁ and C₂ of a general solution have no order; null where a text does not have both. 10C2 and C_5^2 are none. */
function constantsSwapped(text: string): string | null {
  if (!text.includes("C")) return null;
  const found = new Set<string>();
  const swapped = text.replaceAll(constants, (_, name: string, n: string) => {
    found.add(n);
    return n === "1" ? `${name}2` : `${name}1`;
  });
  return found.size === 2 ? swapped : null;
}
const constants = /(?<![\dA-Za-z])(C_?\{?)([12])(?!\d|\}?\s?\^)/g;

/** True where a text parses as a formula, so that more than its characters can be compared. */
export function isReadable(text: string): boolean {
  if (text.length > maxChars || formulaKey(text) === "") return false;
  const form = prepared(text);
  return isFormula(form) || isFormula(withoutUnit(form) ?? "");
}

/** The gold is prepared for each formula of a reply, and each of these for several questions about it. */
export const prepared = lately(
  (text: string): string => counted(withoutWords(withoutRemarks(tidy(text)))),
  remembered,
);

function isFormula(text: string): boolean {
  if (text === "") return false;
  const { kind, parts } = structureOf(text);
  if (kind !== "single")
    return parts.length > 0 && parts.length <= maxParts && parts.every(isFormula);
  const [only = ""] = parts;
  return only === "∅" || /^-?∞$/.test(only) || numberOf(only) !== null || isValue(sidesOf(only));
}

/** The last side is an expression, and the others are too or are names such as f'(x) and S△ABC. */
const isValue = (sides: readonly string[]): boolean =>
  sides.length > 0 &&
  sides.every(
    (side, index) =>
      expressionOf(side) !== null ||
      (index < sides.length - 1 && side.length <= 30 && !/\p{Script=Han}/u.test(side)),
  );

function same(reply: string, gold: string, ordered: boolean): boolean {
  if (squeezed(reply) === squeezed(gold)) return true;
  const a = structureOf(reply);
  const b = structureOf(gold);
  if (a.parts.length > maxParts || b.parts.length > maxParts) return false;
  if (a.kind === "single" && b.kind === "single")
    return sameSingle(a.parts[0] ?? "", b.parts[0] ?? "");
  if (a.parts.length !== b.parts.length) return false;
  const coordinates = sameCoordinates(a, b) ?? sameCoordinates(b, a);
  if (coordinates !== null) return coordinates;
  const solutions = /^(?:list|set|union)$/;
  const alike =
    a.kind === b.kind
      ? a.brackets === b.brackets
      : solutions.test(a.kind) && solutions.test(b.kind);
  if (!alike) return false;
  const inOrder =
    /^(?:point|interval|matrix)$/.test(a.kind) ||
    (a.kind !== "set" && (ordered || isOrderedByNames(a, b)));
  return inOrder
    ? sameInOrder(a.parts, b.parts, ordered)
    : sameInAnyOrder(a.parts, b.parts, ordered);
}

const squeezed = (text: string): string => text.replaceAll(/\s+/g, "");

const sameInOrder = (a: readonly string[], b: readonly string[], ordered: boolean): boolean =>
  a.every((part, index) => same(part, b[index] ?? "", ordered));

function sameInAnyOrder(a: readonly string[], b: readonly string[], ordered: boolean): boolean {
  const left = [...b];
  for (const part of a) {
    const index = left.findIndex((each) => same(part, each, ordered));
    if (index < 0) return false;
    left.splice(index, 1);
  }
  return left.length === 0;
}

/** x=1, y=2 is the point (1, 2). Null where the first is no list of coordinates or the second no point. */
function sameCoordinates(list: Structure, point: Structure): boolean | null {
  if (list.kind !== "list" || !/^(?:point|interval)$/.test(point.kind) || point.brackets !== "()")
    return null;
  const names = list.parts.map(nameOf);
  if (!/^(?:x,y|x,y,z|y,x)$/.test(names.join(","))) return null;
  const values = names[0] === "y" ? list.parts.toReversed() : list.parts;
  return sameInOrder(values, point.parts, true);
}

/** Values of distinct unknowns: where only one side names them, both must be in one order. */
function isOrderedByNames(a: Structure, b: Structure): boolean {
  const names = [a, b].map(({ parts }) => new Set(parts.map(nameOf)));
  const distinct = names.map(
    (each, side) => each.size === [a, b][side]?.parts.length && !each.has(""),
  );
  return distinct[0] !== distinct[1];
}

/** One expression or equation. A value matches `x = value`, and the last of a chain of equations. */
function sameSingle(reply: string, gold: string): boolean {
  if (reply === "∅" || gold === "∅") return reply === gold;
  const a = numberOf(reply);
  const b = numberOf(gold);
  if (a !== null && b !== null) return equals(a, b);
  const [left, right] = [sidesOf(reply), sidesOf(gold)];
  if (left.length > 1 && right.length > 1) {
    const [from, to] = [
      `${left[0] ?? ""}=${left.at(-1) ?? ""}`,
      `${right[0] ?? ""}=${right.at(-1) ?? ""}`,
    ];
    return (
      sameExpression(from, to) ||
      (sameNames(reply, gold) && sameValue(left.at(-1) ?? "", right.at(-1) ?? ""))
    );
  }
  return sameValue(valueOf(reply), valueOf(gold));
}

function sameValue(reply: string, gold: string): boolean {
  const a = numberOf(reply);
  const b = numberOf(gold);
  return a !== null && b !== null ? equals(a, b) : sameExpression(reply, gold);
}

const sidesOf = (text: string): readonly string[] =>
  text
    .split(/(?<![<>])[=≈](?![<>])/)
    .map((side) => side.trim())
    .filter((side) => side !== "");

/** What is left of the equals sign, without an index: x of x_1 = 3. Empty where that is no name. */
const nameOf = (text: string): string =>
  /^([a-zA-Z])(?:_\{?\w\}?)?\s*=/.exec(text.trim())?.[1] ?? "";

/** x_1 = 1 and x = 1 have one name, and so have f(x), its inverse and y. */
function sameNames(a: string, b: string): boolean {
  const [first = "", second = ""] = [a, b].map((text) => squeezed(text.split("=")[0] ?? ""));
  return (
    first === second ||
    (nameOf(a) !== "" && nameOf(a) === nameOf(b)) ||
    (isFunction.test(first) && isFunction.test(second))
  );
}

const isFunction = /^(?:[fgh](?:\^\{?-1\}?)?\(x\)|y)$/;

/** The part after the last equals sign; an equation set to zero is no value. */
function valueOf(text: string): string {
  const sides = sidesOf(text);
  const last = sides.at(-1) ?? "";
  if (sides.length === 1) return last;
  if (sides.length < 2 || (squeezed(last) === "0" && /.[-+]/.test(sides[0] ?? ""))) return text;
  return last;
}

/** The value of a text that is one number, with or without a unit. */
function numberOf(text: string) {
  const spelt = spellNumbers(text).trim();
  const [only, ...more] = quantitiesIn(spelt);
  if (only === undefined || more.length > 0 || !equals(only.low, only.high)) return null;
  if (only.role !== "value" && only.role !== "ratio") return null;
  const rest = spelt.slice(0, only.start) + spelt.slice(only.end);
  return /^[\s\p{Script=Han}°.。+]*$/u.test(rest) ? only.low : null;
}
