import { isObject } from "../json.ts";

/**
 * A place in JSON, as a part of RFC 9535: `$`, `.name`, `['name']`, `[0]`, `[-1]`, `[*]`, `.*`, `..name`, and filters
 * that compare one member: `[?@.type=='x']`, `[?@.type!='x']`, `[?@.type]`. Beyond the RFC, a text that holds JSON is
 * entered like what it says, since applications send JSON inside of JSON.
 */
export type JsonPath = readonly Step[];

type Step =
  | { readonly kind: "member"; readonly name: string }
  | { readonly kind: "index"; readonly at: number }
  | { readonly kind: "all" }
  | { readonly kind: "descend"; readonly name: string }
  | { readonly kind: "filter"; readonly path: JsonPath; readonly test: Test };
type Test = { readonly op: "is" | "not" | "there"; readonly value: unknown };

const name = String.raw`[\p{L}_][\p{L}\p{N}_-]*`;
const quoted = String.raw`'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"`;
const stepForms: readonly (readonly [RegExp, (found: RegExpExecArray) => Step | null])[] = [
  [new RegExp(`^\\.\\.(${name})`, "u"), ([, given = ""]) => ({ kind: "descend", name: given })],
  [/^(?:\.\*|\[\*\])/u, () => ({ kind: "all" })],
  [new RegExp(`^\\.(${name})`, "u"), ([, given = ""]) => ({ kind: "member", name: given })],
  [new RegExp(`^\\[(${quoted})\\]`, "u"), ([, given = ""]) => memberStep(given)],
  [/^\[(-?\d{1,6})\]/u, ([, given = ""]) => ({ kind: "index", at: Number(given) })],
  [
    new RegExp(
      `^\\[\\?\\(?\\s*@((?:\\.${name})+)\\s*(?:(==|!=)\\s*(${quoted}|-?\\d+(?:\\.\\d+)?|true|false|null))?\\s*\\)?\\]`,
      "u",
    ),
    ([, path = "", op, value]) => filterStep(path, op, value),
  ],
];

/** The path that a text says; null where it says none. */
export function parseJsonPath(text: string): JsonPath | null {
  if (!text.startsWith("$")) return null;
  const steps: Step[] = [];
  let rest = text.slice(1);
  while (rest !== "") {
    const found = nextStep(rest);
    if (found === null) return null;
    steps.push(found.step);
    rest = rest.slice(found.length);
  }
  return steps;
}

function nextStep(rest: string): { readonly step: Step; readonly length: number } | null {
  for (const [form, make] of stepForms) {
    const found = form.exec(rest);
    const step = found === null ? null : make(found);
    if (found !== null && step !== null) return { step, length: found[0].length };
  }
  return null;
}

const memberStep = (given: string): Step | null => {
  const text = unquoted(given);
  return text === null ? null : { kind: "member", name: text };
};

function filterStep(path: string, op: string | undefined, value: string | undefined): Step | null {
  const inner = parseJsonPath(`$${path}`);
  if (inner === null) return null;
  if (op === undefined || value === undefined)
    return { kind: "filter", path: inner, test: { op: "there", value: null } };
  const wanted: unknown = /^["']/.test(value) ? unquoted(value) : JSON.parse(value);
  return { kind: "filter", path: inner, test: { op: op === "==" ? "is" : "not", value: wanted } };
}

/** The text within quotes of either kind; null where an escape is none of JSON's. */
function unquoted(given: string): string | null {
  const inner = given.slice(1, -1);
  const asJson = given.startsWith("'")
    ? inner.replaceAll(String.raw`\'`, "'").replaceAll('"', String.raw`\"`)
    : inner;
  try {
    return JSON.parse(`"${asJson}"`) as string;
  } catch {
    return null;
  }
}

const parsedPaths = new Map<string, JsonPath | null>();

/** All values at a path, in the order of the document; none where the path is wrong or leads nowhere. */
export function valuesAt(json: unknown, text: string): readonly unknown[] {
  const path = parsedPaths.has(text) ? (parsedPaths.get(text) ?? null) : parseJsonPath(text);
  parsedPaths.set(text, path);
  return path === null ? [] : select(json, path);
}

/** The first value at the first path that leads to one that is not null. */
export function firstAt(json: unknown, paths: string | readonly string[]): unknown {
  for (const path of [paths].flat()) {
    const found = valuesAt(json, path).find((value) => value !== null && value !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

function select(json: unknown, path: JsonPath): readonly unknown[] {
  return path.reduce<readonly unknown[]>(
    (values, step) => values.flatMap((value) => stepInto(value, step)),
    [json],
  );
}

function stepInto(given: unknown, step: Step): readonly unknown[] {
  const value = entered(given);
  switch (step.kind) {
    case "member":
      return isObject(value) && Object.hasOwn(value, step.name) ? [value[step.name]] : [];
    case "index": {
      const at = Array.isArray(value) ? (value.at(step.at) as unknown) : undefined;
      return at === undefined ? [] : [at];
    }
    case "all":
      return childrenOf(value);
    case "descend":
      return descendants(value, step.name, 0);
    case "filter":
      return childrenOf(value).filter((child) => holds(select(child, step.path), step.test));
    default:
      return step satisfies never;
  }
}

const childrenOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value)
    ? (value as readonly unknown[])
    : isObject(value)
      ? Object.values(value)
      : [];

function holds([found]: readonly unknown[], { op, value }: Test): boolean {
  if (op === "there") return found !== undefined;
  return (op === "is") === (found === value);
}

/** JSON is not nested deeper by anybody who means it. */
const deepest = 64;

function descendants(value: unknown, wanted: string, depth: number): readonly unknown[] {
  if (depth > deepest) return [];
  const own = isObject(value) && Object.hasOwn(value, wanted) ? [value[wanted]] : [];
  return [...own, ...childrenOf(value).flatMap((child) => descendants(child, wanted, depth + 1))];
}

/** A text that is JSON as what it says. */
function entered(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
