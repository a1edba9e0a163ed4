/**
 * A value as models write it: JSON, JSON with trailing commas, single quotes or comments, Python's literals, and calls in
 * Python's syntax. One reader for all, because models mix them.
 */
export type Literal =
  | string
  | number
  | boolean
  | null
  | readonly Literal[]
  | { readonly [name: string]: Literal }
  | Expression;

/** A call, or a name that stands for a value: neither is JSON. A symbol marks it, so that no object can pass for one. */
export type Expression = CallExpression | NameExpression;
export type CallExpression = {
  readonly [expression]: "call";
  readonly name: string;
  readonly positional: readonly Literal[];
  readonly named: { readonly [name: string]: Literal };
};
export type NameExpression = { readonly [expression]: "name"; readonly name: string };

export const expression: unique symbol = Symbol("expression");

export const isExpression = (value: unknown): value is Expression =>
  typeof value === "object" && value !== null && expression in value;

export const isCall = (value: unknown): value is CallExpression =>
  isExpression(value) && value[expression] === "call";

/** What is left to do on one reply: text that nothing closes would otherwise be read again from every place in it. */
export type Effort = { left: number };

export const effortFor = (text: string): Effort => ({ left: 8 * text.length + 1_000 });

type Cursor = { readonly text: string; at: number; readonly effort: Effort };
type Read<Value> = { readonly value: Value; readonly end: number };

const deepest = 64;
const blank = /\s/u;
const nameStart = /[\p{L}_$]/u;
const namePart = /[\p{L}\p{N}_.$-]/u;
const numberForm = /[+-]?(?:\d[\d_]*(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const words: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["True", true],
  ["false", false],
  ["False", false],
  ["null", null],
  ["None", null],
]);
const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };

/** Thrown inside the reader only. */
const unreadable = new Error("no literal");

/** The value that begins at `at` (blanks before it are skipped), and where it ends; null where there is none. */
export function readLiteral(text: string, at: number, effort: Effort): Read<Literal> | null {
  const cursor: Cursor = { text, at, effort };
  try {
    const value = valueAt(cursor, 0);
    return { value, end: cursor.at };
  } catch (error) {
    if (error === unreadable) return null;
    throw error;
  }
}

/** The value that a text is as a whole; undefined where it is none. */
export function wholeLiteral(text: string, effort: Effort = effortFor(text)): Literal | undefined {
  const read = readLiteral(text, 0, effort);
  return read !== null && text.slice(read.end).trim() === "" ? read.value : undefined;
}

function valueAt(cursor: Cursor, depth: number): Literal {
  if (depth > deepest) throw unreadable;
  skipBlanks(cursor);
  const char = cursor.text[cursor.at] ?? "";
  if (char === "{") return membersAt(cursor, depth);
  if (char === "[") return listAt(cursor, "]", depth);
  if (char === "(") return listAt(cursor, ")", depth);
  if (char === '"' || char === "'") return stringAt(cursor);
  if (/[\d.+-]/.test(char)) return numberAt(cursor);
  return wordAt(cursor, depth);
}

function skipBlanks(cursor: Cursor): void {
  for (;;) {
    const char = cursor.text[cursor.at];
    if (char === undefined || !blank.test(char)) return;
    step(cursor, 1);
  }
}

function step(cursor: Cursor, count: number): void {
  cursor.at += count;
  cursor.effort.left -= count;
  if (cursor.effort.left < 0) throw unreadable;
}

function take(cursor: Cursor, char: string): boolean {
  skipBlanks(cursor);
  if (cursor.text[cursor.at] !== char) return false;
  step(cursor, 1);
  return true;
}

function need(cursor: Cursor, char: string): void {
  if (!take(cursor, char)) throw unreadable;
}

function membersAt(cursor: Cursor, depth: number): Literal {
  need(cursor, "{");
  const members: [string, Literal][] = [];
  while (!take(cursor, "}")) {
    const name = keyAt(cursor);
    need(cursor, ":");
    members.push([name, valueAt(cursor, depth + 1)]);
    if (!take(cursor, ",")) {
      need(cursor, "}");
      break;
    }
  }
  return Object.fromEntries(members);
}

