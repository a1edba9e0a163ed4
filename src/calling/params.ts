import type { Dropped, Params } from "../domain/params.ts";
import type { NumberRule, RequestQuirks } from "../domain/provider.ts";

import { isObject } from "../domain/json.ts";
import { thinkingRule } from "../domain/request/thinking.ts";
import {
  budgetOf,
  isSurelyOff,
  isThinking,
  type ThinkingSent,
  thinkingSent,
} from "./thinking-switch.ts";

/** Names under which a protocol sends our params; false if it has no such param. A vendor's quirks override them. */
export type ParamNames = {
  readonly [Name in (typeof numbers)[number] | "max_tokens" | "seed" | "stop"]: string | false;
};

export type AppliedParams = {
  /** Params under the names they are sent with. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Top-level body members from the vendor's file: its own and those of the thinking switch. */
  readonly extra: Readonly<Record<string, unknown>>;
  readonly dropped: readonly Dropped[];
};

/** The names of the OpenAI dialect, which are our own. */
const openaiNames: ParamNames = {
  temperature: "temperature",
  top_p: "top_p",
  presence_penalty: "presence_penalty",
  frequency_penalty: "frequency_penalty",
  max_tokens: "max_tokens",
  seed: "seed",
  stop: "stop",
};

const numbers = ["temperature", "top_p", "presence_penalty", "frequency_penalty"] as const;
const defaultThinkingBudget = 8192;

/**
 * Translates params to what a vendor takes, according to its protocol's names and its quirks. What cannot be sent as
 * requested is listed in `dropped` with the value that applies instead.
 */
export function applyParams(
  params: Params,
  quirks: RequestQuirks,
  names: ParamNames = openaiNames,
): AppliedParams {
  const values: Record<string, unknown> = {};
  const dropped: Dropped[] = [];
  const thinking = thinkingBody(params, quirks, dropped);
  for (const name of numbers) {
    const asked = params[name];
    if (asked === undefined) continue;
    const effective = isThinking(params, quirks) ? whileThinking(name, quirks) : undefined;
    if (effective === undefined) {
      sendNumber(name, asked, { rule: quirks[name], sent: names[name] }, values, dropped);
    } else if (effective !== asked) {
      dropped.push({ param: name, asked, effective, reason: "refused while thinking" });
    }
  }
  sendMaxTokens(params, quirks, names, values, dropped);
  sendNamed("seed", params.seed, nameOf(names.seed, quirks.seed), values, dropped);
  sendStop(params.stop, names.stop, quirks.stop, values, dropped);
  const own = quirks.body ?? {};
  return { values, extra: over(own, thinking), dropped };
}

/** The value the vendor uses instead of ours while the model thinks, null if unknown; undefined if it uses ours. */
function whileThinking(name: string, quirks: RequestQuirks): number | null | undefined {
  const refused = thinkingRule(quirks)?.refuses;
  if (Array.isArray(refused)) return refused.includes(name) ? null : undefined;
  return refused?.[name];
}

type Json = Readonly<Record<string, unknown>>;

/**
 * A body overlaid with the vendor's own members; members that are objects on both sides merge deeply, and those that
 * the vendor's file sets to null are left out.
 */
export const merged = (base: Json, extra: Json): Json => withoutNulls(over(base, extra));

/** A body overlaid with another: members that are objects on both sides merge deeply. */
export const overBody = (base: Json, upper: Json): BodyMembers => over(base, upper) as BodyMembers;

type BodyMembers = NonNullable<RequestQuirks["body"]>;

function over(base: Json, upper: Json): Json {
  const both = { ...base };
  for (const [name, value] of Object.entries(upper)) {
    const was = both[name];
    both[name] = isObject(was) && isObject(value) ? over(was, value) : value;
  }
  return both;
}

function withoutNulls(body: Json): Json {
  const kept: Record<string, unknown> = {};
  for (const name of Object.keys(body)) {
    const value = body[name];
    if (value !== null) kept[name] = isObject(value) ? withoutNulls(value) : value;
  }
  return kept;
}

