import type { Dropped, Params, Thinking } from "../../domain/params.ts";
import type { NumberRule, RequestQuirks } from "../../domain/provider.ts";

export type Sent = {
  /** Members of the request body. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly dropped: readonly Dropped[];
};

const numbers = ["temperature", "top_p", "presence_penalty", "frequency_penalty"] as const;
const defaultThinkingBudget = 8192;

/**
 * Params as a vendor of the OpenAI dialect takes them, by its quirks. What cannot be sent as asked is named in
 * `dropped` with the value that applies instead.
 */
export function applyParams(params: Params, quirks: RequestQuirks): Sent {
  const body: Record<string, unknown> = {};
  const dropped: Dropped[] = [];
  const thinking = thinkingBody(params, quirks, dropped);
  for (const name of numbers) {
    const asked = params[name];
    if (asked === undefined) continue;
    if (isThinking(params, quirks) && quirks.thinking?.refuses?.includes(name) === true) {
      dropped.push({ param: name, asked, effective: null, reason: "refused while thinking" });
    } else {
      sendNumber(name, asked, quirks[name], body, dropped);
    }
  }
  sendMaxTokens(params, quirks, body, dropped);
  sendNamed("seed", params.seed, quirks.seed ?? "seed", body, dropped);
  sendStop(params.stop, quirks.stop, body, dropped);
  return { body: { ...quirks.body, ...body, ...thinking }, dropped };
}

/** Whether the model thinks for this request, as far as what is sent and the vendor's default tell. */
export function isThinking(params: Params, quirks: RequestQuirks): boolean {
  if (quirks.thinking === undefined) return false;
  return params.thinking === undefined
    ? quirks.thinking.default === "on"
    : params.thinking !== "off";
}

function sendNumber(
  name: string,
  asked: number,
  rule: NumberRule | undefined,
  body: Record<string, unknown>,
  dropped: Dropped[],
): void {
  if (rule === false) {
    dropped.push({ param: name, asked, effective: null, reason: "the vendor does not take it" });
    return;
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
  body[name] = effective;
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
  body: Record<string, unknown>,
  dropped: Dropped[],
): void {
  const asked = params.max_tokens;
  const name = quirks.max_tokens ?? "max_tokens";
  if (asked === undefined || name === false)
    return sendNamed("max_tokens", asked, name, body, dropped);
  if (quirks.counts_reasoning !== true || params.thinking === "off") {
    body[name] = asked;
    return;
  }
  const budget = params.thinking_budget ?? budgetOf(params.thinking) ?? defaultThinkingBudget;
  body[name] = asked + budget;
  const reason = "the vendor counts reasoning in it; the thinking budget is added";
  dropped.push({ param: "max_tokens", asked, effective: asked + budget, reason });
}

const budgetOf = (thinking: Thinking | undefined): number | undefined =>
  typeof thinking === "number" ? thinking : undefined;

function sendNamed(
  param: string,
  asked: unknown,
  name: string | false,
  body: Record<string, unknown>,
  dropped: Dropped[],
): void {
  if (asked === undefined) return;
  if (name === false) {
    dropped.push({ param, asked, effective: null, reason: "the vendor does not take it" });
  } else {
    body[name] = asked;
  }
}

function sendStop(
  asked: readonly string[] | undefined,
  rule: RequestQuirks["stop"],
  body: Record<string, unknown>,
  dropped: Dropped[],
): void {
  if (asked === undefined) return;
  if (rule === false) return sendNamed("stop", asked, false, body, dropped);
  const effective = asked.slice(0, rule?.max_items);
  if (effective.length < asked.length) {
    dropped.push({ param: "stop", asked, effective, reason: "more than the vendor takes" });
  }
  body["stop"] = effective;
}

function thinkingBody(
  params: Params,
  quirks: RequestQuirks,
  dropped: Dropped[],
): Readonly<Record<string, unknown>> {
  const { thinking: asked, thinking_budget } = params;
  const rules = quirks.thinking;
  if (asked === undefined && thinking_budget === undefined) return {};
  if (rules === undefined) {
    if (asked !== undefined && asked !== "off") {
      const reason = "no thinking switch is known for this model";
      dropped.push({ param: "thinking", asked, effective: null, reason });
    }
    return {};
  }
  const budget = budgetOf(asked) ?? thinking_budget;
  const mode = typeof asked === "number" || asked === undefined ? "on" : asked;
  const body = rules[mode] ?? (mode === "off" ? undefined : rules.on);
  if (body === undefined || (body !== rules[mode] && mode !== "on")) {
    const effective = body === undefined ? (rules.default ?? null) : "on";
    dropped.push({
      param: "thinking",
      asked: mode,
      effective,
      reason: "the vendor has no such level",
    });
  }
  if (budget === undefined || mode === "off") return body ?? {};
  if (rules.budget === undefined) {
    const reason = "the vendor takes no thinking budget";
    dropped.push({ param: "thinking_budget", asked: budget, effective: null, reason });
    return body ?? {};
  }
  return { ...body, [rules.budget]: budget };
}
