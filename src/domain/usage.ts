import type { Usage, UsageDoubt } from "./run-file/usage-counts.ts";

/** Most characters that one output token can stand for on the whole of a reply, and a margin for short ones. */
const charsPerToken = 15;
const charsMargin = 60;

/**
 * Whether a call's token counts contradict what came, and how; null where they may be true or are unknown.
 * `chars` are the code points that were generated, answer and reasoning together: English has about 4 to a token,
 * Chinese 1 to 2. `invalid`: negative or not finite. `zero`: no input, or no output beside a text. `reasoning`:
 * more reasoning than output, which includes it. `few`: more than 15 characters to a token. `cached`: more tokens read
 * from or written to the cache than the input has.
 */
export function usageDoubt(usage: Usage, chars: number): UsageDoubt | null {
  const { input, output, reasoning } = usage;
  const counts = Object.values(usage).filter((count) => count !== null);
  if (counts.some((count) => !Number.isFinite(count) || count < 0)) return "invalid";
  if (chars > 0 && (input === 0 || output === 0)) return "zero";
  if (output !== null && reasoning !== null && reasoning > output) return "reasoning";
  if (output !== null && chars > charsPerToken * output + charsMargin) return "few";
  const cached = Math.max(usage.cached_input ?? 0, usage.cache_write ?? 0);
  return input !== null && cached > input ? "cached" : null;
}

export const unknownUsage: Usage = {
  input: null,
  cached_input: null,
  cache_write: null,
  output: null,
  reasoning: null,
};

/** A dotted path into the vendor's usage object, `a|b` for the first that exists, or a list of these to add up. */
type UsagePath = string | readonly string[];
export type UsageMap = { readonly [Name in keyof Usage]?: UsagePath | undefined };

/** A vendor's counts, with what in them contradicts itself. */
export type UsageClaim = { readonly usage: Usage; readonly doubt: UsageDoubt | null };

/** More tokens than any request can have: no context is that long. */
const mostTokens = 100_000_000;

/**
 * Reads a vendor's usage object by a map of paths. Only a whole number from 0 to a hundred million is a count; a missing value or
 * one of another kind is null, and so is a sum with a number that is no count. In a sum, missing members count as 0, but a
 * sum of none is null. Where more tokens are cached than the whole input (as sometimes with xAI) or more were reasoned than
 * the whole output (as with gateways to it), the whole cannot include them, and both are added; the claim is doubted.
 */
export function readUsage(raw: unknown, map: UsageMap): UsageClaim {
  const counts = {
    input: sumAt(raw, map.input),
    cached_input: sumAt(raw, map.cached_input),
    cache_write: sumAt(raw, map.cache_write),
    output: sumAt(raw, map.output),
    reasoning: sumAt(raw, map.reasoning),
  };
  const isInvalid = Object.values(counts).some((count) => Number.isNaN(count));
  const usage: Usage = {
    input: known(counts.input),
    cached_input: known(counts.cached_input),
    cache_write: known(counts.cache_write),
    output: known(counts.output),
    reasoning: known(counts.reasoning),
  };
  return {
    usage: {
      ...usage,
      input: wholeOf(usage.input, usage.cached_input),
      output: wholeOf(usage.output, usage.reasoning),
    },
    doubt: isInvalid ? "invalid" : usageDoubt(usage, 0),
  };
}

const known = (count: number | null): number | null => (Number.isNaN(count) ? null : count);

const wholeOf = (whole: number | null, part: number | null): number | null =>
  whole !== null && part !== null && part > whole ? whole + part : whole;

/** Null where there is no number; NaN where there is one that is no count. */
function sumAt(raw: unknown, path: UsagePath | undefined): number | null {
  if (path === undefined) return null;
  if (typeof path === "string") return firstNumber(raw, path);
  const found = path.map((each) => firstNumber(raw, each)).filter((value) => value !== null);
  return found.length === 0 ? null : found.reduce((sum, value) => sum + value, 0);
}

function firstNumber(raw: unknown, path: string): number | null {
  for (const names of namesIn(path)) {
    const value = valueOf(raw, names);
    if (typeof value === "number") return isCount(value) ? value : Number.NaN;
  }
  return null;
}

const isCount = (value: number): boolean =>
  Number.isInteger(value) && value >= 0 && value <= mostTokens;

/** The value at a dotted path, or undefined. Own properties only. */
export const valueAt = (root: unknown, path: string): unknown => valueOf(root, path.split("."));

function valueOf(root: unknown, names: readonly string[]): unknown {
  let value: unknown = root;
  for (const name of names) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name))
      return undefined;
    value = Reflect.get(value, name);
  }
  return value;
}

const split = new Map<string, readonly (readonly string[])[]>();

/** The alternatives of a path, split. Cached: vendors' files hold few paths, and every answer needs them. */
function namesIn(path: string): readonly (readonly string[])[] {
  const known = split.get(path);
  if (known !== undefined) return known;
  const names = path.split("|").map((each) => each.split("."));
  split.set(path, names);
  return names;
}
