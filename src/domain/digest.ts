import { hash } from "node:crypto";

/**
 * JSON with object keys sorted and `undefined` members left out, so that equal values have equal text.
 * Arrays keep their order. Throws on values that JSON cannot hold (functions, NaN).
 */
export function canonicalJson(value: unknown): string {
  // Every answer has three digests, and V8 writes a text in one piece where it may write the value as it stands.
  return isInOrder(value) ? JSON.stringify(value) : sortedJson(value);
}

function sortedJson(value: unknown): string {
  if (value === null || typeof value === "string" || typeof value === "boolean") {
    return JSON.stringify(value);
  }
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError(`not a JSON number: ${value}`);
    return JSON.stringify(value);
  }
  if (typeof value !== "object") throw new TypeError(`not a JSON value: ${typeof value}`);
  let text = "";
  if (Array.isArray(value)) {
    for (const element of value) text += `${text === "" ? "" : ","}${sortedJson(element)}`;
    return `[${text}]`;
  }
  for (const name of Object.keys(value).toSorted()) {
    const member: unknown = Reflect.get(value, name);
    if (member === undefined) continue;
    text += `${text === "" ? "" : ","}${JSON.stringify(name)}:${sortedJson(member)}`;
  }
  return `{${text}}`;
}

/** Whether `JSON.stringify` writes a value as it has to be: plain, with the keys of all its objects in order. */
function isInOrder(value: unknown): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object") return false;
  if (Array.isArray(value)) {
    // Not `every`, which leaves out holes.
    for (const element of value) if (!isInOrder(element)) return false;
    return true;
  }
  // Others may have a `toJSON`, or members that are inherited.
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  let last: string | null = null;
  // By its name in the loop over the names, which is several times as fast as by `Reflect.get`.
  const members = value as Readonly<Record<string, unknown>>;
  for (const name in members) {
    const member = members[name];
    if (member === undefined) continue;
    if (last !== null && name < last) return false;
    if (!isInOrder(member)) return false;
    last = name;
  }
  return true;
}

/** First 32 hex digits (128 bits) of the SHA-256 of the canonical JSON of `value`. */
export function digestOf(value: unknown): string {
  return hash("sha256", canonicalJson(value), "hex").slice(0, 32);
}
