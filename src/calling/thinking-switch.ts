import type { Dropped, Params, Thinking } from "../domain/params.ts";
import type { RequestQuirks, ThinkingRule } from "../domain/provider.ts";

import { isOffWord, treatedAsAnother } from "../domain/request/thinking.ts";
import { thinkingRule } from "../domain/request/thinking.ts";

type Json = Readonly<Record<string, unknown>>;

/** What a request says about thinking. */
export type ThinkingSent = {
  /** The body members that say it; null where nothing is sent, so that the vendor's default applies. */
  readonly body: Json | null;
  /** The budget in tokens that goes with it, and the body's path for it; null where none is sent. */
  readonly budget: { readonly path: string; readonly tokens: number } | null;
  readonly dropped: readonly Dropped[];
};

/**
 * Translates `thinking` and `thinking_budget` to what the model's row lists. A word that it does not list becomes `on`,
 * `off` and `none` stand for each other, and what cannot be sent is in `dropped` with what holds instead. A word that the
 * vendor takes and silently treats as another is sent as asked, and is in `dropped` as well.
 */
export function thinkingSent(params: Params, quirks: RequestQuirks): ThinkingSent {
  const { thinking: asked, thinking_budget } = params;
  const rules = thinkingRule(quirks);
  if (asked === undefined && thinking_budget === undefined) return nothing;
  if (rules === undefined) {
    if (asked === undefined || isOffWord(asked)) return nothing;
    const reason = "no thinking switch is known for this model";
    return { ...nothing, dropped: [{ param: "thinking", asked, effective: null, reason }] };
  }
  const word = typeof asked === "number" || asked === undefined ? "on" : asked;
  const { body, dropped } = levelSent(word, rules);
  const tokens = budgetOf(asked) ?? thinking_budget;
  if (tokens === undefined || isOffWord(word)) return { body, budget: null, dropped };
  if (rules.budget !== undefined) return { body, budget: { path: rules.budget, tokens }, dropped };
  const reason = "the vendor takes no thinking budget";
  const lost: Dropped = { param: "thinking_budget", asked: tokens, effective: null, reason };
  return { body, budget: null, dropped: [...dropped, lost] };
}

const nothing: ThinkingSent = { body: null, budget: null, dropped: [] };

function levelSent(word: string, rules: ThinkingRule): Pick<ThinkingSent, "body" | "dropped"> {
  const level = listed(word, rules);
  const treated = rules.treated_as?.[word];
  if (level !== null && treated !== undefined) {
    const reason = treatedAsAnother;
    return {
      body: level,
      dropped: [{ param: "thinking", asked: word, effective: treated, reason }],
    };
  }
  if (level !== null) return { body: level, dropped: [] };
  const on = isOffWord(word) ? null : listed("on", rules);
  const effective = on === null ? (rules.default ?? null) : "on";
  if (effective === word) return { body: on, dropped: [] };
  const reason = "the vendor has no such level";
  return { body: on, dropped: [{ param: "thinking", asked: word, effective, reason }] };
}

const basic = ["on", "off", "low", "medium", "high"] as const;

/** The body of a level, or null where the row does not list it. */
function listed(word: string, rules: ThinkingRule): Json | null {
  const levels = levelsOf(rules);
  const other = word === "off" ? "none" : word === "none" ? "off" : word;
  return levels.get(word) ?? levels.get(other) ?? null;
}

function levelsOf(rules: ThinkingRule): ReadonlyMap<string, Json> {
  const levels = new Map<string, Json>();
  const named = [
    ...basic.map((word) => [word, rules[word]] as const),
    ...Object.entries(rules.levels ?? {}),
  ];
  for (const [word, body] of named)
    if (body !== undefined && body !== false) levels.set(word, body);
  return levels;
}

/** The words that a model's row lists, in the order of effort where it is known. */
export const thinkingWords = (quirks: RequestQuirks): readonly string[] => {
  const rules = thinkingRule(quirks);
  return rules === undefined ? [] : [...levelsOf(rules).keys()];
};

/** Words that any target may name: a row without them falls back to what it has. */
export const isBasicWord = (word: string): boolean =>
  isOffWord(word) || basic.some((each) => each === word);

/** Whether the model thinks for this request, as far as the params and the vendor's default tell. */
export function isThinking(params: Params, quirks: RequestQuirks): boolean {
  const rules = thinkingRule(quirks);
  if (rules === undefined) return false;
  const byDefault = rules.default !== undefined && !isOffWord(rules.default);
  if (params.thinking === undefined) return byDefault;
  return !isOffWord(params.thinking) || (listed("off", rules) === null && byDefault);
}

/** True if the model certainly does not think, by what is requested and can be sent or by the vendor's default. */
export function isSurelyOff({ thinking }: Params, quirks: RequestQuirks): boolean {
  const rules = thinkingRule(quirks);
  const byDefault = rules?.default !== undefined && isOffWord(rules.default);
  if (thinking === undefined) return byDefault;
  return (
    isOffWord(thinking) && (byDefault || (rules !== undefined && listed("off", rules) !== null))
  );
}

/** A budget in tokens, where thinking is asked for by one. */
export const budgetOf = (thinking: Thinking | undefined): number | undefined =>
  typeof thinking === "number" ? thinking : undefined;
