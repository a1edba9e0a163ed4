import type { CallRecord } from "../../domain/call.ts";
import type { Fx } from "../../domain/config.ts";
import type { Currency, Money, PriceRow } from "../../domain/money.ts";
import type { Settings, TargetEntry } from "../../domain/run-file/header.ts";
import type { Usage } from "../../domain/run-file/usage-counts.ts";

import { costOf } from "../../domain/money.ts";
import { UserError } from "../../domain/text.ts";
import { unknownUsage, usageDoubt } from "../../domain/usage.ts";
import { codePoints, estimatedTokens } from "../../text/length.ts";

export type Caps = Pick<
  Settings,
  "max_cost" | "max_tokens_total" | "max_cost_per_target" | "max_tokens_per_target"
>;

/** What something costs. `cost` is null if its price is unknown. */
export type Need = { readonly cost: Money | null; readonly tokens: number };

/** What a target has cost so far, by currency. */
export type Spent = { readonly cost: { [Name in Currency]?: number }; tokens: number };

export type Reservation = {
  /** A cap applies, so what is spent must be tracked. */
  readonly metered: boolean;
  /** Replaces what was reserved by what it actually cost. */
  readonly settle: (needs: readonly Need[]) => void;
  /** The part for judging, which ends later than the answer. */
  readonly judging: JudgeReserve;
};

/** Money reserved for judges. */
export type JudgeReserve = {
  /** Judging waits for something other than a judge: the money stays reserved, but nothing waits for its release. */
  readonly pause: () => void;
  readonly resume: () => void;
  readonly settle: (needs: readonly Need[]) => void;
};

/** Judges belong to no target of the plan: their cost counts only towards the run's caps. */
export const judges = "";
export const nothing: Need = { cost: null, tokens: 0 };

export type Budget = {
  /**
   * Reserves the estimated cost. If it does not fit, waits for what is in flight, which may cost less than estimated,
   * and tries again; resolves to null if nothing in flight could make room. With `waits` false, it never waits.
   */
  readonly reserve: (
    target: string,
    need: () => Need,
    judging?: () => readonly Need[],
    waits?: boolean,
  ) => Promise<Reservation | null>;
  /** False if no cap applies to this target and its judges, so nothing needs reserving. */
  readonly bounds: (target: string) => boolean;
  /** Counts a cost that was not reserved. */
  readonly charge: (target: string, need: Need) => void;
};

type SpendCap = {
  readonly cap: number;
  readonly measure: (need: Need) => number;
  spent: number;
  reserved: number;
  inFlight: number;
  /** How many of those in flight are judging that waits. */
  paused: number;
};

/** `spent` is what earlier sessions of the same run cost, by target. */
export function createBudget(caps: Caps, fx: Fx, spent: ReadonlyMap<string, Spent>): Budget {
  const common = spendCapsOf(caps.max_cost, caps.max_tokens_total, fx);
  const own = new Map<string, readonly SpendCap[]>();
  const waiting: (() => void)[] = [];
  const capsFor = (target: string): readonly SpendCap[] => {
    if (target === judges) return common;
    const known = own.get(target);
    if (known !== undefined) return [...common, ...known];
    const made = spendCapsOf(
      caps.max_cost_per_target ?? null,
      caps.max_tokens_per_target ?? null,
      fx,
    );
    own.set(target, made);
    return [...common, ...made];
  };
  const charge = (target: string, need: Need): void => {
    for (const cap of capsFor(target)) cap.spent += cap.measure(need);
  };
  for (const [target, { cost, tokens }] of spent) {
    charge(target, { cost: null, tokens });
    for (const currency of ["CNY", "USD"] as const) {
      charge(target, { cost: { amount: cost[currency] ?? 0, currency }, tokens: 0 });
    }
  }

  const reserve: Budget["reserve"] = async (target, need, judging = () => [], waits = true) => {
    const caps = capsFor(target);
    if (caps.length === 0) return unbounded;
    for (;;) {
      const wanted = need();
      const later = judging();
      const short = caps.filter(
        (cap) =>
          cap.spent +
            cap.reserved +
            cap.measure(wanted) +
            (common.includes(cap) ? measured(cap, later) : 0) >
          cap.cap,
      );
      if (short.length === 0) {
        return {
          metered: true,
          settle: take(target, caps, [wanted]).settle,
          judging: later.length === 0 ? unbounded.judging : take(judges, common, later),
        };
      }
      if (!waits || short.some(({ inFlight, paused }) => inFlight === paused)) return null;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };

  const wakeAll = (): void => {
    for (const wake of waiting.splice(0)) wake();
  };

  const take = (
    target: string,
    caps: readonly SpendCap[],
    needs: readonly Need[],
  ): JudgeReserve => {
    for (const cap of caps) {
      cap.reserved += measured(cap, needs);
      cap.inFlight += 1;
    }
    const pause = (by: 1 | -1): void => {
      for (const cap of caps) cap.paused += by;
      wakeAll();
    };
    return {
      pause: () => pause(1),
      resume: () => pause(-1),
      settle: (spent) => {
        for (const cap of caps) {
          cap.inFlight -= 1;
          // Do not let rounding errors of adding and subtracting remain as a reservation.
          cap.reserved = cap.inFlight === 0 ? 0 : cap.reserved - measured(cap, needs);
        }
        for (const each of spent) charge(target, each);
        wakeAll();
      },
    };
  };

  return { reserve, bounds: (target) => capsFor(target).length > 0, charge };
}

const measured = (cap: SpendCap, needs: readonly Need[]): number =>
  needs.reduce((sum, need) => sum + cap.measure(need), 0);

const ignore = (): void => undefined;

/** The reservation when no cap applies. */
export const unbounded: Reservation = {
  metered: false,
  settle: ignore,
  judging: { pause: ignore, resume: ignore, settle: ignore },
};

function spendCapsOf(money: Money | null, tokens: number | null, fx: Fx): readonly SpendCap[] {
  const empty = { spent: 0, reserved: 0, inFlight: 0, paused: 0 };
  const caps: SpendCap[] = [];
  if (money !== null) {
    const { amount: cap, currency } = money;
    const measure = ({ cost }: Need): number =>
      cost === null ? 0 : (convert(cost, currency, fx) ?? 0);
    caps.push({ ...empty, cap, measure });
  }
  if (tokens !== null) caps.push({ ...empty, cap: tokens, measure: (need) => need.tokens });
  return caps;
}

type Spending = Pick<
  CallRecord,
  | "cost"
  | "usage"
  | "usage_doubt"
  | "input_estimate"
  | "text"
  | "reasoning"
  | "tool_calls"
  | "attempts"
  | "timing"
>;

/**
 * What a call cost, for the budget: the vendor's count, or an estimate from the texts if it gives none; where the count
 * cannot be true, the larger of the two. Plus the same again for each failed attempt that streamed, because it may have
 * been billed. `input` is the estimated input, if the record holds none.
 */
export function spentOn(record: Spending, price: PriceRow | null, input: number): Need {
  const { usage, cost, attempts } = record;
  const calls = (record.tool_calls ?? []).map((call) => call.name + call.arguments);
  const texts = [record.text, record.reasoning, ...calls];
  const sent = attempts.filter((each) => each.streamed).length;
  if (sent === 0 && texts.every((text) => text === "") && usage.output === null) {
    return { cost: null, tokens: 0 };
  }
  const own = {
    input: record.input_estimate ?? input,
    output: texts.reduce((sum, text) => sum + estimatedTokens(text), 0),
  };
  const isDoubted = (record.usage_doubt ?? usageDoubt(usage, lengthOf(texts))) !== null;
  const counted: Usage = isDoubted
    ? {
        ...unknownUsage,
        input: Math.max(usage.input ?? 0, own.input),
        output: Math.max(usage.output ?? 0, own.output),
      }
    : { ...usage, input: usage.input ?? own.input, output: usage.output ?? own.output };
  const at = new Date(record.timing?.started_at ?? Date.now());
  const estimated = costOf(price, { usage: counted, thinking: record.reasoning !== "", at });
  const one = isDoubted ? larger(cost, estimated) : (cost ?? estimated);
  const times = Math.max(1, sent);
  return {
    cost: one === null ? null : { ...one, amount: one.amount * times },
    tokens: ((counted.input ?? 0) + (counted.output ?? 0)) * times,
  };
}

const lengthOf = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + codePoints(text), 0);

