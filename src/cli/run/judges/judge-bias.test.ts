import { beforeAll, describe, expect, inject, test } from "vitest";

import type { PairReport } from "../../../report/judges/pairs.ts";

import { hashOf, normalCdf, randomOf } from "../../../simulator/random.ts";
import { fencedTexts, type JudgeRig, makeJudgeRig, verdictFor } from "../../testing/judge-rig.ts";

/*
 * A judge of known bias. Every reply says how good it is; the judge prefers the first of two with
 * Φ(place + slope · (quality₁ - quality₂) + length · (longer₁ - longer₂)), where Φ(place) = 0.7.
 */
const place = 0.5244;
const slope = 1;
const length = 0.5;
const items = inject("matrix") ? 240 : 150;

const reply = (model: string, item: number): string => {
  const random = randomOf("reply", model, item);
  const quality = random.normal() * 0.4 + (model === "a" ? 0.35 : 0);
  const words = random.int(20, 80);
  return `质量 ${quality.toFixed(4)}：${"好".repeat(words)}`;
};
const qualityOf = (text: string): number => Number(/质量 (-?[\d.]+)/.exec(text)?.[1]);

/** Probability that the first of two is preferred. */
function preference(first: string, second: string): number {
  const longer = Math.sign(first.length - second.length);
  return normalCdf(place + slope * (qualityOf(first) - qualityOf(second)) + length * longer);
}

let rig: JudgeRig;
let pairs: PairReport;
beforeAll(async () => {
  rig = await makeJudgeRig({
    items: Array.from({ length: items }, (_, index) => `第 ${index} 题`),
    with: { mode: "pair", baseline: { target: "lab/base" } },
    candidates: Object.fromEntries(
      ["a", "base"].map((name) => [name, (prompt: string) => reply(name, numberIn(prompt))]),
    ),
    judges: {
      j: (prompt) => {
        const { 甲的回答: first = "", 乙的回答: second = "" } = fencedTexts(prompt);
        const luck = randomOf("judge", hashOf(first), hashOf(second));
        return verdictFor(prompt, { 胜者: luck.chance(preference(first, second)) ? "甲" : "乙" });
      },
    },
    limits: { scope: "model", concurrency: 32 },
  });
  const { code } = await rig.baimo("run", "--out", "r.jsonl", "--reporter", "silent");
  expect(code).toBe(0);
  const { text } = await rig.baimo("leaderboard", "r.jsonl", "--format", "json", "--bradley-terry");
  pairs = (JSON.parse(text) as { judging: { pairs: PairReport } }).judging.pairs;
  return rig.close;
});

const numberIn = (prompt: string): number => Number(/\d+/.exec(prompt)?.[0]);

/** What the swaps must find: the mean over both orders, and over the first order alone. */
const truth = Array.from({ length: items }, (_, item) => {
  const [a, base] = [reply("a", item), reply("base", item)];
  const first = preference(a, base);
  const second = 1 - preference(base, a);
  return { swapped: (first + second) / 2, first };
});
const mean = (values: readonly number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / values.length;

describe("a judge that prefers the first place with p = 0.7 and long answers", () => {
  test("the report finds the first place", async () => {
    const { ballots, first, consistent, flipped } = pairs.position;
    expect(ballots).toBe(items);
    expect(first?.interval.low).toBeGreaterThan(0.5);
    expect(first?.value).toBeGreaterThan(0.62);
    expect(first?.value).toBeLessThan(0.76);
    expect((consistent?.value ?? 0) + (flipped?.value ?? 0)).toBeCloseTo(1, 12);
    const { text } = await rig.baimo("leaderboard", "r.jsonl");
    expect(text).toContain("偏爱先出现的回答");
  });

  test("the report finds the length", async () => {
    const [shorter, , longer] = pairs.length.bins;
    expect(pairs.length.longer?.interval.low).toBeGreaterThan(0.5);
    expect(longer?.win_rate?.value ?? 0).toBeGreaterThan((shorter?.win_rate?.value ?? 1) + 0.1);
    const { text } = await rig.baimo("leaderboard", "r.jsonl");
    expect(text).toContain("较长的回答更常获胜");
  });

  test("with both orders the win rate is right within its interval; one order alone is not", () => {
    const rate = pairs.rows.find(({ target }) => target === "lab/a")?.win_rate;
    const expected = mean(truth.map(({ swapped }) => swapped));
    expect(rate?.interval.low).toBeLessThan(expected);
    expect(rate?.interval.high).toBeGreaterThan(expected);
    const unswapped = mean(truth.map(({ first }) => first));
    expect(unswapped).toBeGreaterThan(rate?.interval.high ?? 1);
  });

  test("OPEN by both formulas and the strengths follow from the battles", async () => {
    const row = pairs.rows.find(({ target }) => target === "lab/a");
    const { win = 0, tie = 0, loss = 0 } = row ?? {};
    expect(win + tie + loss).toBe(items);
    expect(row?.open_not_lost).toBeCloseTo(((win + tie) / items) * 100, 9);
    expect(row?.open_three_one).toBeCloseTo(
      Math.min(100, ((3 * win + tie) / (2 * items)) * 100),
      9,
    );
    const [best, other] = pairs.strengths ?? [];
    expect([best?.player, other?.player]).toEqual(["lab/a", "lab/base"]);
    expect(best?.interval.low).toBeGreaterThan(0);
    const plain = await rig.baimo("leaderboard", "r.jsonl", "--wide");
    expect(plain.text).toContain("OPEN 3/1/0");
    expect(plain.text).not.toContain("Bradley");
  });

  test("the run file keeps both orders and both lengths", async () => {
    const scores = (await rig.lines()).filter((line) => line.kind === "score");
    const judged = scores.filter(({ ballots }) => ballots !== undefined);
    expect(judged).toHaveLength(items);
    expect(judged[0]?.ballots?.[0]?.orders).toHaveLength(2);
    expect(judged[0]?.notes).toMatchObject({ baseline: "lab/base" });
  });
});
