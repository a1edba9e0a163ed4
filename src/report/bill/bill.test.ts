import { describe, expect, test } from "vitest";

import type { PriceRow, PriceTier } from "../../domain/money.ts";

import { Traffic } from "../../domain/choosing/traffic.ts";
import { type MonthlyBill, billOf, type CallFacts } from "./bill.ts";
import { ownPriceAt } from "./own-prices.ts";

const row = (...tiers: readonly PriceTier[]): PriceRow => ({
  currency: "CNY",
  verified: true,
  tiers: [...tiers],
});

/** Twice the price on weekdays from 9 to 12 and from 14 to 18. */
const peaked = row(
  {
    during: { weekdays: [1, 2, 3, 4, 5], hours: ["09:00-12:00", "14:00-18:00"] },
    input: 2,
    cached_input: 0.04,
    output: 8,
  },
  { input: 1, cached_input: 0.02, output: 4 },
);
const tiered = row({ up_to_input: 1_500, input: 1, output: 2 }, { input: 2, output: 6 });
const flat = row({ input: 4, cached_input: 0.8, output: 12 });

const facts = (
  target: string,
  price: PriceRow | null,
  more: Partial<CallFacts> = {},
): CallFacts => ({
  target,
  priceAt: () => price,
  input_tokens: 2_000,
  output_tokens: 500,
  tokens_per_character: 0.625,
  thinking: false,
  batch_price: null,
  ...more,
});

const three = [
  facts("a/peaked", peaked),
  facts("b/tiered", tiered),
  facts("c/flat", flat, { batch_price: 0.5 }),
];

/** December 2026 has 31 days, 23 of them weekdays. */
const traffic = (more: object = {}): Traffic =>
  Traffic.parse({
    schema: "traffic/1",
    month: "2026-12",
    calls: { weekday: 10_000, weekend: 0 },
    hours: { "09:00-12:00": 60, "12:00-14:00": 40 },
    cached: 0.5,
    batch: 0.2,
    ...more,
  });

const monthOf = (bill: MonthlyBill, name: string) =>
  bill.offers.find((each) => each.name === name)?.month;

describe("the bill of a month", () => {
  // By hand, per call: peak 1000·2 + 1000·0.04 + 500·8 = 6,040 per million, else half; tiered, above 1,500 tokens,
  // 2000·2 + 500·6 = 7,000; flat 1000·4 + 1000·0.8 + 500·12 = 10,800, of which a fifth costs half: 9,720.
  test("of three models with peak hours, tiers, cache and batches, to the fen", () => {
    const bill = billOf(traffic(), three);
    expect(bill.calls.middle).toBeCloseTo(230_000, 6);
    expect(monthOf(bill, "a/peaked")?.middle).toBeCloseTo(
      23 * (6_000 * 0.00604 + 4_000 * 0.00302),
      6,
    );
    expect(monthOf(bill, "a/peaked")?.middle).toBeCloseTo(1_111.36, 6);
    expect(monthOf(bill, "b/tiered")?.middle).toBeCloseTo(1_610, 6);
    expect(monthOf(bill, "c/flat")?.middle).toBeCloseTo(2_235.6, 6);
  });

  test("weekends and holidays are off the peak", () => {
    const even = traffic({ calls: { weekday: 10_000 }, hours: { "09:00-12:00": 1 } });
    const [peak] = billOf(even, three).offers;
    expect(peak?.month?.middle).toBeCloseTo(10_000 * (23 * 0.00604 + 8 * 0.00302), 6);
    const free = traffic({ holidays: ["2026-12-01", "2026-12-05"] });
    expect(billOf(free, three).calls.middle).toBeCloseTo(220_000, 6);
  });

  test("hours over midnight, and quarters of an hour that a span covers in part", () => {
    const night = traffic({ calls: { weekday: 960 }, hours: { "23:00-01:00": 1 } });
    const [peak] = billOf(night, three).offers;
    expect(peak?.month?.middle).toBeCloseTo(960 * 31 * 0.00302, 6);
    expect(billOf(night, three).peak_per_minute).toBeCloseTo(960 / 120, 9);
  });

  test("characters are tokens by what the run measured of each target", () => {
    const written = traffic({ length: { input: 3_200, output: 800, unit: "characters" } });
    expect(monthOf(billOf(written, three), "b/tiered")?.middle).toBeCloseTo(1_610, 6);
    const [, unknown] = billOf(written, [
      three[0]!,
      facts("d/mute", flat, { tokens_per_character: null }),
    ]).offers;
    expect(unknown).toMatchObject({ month: null, why: "length" });
  });

  test("low, middle and high take calls and lengths together; an unknown price is no price of 0", () => {
    const wide = traffic({
      calls: { weekday: [5_000, 10_000, 20_000], weekend: 0 },
      length: { output: [250, 500, 1_000] },
    });
    const bill = billOf(wide, [...three, facts("e/dark", null)]);
    expect(monthOf(bill, "b/tiered")?.low).toBeCloseTo(115_000 * 0.0055, 6);
    expect(monthOf(bill, "b/tiered")?.high).toBeCloseTo(460_000 * 0.01, 6);
    expect(bill.offers.at(-1)).toMatchObject({ month: null, why: "price" });
  });

  test("growth at the end of its months", () => {
    const bill = billOf(traffic({ growth: { per_month: 0.1, months: 2 } }), three);
    expect(bill.offers.map(({ grown }) => grown?.middle)).toEqual([
      expect.closeTo(1_111.36 * 1.21, 4),
      expect.closeTo(1_610 * 1.21, 4),
      expect.closeTo(2_235.6 * 1.21, 4),
    ]);
  });
});

