import type { Literal } from "./literal.ts";

import { isObject, textOf } from "../../domain/json.ts";
import { type CallExpression, expression, isCall, isExpression, wholeLiteral } from "./literal.ts";

/** A call as the model wrote it, before the tool's schema is looked at. */
export type WrittenCall = {
  readonly name: string;
  /** By name. */
  readonly named: { readonly [name: string]: Literal };
  /** Arguments without a name, in order: of Python's calls, and the bare input of ReAct. */
  readonly positional: readonly Literal[];
  /** What later calls can name its result by. */
  readonly label?: string | undefined;
  /** The arguments cannot be read. */
  readonly broken?: true;
};

/** Names under which formats carry the function, and its arguments. */
const nameKeys = [
  "name",
  "tool_name",
  "tool",
  "function_name",
  "function",
  "action",
  "api",
  "func",
];
const argumentKeys = [
  "arguments",
  "parameters",
  "args",
  "params",
  "tool_input",
  "action_input",
  "input",
  "kwargs",
];
const wrapperKeys = ["tool_calls", "tool_call", "function_call", "function_calls", "calls"];

/**
 * The calls that a JSON value holds, in any of the usual shapes: `{name, arguments}`, `{name, parameters}`, OpenAI's
 * envelopes, `{tool, tool_input}`, `{<name of a tool>: {…}}`, and lists of them. Null where it is something else.
 */
export function callsOf(value: Literal, known: ReadonlySet<string>): readonly WrittenCall[] | null {
  if (Array.isArray(value)) {
    const members = (value as readonly Literal[]).map((each) => callsOf(each, known));
    return members.every((each) => each !== null) ? members.flat() : null;
  }
  if (isCall(value)) return [callOfExpression(value)];
  if (!isObject(value) || isExpression(value)) return null;
  const members = value;
  const wrapped = wrapperKeys.find((key) => Object.hasOwn(members, key));
  if (wrapped !== undefined) return callsOf(members[wrapped] ?? [], known);
  const own = callOf(members, known);
  if (own !== null) return [own];
  const entries = Object.entries(members);
  const keyed = entries.flatMap(([name, given]) =>
    known.has(name) && isObject(given) ? [withArguments(name, given)] : [],
  );
  return keyed.length > 0 && keyed.length === entries.length ? keyed : null;
}

export const callOfExpression = ({ name, positional, named }: CallExpression): WrittenCall => ({
  name,
  positional,
  named,
});

/** A call with arguments as they came: an object, its JSON as text, or a bare value. */
export function withArguments(name: string, given: Literal | undefined): WrittenCall {
  const none = { name, named: {}, positional: [] };
  if (given === undefined || given === null) return none;
  if (typeof given === "string") {
    if (given.trim() === "") return none;
    const read = wholeLiteral(given);
    if (isObject(read) && !isExpression(read)) return { ...none, named: read };
    return /^\s*[{[]/.test(given) ? { ...none, broken: true } : { ...none, positional: [given] };
  }
  if (isObject(given) && !isExpression(given)) return { ...none, named: given };
  return { ...none, positional: [given] };
}

function callOf(
  members: { readonly [name: string]: Literal },
  known: ReadonlySet<string>,
): WrittenCall | null {
  const inner = members["function"];
  if (isObject(inner) && !isExpression(inner)) {
    const own = callOf(inner, known);
    return own === null ? null : { ...own, label: labelOf(members) ?? own.label };
  }
  const nameKey = nameKeys.find((key) => typeof members[key] === "string");
  if (nameKey === undefined) return null;
  const name = (textOf(members[nameKey]) ?? "").trim();
  const argumentKey = argumentKeys.find((key) => key !== nameKey && Object.hasOwn(members, key));
  if (argumentKey === undefined) {
    const isAlone = Object.keys(members).every(
      (key) => key === nameKey || key === "id" || key === "type",
    );
    return known.has(name) && isAlone ? { name, named: {}, positional: [] } : null;
  }
  const given = members[argumentKey];
  // A tool's declaration, repeated.
  if (isObject(given) && isObject(Reflect.get(given, "properties"))) return null;
  return { ...withArguments(name, given), label: labelOf(members) };
}

const labelOf = (members: { readonly [name: string]: Literal }): string | undefined =>
  [members["id"], members["label"], members["call_id"]].find((each) => typeof each === "string");

/** A call inside an argument, as JSON or as an expression. */
export function nestedCall(value: Literal, known: ReadonlySet<string>): WrittenCall | null {
  if (isCall(value)) return callOfExpression(value);
  if (!isObject(value) || isExpression(value)) return null;
  const own = callOf(value, known);
  return own !== null && known.has(own.name) ? own : null;
}

export const nameOf = (value: Literal): string | null =>
  isExpression(value) && value[expression] === "name" ? value.name : null;
