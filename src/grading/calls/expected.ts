import { z } from "zod";

import type { GoldProblem } from "../../domain/grader.ts";
import type { DeclaredFunction } from "../../domain/request/tool-function.ts";

import { isObject, memberOf } from "../../domain/json.ts";
import { validate } from "../../validation/issues.ts";
import { unknownName } from "../../validation/suggest.ts";
import { type Functions, parametersOf, requiredOf } from "./resolve.ts";
import { sameValue, typeOf, typesOf } from "./same.ts";

const Wanted = z.strictObject({
  name: z.string().min(1),
  arguments: z.record(z.string(), z.json()).optional(),
  optional: z
    .array(z.string().min(1))
    .optional()
    .describe("arguments that may be left out; one without a value under arguments may have any"),
});
/** A call that is wanted. */
export type WantedCall = z.infer<typeof Wanted>;

const Alternatives = z.strictObject({
  any_of: z.array(z.union([Wanted, z.array(Wanted).min(1)])).min(1),
});
const None = z.strictObject({ none: z.literal(true) });
const Expected = z.array(z.union([Wanted, Alternatives, None]));

const mostAlternatives = 64;

/** The sets of calls of which any is right; an empty set means that nothing may be called. Throws for an invalid gold. */
export function wantedSets(expected: readonly unknown[]): readonly (readonly WantedCall[])[] {
  const entries = Expected.parse(expected);
  return entries
    .reduce<readonly (readonly WantedCall[])[]>(
      (sets, entry) => {
        if ("none" in entry) return sets;
        const choices = "any_of" in entry ? entry.any_of.map((each) => [each].flat()) : [[entry]];
        return sets.flatMap((set) => choices.map((choice) => [...set, ...choice]));
      },
      [[]],
    )
    .slice(0, mostAlternatives);
}

/** The call that an argument's value must be the result of: `{call: {name, arguments}}`; null for a plain value. */
export function wantedResult(value: unknown): WantedCall | null {
  const inner = isSingle(value, "call") ? Wanted.safeParse(memberOf(value, "call")) : null;
  return inner?.success === true ? inner.data : null;
}

/** The values of which any is right: `{any_of: […]}`, or the one. */
export function wantedValues(value: unknown): readonly unknown[] {
  const inner = isSingle(value, "any_of") ? memberOf(value, "any_of") : null;
  return Array.isArray(inner) ? inner : [value];
}

const isSingle = (value: unknown, name: string): boolean =>
  isObject(value) && Object.keys(value).length === 1 && Object.hasOwn(value, name);

/** What is wrong with `expected_calls`: its shape, and names and values that the item's tools do not take. */
export function expectedProblems(
  expected: readonly unknown[] | null,
  functions: Functions,
): readonly GoldProblem[] {
  const path = "expected_calls";
  if (expected === null) return [{ path, message: missing }];
  const read = validate(Expected, expected);
  if (!read.ok)
    return read.findings.map((finding) => ({
      path: [path, ...finding.path.map(String)].join("."),
      message: finding.message,
    }));
  const isNone = read.value.some((entry) => "none" in entry);
  if (isNone && read.value.length > 1) return [{ path, message: noneAndCalls }];
  if (functions.size === 0) return [];
  return read.value.flatMap((entry, index) => {
    const at = `${path}.${index}`;
    if ("none" in entry) return [];
    if (!("any_of" in entry)) return callProblems(entry, at, functions);
    return entry.any_of.flatMap((each, place) =>
      Array.isArray(each)
        ? each.flatMap((call, inner) =>
            callProblems(call, `${at}.any_of.${place}.${inner}`, functions),
          )
        : callProblems(each, `${at}.any_of.${place}`, functions),
    );
  });
}

function callProblems(call: WantedCall, at: string, functions: Functions): readonly GoldProblem[] {
  const declared = functions.get(call.name);
  if (declared === undefined) {
    const message = unknownName({ zh: "工具", en: "tool" }, call.name, [...functions.keys()]);
    return [{ path: `${at}.name`, message }];
  }
  const parameters = parametersOf(declared);
  const given = call.arguments ?? {};
  const foreign = [...Object.keys(given), ...(call.optional ?? [])]
    .filter((name) => !Object.hasOwn(parameters, name))
    .map((name) => ({
      path: Object.hasOwn(given, name) ? `${at}.arguments.${name}` : `${at}.optional`,
      message: unknownName(
        { zh: `${call.name} 的参数`, en: `argument of ${call.name}` },
        name,
        Object.keys(parameters),
      ),
    }));
  return [
    ...foreign,
    ...missingArguments(call, declared, at),
    ...valueProblems(call, parameters, at, functions),
  ];
}

function missingArguments(
  { name, arguments: given = {}, optional = [] }: WantedCall,
  declared: DeclaredFunction,
  at: string,
): readonly GoldProblem[] {
  return requiredOf(declared)
    .filter((each) => !Object.hasOwn(given, each) && !optional.includes(each))
    .map((each) => ({
      path: `${at}.arguments`,
      message: {
        zh: `${name} 必须有参数 ${each}；请写出它的值，任何值都可以时把它列入 optional`,
        en: `${name} requires the argument ${each}: give its value, or list it under optional if any value is right`,
      },
    }));
}

function valueProblems(
  call: WantedCall,
  parameters: Readonly<Record<string, unknown>>,
  at: string,
  functions: Functions,
): readonly GoldProblem[] {
  return Object.entries(call.arguments ?? {}).flatMap(([name, value]) => {
    const path = `${at}.arguments.${name}`;
    const inner = wantedResult(value);
    if (inner !== null) return callProblems(inner, `${path}.call`, functions);
    const schema = memberOf(parameters, name);
    const types = typesOf(schema);
    // A value that is not even equal to itself by the schema could never be given.
    const odd = wantedValues(value).find(
      (each) => !sameValue(each, each as never, schema, "folded"),
    );
    if (odd === undefined || types.length === 0) return [];
    const [wanted, got] = [types.join(" | "), typeOf(odd)];
    return [
      {
        path,
        message: {
          zh: `工具要求类型 ${wanted}，这里是 ${got}`,
          en: `the tool asks for ${wanted}; got ${got}`,
        },
      },
    ];
  });
}

const missing = {
  zh: "缺少 expected_calls：列出应有的调用，或写 [{none: true}] 表示不应调用任何工具",
  en: "needs expected_calls: the calls that are right, or [{none: true}] where nothing may be called",
};
const noneAndCalls = {
  zh: "none: true 表示不应调用任何工具，不能与其他调用并列",
  en: "none: true means that nothing may be called, so no call can stand beside it",
};
