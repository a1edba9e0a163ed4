import { describe, expect, test } from "vitest";

import { kneeOf } from "../../stats/load/knee.ts";
import { createStation, lognormal, type Queue } from "../../stats/testing/queue.ts";
import { searched } from "./load.ts";
import { measuringSteps, nextSearchStep, type SearchedStep, toldInterval } from "./search.ts";
import { simulatedStep } from "./testing/simulated-step.ts";

const plan = {
  start: 1,
  growth: 2,
  most: 1e6,
  requests: 20_000,
  share: 0.95,
  probe_s: 30,
  notices: 0.2,
  growing_notices: 0.5,
  precision: 0.05,
  answer_s: 1,
  slack_s: 1,
};

describe("the levels of a search", () => {
  /** A server that is good below a level and bad above it. */
  const search = (limit: number, given = plan): readonly SearchedStep[] => {
    const done: SearchedStep[] = [];
    for (;;) {
      const step = nextSearchStep(done, given);
      if (step === null || done.length > 100) return done;
      const { level, warmup, measure, most_bad } = step;
      const isGood = level <= limit;
      const judged = isGood ? measure : most_bad;
      done.push({
        level,
        good: new Float64Array(judged).fill(isGood ? 1 : 0),
        sent: warmup + judged,
        cut: !isGood,
        trusted: true,
      });
    }
  };

  test("come near the knee, and never send more than they may", () => {
    const done = search(13.7);
    expect(done.reduce((sum, { sent }) => sum + sent, 0)).toBeLessThanOrEqual(plan.requests);
    expect(Math.abs(Math.log((done.at(-1)?.level ?? 0) / 13.7))).toBeLessThan(0.2);
  });

  test("go down from a start that is too high, and never beyond the highest rate", () => {
    expect(search(0.3, { ...plan, start: 50 }).some(({ level }) => level < 0.3)).toBe(true);
    expect(Math.max(...search(1e9, { ...plan, most: 40 }).map(({ level }) => level))).toBe(40);
  });

  test("three steps in a row that cannot be believed end it", () => {
    const late = { level: 1, good: new Float64Array(300), sent: 400, cut: false, trusted: false };
    expect(nextSearchStep([late, late], plan)?.level).toBe(1);
    expect(nextSearchStep([late, late, late], plan)).toBeNull();
  });

  test.each([
    // A lone answer takes so long, and may wait so long: a level a fifth too high breaks the SLO after 5 waits.
    [{ answer_s: 2, slack_s: 2 }, 50, 1.25 * (2 + 5 * 2)],
    // Half too high after 2 of them, where the other would use up too many requests.
    [{ answer_s: 2, slack_s: 4 }, 78, 1.25 * (2 + 2 * 4)],
    [{ answer_s: 10, slack_s: 0.5 }, 40, 25],
    [{ answer_s: 0.1, slack_s: 0 }, 8, 30],
  ])("a step lasts as long as the server takes to fill: %j", (alone, start, seconds) => {
    const step = nextSearchStep([], { ...plan, ...alone, start });
    const lasts = ((step?.warmup ?? 0) + (step?.measure ?? 0)) / start;
    expect(lasts).toBeCloseTo(seconds, 1);
    expect((step?.warmup ?? 0) / start).toBeGreaterThanOrEqual(alone.answer_s);
  });

  test("no step is begun that the time that is left would cut before it can tell", () => {
    const slow = { ...plan, answer_s: 2, slack_s: 2, start: 10 };
    expect(nextSearchStep([], slow, 16)?.level).toBe(10);
    expect(nextSearchStep([], slow, 14)).toBeNull();
  });

  test("the first level leaves requests for the others", () => {
    const few = { ...plan, requests: 500, answer_s: 0.03, slack_s: 2, start: 100 };
    const step = nextSearchStep([], few);
    expect((step?.warmup ?? 0) + (step?.measure ?? 0)).toBeLessThan(100);
    expect(step?.level).toBeLessThan(6);
  });

  test("a short step that passed shows less than a long one", () => {
    const own = { ...plan, answer_s: 1, slack_s: 4, probe_s: 0 };
    const step = (level: number, seconds: number, good: number): SearchedStep => ({
      level,
      good: new Float64Array(300).fill(good),
      sent: Math.ceil(level * seconds),
      cut: good === 0,
      trusted: true,
    });
    const failed = step(20, 30, 0);
    expect(nextSearchStep([step(10, 12, 1), failed], own)?.level).toBeCloseTo(
      Math.sqrt((20 * 10) / 1.5),
    );
    expect(nextSearchStep([step(10, 27, 1), failed], own)?.level).toBeCloseTo(Math.sqrt(20 * 10));
  });
});

type Known = Omit<Queue, "rate"> & { readonly mean: number; readonly wait: number };

/** A search as the program makes it, on a simulated server. */
function searchOn(server: Known, seed: number) {
  const { mean, wait } = server;
  const own = { ...plan, start: 4 / mean, answer_s: mean, slack_s: wait };
  const slo = { ttft_ms: wait * 1_000, total_ms: null, speed: null };
  const done: SearchedStep[] = [];
  for (;;) {
    const step = nextSearchStep(done, own);
    if (step === null) return { done, knee: kneeOf(measuringSteps(done, plan.requests), 0.95) };
    const station = createStation(server, seed * 1_000 + done.length);
    const { line, rows } = simulatedStep(station, step, { slo, first: "served" });
    done.push(searched(rows, line, slo));
  }
}

const shareOf = ({ good }: SearchedStep): number =>
  Array.from(good).filter((each) => each === 1).length / good.length;

describe("servers whose answers take long beside what they bear", () => {
  // True knees by a simulation of a million arrivals at each level, as `npm run verify:load` makes it.
  const servers = [
    ["64 slots, 2 s", { slots: 64, mean: 2, wait: 2, service: lognormal(2, 0.3) }, 31.27],
    ["256 slots, 10 s", { slots: 256, mean: 10, wait: 2, service: lognormal(10, 0.5) }, 24.81],
  ] as const;

  test.each(servers)("%s: no level far beyond what it bears passes", (_, server, truth) => {
    const searches = [1, 2, 3, 4, 5].map((seed) => searchOn(server, seed));
    const passed = searches.flatMap(({ done }) => done.filter((step) => shareOf(step) >= 0.95));
    expect(Math.max(...passed.map(({ level }) => level)) / truth).toBeLessThan(1.25);
    const knees = searches.flatMap(({ knee }) => knee ?? []);
    expect(knees.length).toBeGreaterThan(2);
    expect(Math.max(...knees.map(({ level }) => Math.abs(level / truth - 1)))).toBeLessThan(0.08);
    const told = knees.flatMap((knee) => toldInterval(knee) ?? []);
    expect(told.filter(({ low, high }) => truth < low || high < truth)).toEqual([]);
  });
});
