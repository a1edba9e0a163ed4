import type { Reserved, SelfHosted, Traffic } from "../../domain/choosing/traffic.ts";

import { costOf, type Currency, type Money, type PriceRow } from "../../domain/money.ts";
import { rateOf } from "../score/amounts.ts";
import { daysOf, sharesOf, type QuarterHour, slotsOf } from "./slots.ts";

/** What is known of a target's calls. Tokens of one call on average; null where the run does not tell. */
export type CallFacts = {
  readonly target: string;
  /** Prices in force on a day, null where unknown. */
  readonly priceAt: (at: Date) => PriceRow | null;
  readonly input_tokens: number | null;
  readonly output_tokens: number | null;
  /** Tokens of one character of output (字数), measured in the run. */
  readonly tokens_per_character: number | null;
  readonly thinking: boolean;
  /** Share of the price that a call in a batch costs; null where the vendor takes none. */
  readonly batch_price: number | null;
};

/** A low, a middle and a high figure. */
export type Range = { readonly low: number; readonly middle: number; readonly high: number };

/** One way to serve the traffic, and what it costs in the month. */
export type Offer = {
  readonly kind: "on-demand" | Reserved["kind"] | SelfHosted["kind"];
  readonly name: string;
  readonly targets: readonly string[];
  readonly currency: Currency;
  /** Null where a price or a length is unknown; `why` says which. */
  readonly month: Range | null;
  readonly why: "price" | "length" | null;
  /** Share of what was paid for that the traffic uses at its busiest quarter of an hour, and over the month; of fixed offers. */
  readonly used: { readonly peak: number; readonly mean: number } | null;
  /** Reservations or servers that the busiest quarter of an hour takes; of fixed offers. */
  readonly units: number | null;
  /**
   * Calls in the month at which a fixed offer costs as much as the cheapest target that it stands for costs on demand; null where
   * they are more than it can serve, or nothing is known to compare with.
   */
  readonly break_even_calls: number | null;
  /** The month at the end of the growth; null without growth, or where the month is unknown. */
  readonly grown: Range | null;
};

/** An offer before its growth is looked at. */
type PlainOffer = Omit<Offer, "grown">;

export type MonthlyBill = {
  readonly month: string;
  readonly calls: Range;
  /** Calls a minute in the busiest quarter of an hour, at the middle. */
  readonly peak_per_minute: number;
  readonly offers: readonly Offer[];
};

type Lengths = { readonly input: number; readonly output: number };
type Level = 0 | 1 | 2;
const levels = ["low", "middle", "high"] as const;

/**
 * What a month of traffic costs by each target on demand and by each fixed option. A call is priced by the tier in force when its
 * quarter of an hour begins (Beijing time), at its own length, with the shares of cached input and of batches that the
 * traffic states. Low, middle and high take the low, middle and high calls and lengths together.
 */
export function billOf(traffic: Traffic, facts: readonly CallFacts[]): MonthlyBill {
  const { growth } = traffic;
  const grown =
    growth === undefined
      ? []
      : offersOf(grownBy(traffic, (1 + growth.per_month) ** growth.months), facts);
  return {
    month: traffic.month,
    calls: range((level) => callsIn(traffic, slotsOf(traffic), level)),
    peak_per_minute: peakPerMinute(traffic, 1),
    offers: offersOf(traffic, facts).map((offer, at) => ({
      ...offer,
      grown: grown[at]?.month ?? null,
    })),
  };
}

function offersOf(traffic: Traffic, facts: readonly CallFacts[]): readonly PlainOffer[] {
  const slots = slotsOf(traffic);
  const rate = rateOf(traffic.fx ?? {});
  const onDemand = facts.map((each) => onDemandOffer(traffic, slots, each, rate));
  const fixed = traffic.options.flatMap((option) =>
    option.kind === "reserved"
      ? option.targets.flatMap((ref) => {
          const own = facts.find(({ target }) => target === ref);
          return own === undefined
            ? []
            : [reservedOffer(inYuan(option, rate), traffic, own, onDemand)];
        })
      : [selfHostedOffer(inYuan(option, rate), traffic, onDemand)],
  );
  return [...onDemand, ...fixed];
}

/** Prices in dollars as prices in yuan, where the traffic states a rate. */
function inYuan<Option extends Reserved | SelfHosted>(option: Option, rate: number | null): Option {
  if (option.currency === "CNY" || rate === null) return option;
  return option.kind === "reserved"
    ? { ...option, currency: "CNY", per_day: option.per_day * rate }
    : { ...option, currency: "CNY", gpu_hour: option.gpu_hour * rate };
}

function onDemandOffer(
  traffic: Traffic,
  slots: readonly QuarterHour[],
  facts: CallFacts,
  rate: number | null,
): PlainOffer {
  const priced = levels.map((_, level) => {
    const cost = demandCost(traffic, slots, facts, level as Level);
    return typeof cost === "string" || cost.currency === "CNY" || rate === null
      ? cost
      : { amount: cost.amount * rate, currency: "CNY" as const };
  });
  const [low, middle, high] = priced;
  const known = (each: Money | Missing | undefined): each is Money =>
    each !== undefined && typeof each !== "string";
  const base = { kind: "on-demand" as const, name: facts.target, targets: [facts.target] };
  const none = { used: null, units: null, break_even_calls: null };
  if (known(low) && known(middle) && known(high)) {
    const month = { low: low.amount, middle: middle.amount, high: high.amount };
    return { ...base, currency: middle.currency, month, why: null, ...none };
  }
  const why = priced.includes("length") ? "length" : "price";
  return { ...base, currency: "CNY", month: null, why, ...none };
}

type Missing = "price" | "length";