describe("reservations and servers of one's own", () => {
  const reserved = {
    kind: "reserved",
    name: "预留",
    targets: ["c/flat"],
    per_day: 100,
    currency: "CNY",
    input_tpm: 200_000,
    output_tpm: 100_000,
  };
  const own = {
    kind: "self-hosted",
    name: "自建",
    gpu_hour: 12,
    gpus: 8,
    currency: "CNY",
    calls_per_minute: 410,
  };

  // Busiest quarter: 5 % of 10,000 calls in 15 minutes, 33.3 a minute; one reservation takes 100 a minute.
  test("sized for the busiest quarter of an hour, paid for every day, with the calls at which they break even", () => {
    const { offers } = billOf(traffic({ options: [reserved, own] }), three);
    const [, , , one, two] = offers;
    expect(one).toMatchObject({ name: "预留", units: 1, used: { peak: expect.closeTo(1 / 3, 9) } });
    expect(one?.month?.middle).toBeCloseTo(3_100, 6);
    expect(one?.break_even_calls).toBeCloseTo(3_100 / 0.00972, 3);
    expect(two?.month?.middle).toBeCloseTo(12 * 8 * 24 * 31, 6);
    expect(two?.break_even_calls).toBeCloseTo(71_424 / (1_111.36 / 230_000), 3);
    expect(two?.used?.mean).toBeCloseTo(230_000 / (410 * 31 * 1_440), 9);
  });

  test("a reservation of several targets is an offer for each, told apart, with its own growth", () => {
    const both = { ...reserved, targets: ["a/peaked", "c/flat"] };
    const short = facts("c/flat", flat, { input_tokens: 20_000 });
    const growing = traffic({ options: [both], growth: { per_month: 1, months: 1 } });
    const [, , peaked, long] = billOf(growing, [three[0] ?? short, short]).offers;
    expect([peaked?.name, long?.name]).toEqual(["预留 · a/peaked", "预留 · c/flat"]);
    // 66.7 calls a minute at the busiest: one reservation takes 100 short calls a minute, or 10 long ones.
    expect([peaked?.grown?.middle, long?.grown?.middle]).toEqual([3_100, 7 * 3_100]);
  });

  test("what one unit cannot serve takes more; what its capacity never pays has no break-even", () => {
    const small = { ...own, calls_per_minute: 10 };
    const [, , , four] = billOf(traffic({ options: [small] }), three).offers;
    expect(four).toMatchObject({ units: 4, break_even_calls: null });
    expect(four?.month?.middle).toBeCloseTo(4 * 71_424, 6);
  });

  test("dollars are yuan by the stated rate; without one they are compared with nothing", () => {
    const abroad = [facts("x/usd", { ...flat, currency: "USD" })];
    const options = [own];
    const fx = { USD_CNY: { rate: 7, date: "2026-11-29", source: "test" } };
    const [priced, beside] = billOf(traffic({ options, fx, batch: 0 }), abroad).offers;
    expect(priced).toMatchObject({
      currency: "CNY",
      month: { middle: expect.closeTo(7 * 230_000 * 0.0108, 4) },
    });
    expect(beside?.break_even_calls).not.toBeNull();
    expect(billOf(traffic({ options, batch: 0 }), abroad).offers[1]?.break_even_calls).toBeNull();
  });
});

describe("a team's own prices", () => {
  const at = new Date("2026-12-01T02:00:00Z");
  const prices = (rows: object[]) =>
    ({ schema: "prices/1", source: "合同 2026-081", read: "2026-11-01", rows }) as Parameters<
      typeof ownPriceAt
    >[0];

  test("a discount, a price and a package go over the list; the first row that names the target decides", () => {
    const own = prices([
      { target: "c/*", discount: 0.8 },
      {
        target: "b/tiered",
        price: { currency: "CNY", verified: true, tiers: [{ input: 1, output: 1 }] },
      },
      { target: "a/*", package: { tokens: 1_000_000_000, amount: 4_900, currency: "CNY" } },
      { target: "*", discount: 0.1 },
    ]);
    expect(ownPriceAt(own, "c/flat", flat, at)?.tiers[0]).toMatchObject({
      input: 3.2,
      output: expect.closeTo(9.6, 9),
    });
    expect(ownPriceAt(own, "b/tiered", tiered, at)?.tiers).toEqual([{ input: 1, output: 1 }]);
    expect(ownPriceAt(own, "a/peaked", peaked, at)?.tiers).toEqual([
      { input: expect.closeTo(4.9, 9), output: expect.closeTo(4.9, 9) },
    ]);
    expect(ownPriceAt(own, "a/peaked", peaked, at)?.source).toBe("合同 2026-081，2026-11-01");
  });

  test("no row and no file leave the list price; a discount of an unknown price stays unknown", () => {
    const own = prices([{ target: "c/*", discount: 0.8 }]);
    expect(ownPriceAt(own, "b/tiered", tiered, at)).toBe(tiered);
    expect(ownPriceAt(null, "c/flat", flat, at)).toBe(flat);
    expect(ownPriceAt(own, "c/dark", null, at)).toBeNull();
  });
});