function keyAt(cursor: Cursor): string {
  skipBlanks(cursor);
  const char = cursor.text[cursor.at] ?? "";
  if (char === '"' || char === "'") return stringAt(cursor);
  if (/\d/.test(char)) return String(numberAt(cursor));
  return nameAt(cursor);
}

function listAt(cursor: Cursor, close: "]" | ")", depth: number): Literal {
  step(cursor, 1);
  const members: Literal[] = [];
  let commas = 0;
  while (!take(cursor, close)) {
    members.push(valueAt(cursor, depth + 1));
    if (take(cursor, ",")) commas += 1;
    else {
      need(cursor, close);
      break;
    }
  }
  const [only] = members;
  // In Python (3) is 3, and (3,) a tuple.
  return close === ")" && members.length === 1 && commas === 0 && only !== undefined
    ? only
    : members;
}

function stringAt(cursor: Cursor): string {
  const quote = cursor.text[cursor.at] ?? "";
  const mark = cursor.text.startsWith(quote.repeat(3), cursor.at) ? quote.repeat(3) : quote;
  step(cursor, mark.length);
  let value = "";
  for (;;) {
    if (cursor.text.startsWith(mark, cursor.at)) {
      step(cursor, mark.length);
      return value;
    }
    const char = cursor.text[cursor.at];
    if (char === undefined) throw unreadable;
    step(cursor, 1);
    value += char === "\\" ? escapedAt(cursor) : char;
  }
}

function escapedAt(cursor: Cursor): string {
  const char = cursor.text[cursor.at];
  if (char === undefined) throw unreadable;
  step(cursor, 1);
  if (char !== "u") return escapes[char] ?? char;
  const digits = /^[\da-f]{4}/i.exec(cursor.text.slice(cursor.at, cursor.at + 4))?.[0];
  if (digits === undefined) throw unreadable;
  step(cursor, 4);
  return String.fromCharCode(Number.parseInt(digits, 16));
}

function numberAt(cursor: Cursor): number {
  numberForm.lastIndex = cursor.at;
  const [form] = numberForm.exec(cursor.text) ?? [];
  if (form === undefined) throw unreadable;
  step(cursor, form.length);
  // 3号 and 12abc are no numbers.
  if (nameStart.test(cursor.text[cursor.at] ?? "")) throw unreadable;
  return Number(form.replaceAll("_", ""));
}

function nameAt(cursor: Cursor): string {
  if (!nameStart.test(cursor.text[cursor.at] ?? "")) throw unreadable;
  const start = cursor.at;
  while (namePart.test(cursor.text[cursor.at] ?? "")) step(cursor, 1);
  return cursor.text.slice(start, cursor.at);
}

function wordAt(cursor: Cursor, depth: number): Literal {
  const name = nameAt(cursor);
  const word = words.get(name);
  if (word !== undefined) return word;
  // Python's r"", f"" and their like.
  if (/^[rbuf]{1,2}$/i.test(name) && /["']/.test(cursor.text[cursor.at] ?? ""))
    return stringAt(cursor);
  if (name === "await") return valueAt(cursor, depth + 1);
  if (cursor.text[cursor.at] !== "(") return { [expression]: "name", name };
  return callAt(name, cursor, depth);
}

function callAt(name: string, cursor: Cursor, depth: number): CallExpression {
  step(cursor, 1);
  const positional: Literal[] = [];
  const named: [string, Literal][] = [];
  while (!take(cursor, ")")) {
    const argument = namedArgument(cursor);
    if (argument === null) positional.push(valueAt(cursor, depth + 1));
    else named.push([argument, valueAt(cursor, depth + 1)]);
    if (!take(cursor, ",")) {
      need(cursor, ")");
      break;
    }
  }
  return { [expression]: "call", name, positional, named: Object.fromEntries(named) };
}

/** The name before `=`, which is taken with it; null where the argument has none. */
function namedArgument(cursor: Cursor): string | null {
  skipBlanks(cursor);
  const start = cursor.at;
  if (!nameStart.test(cursor.text[start] ?? "")) return null;
  const name = nameAt(cursor);
  if (take(cursor, "=") && cursor.text[cursor.at] !== "=") return name;
  cursor.at = start;
  return null;
}
