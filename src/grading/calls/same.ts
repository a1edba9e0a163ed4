import type { Literal } from "./literal.ts";

import { isObject, listOf, memberOf, textOf } from "../../domain/json.ts";
import { foldSimplified } from "../../text/normalise.ts";
import { chineseNumber } from "../../text/quantity/chinese.ts";
import { isInstant, sameInstant } from "./instant.ts";
import { isExpression, wholeLiteral } from "./literal.ts";

export type Strings = "folded" | "exact";

/**
 * Whether a given value means the expected one, by the parameter's JSON Schema: "3" is 3 where a number is asked for, a
 * list may come as its JSON, a date in another spelling. Without a schema the expected value's own type decides.
 */
export function sameValue(
  expected: unknown,
  given: Literal,
  schema: unknown,
  strings: Strings,
): boolean {
  if (isExpression(given)) return false;
  const branches = [...listOf(memberOf(schema, "anyOf")), ...listOf(memberOf(schema, "oneOf"))];
  if (branches.length > 0)
    return branches.some(
      (each) => accepts(expected, each) && sameValue(expected, given, each, strings),
    );
  const members = listOf(memberOf(schema, "enum"));
  const [own, other] = [scalarText(expected), scalarText(given)];
  if (members.length > 0 && own !== null) return other?.trim() === own.trim();
  switch (kindOf(expected, schema)) {
    case "number":
    case "integer":
      return sameNumber(expected, given);
    case "boolean":
      return booleanOf(expected) !== null && booleanOf(expected) === booleanOf(given);
    case "array":
      return sameList(expected, given, schema, strings);
    case "object":
      return sameObject(expected, given, schema, strings);
    case "null":
      return given === null;
    default:
      return sameText(expected, given, schema, strings);
  }
}

/** A branch of a schema is meant for values of its own type. */
const accepts = (value: unknown, schema: unknown): boolean => {
  const types = typesOf(schema);
  return (
    types.length === 0 ||
    types.includes(typeOf(value)) ||
    (types.includes("number") && typeOf(value) === "integer")
  );
};

/** JSON Schema's name for a value's type. */
export function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

/** The types that a schema allows, in lower case, because Gemini writes STRING; none if it says nothing. */
export const typesOf = (schema: unknown): readonly string[] =>
  [memberOf(schema, "type") ?? []]
    .flat()
    .flatMap((each) => (typeof each === "string" ? [each.toLowerCase()] : []));

function kindOf(expected: unknown, schema: unknown): string {
  const types = typesOf(schema).filter((type) => type !== "null" || expected === null);
  const own = typeOf(expected);
  if (types.includes(own)) return own;
  return types[0] ?? own;
}

const scalarText = (value: unknown): string | null =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : null;

function sameNumber(expected: unknown, given: Literal): boolean {
  const [own, other] = [numberOf(expected), numberOf(given)];
  if (own === null || other === null) return false;
  return Math.abs(own - other) <= 1e-9 * Math.max(1, Math.abs(own), Math.abs(other));
}

/** A number, or a text that is nothing else: "3", "1,200", "三". */
function numberOf(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string") return null;
  const text = foldSimplified(value).trim();
  if (/^[+-]?(?:\d+(?:\.\d+)?|\.\d+|\d{1,3}(?:,\d{3})+(?:\.\d+)?)(?:e[+-]?\d+)?$/i.test(text))
    return Number(text.replaceAll(",", ""));
  return /\p{Script=Han}|〇/u.test(text) ? chineseNumber(text) : null;
}

const truths: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["是", true],
  ["false", false],
  ["否", false],
]);

const booleanOf = (value: unknown): boolean | null =>
  typeof value === "boolean"
    ? value
    : typeof value === "string"
      ? (truths.get(value.trim().toLowerCase()) ?? null)
      : null;

function sameText(expected: unknown, given: Literal, schema: unknown, strings: Strings): boolean {
  const [own, other] = [scalarText(expected), scalarText(given)];
  if (own === null || other === null) return false;
  if (own === other) return true;
  if (strings === "exact") return false;
  const format = textOf(memberOf(schema, "format")) ?? "";
  if (/^(?:date|time|date-time)$/.test(format) || isInstant(own)) {
    const same = sameInstant(own, other);
    if (same !== null) return same;
  }
  return folded(own, own) === folded(other, own);
}

/** Width, script, blanks, quotes around it and a last stop may differ; case only in words, which no identifier is. */
function folded(text: string, expected: string): string {
  const bare = foldSimplified(text)
    .replaceAll(/\s+/g, " ")
    .trim()
    .replaceAll(/^["'“”‘’「『]+|["'“”‘’」』]+$/g, "")
    .replace(/(?<=.)[。.!！;；]+$/u, "")
    .replaceAll(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, "");
  return /[\d_/\\=]/.test(expected) ? bare : bare.toLowerCase();
}

function sameList(expected: unknown, given: Literal, schema: unknown, strings: Strings): boolean {
  const other = typeof given === "string" ? wholeLiteral(given) : given;
  if (!Array.isArray(expected) || !Array.isArray(other)) return false;
  if (expected.length !== other.length) return false;
  const items = memberOf(schema, "items");
  const same = (each: unknown, value: Literal): boolean => sameValue(each, value, items, strings);
  const values = other as readonly Literal[];
  if (memberOf(schema, "uniqueItems") !== true)
    return expected.every((each, index) => same(each, values[index] ?? null));
  const rest = [...values];
  return expected.every((each) => {
    const at = rest.findIndex((value) => same(each, value));
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
}

function sameObject(expected: unknown, given: Literal, schema: unknown, strings: Strings): boolean {
  const other = typeof given === "string" ? wholeLiteral(given) : given;
  if (!isObject(expected) || !isObject(other) || isExpression(other)) return false;
  const properties = memberOf(schema, "properties");
  const names = new Set([...Object.keys(expected), ...Object.keys(other)]);
  return [...names].every((name) => {
    const own = memberOf(properties, name);
    const fallback = memberOf(own, "default");
    const [value, written] = [
      memberOf(expected, name) ?? fallback,
      memberOf(other, name) ?? fallback,
    ];
    if (value === undefined || written === undefined) return false;
    return sameValue(value, written as Literal, own, strings);
  });
}
