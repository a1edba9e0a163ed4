import { z } from "zod";

import type { Usage } from "./run-file/usage-counts.ts";

import { beijingClock, beijingDate } from "./life/beijing-day.ts";
import { expected } from "./schema/expected.ts";
import { Amount, record } from "./schema/readonly.ts";

export const Currency = z.enum(["CNY", "USD"]);
export type Currency = z.infer<typeof Currency>;

/** An amount in one currency. Two currencies are never added. */
export const Money = record({ amount: Amount, currency: Currency });
export type Money = z.infer<typeof Money>;

const perMillion = z.number().nonnegative().describe("per million tokens");
const Clock = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d-([01]\d|2[0-4]):[0-5]\d$/, {
  error: expected("时段（如 09:00-12:00）", "hours such as 09:00-12:00"),
});

/** One tier of a price list. The first tier whose conditions all hold applies to the whole request. */
export const PriceTier = z.strictObject({
  up_to_input: z
    .int()
    .positive()
    .optional()
    .describe("applies while input tokens are at most this"),
  up_to_output: z.int().positive().optional(),
  thinking: z.boolean().optional().describe("applies only with thinking on (true) or off (false)"),
  during: z
    .strictObject({
      weekdays: z.array(z.int().min(1).max(7)).optional().describe("1 is Monday"),
      hours: z.array(Clock).min(1).describe("Beijing time, such as 09:00-12:00"),
      except: z.array(z.iso.date()).optional().describe("dates on which this does not apply"),
    })
    .optional(),
  input: perMillion,
  cached_input: perMillion.optional(),
  cache_write: perMillion.optional(),
  output: perMillion,
  reasoning: perMillion.optional().describe("where reasoning has its own price"),
});
export type PriceTier = z.infer<typeof PriceTier>;

export const PriceRow = z.strictObject({
  currency: Currency,
  since: z.iso.date().optional(),
  until: z.iso.date().optional(),
  source: z.string().min(1).optional(),
  verified: z.boolean().default(false),
  note: z.string().min(1).optional(),
  tiers: z.array(PriceTier).min(1),
});
export type PriceRow = z.infer<typeof PriceRow>;

/** A price, or a dated list of them. */
export const Price = z.union([PriceRow, z.array(PriceRow).min(1)]);
export type Price = z.infer<typeof Price>;

/** The row in force on the Beijing calendar day of `at`, or null. Later rows win. */
export function priceAt(price: Price | null, at: Date): PriceRow | null {
  if (price === null) return null;
  const day = beijingDate(at);
  const rows = Array.isArray(price) ? price : [price];
  return (
    rows.findLast(
      (row) =>
        (row.since === undefined || row.since <= day) &&
        (row.until === undefined || day <= row.until),
    ) ?? null
  );
}

/** A price row of which only a share is billed, as for requests in a batch. */
export const atShare = (row: PriceRow | null, share: number): PriceRow | null =>
  row === null
    ? null
    : {
        ...row,
        tiers: row.tiers.map((tier) => ({
          ...tier,
          input: tier.input * share,
          output: tier.output * share,
          ...scaled("cached_input", tier.cached_input, share),
          ...scaled("cache_write", tier.cache_write, share),
          ...scaled("reasoning", tier.reasoning, share),
        })),
      };

const scaled = (name: string, price: number | undefined, share: number) =>
  price === undefined ? {} : { [name]: price * share };

export type CostFacts = {
  readonly usage: Usage;
  readonly thinking: boolean;
  /** When the request started. */
  readonly at: Date;
};

/**
 * What one request costs, or null if the price, the input count or the output count is unknown, or the amount is no
 * finite number from 0 on.
 * Cached and cache-write tokens are part of `usage.input`; if the tier has no separate price for
 * them, they cost as much as other input. Reasoning is part of `usage.output`.
 */
export function costOf(price: PriceRow | null, facts: CostFacts): Money | null {
  const { input, output } = facts.usage;
  const tier = tierOf(price, facts);
  if (price === null || tier === null || input === null || output === null) return null;
  const cached = Math.min(facts.usage.cached_input ?? 0, input);
  const written = Math.min(facts.usage.cache_write ?? 0, input - cached);
  const reasoning = tier.reasoning === undefined ? 0 : Math.min(facts.usage.reasoning ?? 0, output);
  const amount =
    ((input - cached - written) * tier.input +
      cached * (tier.cached_input ?? tier.input) +
      written * (tier.cache_write ?? tier.input) +
      (output - reasoning) * tier.output +
      reasoning * (tier.reasoning ?? tier.output)) /
    1_000_000;
  return Number.isFinite(amount) && amount >= 0 ? { amount, currency: price.currency } : null;
}

/** The kinds of tokens that have prices. */
export const tokenKinds = ["input", "cached_input", "cache_write", "output", "reasoning"] as const;
export type TokenKind = (typeof tokenKinds)[number];

/**
 * Of what `costOf` is made, in its currency and by kind of token; null where that is null. Reasoning stands apart from the
 * other output where the vendor counted it, at the price of output where it has none of its own.
 */
export function costByKind(
  price: PriceRow | null,
  facts: CostFacts,
): Readonly<Record<TokenKind, number>> | null {
  const { input, output } = facts.usage;
  const tier = tierOf(price, facts);
  if (costOf(price, facts) === null || tier === null || input === null || output === null)
    return null;
  const cached = Math.min(facts.usage.cached_input ?? 0, input);
  const written = Math.min(facts.usage.cache_write ?? 0, input - cached);
  const reasoning = Math.min(facts.usage.reasoning ?? 0, output);
  const paid = (tokens: number, perMillionTokens: number): number =>
    (tokens * perMillionTokens) / 1_000_000;
  return {
    input: paid(input - cached - written, tier.input),
    cached_input: paid(cached, tier.cached_input ?? tier.input),
    cache_write: paid(written, tier.cache_write ?? tier.input),
    output: paid(output - reasoning, tier.output),
    reasoning: paid(reasoning, tier.reasoning ?? tier.output),
  };
}

const tierOf = (price: PriceRow | null, facts: CostFacts): PriceTier | null =>
  price?.tiers.find((each) => tierApplies(each, facts)) ?? null;

function tierApplies(tier: PriceTier, { usage, thinking, at }: CostFacts): boolean {
  return (
    (tier.up_to_input === undefined || (usage.input ?? 0) <= tier.up_to_input) &&
    (tier.up_to_output === undefined || (usage.output ?? 0) <= tier.up_to_output) &&
    (tier.thinking === undefined || tier.thinking === thinking) &&
    (tier.during === undefined || isDuring(tier.during, at))
  );
}

function isDuring(during: NonNullable<PriceTier["during"]>, at: Date): boolean {
  const beijing = beijingClock(at);
  const weekday = beijing.getUTCDay() === 0 ? 7 : beijing.getUTCDay();
  if (during.weekdays !== undefined && !during.weekdays.includes(weekday)) return false;
  if (during.except?.includes(beijing.toISOString().slice(0, 10)) === true) return false;
  const minute = beijing.getUTCHours() * 60 + beijing.getUTCMinutes();
  return during.hours.some((span) => {
    const [from = "", to = ""] = span.split("-");
    return minuteOf(from) <= minute && minute < minuteOf(to);
  });
}

const minuteOf = (clock: string): number =>
  Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
