import { z } from "zod";

import { isObject } from "../json.ts";
import { expected } from "../schema/expected.ts";

/** Names of variables: a letter first, so that none reads as a number. */
export const VariableName = z.string().regex(/^[\p{L}_][\p{L}\p{N}_-]*$/u, {
  error: expected(
    "变量名（字母、汉字或 _ 开头，只含字母、数字、汉字、_ -）",
    "a variable's name (a letter or _ first; letters, digits, _ -)",
  ),
});

export const VariableValue = z.union([z.string(), z.number(), z.boolean()]);

/** What `{{vars.name}}` stands for. */
export const Variables = z.record(VariableName, VariableValue);
export type Variables = Readonly<z.infer<typeof Variables>>;

/**
 * A use of a variable. `\{{vars.name}}` is no use but the text without its backslash; other braces are plain text outside
 * of prompts.
 */
const use = /(\\?)\{\{\s*vars\.([^{}]*?)\s*\}\}/g;

/** A text with its variables filled in. Values are inserted verbatim; a variable that is not there stays as it is. */
function filledText(text: string, values: Variables): string {
  if (!text.includes("{{")) return text;
  return text.replaceAll(use, (whole, slash: string, name: string) => {
    if (slash !== "") return whole.slice(1);
    return Object.hasOwn(values, name) ? String(values[name]) : whole;
  });
}

/** A value with the variables of all its texts filled in; keys stay. The value itself where there are none. */
export function filled<Value>(value: Value, values: Variables): Value {
  // A text becomes a text and all else keeps its shape.
  return usesVariables(value) ? (mapTexts(value, values) as Value) : value;
}

function mapTexts(value: unknown, values: Variables): unknown {
  if (typeof value === "string") return filledText(value, values);
  if (Array.isArray(value)) return value.map((each: unknown) => mapTexts(each, values));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, mapTexts(each, values)]),
  );
}

/** Whether any text inside holds a variable, or what an escaped one looks like. */
export function usesVariables(value: unknown): boolean {
  if (typeof value === "string") return value.includes("{{") && /\{\{\s*vars\./.test(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(usesVariables);
}

export type VariableUse = { readonly name: string; readonly path: readonly PropertyKey[] };

/** Every use of a variable in the texts inside, with the path of its text. */
export function variableUses(
  value: unknown,
  path: readonly PropertyKey[] = [],
): readonly VariableUse[] {
  if (typeof value === "string") {
    return [...value.matchAll(use)].flatMap(([, slash, name = ""]) =>
      slash === "" ? [{ name, path }] : [],
    );
  }
  if (Array.isArray(value)) {
    return value.flatMap((each: unknown, at) => variableUses(each, [...path, at]));
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, each]) => variableUses(each, [...path, name]));
}

/** What the placeholders of an item's variables stand for in a prompt: by `vars.name`. */
export const placeholderValues = (values?: Variables): Readonly<Record<string, string>> =>
  values === undefined
    ? {}
    : Object.fromEntries(
        Object.entries(values).map(([name, value]) => [`vars.${name}`, String(value)]),
      );
