import type { ToolCall } from "../../domain/call.ts";
import type { Effort } from "./literal.ts";

import { effortFor, isCall, isExpression, readLiteral, wholeLiteral } from "./literal.ts";
import { markedCalls } from "./markup.ts";
import { reactCalls } from "./react.ts";
import { callOfExpression, callsOf, nameOf, withArguments, type WrittenCall } from "./read-call.ts";

/** How the calls came: the vendor's own field, marks of a chat template, ReAct, JSON, or Python; `none` if there are none. */
export type CallForm = "native" | "marks" | "react" | "json" | "python" | "none";

export type WrittenCalls = {
  readonly form: CallForm;
  readonly calls: readonly WrittenCall[];
  /** Something was marked as a call and cannot be read. */
  readonly broken: boolean;
};

/**
 * The calls of a reply: the vendor's own where it sent some, else those that its text writes. `known` holds the names of
 * the item's tools: only they make a call of what could be an example in prose.
 */
export function readCalls(
  reply: string,
  native: readonly ToolCall[],
  known: ReadonlySet<string>,
): WrittenCalls {
  if (native.length > 0) {
    const calls = native.map((call) => ({
      ...withArguments(call.name, call.arguments),
      label: call.id ?? undefined,
    }));
    return { form: "native", calls, broken: false };
  }
  const effort = effortFor(reply);
  const marked = markedCalls(reply, known, effort);
  if (marked !== null) return { form: "marks", ...marked };
  const react = reactCalls(reply, known, effort);
  if (react !== null) return { form: "react", calls: react, broken: false };
  return textCalls(reply, known, effort) ?? { form: "none", calls: [], broken: false };
}

const fence = /```[ \t]*([\w-]*)[^\n]*\n([\s\S]*?)(?:```|$)/g;

/** Calls as the whole reply, in fences, or on lines of their own. */
function textCalls(reply: string, known: ReadonlySet<string>, effort: Effort): WrittenCalls | null {
  const whole = blockCalls(reply.trim(), known, effort);
  if (whole !== null) return whole;
  const blocks = Array.from(reply.matchAll(fence), ([, , body = ""]) => body);
  const fenced = blocks.flatMap((body) => blockCalls(body.trim(), known, effort) ?? []);
  const [first] = fenced;
  if (first !== undefined) return { ...first, calls: fenced.flatMap(({ calls }) => calls) };
  const lines = linesOfCalls(reply, known, effort);
  return lines.calls.length === 0 ? null : lines;
}

/** A text that is nothing but calls: JSON values one after another, or statements of Python. */
function blockCalls(
  block: string,
  known: ReadonlySet<string>,
  effort: Effort,
): WrittenCalls | null {
  const headed = headedCall(block, known);
  if (headed !== null) return { form: "json", calls: [headed], broken: false };
  const calls: WrittenCall[] = [];
  let form: CallForm = "json";
  let at = 0;
  let foreign = false;
  while (at < block.length) {
    const gap = /^(?:[\s,;]|#[^\n]*\n)+/.exec(block.slice(at, at + 500))?.[0].length ?? 0;
    at += gap;
    if (at >= block.length) break;
    const statement = assigned(block, at);
    const read = readLiteral(block, statement.at, effort);
    const own = read === null ? null : callsOf(read.value, known);
    if (read !== null && own !== null) {
      if (isPython(read.value)) form = "python";
      calls.push(...labelled(unprinted(own), statement.label));
      at = read.end;
      continue;
    }
    if (read !== null && nameOf(read.value) !== null) {
      at = read.end;
      continue;
    }
    // Some other statement: then only calls of the item's tools are meant as calls.
    if (!/\b(?:import|from|def|print|if|for|return|async)\b/.test(block)) return null;
    foreign = true;
    const next = block.indexOf("\n", at);
    at = next < 0 ? block.length : next + 1;
  }
  const kept = foreign ? calls.filter(({ name }) => known.has(name)) : calls;
  return kept.length === 0 ? null : { form, calls: kept, broken: false };
}

const isPython = (value: unknown): boolean =>
  isCall(value) || (Array.isArray(value) && value.some((each) => isCall(each)));

/** `weather = get_weather(…)`: the call can be named later. */
function assigned(text: string, at: number): { readonly at: number; readonly label?: string } {
  const head = /^([\p{L}_]\w{0,60})\s*=\s*(?![=])/u.exec(text.slice(at, at + 80));
  const [whole = "", label] = head ?? [];
  return label === undefined ? { at } : { at: at + whole.length, label };
}

const labelled = (calls: readonly WrittenCall[], label?: string): readonly WrittenCall[] =>
  label === undefined ? calls : calls.map((call) => ({ ...call, label }));

/** print(f(x)) calls f; print(x) nothing. */
const unprinted = (calls: readonly WrittenCall[]): readonly WrittenCall[] =>
  calls.flatMap((call) =>
    call.name === "print"
      ? call.positional.flatMap((each) => (isCall(each) ? [callOfExpression(each)] : []))
      : [call],
  );

/** A line with a tool's name and, behind it, its arguments as JSON, as GLM-4 writes it. */
function headedCall(block: string, known: ReadonlySet<string>): WrittenCall | null {
  const head = /^([^\s{}()[\]"']+)\s*(?=\{)/u.exec(block.slice(0, 200));
  const name = head?.[1]?.replace(/[:：]$/, "");
  if (head === null || name === undefined || !known.has(name)) return null;
  const given = wholeLiteral(block.slice(head[0].length));
  return given === undefined || isExpression(given) ? null : withArguments(name, given);
}

/** Lines that are nothing but a call of one of the item's tools, between other text; JSON may go over several lines. */
function linesOfCalls(reply: string, known: ReadonlySet<string>, effort: Effort): WrittenCalls {
  const calls: WrittenCall[] = [];
  let form: CallForm = "json";
  const lineStart = /(?:^|\n)[ \t]*(?:(?:[-*]|\d+[.)、])[ \t]+)?`?(?=[{[\p{L}_])/gu;
  for (;;) {
    const found = lineStart.exec(reply);
    if (found === null) break;
    // At the beginning of the reply nothing stands before it, and an empty match would be found again, also from amid a
    // character of two code units.
    if (found[0] === "") lineStart.lastIndex += (Array.from(reply.slice(0, 2))[0] ?? " ").length;
    const start = found.index + found[0].length;
    const statement = assigned(reply, start);
    const char = reply[statement.at] ?? "";
    // What reads a name costs little, and most lines begin with one.
    if (
      !/[{[]/.test(char) &&
      !/^[\p{L}_][\p{L}\p{N}_.]*\(/u.test(reply.slice(statement.at, statement.at + 80))
    )
      continue;
    const read = readLiteral(reply, statement.at, effort);
    const own = read === null ? null : callsOf(read.value, known);
    if (read === null || own === null) continue;
    const isLine = /^`?[ \t;,。.]*(?:\n|$)/u.test(reply.slice(read.end, read.end + 20));
    if (!isLine || !own.every(({ name }) => known.has(name))) continue;
    if (isPython(read.value)) form = "python";
    calls.push(...labelled(own, statement.label));
    lineStart.lastIndex = read.end;
  }
  return { form: calls.length === 0 ? "none" : form, calls, broken: false };
}
