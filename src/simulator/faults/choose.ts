import type { Fault, FaultScript, Numbers, FaultRule } from "./script.ts";

import { randomOf } from "../random.ts";

/** What a rule can match on. */
export type Circumstances = {
  readonly model: string;
  /** `suite/task/item`, or `?` for an unknown prompt. */
  readonly item: string;
  /** For an unknown prompt, a hash that identifies it. */
  readonly prompt?: number;
  readonly wording: string | null;
  readonly turn: number;
  readonly attempt: number;
  /** The n-th request of this model, from 1. */
  readonly request: number;
  /** Vendor seconds since the first request. */
  readonly seconds: number;
};

/** The fault that the script assigns to a request, or null. */
export function chooseFault(
  { rules, seed }: Pick<FaultScript, "rules" | "seed">,
  circumstances: Circumstances,
): Fault | null {
  for (const [index, rule] of rules.entries()) {
    if (!matches(rule, circumstances)) continue;
    const { model, item, wording, turn, attempt, prompt } = circumstances;
    const asked = [item, wording ?? "", turn, attempt, ...(prompt === undefined ? [] : [prompt])];
    const random = randomOf(seed, "fault", index, model, ...asked);
    const taken = random.chance(rule.share);
    const [first, ...rest] = [rule.do].flat();
    if (taken && first !== undefined) return random.pick([first, ...rest]);
  }
  return null;
}

function matches(rule: FaultRule, { model, item, turn, attempt, request, seconds }: Circumstances) {
  return (
    globMatches(rule.model, model) &&
    globMatches(rule.item, item) &&
    (rule.turn === undefined || rule.turn === turn) &&
    numbersHold(rule.attempts, attempt) &&
    numbersHold(rule.requests, request) &&
    numbersHold(rule.seconds, seconds)
  );
}

function numbersHold(numbers: Numbers | undefined, value: number): boolean {
  if (numbers === undefined) return true;
  if (typeof numbers === "number") return numbers === value;
  if (Array.isArray(numbers)) return numbers.includes(value);
  return numbers.from <= value && value <= (numbers.to ?? Number.POSITIVE_INFINITY);
}

/** `*` stands for any text. */
export function globMatches(glob: string, text: string): boolean {
  const [head = "", ...parts] = glob.split("*");
  if (parts.length === 0) return head === text;
  if (!text.startsWith(head)) return false;
  let at = head.length;
  const tail = parts.pop() ?? "";
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - at >= tail.length && text.endsWith(tail);
}
