import { describe, expect, test } from "vitest";

import type { Answering } from "./answering.ts";
import type { NightRecord, TargetNight } from "./record.ts";

import { nightOfItems } from "../../stats/drift/night.ts";
import { judgeHistory, suspects } from "./nightly.ts";
import { newsLines, nightlyHeadline, nightlyMarkdown } from "./text.ts";

type Facts = {
  readonly answering?: Partial<Answering>;
  /** Answers by the name that came back. */
  readonly models?: Readonly<Record<string, number>>;
  /** Of 3 answers to each item. */
  readonly right?: number;
};

const names = Array.from({ length: 40 }, (_, at) => `s/t/${at} 1 1 7`);
const score = { value: 0.7, interval: null, se: null, n: 40, of: 40, partial: false, lacking: [] };

function targetNight(ref: string, { answering, models, right = 2 }: Facts): TargetNight {
  const asked = 120;
  return {
    provider: ref.split("/")[0] ?? "",
    anchors: nightOfItems(
      new Map(names.map((name) => [name, { n: 3, sum: right, squares: right }])),
    ),
    before: null,
    anchor_score: score,
    fresh_score: null,
    answering: {
      asked,
      failed: 0,
      failures: {},
      empty: 0,
      notices: 0,
      same: 0,
      filtered: 0,
      ...answering,
    },
    simulated: false,
    fingerprints: [],
    facts: {
      model_asked: "m",
      models_returned: Object.entries(models ?? { "m-0601": asked }).map(([id, answers]) => ({
        id,
        answers,
      })),
      returned_as: [],
      priced_as: [],
      thinking_kept: null,
      refused_params: [],
      not_as_asked: [],
      misnamed: false,
      counted: asked,
      zero_reasons: {
        cut_thinking: 0,
        cut_answer: 0,
        empty: 0,
        reasoning_only: 0,
        refused: 0,
        no_answer: 0,
        filtered: 0,
        overflow: 0,
      },
      usage_doubt: null,
      shortfall: null,
    },
    times: {
      n: asked,
      first_token_p50_ms: 300,
      first_token_p90_ms: 500,
      total_p50_ms: 2_000,
      total_p90_ms: 4_000,
    },
    cost: { CNY: 1, USD: 0, unknown: 0 },
    price: null,
    plan: { answers: asked, done: asked },
    second: null,
  };
}

const refs = ["a/one", "a/two", "b/three", "c/four"] as const;

function night(
  day: number,
  facts: Readonly<Record<string, Facts>> = {},
  slot: string | null = null,
) {
  const started_at = new Date(
    Date.UTC(2026, 10, day, slot === null ? 18 : Number(slot.slice(0, 2))),
  ).toISOString();
  const record: NightRecord = {
    run: `night-${day}-${slot}`,
    second_of: null,
    previous: null,
    started_at,
    date: `2026-11-${String(day).padStart(2, "0")}`,
    complete: true,
    seed: null,
    slot,
    bytes: 1,
    tool: "0.1.0",
    suites: [],
    trials: 3,
    anchors: {
      names,
      items: names,
      dimensions: [],
      ask: [],
      gold: [],
      grader: [],
      before: null,
      graders: {},
    },
    targets: new Map(refs.map((ref) => [ref, targetNight(ref, facts[ref] ?? {})])),
  };
  return record;
}

const usual = [1, 2, 3, 4, 5, 6].map((day) => night(day));
const down = (outcome: "network" | "server" | "timeout"): Facts => ({
  answering: { failed: 110, failures: { [outcome]: 110 } },
});
const kindOf = (nights: readonly NightRecord[], ref: string) =>
  judgeHistory("b", nights).targets.find(({ target }) => target === ref)?.trouble?.kind ?? null;

