import { readdirSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import type { GoldTurn } from "../../../domain/run-file/lines.ts";

import { itemLine } from "../../../domain/prompt.ts";
import { builtinFolder } from "../../builtin.ts";
import { eachItem } from "../items.ts";
import { parseSuite } from "../suites.ts";

/*
 * Every numeric gold, recomputed from its question: by counting, trying and summing rather than by the formula that an
 * author would have used. What no program can compute is listed below.
 */

const folder = builtinFolder("suites");
const golds = await goldsOf();

const upTo = (n: number, from = 1): readonly number[] =>
  Array.from({ length: n - from + 1 }, (_, index) => from + index);
const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
const product = (values: readonly number[]): number => values.reduce((all, each) => all * each, 1);
const firstOf = (fits: (n: number) => boolean, limit = 100_000): number =>
  upTo(limit, 0).find(fits) ?? Number.NaN;
const divides = (d: number, n: number): boolean => n % d === 0;
const isPrime = (n: number): boolean => n > 1 && upTo(n - 1, 2).every((d) => !divides(d, n));
const gcd = (a: number, b: number): number =>
  Math.max(...upTo(a).filter((d) => divides(d, a) && divides(d, b)));

function arrangements<Value>(
  values: readonly Value[],
  length: number,
): readonly (readonly Value[])[] {
  if (length === 0) return [[]];
  return values.flatMap((first, index) =>
    arrangements(values.toSpliced(index, 1), length - 1).map((rest) => [first, ...rest]),
  );
}
const choices = (n: number, k: number): number =>
  arrangements(upTo(n), k).filter((each) =>
    each.every((value, at) => at === 0 || (each[at - 1] ?? 0) < value),
  ).length;

/** The share of outcomes that fit. */
const chance = <Value>(outcomes: readonly Value[], fits: (value: Value) => boolean): number =>
  outcomes.filter(fits).length / outcomes.length;

/** Midpoint sums: close enough to an integral or a slope to recognise a whole number. */
const integral = (f: (x: number) => number, from: number, to: number): number =>
  sum(upTo(10_000).map((step) => f(from + ((step - 0.5) * (to - from)) / 10_000))) *
  ((to - from) / 10_000);
const slope = (f: (x: number) => number, at: number): number =>
  (f(at + 1e-5) - f(at - 1e-5)) / 2e-5;

/** A sequence from its first terms and a rule. */
function series(first: readonly number[], next: (before: readonly number[]) => number, n: number) {
  const all = [...first];
  while (all.length < n) all.push(next(all));
  return all;
}

const masses = { H: 1, C: 12, O: 16, S: 32 };
const talk = (minutes: number, gigabytes: number): number =>
  59 + 0.15 * Math.max(0, minutes - 200) + 3 * Math.max(0, Math.ceil(gigabytes) - 20);
const sales = { 华东: [320, 350, 410], 华南: [280, 300, 270], 西南: [150, 180, 210] };
const trips = [
  { team: "市场", days: 4, each: 120 },
  { team: "技术", days: 6, each: 100 },
  { team: "市场", days: 3, each: 150 },
  { team: "技术", days: 2, each: 100 },
];
const fields = Array.from("ABCDEFGHIJ");

/** Least sum and what it takes off. */
const coupons: readonly (readonly [number, number])[] = [
  [200, 30],
  [500, 80],
];

const worked: Readonly<Record<string, readonly number[]>> = {
  "math/arithmetic/i001": [sum(Array.from({ length: 125 * 32 }, () => 25))],
  "math/arithmetic/i002": [sum(Array.from({ length: 100 }, () => 37))],
  "math/arithmetic/i003": [(5 * 24) / 6 - (3 * 24) / 8],
  "math/arithmetic/i004": [-3 * -3 * 2 - (4 * 4 * 4) / -8],
  "math/arithmetic/i005": [sum(upTo(9).map((k) => 1 / (k * (k + 1))))],
  "math/arithmetic/i006": [2026 + 2025],
  "math/arithmetic/i007": [7 * 10_000 + 8 * 100 - (6 * 1_000 + 9)],
  "math/algebra/i001": [firstOf((x) => 3 * (x - 4) === 2 * x + 5)],
  "math/algebra/i002": [firstOf((x) => 2 * x - (15 - x) === 6)],
  "math/algebra/i003": [Math.max(...upTo(100, -100).filter((x) => x * x - 7 * x + 10 === 0))],
  "math/algebra/i004": upTo(9)
    .filter((a) => a * (9 - a) === 14)
    .slice(0, 1)
    .map((a) => a * a + (9 - a) ** 2),
  "math/algebra/i005": [((5 + Math.sqrt(21)) / 2) ** 2 + ((5 - Math.sqrt(21)) / 2) ** 2],
  "math/algebra/i006": [Math.max(...upTo(50, -50).filter((x) => 2 * x - 5 < 8))],
  "math/algebra/i007": [firstOf((x) => 2 ** x === 64) + firstOf((y) => 3 ** y === 81)],
  "math/function/i001": [3 + 5 * ((11 - 3) / 2)],
  "math/function/i002": [
    Math.min(...upTo(2_000, -2_000).map((x) => (x / 100) ** 2 - 6 * (x / 100) + 14)),
  ],
  "math/function/i003": [2 * (2 * 3 + 1) + 1],
  "math/function/i004": [-4 * 6],
  "math/function/i005": [Math.log2(8) + Math.round(Math.log(27) / Math.log(3)) - Math.log10(100)],
  "math/geometry/i001": [Math.hypot(9, 12)],
  "math/geometry/i002": [firstOf((n) => n > 2 && (n - 2) * 180 === 144 * n)],
  "math/geometry/i003": [firstOf((angle) => angle + angle + 40 === 180)],
  "math/geometry/i004": [(6 * 5) / 2 + (10 * 5) / 2],
  "math/geometry/i005": [(3 * 3 * Math.PI) / Math.PI],
  "math/geometry/i006": [Math.hypot(6 - 1, 14 - 2)],
  "math/geometry/i007": [Math.sqrt(21 * (21 - 13) * (21 - 14) * (21 - 15))],
  "math/solid/i001": [5 * 4 * 2 + 5 * 3 * 2 + 4 * 3 * 2],
  "math/solid/i002": [
    upTo(4)
      .flatMap((x) => upTo(4).flatMap((y) => upTo(4).map((z) => [x, y, z])))
      .filter((cell) => cell.filter((at) => at === 1 || at === 4).length === 2).length,
  ],
  "math/solid/i003": [54 / 3],
  "math/solid/i004": [6 ** 3 / 54],
  "math/solid/i005": [firstOf((edge) => 3 * edge * edge === 75)],
  "math/probability/i001": [chance(Array.from("rrrwwwww"), (ball) => ball === "r")],
  "math/probability/i002": [
    chance(["00", "01", "10", "11"], (coins) => coins === "01" || coins === "10"),
  ],
  "math/probability/i003": [chance(upTo(20), isPrime)],
  "math/probability/i004": [
    chance(arrangements(Array.from("RRwww"), 2), ([a, b]) => a === "R" && b === "R"),
  ],
  "math/probability/i005": [chance(upTo(15, 0), (tosses) => tosses !== 0)],
  "math/probability/i006": [90 / (90 + 90)],
  "math/statistics/i001": [sum([4, 7, 7, 9, 13]) / 5],
  "math/statistics/i002": [sum([12, 5, 8, 20, 8, 15].toSorted((a, b) => a - b).slice(2, 4)) / 2],
  "math/statistics/i003": [18 * 5 - 16 * 4],
  "math/statistics/i004": [sum([2, 4, 6, 8].map((x) => (x - 5) ** 2)) / 4],
  "math/statistics/i005": [(20 * 172 + 30 * 162) / 50],
  "math/sequence/i001": [series([5], (all) => (all.at(-1) ?? 0) + 4, 25).at(-1) ?? 0],
  "math/sequence/i002": [sum(series([3], (all) => (all.at(-1) ?? 0) * 2, 6))],
  "math/sequence/i003": [
    series([1, 1], (all) => (all.at(-1) ?? 0) + (all.at(-2) ?? 0), 12).at(-1) ?? 0,
  ],
  "math/sequence/i004": [sum(upTo(99).filter((n) => n % 2 === 1))],
  "math/sequence/i005": [sum(upTo(5).map((n) => n * n - n + 1))],
  "math/number-theory/i001": [gcd(84, 126)],
  "math/number-theory/i002": [firstOf((n) => n > 0 && [12, 18, 30].every((d) => divides(d, n)))],
  "math/number-theory/i003": [firstOf((n) => n % 3 === 2 && n % 5 === 3 && n % 7 === 4)],
  "math/number-theory/i004": [Number(7n ** 2026n % 10n)],
  "math/number-theory/i005": [upTo(360).filter((d) => divides(d, 360)).length],
  "math/number-theory/i006": [
    /0*$/.exec(
      upTo(100)
        .reduce((all, n) => all * BigInt(n), 1n)
        .toString(),
    )?.[0].length ?? 0,
  ],
  "math/counting/i001": [choices(8, 3)],
  "math/counting/i002": [arrangements([0, 1, 2, 3], 3).filter(([first]) => first !== 0).length],
  "math/counting/i003": [
    arrangements(Array.from("甲乙丙丁戊"), 5).filter(
      (row) => Math.abs(row.indexOf("甲") - row.indexOf("乙")) === 1,
    ).length,
  ],
  "math/counting/i004": [fields.flatMap((a) => fields.filter((b) => a < b)).length],
  "math/counting/i005": [upTo(200).filter((n) => !divides(3, n) && !divides(5, n)).length],
  "math/counting/i006": [series([1], (all) => (all.at(-1) ?? 0) + all.length, 6).at(-1) ?? 0],
  "math/travel/i001": [(180 + 620) / 20],
  "math/travel/i002": [firstOf((water) => 18 - water === 12 + water)],
  "math/travel/i003": [firstOf((minute) => 80 * minute === 600 + 60 * minute)],
  "math/travel/i004": [(6 + 6) / (6 / 3 + 6 / 6)],
  "math/travel/i005": [firstOf((second) => 6 * second - 4 * second === 400)],
  "math/work/i001": [firstOf((hour) => 3 * hour - 2 * hour === 18)],
  "math/work/i002": [(60 - 6 * 5 - 6 * 3) / 3],
  "math/work/i003": [(20 / (20 + 180)) * 100],
  "math/work/i004": [firstOf((water) => 60 * 100 === 15 * (300 + water))],
  "math/work/i005": [(1200 / 5 / 8) * 8 * 10],
  "math/money/i001": [((160 * 15) / 10) * 0.8 - 160],
  "math/money/i002": [950 - 80 * Math.floor(950 / 300)],
  "math/money/i003": [(20_000 * 15 * 3) / 1_000],
  "math/money/i004": [firstOf((price) => price * 64 === 320 * 100)],
  "math/money/i005": [13 + 2.3 * (11 - 3)],
  "math/age/i001": [firstOf((years) => 38 + years === 3 * (8 + years))],
  "math/age/i002": [firstOf((rabbits) => 4 * rabbits + 2 * (40 - rabbits) === 112)],
  "math/age/i003": [firstOf((kg) => kg - 8 === 90 - kg + 8)],
  "math/age/i004": [1.5 * 2 * 2 * 2],
  "math/age/i005": upTo(99, 10).filter((n) => {
    const [ten, one] = [Math.floor(n / 10), n % 10];
    return ten === one + 3 && n + one * 10 + ten === 99;
  }),
  "math/calculus/i001": [slope((x) => x ** 3 - 3 * x, 2)],
  "math/calculus/i002": [integral((x) => 2 * x, 0, 3)],
  "math/calculus/i003": [
    Math.max(...upTo(3_000, -3_000).map((x) => (x / 1_000) ** 3 - (12 * x) / 1_000)),
  ],
  "math/calculus/i004": [3 * 7 - 5 * 2],
  "math/calculus/i005": [2 * 4 + -1 * 5 + 3 * 1],
  "math/calculus/i006": [Math.sin(3e-6) / 1e-6],
  "math/two-turn/i001": [5 * 3 * 2, 50 * 30 * 2],
  "math/two-turn/i002": [
    series([3], (all) => 2 * (all.at(-1) ?? 0) - 1, 4).at(-1) ?? 0,
    sum(series([3], (all) => 2 * (all.at(-1) ?? 0) - 1, 5)),
  ],
  "math/two-turn/i003": [40 * 12 - 40 * 5, 60 * 10 - 60 * 5 - (40 * 12 - 40 * 5)],
  "math/two-turn/i004": [360 / 4, 360 / (360 / 4 - 18)],
  "math/two-turn/i005": [choices(10, 2), choices(10, 2) - choices(6, 2)],
  "math/two-turn/i006": [12 * 5, 5 - (5 * 3) / 5],
  "starter/arithmetic/i001": [36 * 25 - 480 / 6],
  "starter/arithmetic/i002": [1 + 12 / 3],
  "starter/arithmetic/i003": [
    product(Array.from({ length: 10 }, () => 2)) - product([3, 3, 3, 3, 3]),
  ],
  "starter/arithmetic/i004": [sum(upTo(100).filter((n) => divides(7, n)))],
  "starter/word-problem/i001": [240 - 240 / 6 - 35],
  "starter/word-problem/i002": [firstOf((hour) => 60 * hour + 90 * hour === 450)],
  "starter/word-problem/i003": [firstOf((three) => 3 * three + 2 * (26 - three) === 64)],
  "starter/word-problem/i004": [(500 * 11 * 9) / 100],
  "starter/word-problem/i005": [firstOf((day) => 3 * day + 2 * day === 30)],
  "starter/two-turn-number/i001": [12 * 8, 14 * 10 - 12 * 8],
  "starter/two-turn-number/i002": [48 - 3 * 7.5, Math.floor((48 - 22.5) / 1.5)],
  "starter/two-turn-number/i003": [
    firstOf((n) => 3 * n + n === 64),
    (3 * firstOf((n) => 3 * n + n === 64)) / 2 - firstOf((n) => 3 * n + n === 64),
  ],
  "knowledge/economics-number/i001": [480 / 320],
  "knowledge/economics-number/i002": [2_000 + 20 * 13],
  "knowledge/economics-number/i003": [
    series([10_000], (all) => (all.at(-1) ?? 0) * 1.1, 3).at(-1) ?? 0,
  ],
  "knowledge/economics-number/i004": [(90_000 - 6_000) / 7],
  "knowledge/economics-number/i005": [5 + 18 - 7],
  "science/chemistry-number/i001": [2 * masses.H + masses.S + 4 * masses.O],
  "science/chemistry-number/i002": [firstOf((x) => masses.C * x === 3 * 2 * masses.O)],
  "science/chemistry-number/i003": [(36 / (2 * masses.H + masses.O) / 2) * 2 * masses.O],
  "science/chemistry-number/i004": [firstOf((water) => 5 * 100 === 4 * (50 + water))],
  "logic/pattern/i001": [6 * 7],
  "logic/pattern/i002": [series([1], (all) => 2 * (all.at(-1) ?? 0) + 2, 6).at(-1) ?? 0],
  "logic/pattern/i003": [2 ** 6 + 1],
  "logic/pattern/i004": [5 ** 3],
  "customer-service/billing/i001": [talk(260, 18)],
  "customer-service/billing/i002": [talk(150, 24.3)],
  "customer-service/billing/i003": [
    Math.max(...upTo(60, 0).filter((gigabytes) => talk(0, gigabytes) === 77)),
  ],
  "customer-service/billing/i004": [talk(220, 21)],
  "customer-service/billing/i005": [3 * 400 - 400],
  "customer-service/billing/i006": [(2 * 350 * 70) / 100],
  "customer-service/billing/i007": [3 * 600],
  "office/table/i001": [sum(Object.values(sales).map(([, second]) => second ?? 0))],
  "office/table/i002": [sum(sales.华东) / 3],
  "office/table/i003": [((210 - 150) / 150) * 100],
  "office/table/i004": Object.values(sales).flatMap(([, b = 0, c = 0]) => (c < b ? [b - c] : [])),
  "office/table/i005": [
    Math.max(...Object.values(sales).flat()) - Math.min(...Object.values(sales).flat()),
  ],
  "office/table/i006": [
    sum(trips.filter(({ team }) => team === "市场").map(({ days, each }) => days * each)),
  ],
  "office/table/i007": trips
    .toSorted((a, b) => b.days - a.days)
    .slice(0, 1)
    .map(({ days, each }) => days * each),
  "office/table/i008": [sum(trips.map(({ days }) => days)) / trips.length],
  "dialogue/revise/i001": [40 * 5 * 0.9, 40 * 5 * 0.8],
  "dialogue/revise/i002": [(12 * 60) / 15, (12 * 60) / 30 + 6],
  "dialogue/revise/i003": [8 * 12, (8 - 2) * (12 + 3)],
  "dialogue/revise/i004": [50 + 30 + 50 + 30, 50 + 30 + 30],
  "dialogue/revise/i005": [(200 * 150) / 1_000, ((200 - 40) * 150) / 1_000],
  "dialogue/chain/i001": [
    firstOf((b) => b + 6 + b + b - 6 === 72),
    firstOf((a) => a + a - 6 + a - 12 === 72),
    firstOf((years) => 30 - years === 3 * (18 - years)),
  ],
  "dialogue/chain/i002": [(25 - 13.5) * 2, 25 - 23, 23 * 8],
  "dialogue/chain/i003": [
    firstOf((n) => n >= 400 && n < 500 && Math.floor(n / 10) % 10 === 2 && n % 10 === 7),
    427 / 7,
    firstOf((n) => n > 61 && isPrime(n)),
  ],
  "customer-service/dialogue/i002": [["蓝", "白"].length],
  "customer-service/dialogue/i003": [
    Math.max(...coupons.filter(([least]) => least <= 460).map(([, off]) => off)),
    460 + 60 - 80,
  ],
  "customer-service/dialogue/i004": [(5_000 - 4_200) / 2, (5_000 - 4_200) / 4],
  "dialogue/memory/i005": [Number("8806".at(-1)), Number(Array.from("3591").toReversed().join(""))],
  "dialogue/scripted/i001": [[168, 128, 88][1] ?? 0],
  "dialogue/scripted/i002": [2 * 380],
  "dialogue/scripted/i005": [12 + 35 + (35 + 15)],
  "knowledge/code-reading/i007": [
    [1, 2, 3].filter((x) => [1, 2, 2, 3, 3].filter((y) => x === y).length > 1).length,
  ],
  "language/extract/i005": [42 * 10_000],
  "language/extract/i006": [0.25 * 2 * 3],
  "dialogue/chain/i004": [8_000 / 4, (8_000 - 2_000) / 3, Math.ceil(50_000 / 2_000)],
};

/** Stroke counts and facts, looked up in the standard of stroke orders and in the item's source; no program here knows them. */
const lookedUp = /\/strokes\/|^logic\/pattern\/i005$|^(?:knowledge|hallucination)-hard\//;
/** Recomputed by hard/hard-golds.test.ts. */
const hard = /^(?:math|science)-hard\//;

describe("recomputed numbers", () => {
  test("every numeric gold is recomputed here or listed as looked up", () => {
    const numeric = golds
      .filter(({ turn }) => turn.grader?.use === "numeric")
      .map(({ item }) => item);
    const missing = numeric.filter(
      (item) => !lookedUp.test(item) && !hard.test(item) && worked[item] === undefined,
    );
    expect([...new Set(missing)]).toEqual([]);
    expect(Object.keys(worked).filter((item) => !numeric.includes(item))).toEqual([]);
  });

  test.each(Object.entries(worked))("%s", (item, values) => {
    const stated = golds
      .filter((each) => each.item === item)
      .map(({ turn }) => Number(turn.answer));
    expect(stated).toHaveLength(values.length);
    for (const [index, value] of values.entries()) expect(stated[index]).toBeCloseTo(value, 6);
  });
});

/** A source such as 80÷2² or 1.5×0.5＝0.75 states how the gold was computed. */
test("golds whose source is a computation agree with it", () => {
  const declared = golds.flatMap(({ item, turn, source }) => {
    const value = source === null ? null : computed(source);
    return value === null ? [] : [{ item, value, numbers: numbersOf(turn) }];
  });
  expect(declared.length).toBeGreaterThanOrEqual(2);
  for (const { item, value, numbers } of declared)
    expect(
      numbers.some((each) => Math.abs(each - value) < 1e-9),
      `${item} ${value}`,
    ).toBe(true);
});

/** The numbers of a gold: its own, or those of the option it names. */
function numbersOf({ answer, options }: GoldTurn): readonly number[] {
  const text = options?.[String(answer)] ?? String(answer);
  return Array.from(text.matchAll(/\d+(?:\.\d+)?/g), ([number]) => Number(number));
}

/** The value of a chain of + - × ÷ and squares without an equals sign, or null for any other text. */
function computed(source: string): number | null {
  const written = source.replaceAll("²", "^2").normalize("NFKC").replaceAll(/[－−]/g, "-");
  if (!/^[\d.()+×÷^-]+$/.test(written) || !/[+×÷-]/.test(written)) return null;
  const parser = { text: written, at: 0 };
  const value = sumAt(parser);
  return parser.at === written.length ? value : null;
}

type Parser = { readonly text: string; at: number };

function sumAt(parser: Parser): number {
  let value = productAt(parser);
  for (
    let sign = parser.text.charAt(parser.at);
    /[+-]/.test(sign);
    sign = parser.text.charAt(parser.at)
  ) {
    parser.at++;
    value += sign === "+" ? productAt(parser) : -productAt(parser);
  }
  return value;
}

function productAt(parser: Parser): number {
  let value = powerAt(parser);
  for (
    let sign = parser.text.charAt(parser.at);
    /[×÷]/.test(sign);
    sign = parser.text.charAt(parser.at)
  ) {
    parser.at++;
    value = sign === "×" ? value * powerAt(parser) : value / powerAt(parser);
  }
  return value;
}

function powerAt(parser: Parser): number {
  const base = atomAt(parser);
  if (parser.text.charAt(parser.at) !== "^") return base;
  parser.at++;
  return base ** atomAt(parser);
}

function atomAt(parser: Parser): number {
  if (parser.text.charAt(parser.at) === "(") {
    parser.at++;
    const value = sumAt(parser);
    parser.at++;
    return value;
  }
  const digits = /^\d+(?:\.\d+)?/.exec(parser.text.slice(parser.at))?.[0] ?? "";
  parser.at += digits.length;
  return digits === "" ? Number.NaN : Number(digits);
}

async function goldsOf() {
  const found: { item: string; turn: GoldTurn; source: string | null }[] = [];
  for (const name of readdirSync(folder).filter((each) => each.endsWith(".yaml"))) {
    const suite = await parseSuite(join(folder, name));
    for (const task of suite.suite.tasks) {
      if ("generate" in task.items) continue;
      for await (const { item } of eachItem(suite, task)) {
        const line = itemLine(suite.suite, task, item, [null]);
        for (const turn of line.turns) found.push({ item: line.item, turn, source: line.source });
      }
    }
  }
  return found;
}
