import type { DeclaredFunction } from "../../domain/request/tool-function.ts";
import type { CallExpression, Literal } from "./literal.ts";

import { isObject, listOf, memberOf } from "../../domain/json.ts";
import { expression, isCall, isExpression } from "./literal.ts";
import { nameOf, nestedCall, type WrittenCall } from "./read-call.ts";

export type Functions = ReadonlyMap<string, DeclaredFunction>;

/** A call with all its arguments by name; one whose value is another call's result holds that call. */
export type MadeCall = {
  readonly name: string;
  readonly arguments: { readonly [name: string]: Literal };
  readonly broken?: true;
};

/** Where more arguments than the tool has came without a name, the others get these. */
const spare = (index: number): string => `#${index + 1}`;

/**
 * Gives arguments without names those of the tool's schema, in its order, and puts the calls whose results later ones use
 * into their place, whether they were nested, assigned to a variable, or named by a placeholder such as `$c1.result$`.
 */
export function resolveCalls(
  written: readonly WrittenCall[],
  functions: Functions,
): readonly MadeCall[] {
  const known: ReadonlySet<string> = new Set(functions.keys());
  const used = new Set<number>();
  const made: MadeCall[] = [];
  for (const [index, call] of written.entries()) {
    const earlier = (label: string): MadeCall | null => {
      const at = placeOf(label, written, index);
      if (at === null) return null;
      used.add(at);
      return made[at] ?? null;
    };
    made.push(madeOf(call, functions, (value) => resolved(value, known, functions, earlier)));
  }
  return made.filter((_, index) => !used.has(index));
}

type Resolve = (value: Literal) => Literal;

function madeOf(call: WrittenCall, functions: Functions, resolve: Resolve): MadeCall {
  const name = functions.has(call.name) ? call.name : call.name.replace(/^functions\./, "");
  const parameters = parametersOf(functions.get(name));
  const free = Object.keys(parameters).filter((each) => !Object.hasOwn(call.named, each));
  const placed = call.positional.map(
    (value, index) => [free[index] ?? spare(index), value] as const,
  );
  const given = [...Object.entries(call.named), ...placed].map(
    ([key, value]) => [key, resolve(value)] as const,
  );
  return {
    name,
    arguments: Object.fromEntries(given),
    ...(call.broken === true ? { broken: true as const } : {}),
  };
}

function resolved(
  value: Literal,
  known: ReadonlySet<string>,
  functions: Functions,
  earlier: (label: string) => MadeCall | null,
): Literal {
  const again: Resolve = (inner) => resolved(inner, known, functions, earlier);
  const label = nameOf(value) ?? placeholder(value);
  const meant = label === null ? null : earlier(label);
  if (meant !== null) return asExpression(meant);
  const nested = nestedCall(value, known);
  if (nested !== null) return asExpression(madeOf(nested, functions, again));
  if (Array.isArray(value)) return (value as readonly Literal[]).map(again);
  if (!isObject(value) || isExpression(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, again(inner)]));
}

const asExpression = ({ name, arguments: named }: MadeCall): CallExpression => ({
  [expression]: "call",
  name,
  positional: [],
  named,
});

/** `$c1$`, `$c1.result$`, `${c1}`, `{{c1.city}}`, `<result of c1>`, `#E1`: a whole text that names an earlier result. */
function placeholder(value: Literal): string | null {
  if (typeof value !== "string" || value.length > 80) return null;
  const form =
    /^(?:\$\{?|\{\{\s*|<\s*|#E?(?=\d))(?:(?:the )?(?:result|output|return value)s? of )?([\p{L}\p{N}_-]+?)(?:的(?:结果|返回值))?(?:\.[\p{L}\p{N}_.[\]-]+)?(?:\(\))?\s*(?:\$|\}\}?|>)?$/iu;
  return form.exec(value.trim())?.[1] ?? null;
}

/** The last call before `index` that a label names: by its own label, its place from 1, or its function. */
function placeOf(label: string, calls: readonly WrittenCall[], index: number): number | null {
  const before = calls.slice(0, index);
  const own = before.findLastIndex((call) => call.label === label);
  if (own >= 0) return own;
  const named = before.findLastIndex(({ name }) => name === label);
  if (named >= 0) return named;
  const place = /^\d+$/.test(label) ? Number(label) - 1 : -1;
  return place >= 0 && place < index ? place : null;
}

/** The tool's arguments with their schemas, in the order of its declaration. */
export function parametersOf(
  declared: DeclaredFunction | undefined,
): Readonly<Record<string, unknown>> {
  const properties = memberOf(declared?.parameters, "properties");
  return isObject(properties) ? properties : {};
}

export const requiredOf = (declared: DeclaredFunction | undefined): readonly string[] =>
  listOf(memberOf(declared?.parameters, "required")).filter((each) => typeof each === "string");

/** A call as text: `查天气(城市="北京")`. */
export function callText({ name, arguments: given }: MadeCall): string {
  const parts = Object.entries(given).map(([key, value]) => `${key}=${valueText(value)}`);
  return `${name}(${parts.join(", ")})`;
}

function valueText(value: Literal): string {
  if (isCall(value)) return callText({ name: value.name, arguments: value.named });
  if (isExpression(value)) return value.name;
  if (Array.isArray(value)) return `[${(value as readonly Literal[]).map(valueText).join(", ")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value);
  return `{${members.map(([key, inner]) => `${JSON.stringify(key)}: ${valueText(inner)}`).join(", ")}}`;
}
