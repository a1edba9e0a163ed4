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
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object") throw new TypeError(`not a JSON value: ${typeof value}`);
  let members = "";
  for (const name of Object.keys(value).toSorted()) {
    const member: unknown = Reflect.get(value, name);
    if (member === undefined) continue;
    members += `${members === "" ? "" : ","}${JSON.stringify(name)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}

/** First 32 hex digits (128 bits) of the SHA-256 of the canonical JSON of `value`. */
export function digestOf(value: unknown): string {
  return hash("sha256", canonicalJson(value), "hex").slice(0, 32);
}