describe("who is to blame is seen by all targets", () => {
  test("all of several vendors at once: it is us", () => {
    const all = Object.fromEntries(refs.map((ref) => [ref, down("network")]));
    const report = judgeHistory("b", [...usual, night(7, all)]);
    expect(report.targets.map(({ trouble }) => trouble?.kind)).toEqual([
      "ours",
      "ours",
      "ours",
      "ours",
    ]);
    expect(nightlyHeadline(report, "zh")).toBe("昨夜：4 个目标，4 数据不足");
    expect(newsLines(report, "zh")[0]).toContain("我方网络故障");
  });

  test("one vendor: it is that vendor", () => {
    const nights = [...usual, night(7, { "a/one": down("server"), "a/two": down("timeout") })];
    expect([kindOf(nights, "a/one"), kindOf(nights, "a/two"), kindOf(nights, "b/three")]).toEqual([
      "outage",
      "outage",
      null,
    ]);
    expect(suspects(nights)).toEqual({ changed: [], troubled: ["a/one", "a/two"] });
  });

  test.each([
    ["throttled", { failed: 80, failures: { "rate-limited": 70, server: 10 } }, ["a/one"]],
    ["key", { failed: 120, failures: { auth: 120 } }, []],
    ["account", { failed: 120, failures: { quota: 120 } }, []],
    ["empty", { empty: 90 }, ["a/one"]],
  ])("%s", (kind, answering, again) => {
    const nights = [...usual, night(7, { "a/one": { answering } })];
    expect(kindOf(nights, "a/one")).toBe(kind);
    expect(suspects(nights).troubled).toEqual(again);
  });
});

describe("another model under the same name", () => {
  const other = { "a/one": { models: { tiny: 120 }, right: 1 } };

  test("is named on its first night, and is no decline", () => {
    const report = judgeHistory("b", [...usual, night(7, other)]);
    expect(report.targets[0]).toMatchObject({
      judgement: "not enough data",
      trouble: { kind: "rerouted", before: ["m-0601"], after: ["tiny"] },
    });
    expect(newsLines(report, "en")[0]).toContain("model_returned m-0601 → tiny");
  });

  test("with a part of the answers, too; a few are not enough", () => {
    const part = (answers: number) =>
      kindOf(
        [...usual, night(7, { "a/one": { models: { "m-0601": 120 - answers, tiny: answers } } })],
        "a/one",
      );
    expect([part(30), part(20)]).toEqual(["rerouted", null]);
  });

  test("a new date is the vendor's update, which is judged", () => {
    const update = { "a/one": { models: { "m-1101": 120 }, right: 1 } };
    const report = judgeHistory("b", [...usual, night(7, update)]);
    expect(report.targets[0]).toMatchObject({ judgement: "looks down", trouble: null });
    expect(report.targets[0]?.model_changes).toHaveLength(1);
  });

  test("a name that stays is the model from the third night on, and judged", () => {
    const nights = [...usual, night(7, other), night(8, other), night(9, other)];
    expect(kindOf(nights.slice(0, -1), "a/one")).toBe("rerouted");
    expect(judgeHistory("b", nights).targets[0]).toMatchObject({
      trouble: null,
      judgement: "looks down",
    });
  });
});

test("a filter that is switched on is no decline; one that stays is what there is after a week", () => {
  const blocked = { "a/one": { answering: { filtered: 12 } } };
  const nights = [...usual];
  expect(kindOf([...nights, night(7, blocked)], "a/one")).toBe("filtered");
  for (let day = 7; day < 20; day++) nights.push(night(day, blocked));
  expect(kindOf([...nights, night(20, blocked)], "a/one")).toBeNull();
});

test("a night is compared with its own time of day alone", () => {
  const busy = { "a/one": { right: 1 } };
  const slots = [1, 2, 3, 4, 5, 6].flatMap((day) => [
    night(day, {}, "02:00"),
    night(day, busy, "10:00"),
  ]);
  const alone = judgeHistory("b", usual);
  const report = judgeHistory("b", [...slots, night(7, busy, "10:00")]);
  expect(report.targets[0]?.judgement).toBe("unchanged");
  expect([report.nights, report.slot]).toEqual([7, "10:00"]);
  expect(report.slots.filter(({ target }) => target === "a/one")).toEqual([
    { slot: "02:00", target: "a/one", nights: 6, total_p50_ms: 2_000, missing: 0 },
    { slot: "10:00", target: "a/one", nights: 7, total_p50_ms: 2_000, missing: 0 },
  ]);
  const page = nightlyMarkdown(report, { acks: [], budget: null, probe: [] }, "zh");
  expect(page).toContain("02:00 2.00 秒，没有回答 0");
  expect(alone.slots).toEqual([]);
  expect(report.level).toBeCloseTo(alone.level / 2, 10);
  expect(judgeHistory("b", [...slots, night(7, busy, "02:00")]).targets[0]?.judgement).toBe(
    "looks down",
  );
});