/** The month's calls by the tariffs of their quarters of an hour. */
function demandCost(
  traffic: Traffic,
  slots: readonly QuarterHour[],
  facts: CallFacts,
  level: Level,
): Money | Missing {
  const length = lengthsOf(traffic, facts, level);
  if (length === null) return "length";
  const batch = facts.batch_price === null ? 0 : traffic.batch;
  const factor = 1 - batch + batch * (facts.batch_price ?? 1);
  const usage = {
    input: length.input,
    cached_input: length.input * traffic.cached,
    cache_write: null,
    output: length.output,
    reasoning: null,
  };
  let [sum, currency]: [number, Currency | null] = [0, null];
  for (const { at, weekend, share } of slots) {
    const price = facts.priceAt(at);
    const one = costOf(price, { usage, thinking: facts.thinking, at });
    if (one === null || (currency !== null && one.currency !== currency)) return "price";
    currency = one.currency;
    sum += one.amount * share * callsOn(traffic, weekend, level) * factor;
  }
  return currency === null ? "price" : { amount: sum, currency };
}

function reservedOffer(
  option: Reserved,
  traffic: Traffic,
  facts: CallFacts,
  onDemand: readonly PlainOffer[],
): PlainOffer {
  const days = daysOf(traffic).length;
  const length = lengthsOf(traffic, facts, 1);
  const { name: given = facts.target, targets } = option;
  const name =
    targets.length > 1 && option.name !== undefined ? `${given} · ${facts.target}` : given;
  const base = { kind: option.kind, name, targets: [facts.target], currency: option.currency };
  if (length === null) {
    return { ...base, month: null, why: "length", used: null, units: null, break_even_calls: null };
  }
  /** Calls a minute that one reservation serves. */
  const capacity = Math.min(option.input_tpm / length.input, option.output_tpm / length.output);
  return fixedOffer(base, { capacity, perUnit: option.per_day * days }, traffic, onDemand);
}

function selfHostedOffer(
  option: SelfHosted,
  traffic: Traffic,
  onDemand: readonly PlainOffer[],
): PlainOffer {
  const hours = daysOf(traffic).length * 24;
  const base = {
    kind: option.kind,
    name: option.name ?? "self-hosted",
    targets: onDemand.flatMap(({ targets }) => targets),
    currency: option.currency,
  };
  const perUnit = option.gpu_hour * option.gpus * hours;
  return fixedOffer(base, { capacity: option.calls_per_minute, perUnit }, traffic, onDemand);
}

/** As many units as the busiest quarter of an hour takes, paid whole; compared with the cheapest target that it stands for. */
function fixedOffer(
  base: Pick<PlainOffer, "kind" | "name" | "targets" | "currency">,
  { capacity, perUnit }: { readonly capacity: number; readonly perUnit: number },
  traffic: Traffic,
  onDemand: readonly PlainOffer[],
): PlainOffer {
  const unitsAt = (level: Level): number =>
    Math.max(1, Math.ceil(peakPerMinute(traffic, level) / capacity - 1e-9));
  const units = unitsAt(1);
  const minutes = daysOf(traffic).length * 1_440;
  const calls = callsIn(traffic, slotsOf(traffic), 1);
  const rivals = onDemand.filter(
    ({ targets, currency, month }) =>
      month !== null && currency === base.currency && base.targets.includes(targets[0] ?? ""),
  );
  const cheapest = Math.min(...rivals.map(({ month }) => month?.middle ?? Infinity));
  const breakEven = (units * perUnit * calls) / cheapest;
  return {
    ...base,
    month: range((level) => unitsAt(level) * perUnit),
    why: null,
    used: {
      peak: peakPerMinute(traffic, 1) / (units * capacity),
      mean: calls / (units * capacity * minutes),
    },
    units,
    break_even_calls: breakEven > 0 && breakEven <= units * capacity * minutes ? breakEven : null,
  };
}

/** Tokens of one call; null where neither the traffic nor the run tells. */
function lengthsOf({ length }: Traffic, facts: CallFacts, level: Level): Lengths | null {
  const scale = length.unit === "tokens" ? 1 : facts.tokens_per_character;
  const of = (given: readonly number[] | undefined, measured: number | null): number | null =>
    given === undefined ? measured : scale === null ? null : (given[level] ?? 0) * scale;
  const input = of(length.input, facts.input_tokens);
  const output = of(length.output, facts.output_tokens);
  return input === null || output === null ? null : { input, output };
}

const callsOn = ({ calls }: Traffic, weekend: boolean, level: Level): number =>
  ((weekend ? calls.weekend : undefined) ?? calls.weekday)[level];

const callsIn = (traffic: Traffic, slots: readonly QuarterHour[], level: Level): number =>
  slots.reduce((sum, { share, weekend }) => sum + share * callsOn(traffic, weekend, level), 0);

/** Calls a minute in the busiest quarter of an hour of the busier kind of day. */
function peakPerMinute(traffic: Traffic, level: Level): number {
  const busiest = Math.max(...sharesOf(traffic.hours));
  const { weekday, weekend } = traffic.calls;
  return (busiest * Math.max(weekday[level], weekend?.[level] ?? 0)) / 15;
}

const range = (of: (level: Level) => number): Range => ({ low: of(0), middle: of(1), high: of(2) });

function grownBy(traffic: Traffic, factor: number): Traffic {
  const more = ([low, middle, high]: readonly [number, number, number]) =>
    [low * factor, middle * factor, high * factor] as const;
  const { weekday, weekend } = traffic.calls;
  return {
    ...traffic,
    calls: { weekday: more(weekday), ...(weekend === undefined ? {} : { weekend: more(weekend) }) },
  };
}
