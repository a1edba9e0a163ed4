import { hash } from "node:crypto";

/**
 * JSON with object keys sorted and `undefined` members left out, so that equal values have equal text.
 * Arrays keep their order. Throws on values that JSON cannot hold (functions, NaN).
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "string" || typeof value === "boolean") {
    return JSON.stringify(value);
  }
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError(`not a JSON number: ${value}`);
    return JSON.stringify(value);
  }
  if (typeof value !== "object") throw new TypeError(`not a JSON value: ${typeof value}`);
  // Every answer has three digests, so this must be fast: build the text in place; most keys are in order already.
  let text = "";
  if (Array.isArray(value)) {
    for (const element of value) text += `${text === "" ? "" : ","}${canonicalJson(element)}`;
    return `[${text}]`;
  }
  for (const name of sortedKeys(value)) {
    const member: unknown = Reflect.get(value, name);
    if (member === undefined) continue;
    text += `${text === "" ? "" : ","}${JSON.stringify(name)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

function sortedKeys(value: object): readonly string[] {
  const keys = Object.keys(value);
  const isSorted = keys.every((key, at) => at === 0 || (keys[at - 1] ?? "") < key);
  return isSorted ? keys : keys.toSorted();
}

/** First 32 hex digits (128 bits) of the SHA-256 of the canonical JSON of `value`. */
export function digestOf(value: unknown): string {
  return hash("sha256", canonicalJson(value), "hex").slice(0, 32);
}
