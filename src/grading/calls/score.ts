import type { Literal } from "./literal.ts";
import type { Functions, MadeCall } from "./resolve.ts";

import { memberOf } from "../../domain/json.ts";
import { wantedResult, wantedValues, type WantedCall } from "./expected.ts";
import { isCall } from "./literal.ts";
import { callText, parametersOf, requiredOf } from "./resolve.ts";
import { sameValue, type Strings } from "./same.ts";

export type MatchOptions = { readonly order: "free" | "fixed"; readonly strings: Strings };

export type CallsMatch = {
  /** Share of what was right, in [0, 1]; 1 only where all is. */
  readonly credit: number;
  /** What is wrong, first things first; empty where nothing is. */
  readonly faults: readonly string[];
};

type Pair = CallsMatch & { readonly wanted: number; readonly made: number };

/**
 * Compares the calls made with a set that is wanted. Each call is worth the share of its arguments that are right, a call
 * by another name nothing; the whole is worth the mean over the calls wanted, or made if those are more.
 */
export function compareCalls(
  wanted: readonly WantedCall[],
  made: readonly MadeCall[],
  functions: Functions,
  options: MatchOptions,
): CallsMatch {
  if (wanted.length === 0) {
    const faults = made.map((call) => `unwanted ${call.name}`);
    return { credit: made.length === 0 ? 1 : 0, faults };
  }
  const pairs = wanted.flatMap((each, index) =>
    made.flatMap((call, at): readonly Pair[] =>
      each.name === call.name
        ? [{ wanted: index, made: at, ...compareCall(each, call, functions, options) }]
        : [],
    ),
  );
  const chosen = options.order === "fixed" ? inOrder(pairs, wanted.length) : assigned(pairs);
  const missing = wanted.filter((_, index) => !chosen.some((pair) => pair.wanted === index));
  const extra = made.filter((_, index) => !chosen.some((pair) => pair.made === index));
  const sum = chosen.reduce((total, { credit }) => total + credit, 0);
  const faults = [
    ...chosen.flatMap((pair) => pair.faults),
    ...missing.map(({ name }) => `missing ${name}`),
    ...extra.map(({ name }) => `extra ${name}`),
  ];
  return { credit: sum / Math.max(wanted.length, made.length), faults };
}

/** The best pairs first. Calls of one name are few, and nearly always one pair is clearly the best. */
function assigned(pairs: readonly Pair[]): readonly Pair[] {
  const chosen: Pair[] = [];
  for (const pair of pairs.toSorted((a, b) => b.credit - a.credit)) {
    if (chosen.every((each) => each.wanted !== pair.wanted && each.made !== pair.made))
      chosen.push(pair);
  }
  return chosen;
}

/** The pairs of the best alignment in which neither side changes its order. */
function inOrder(pairs: readonly Pair[], count: number): readonly Pair[] {
  type Best = { readonly sum: number; readonly chosen: readonly Pair[] };
  const none: Best = { sum: 0, chosen: [] };
  const best: Best[] = [];
  const bestBefore = (wanted: number, made: number): Best =>
    best
      .filter((_, index) => {
        const last = pairs[index];
        return last !== undefined && last.wanted < wanted && last.made < made;
      })
      .reduce((a, b) => (b.sum > a.sum ? b : a), none);
  // Pairs are in the order of what is wanted, so those before a pair have been seen.
  for (const pair of pairs) {
    const { sum, chosen } = bestBefore(pair.wanted, pair.made);
    best.push({ sum: sum + pair.credit + 1e-9, chosen: [...chosen, pair] });
  }
  return bestBefore(count, Number.POSITIVE_INFINITY).chosen;
}

function compareCall(
  wanted: WantedCall,
  made: MadeCall,
  functions: Functions,
  options: MatchOptions,
): CallsMatch {
  if (made.broken === true)
    return { credit: 0, faults: [`${made.name}: arguments that cannot be read`] };
  const declared = functions.get(wanted.name);
  const parameters = parametersOf(declared);
  const required = new Set(requiredOf(declared));
  const expected = wanted.arguments ?? {};
  const optional = new Set(wanted.optional);
  const faults: string[] = [];
  let counted = 0;
  let right = 0;
  for (const name of new Set([...Object.keys(expected), ...Object.keys(made.arguments)])) {
    const schema = memberOf(parameters, name);
    const given = givenOf(made, name, required.has(name));
    const fault = faultOf(
      {
        wanted: memberOf(expected, name),
        given,
        fallback: memberOf(schema, "default"),
        isOptional: optional.has(name),
      },
      (value, other) => sameArgument(value, other, schema, functions, options),
    );
    if (fault === "idle") continue;
    counted += 1;
    if (fault === null) right += 1;
    else faults.push(`${wanted.name}: ${fault} ${name}`);
  }
  return { credit: counted === 0 ? 1 : right / counted, faults };
}

/** An argument that is null says nothing, where the tool does not require it. */
function givenOf({ arguments: given }: MadeCall, name: string, required: boolean) {
  const value = Object.hasOwn(given, name) ? given[name] : undefined;
  return value === null && !required ? undefined : value;
}

type Argument = {
  readonly wanted: unknown;
  readonly given: Literal | undefined;
  readonly fallback: unknown;
  readonly isOptional: boolean;
};

/** What is wrong with an argument; null if it is right, `idle` if it was neither wanted nor says anything. */
function faultOf(
  { wanted, given, fallback, isOptional }: Argument,
  same: (wanted: unknown, given: Literal) => boolean,
): "idle" | "missing" | "extra" | "wrong" | null {
  if (given === undefined) {
    if (wanted === undefined || isOptional) return "idle";
    return isNothing(wanted) || (fallback !== undefined && same(wanted, fallback as Literal))
      ? null
      : "missing";
  }
  if (wanted === undefined) {
    if (isOptional) return "idle";
    return fallback !== undefined && same(fallback, given) ? "idle" : "extra";
  }
  return same(wanted, given) ? null : "wrong";
}

const isNothing = (wanted: unknown): boolean => wantedValues(wanted).some((each) => each === null);

function sameArgument(
  wanted: unknown,
  given: Literal,
  schema: unknown,
  functions: Functions,
  options: MatchOptions,
): boolean {
  const inner = wantedResult(wanted);
  if (inner === null)
    return wantedValues(wanted).some((each) => sameValue(each, given, schema, options.strings));
  if (!isCall(given)) return false;
  const call = { name: given.name, arguments: given.named };
  return (
    inner.name === call.name && compareCall(inner, call, functions, options).faults.length === 0
  );
}

export const callsText = (made: readonly MadeCall[]): string => made.map(callText).join("; ");
