import type { AssertTest } from "../../domain/code-test.ts";
import type { WireValue } from "./box/messages.ts";
import type { ScriptToken } from "./javascript-tokens.ts";
import type { AssertPlan, AssertProblem, Judged, JudgedValues, Referee } from "./referee.ts";

import { operators, tokensOf } from "./javascript-tokens.ts";
import { runTrusted } from "./pool.ts";

/** Decodes values and compares them by their contents, in an instance that no program has been in. */
const source = `
class Unread { constructor(name) { this.name = name; } }
const decode = ([tag, part]) => {
  switch (tag) {
    case "u": return undefined;
    case "n": return null;
    case "b": case "s": return part;
    case "f": return Number(part);
    case "i": return BigInt(part);
    case "D": return new Date(Number(part));
    case "l": return part.map(decode);
    case "M": return new Map(part.map(decode));
    case "S": return new Set(part.map(decode));
    case "d": return Object.fromEntries(part.map(decode));
    default: throw new TypeError("a " + part + " is not read; compare what it gives");
  }
};
const kindOf = (value) => Object.prototype.toString.call(value);
const same = (a, b) => {
  if (Object.is(a, b) || a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null || kindOf(a) !== kindOf(b)) return false;
  if (Array.isArray(a)) return a.length === b.length && a.every((each, index) => same(each, b[index]));
  if (a instanceof Date) return same(a.getTime(), b.getTime());
  if (a instanceof Map) return a.size === b.size && [...a].every(([key, each]) => b.has(key) && same(each, b.get(key)));
  if (a instanceof Set) return a.size === b.size && [...a].every((each) => b.has(each) || [...b].some((other) => same(each, other)));
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
};
const shown = (value) => {
  if (typeof value === "bigint") return value + "n";
  if (value instanceof Map) return "Map " + shown([...value]);
  if (value instanceof Set) return "Set " + shown([...value]);
  const text = JSON.stringify(value, (_, each) => typeof each === "bigint" ? each + "n" : each) ?? String(value);
  return text.length <= 120 ? text : text.slice(0, 119) + "…";
};
const judge = (values, holds) => {
  try {
    const decoded = values.map(decode);
    const text = decoded.map(shown).join(", ");
    return [Boolean(holds(decoded, same)), text, false];
  } catch (error) {
    return [false, String(error.message).slice(0, 200), true];
  }
};
`;

const limits = { time_ms: 10_000, memory_bytes: 2 ** 29, output_bytes: 2 ** 24 };

/** Judges asserts in JavaScript: `==` and `===` compare contents, so that arrays and objects can be compared. */
export const javascriptReferee: Referee = {
  plan: (tests) => Promise.resolve(tests.map(planJavaScript)),
  judge: async (tests) => {
    const result = await runTrusted({
      language: "javascript",
      program: source,
      stdin: null,
      probes: tests.map(({ rest, values }: JudgedValues) => ({
        setup: "",
        expressions: [`judge(${JSON.stringify(values)}, (_values, $same) => (${rest}))`],
      })),
      before: "",
      limits,
    });
    if (result.failure !== null) throw new Error(`the referee failed: ${result.failure.message}`);
    return tests.map((_, index): Judged => {
      const probe = result.probes[index];
      if (probe === undefined) return unclear("the comparison did not end");
      if ("failure" in probe) return unclear(probe.failure.message);
      return judgedOf(probe.values[0]);
    });
  },
};

function judgedOf(value: WireValue | undefined): Judged {
  const [holds, shown, isUnclear] = (value?.[1] ?? []) as readonly WireValue[];
  if (typeof shown?.[1] !== "string") return unclear("the comparison gave nothing");
  return { holds: holds?.[1] === true, shown: shown[1], isUnclear: isUnclear?.[1] === true };
}

const unclear = (shown: string): Judged => ({ holds: false, shown, isUnclear: true });

const globals: ReadonlySet<string> = new Set(
  (
    "undefined null true false NaN Infinity this Object Array Number String Boolean Symbol BigInt Math JSON Date RegExp " +
    "Map Set Reflect parseInt parseFloat isNaN isFinite Error TypeError RangeError"
  ).split(" "),
);

type Piece = { readonly text: string; readonly isChain: boolean; readonly depth: number };