const nameOf = (own: string | false, quirk: string | false | undefined): string | false =>
  own === false ? false : (quirk ?? own);

function sendNumber(
  name: (typeof numbers)[number],
  asked: number,
  { rule, sent }: { readonly rule: NumberRule | undefined; readonly sent: string | false },
  values: Record<string, unknown>,
  dropped: Dropped[],
): void {
  if (rule === false || sent === false) {
    return sendNamed(name, asked, false, values, dropped);
  }
  if (rule?.fixed !== undefined) {
    if (rule.fixed !== asked) {
      dropped.push({ param: name, asked, effective: rule.fixed, reason: "the vendor fixes it" });
    }
    return;
  }
  const effective = intoRange(asked, rule);
  if (effective !== asked) {
    dropped.push({ param: name, asked, effective, reason: "outside the vendor's range" });
  }
  values[sent] = effective;
}

const step = 0.01;

function intoRange(asked: number, rule: Exclude<NumberRule, false> | undefined): number {
  const { min, max, exclusive_min = false, exclusive_max = false } = rule ?? {};
  if (min !== undefined && (asked < min || (exclusive_min && asked === min))) {
    return exclusive_min ? min + step : min;
  }
  if (max !== undefined && (asked > max || (exclusive_max && asked === max))) {
    return exclusive_max ? max - step : max;
  }
  return asked;
}

function sendMaxTokens(
  params: Params,
  quirks: RequestQuirks,
  names: ParamNames,
  values: Record<string, unknown>,
  dropped: Dropped[],
): void {
  const asked = params.max_tokens;
  const name = nameOf(names.max_tokens, quirks.max_tokens);
  if (asked === undefined || name === false)
    return sendNamed("max_tokens", asked, name, values, dropped);
  if (quirks.counts_reasoning !== true || isSurelyOff(params, quirks)) {
    values[name] = asked;
    return;
  }
  const budget = thinkingBudget(params);
  values[name] = asked + budget;
  const reason = "the vendor counts reasoning in it; the thinking budget is added";
  dropped.push({ param: "max_tokens", asked, effective: asked + budget, reason });
}

/** Thinking tokens allowed: the target's own budget, else 8192. */
const thinkingBudget = (params: Params): number =>
  budgetOf(params.thinking) ?? params.thinking_budget ?? defaultThinkingBudget;

function sendNamed(
  param: string,
  asked: unknown,
  name: string | false,
  values: Record<string, unknown>,
  dropped: Dropped[],
): void {
  if (asked === undefined) return;
  if (name === false) {
    dropped.push({ param, asked, effective: null, reason: "the vendor does not take it" });
  } else {
    values[name] = asked;
  }
}

function sendStop(
  asked: readonly string[] | undefined,
  name: string | false,
  rule: RequestQuirks["stop"],
  values: Record<string, unknown>,
  dropped: Dropped[],
): void {
  if (asked === undefined) return;
  if (rule === false || name === false) return sendNamed("stop", asked, false, values, dropped);
  const effective = asked.slice(0, rule?.max_items);
  if (effective.length < asked.length) {
    dropped.push({ param: "stop", asked, effective, reason: "more than the vendor takes" });
  }
  values[name] = effective;
}

function thinkingBody(params: Params, quirks: RequestQuirks, dropped: Dropped[]): Json {
  const sent = thinkingSent(params, quirks);
  dropped.push(...sent.dropped);
  return bodyOfThinking(sent);
}

/** The body members of a thinking switch, its budget included. */
export const bodyOfThinking = ({ body, budget }: ThinkingSent): Json =>
  budget === null ? (body ?? {}) : over(body ?? {}, atPath(budget.path, budget.tokens));

/** An object with `value` at a dotted path. */
const atPath = (path: string, value: unknown): Json =>
  path.split(".").reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as Json;
