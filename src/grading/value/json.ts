import type { ValueContext } from "./value-type.ts";

import { defineValueType } from "./value-type.ts";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON value. Nothing is folded: a full-width colon is no JSON. Numbers are compared as numbers, keys in any order unless told. */
export const json = defineValueType<string>({
  expected: { zh: "一段 JSON", en: "a JSON value" },
  parse: (text, context) => {
    const fenced = fencedWhole(text);
    if (fenced !== null && context.options.from === "reply") return null;
    return canonical(fenced ?? text, context);
  },
  mentions: (text) => [...fences(text), ...braced(text)].slice(-1),
  longest: 1_000_000,
  compare: (gold, reply) => (gold === reply ? "same" : "different"),
});

function canonical(text: string, { options }: ValueContext): string | null {
  try {
    return JSON.stringify(sorted(JSON.parse(text) as Json, options.order === "kept"));
  } catch {
    return null;
  }
}

function sorted(value: Json, ordered: boolean): Json {
  if (Array.isArray(value)) return value.map((each: Json) => sorted(each, ordered));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, sorted(each, ordered)] as const);
  return Object.fromEntries(ordered ? entries : entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** What stands in the fence that is all of a text, or null. */
function fencedWhole(text: string): string | null {
  const whole = text.trim();
  const opening = /^`{3,9}(?!`)[^\n`]*\n/.exec(whole)?.[0];
  const inner = whole.slice(opening?.length).replace(/(?<!`)`{3,9}$/, "");
  return opening === undefined || inner.length + opening.length === whole.length ? null : inner;
}

const fences = (text: string): readonly string[] =>
  Array.from(
    text.matchAll(/(?<!`)`{3,9}(?!`)[^\n`]*\n([^`]*)(?<=\n[ \t]{0,9})`{3,9}/g),
    ([, inner = ""]) => inner,
  );

/** From the first opening bracket to the last closing one. */
function braced(text: string): readonly string[] {
  const from = text.search(/[{[]/);
  const to = Math.max(text.lastIndexOf("}"), text.lastIndexOf("]"));
  return from < 0 || to < from ? [] : [text.slice(from, to + 1)];
}