/** Takes an assert apart by its tokens: what begins with a name that is no global of the language is the program's. */
export function planJavaScript({ assert }: AssertTest): AssertPlan {
  const text = assert.trim().replace(/^assert\s+/, "");
  const tokens = tokensOf(text);
  if (typeof tokens === "number") return problem("syntax", text.slice(tokens, tokens + 20));
  const pieces: Piece[] = [];
  const names: string[] = [];
  let depth = 0;
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at];
    if (token === undefined) break;
    const end = chainEnd(tokens, at);
    const last = end === null ? undefined : tokens[end - 1];
    if (end !== null && last !== undefined) {
      names.push(token.text === "new" ? (tokens[at + 1]?.text ?? "") : token.text);
      pieces.push({ text: text.slice(token.start, last.end), isChain: true, depth });
      at = end;
      continue;
    }
    if (token.text === "=>" || token.text === "function") return problem("dependent", token.text);
    if (token.kind === "template" && token.text.includes("${"))
      return problem("dependent", token.text);
    if (token.kind === "sign" && "([{".includes(token.text)) depth += 1;
    if (token.kind === "sign" && ")]}".includes(token.text)) depth -= 1;
    pieces.push({ text: token.text, isChain: false, depth });
    at += 1;
  }
  if (depth !== 0) return problem("syntax", "brackets");
  const chains = pieces.flatMap((piece) => (piece.isChain ? [piece.text] : []));
  if (chains.length === 0) return problem("no call", "");
  return { chains, names, rest: restOf(pieces) };
}

const problem = (kind: AssertProblem["kind"], detail: string): AssertPlan => ({
  problem: { kind, at: "assert", detail },
});

/** Index after the chain that begins at this token; null where none begins. */
function chainEnd(tokens: readonly ScriptToken[], at: number): number | null {
  const first = tokens[at];
  const isNew = first?.text === "new";
  const name = isNew ? tokens[at + 1] : first;
  if (name?.kind !== "name" || globals.has(name.text) || operators.has(name.text)) return null;
  const before = tokens[at - 1]?.text;
  if (before === "." || before === "?.") return null;
  let end = at + (isNew ? 2 : 1);
  if (tokens[end]?.text === "=>" || tokens[at]?.text === "function") return null;
  const isKey = tokens[end]?.text === ":" && (before === "{" || before === ",");
  if (isKey) return null;
  for (;;) {
    const sign = tokens[end]?.text;
    if ((sign === "." || sign === "?.") && tokens[end + 1]?.kind === "name") end += 2;
    else if (sign === "?." && /[([]/.test(tokens[end + 1]?.text ?? "")) end += 1;
    else if (sign === "(" || sign === "[") {
      const closed = closing(tokens, end);
      if (closed === null) return null;
      end = closed + 1;
    } else return end;
  }
}

function closing(tokens: readonly ScriptToken[], open: number): number | null {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    const { kind, text } = tokens[at] ?? { kind: "sign", text: "" };
    if (kind !== "sign") continue;
    if ("([{".includes(text)) depth += 1;
    if (")]}".includes(text)) depth -= 1;
    if (depth === 0) return at;
  }
  return null;
}

/** The expression over `_values`; an equality that stands for itself or beside `&&` compares contents. */
function restOf(pieces: readonly Piece[]): string {
  let count = 0;
  const texts = pieces.map(({ text, isChain, depth }) => ({
    text: isChain ? `_values[${count++}]` : text,
    top: !isChain && depth === 0,
  }));
  const joined = (part: typeof texts): string => part.map(({ text }) => text).join(" ");
  const clauses = split(texts, ["&&"]).map(({ part }) => {
    const sides = split(part, ["==", "===", "!=", "!=="]);
    const [left, right] = sides;
    const isMixed = part.some(({ text, top }) => top && ["||", "??", "?", ","].includes(text));
    if (left === undefined || right === undefined || sides.length > 2 || isMixed)
      return joined(part);
    const sign = right.sign.startsWith("!") ? "!" : "";
    return `${sign}$same((${joined(left.part)}), (${joined(right.part)}))`;
  });
  return clauses.join(" && ");
}

/** Parts between top-level signs, each with the sign before it. */
function split<Piece extends { readonly text: string; readonly top: boolean }>(
  pieces: readonly Piece[],
  signs: readonly string[],
): readonly { readonly sign: string; readonly part: Piece[] }[] {
  const parts: { sign: string; part: Piece[] }[] = [{ sign: "", part: [] }];
  for (const piece of pieces) {
    if (piece.top && signs.includes(piece.text)) parts.push({ sign: piece.text, part: [] });
    else parts.at(-1)?.part.push(piece);
  }
  return parts;
}
