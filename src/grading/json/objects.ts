import { isObject } from "../../domain/json.ts";
import { doubledKey } from "../../validation/doubled-key.ts";
import { canonicalJson } from "./same.ts";

/** What JSON a reply holds. */
export type FoundJson =
  | { readonly found: "one"; readonly value: unknown; readonly text: string }
  | {
      readonly found: "none" | "broken" | "full-width" | "several" | "doubled key";
      readonly why: string;
    };

/** Broken starts that are tried before a reply counts as broken, which keeps the work linear in its length. */
const mostTried = 50;

/**
 * The one JSON value of a reply, in a code block or not, with prose around it or not. Nothing is folded: full-width signs
 * are no JSON. Two values that differ are several; one that stands in the question too is a copy of it, unless it is all
 * there is. `wants`: objects alone, or lists as well.
 */
export function jsonIn(reply: string, question: string, wants: "object" | "any"): FoundJson {
  const bare = reply.trim();
  const whole = endOf(bare, 0) === bare.length ? parsed(bare) : { ok: false as const };
  if (whole.ok && (wants === "any" || isObject(whole.value))) return one(bare, whole.value);
  const { values, isBroken } = valuesIn(reply, wants);
  const asked = new Set(valuesIn(question, wants).values.map(({ value }) => canonicalJson(value)));
  const own = values.filter(({ value }) => !asked.has(canonicalJson(value)));
  const kept = own.length > 0 ? own : values;
  const [first] = kept;
  if (first === undefined) {
    const folded = reply.normalize("NFKC").replaceAll(/[“”]/g, '"').replaceAll("、", ",");
    if (folded !== reply && valuesIn(folded, wants).values.length > 0)
      return { found: "full-width", why: "full-width signs are no JSON" };
    return isBroken
      ? { found: "broken", why: "the JSON does not parse" }
      : { found: "none", why: "no JSON" };
  }
  if (new Set(kept.map(({ value }) => canonicalJson(value))).size > 1)
    return { found: "several", why: `${kept.length} JSON values that differ` };
  return one(first.text, first.value);
}

function one(text: string, value: unknown): FoundJson {
  const doubled = doubledKey(text);
  return doubled === null
    ? { found: "one", value, text }
    : { found: "doubled key", why: `the key ${doubled.join(".")} stands twice` };
}

type Value = { readonly text: string; readonly value: unknown };

/** The outermost values of a text, in order. A part of one that does not parse is none. */
function valuesIn(
  text: string,
  wants: "object" | "any",
): { readonly values: readonly Value[]; readonly isBroken: boolean } {
  const values: Value[] = [];
  let isBroken = false;
  let tried = 0;
  const opening = wants === "any" ? /[{[]/g : /\{/g;
  for (let hit = opening.exec(text); hit !== null; hit = opening.exec(text)) {
    const from = hit.index;
    const to = endOf(text, from);
    const read = to === null ? null : parsed(text.slice(from, to));
    if (read?.ok === true) {
      values.push({ text: text.slice(from, to ?? from), value: read.value });
    } else {
      // A brace of the prose is followed by no key; one that opens a cut or misspelt value hides all that is inside.
      const isValue = /^[{[]\s*["{[\d\]}]/.test(text.slice(from, from + 40));
      isBroken ||= isValue;
      tried += 1;
      if (tried > mostTried || (to === null && isValue)) return { values, isBroken: true };
    }
    if (to !== null) opening.lastIndex = to;
  }
  return { values, isBroken };
}

/** Values nested deeper than this are nobody's answer. */
const deepest = 200;

/** Behind the bracket that closes the one at `from`, or null; brackets within quoted texts do not count. */
function endOf(text: string, from: number): number | null {
  const marks = /["{}[\]]/g;
  marks.lastIndex = from;
  let depth = 0;
  for (let hit = marks.exec(text); hit !== null; hit = marks.exec(text)) {
    if (hit[0] === '"') {
      marks.lastIndex = endOfQuoted(text, hit.index);
    } else {
      depth += hit[0] === "{" || hit[0] === "[" ? 1 : -1;
      if (depth > deepest) return null;
      if (depth === 0) return hit.index + 1;
    }
  }
  return null;
}

function endOfQuoted(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    // No JSON text holds a line end.
    else if (text[at] === '"' || text[at] === "\n") return at + 1;
  }
  return text.length;
}

function parsed(text: string): { ok: true; value: unknown } | { ok: false } {
  if (!/^[{[]/.test(text)) return { ok: false };
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false };
  }
}
