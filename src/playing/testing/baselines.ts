import type { Chance, Environment, EnvironmentCall } from "../environment.ts";

import { isObject, listOf, membersOf, textOf } from "../../domain/json.ts";
import { functionOf } from "../../domain/request/tool-function.ts";
import { takeStep } from "../play.ts";

/** An agent that reads no rules: it only knows which values it has seen, and under which names. */
export type Baseline = (
  environment: Environment,
  start: { readonly state: unknown; readonly instruction: string; readonly policy: string },
  most: number,
  draw: Chance,
) => readonly EnvironmentCall[];

/** Says at once that all is done. */
export const answersAtOnce: Baseline = () => [];

/** Any tool, with any values that it has seen. */
export const random: Baseline = (environment, start, most, draw) =>
  explore(environment, start, most, (callsWith) => {
    const calls = callsWith(functionOf(draw.pick(environment.tools)));
    return calls.length === 0 ? undefined : draw.pick(calls);
  });

/** The last tool that the environment lets it use: those that settle something stand at the end of the list. */
export const greedy: Baseline = (environment, start, most) =>
  explore(environment, start, most, (callsWith, isAccepted) => {
    for (const tool of environment.tools.toReversed()) {
      const call = callsWith(functionOf(tool)).find(isAccepted);
      if (call !== undefined) return call;
    }
    return undefined;
  });

type Declared = ReturnType<typeof functionOf>;

/** Makes up to `most` tries, and no call a second time. */
function explore(
  environment: Environment,
  { state: first, instruction, policy }: Parameters<Baseline>[1],
  most: number,
  choose: (
    callsWith: (tool: Declared) => readonly EnvironmentCall[],
    isAccepted: (call: EnvironmentCall) => boolean,
  ) => EnvironmentCall | undefined,
): readonly EnvironmentCall[] {
  const seen: Seen = new Map([["", new Set(wordsIn(`${instruction}\n${policy}`))]]);
  const made = new Map<string, EnvironmentCall>();
  let state = first;
  for (let tries = 0; tries < most; tries += 1) {
    const before = state;
    const call = choose(
      (tool) => callsOf(tool, seen).filter((each) => !made.has(JSON.stringify(each))),
      (each) => works(environment, before, each),
    );
    if (call === undefined) continue;
    const { state: after, result } = takeStep(environment, state, call);
    made.set(JSON.stringify(call), call);
    remember(seen, "", result);
    state = after;
  }
  return [...made.values()];
}

/** What an agent that has made these calls, and looked at all that takes no arguments, knows. */
function known(
  environment: Environment,
  { state: first, instruction, policy }: Parameters<Baseline>[1],
  made: readonly EnvironmentCall[],
): { readonly state: unknown; readonly seen: Seen; readonly calls: readonly EnvironmentCall[] } {
  const seen: Seen = new Map([["", new Set(wordsIn(`${instruction}\n${policy}`))]]);
  const plain = environment.tools.flatMap((tool) => {
    const { name, parameters } = functionOf(tool);
    const takesNone = Object.keys(membersOf(parameters["properties"])).length === 0;
    return takesNone ? [{ name, arguments: {} }] : [];
  });
  const calls = [...made, ...plain];
  let state = first;
  for (const call of calls) {
    const { state: after, result } = takeStep(environment, state, call);
    remember(seen, "", result);
    state = after;
  }
  return { state, seen, calls };
}

/** A call of this tool that the environment carries out after these calls; undefined if it does none. */
export function acceptedCall(
  environment: Environment,
  start: Parameters<Baseline>[1],
  made: readonly EnvironmentCall[],
  tool: string,
): EnvironmentCall | undefined {
  const { state, seen } = known(environment, start, made);
  return environment.tools
    .map(functionOf)
    .filter(({ name }) => name === tool)
    .flatMap((each) => callsOf(each, seen, mostTried))
    .find((call) => works(environment, state, call));
}

/** These calls with another that does something forbidden at the end; undefined if no tool can. */
export function withForbidden(
  environment: Environment,
  start: Parameters<Baseline>[1],
  made: readonly EnvironmentCall[],
): readonly EnvironmentCall[] | undefined {
  const { state, seen, calls } = known(environment, start, made);
  const harm = environment.tools
    .map(functionOf)
    .toReversed()
    .flatMap((each) => callsOf(each, seen, mostTried))
    .find(
      (call) => environment.outcome(takeStep(environment, state, call).state).forbidden.length > 0,
    );
  return harm === undefined ? undefined : [...calls, harm];
}

const mostTried = 2_000;

const works = (environment: Environment, state: unknown, call: EnvironmentCall): boolean =>
  !Object.hasOwn(membersOf(takeStep(environment, state, call).result), "error");

type Seen = Map<string, Set<string | number>>;

/** What in a text could be an argument: numbers, dates, ids, names in quotes. */
const wordsIn = (text: string): readonly string[] =>
  text.match(/\d{4}-\d\d-\d\d|(?<=“)[^”]+(?=”)|[A-Z]*\d{4,}/g) ?? [];

function remember(seen: Seen, name: string, value: unknown): void {
  for (const each of listOf(value)) remember(seen, name, each);
  if (isObject(value))
    for (const [member, each] of Object.entries(value)) remember(seen, member, each);
  if (typeof value === "string" || typeof value === "number")
    seen.set(name, new Set([...(seen.get(name) ?? []), value]));
}

const mostCalls = 12;

/** Calls of a tool with values that were seen under the argument's name, or else in the text, or else of its type. */
function callsOf(
  { name, parameters }: Declared,
  seen: Seen,
  most = mostCalls,
): readonly EnvironmentCall[] {
  let calls: readonly EnvironmentCall[] = [{ name, arguments: {} }];
  for (const [argument, schema] of Object.entries(membersOf(parameters["properties"]))) {
    const values = valuesFor(argument, membersOf(schema), seen);
    calls = calls
      .flatMap((call) =>
        values.map((value) => ({ name, arguments: { ...call.arguments, [argument]: value } })),
      )
      .slice(0, most);
  }
  return calls;
}

function valuesFor(
  argument: string,
  { enum: choices, type }: ReturnType<typeof membersOf>,
  seen: Seen,
): readonly unknown[] {
  if (Array.isArray(choices)) return choices;
  const isNumber = textOf(type) !== "string";
  const fits = (value: unknown): boolean => (typeof value === "number") === isNumber;
  // A list of orders holds what is an order.
  const named = [argument, `${argument}s`].flatMap((each) =>
    [...(seen.get(each) ?? [])].filter(fits),
  );
  if (named.length > 0) return named;
  const all = isNumber
    ? [...seen.values()].flatMap((each) => [...each])
    : [...(seen.get("") ?? [])];
  return [...new Set(all.filter(fits))];
}