/** Both are in the currency of one price row. */
const larger = (a: Money | null, b: Money | null): Money | null =>
  a === null || (b !== null && b.amount > a.amount) ? b : a;

/** Adds a cost to what a target has spent. */
export function addSpent(spent: Map<string, Spent>, target: string, { cost, tokens }: Need): void {
  const sum = spent.get(target) ?? { cost: {}, tokens: 0 };
  sum.tokens += tokens;
  if (cost !== null) sum.cost[cost.currency] = (sum.cost[cost.currency] ?? 0) + cost.amount;
  spent.set(target, sum);
}

/**
 * Why a cap on money cannot be enforced: a target has no price (unless `allowUnknown`), or one in a currency that
 * the run's rates do not convert. Null if it can.
 */
export function capProblem(
  targets: readonly TargetEntry[],
  caps: Caps,
  fx: Fx,
  allowUnknown: boolean,
): UserError | null {
  const moneys = [caps.max_cost, caps.max_cost_per_target ?? null].filter((each) => each !== null);
  if (moneys.length === 0) return null;
  const paid = targets.filter(({ baseline }) => !baseline);
  const unpriced = paid.filter(({ price }) => price === null).map(({ ref }) => ref);
  if (unpriced.length > 0 && !allowUnknown) return unknownPrice(unpriced);
  for (const { ref, price } of paid) {
    for (const { currency } of moneys) {
      if (price !== null && convert({ amount: 1, currency: price.currency }, currency, fx) === null)
        return noRate(ref, price.currency, currency);
    }
  }
  return null;
}

const unknownPrice = (refs: readonly string[]): UserError =>
  new UserError({
    zh: `设了金额上限，但 ${refs.join("、")} 的价格未知，无法保证不超支。请在 providers 里写上价格，或加 --allow-unknown-price（这些目标不计入金额）。`,
    en: `there is a cap on money, but the price of ${refs.join(", ")} is unknown, so it cannot be kept. State the price under providers, or add --allow-unknown-price (these targets are then not counted).`,
  });

const noRate = (ref: string, from: Currency, to: Currency): UserError =>
  new UserError({
    zh: `${ref} 以 ${from} 计价，而金额上限是 ${to}。请在配置的 run.fx 里写上汇率，例如 fx: {${from}_${to}: {rate: …, date: …, source: …}}。`,
    en: `${ref} is priced in ${from} but the cap is in ${to}. State the rate in the config's run.fx, such as fx: {${from}_${to}: {rate: …, date: …, source: …}}.`,
  });

/** Converts an amount by the run's dated rates; null if they do not cover it. */
function convert({ amount, currency }: Money, to: Currency, fx: Fx): number | null {
  if (currency === to) return amount;
  const direct = fx[`${currency}_${to}`];
  if (direct !== undefined) return amount * direct.rate;
  const inverse = fx[`${to}_${currency}`];
  return inverse === undefined ? null : amount / inverse.rate;
}
