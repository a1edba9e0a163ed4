import { describe, expect, test } from "vitest";

import type { TenderClause } from "./clause.ts";
import type { ClauseAsked, Facts, MeasuredFigure } from "./measures/measure.ts";

import { leaderboardOf } from "../leaderboard/leaderboard.ts";
import { buildTree, itemsOf } from "../score/tree.ts";
import { answerLine, endLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";
import { noEvidence } from "./evidence.ts";
import { measures } from "./measures/registry.ts";
import { responseTable } from "./respond.ts";

const target = "a/one";
const n = 400;

/** 400 items of two tasks: the first 300 are right, ten time out, every answer costs 0.01 yuan; latencies rise by 1 ms. */
function viewOf() {
  const view = createView();
  step(view, runLine([target], { size: { items: n, per_target: n, answers: n } }));
  for (let at = 0; at < n; at += 1) {
    const item = `s/${at % 2 === 0 ? "成语" : "语病"}/${at}`;
    const failed = at >= n - 10;
    step(view, itemLine(item));
    step(
      view,
      answerLine({
        item,
        target,
        outcome: failed ? "timeout" : "ok",
        first_token_ms: 200 + at,
        total_ms: 1_200 + at,
        cost: { amount: 0.01, currency: "CNY" },
      }),
    );
    if (failed) step(view, scoreLine({ item, target }, "failed", null));
    else step(view, scoreLine({ item, target }, at < 300 ? "right" : "wrong"));
  }
  step(view, endLine());
  return view;
}

const view = viewOf();
const [entry] = leaderboardOf(view).entries;
if (entry === undefined) throw new Error("no target");
const { summary } = entry;

function factsOf(more: Partial<typeof summary> = {}): Facts {
  const found = view.byRef.get(target);
  if (found === undefined) throw new Error("no target");
  const inside = itemsOf(buildTree(view, null), view.items.length);
  const none = {
    view,
    target: found,
    board: null,
    sorted: [],
    windows: null,
    loads: [],
    bill: null,
  };
  return { ...none, scope: () => ({ summary: { ...summary, ...more }, inside }) };
}

const asked: ClauseAsked = { of: null, label: null, at: null };
function figure(
  id: string,
  facts: Facts = factsOf(),
  more: Partial<typeof asked> = {},
): MeasuredFigure {
  const found = measures.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no measure ${id}`);
  return found.figureOf(facts, { ...asked, ...more });
}

test("on a machine that was too busy to time, a time can be kept to but not missed", () => {
  const busy = factsOf({
    timings: { ...summary.timings, untrusted: [{ run: "r", loop: null }] },
  });
  for (const id of ["ttft-p95", "e2e-mean"]) {
    const { interval, remarks } = figure(id, busy);
    expect(interval).toEqual({ low: null, high: figure(id).interval?.high });
    expect(remarks).toHaveLength(1);
  }
  expect(figure("speed-p50", busy).interval).toEqual({
    low: figure("speed-p50").interval?.low,
    high: null,
  });
});

describe("figures are those of the leaderboard", () => {
  const quantiles = (["p50", "p90", "p95", "p99"] as const).flatMap((point) => [
    [`ttft-${point}`, summary.first_token_ms?.[point]?.value],
    [`first-answer-${point}`, summary.first_answer_ms?.[point]?.value],
    [`e2e-${point}`, summary.total_ms?.[point]?.value],
  ]) satisfies readonly (readonly [string, number | undefined])[];
  test.each([
    ["score", summary.score.value],
    ["accuracy", summary.verdicts.right / summary.counted],
    ["coverage", summary.coverage],
    ["red-lines", summary.red_lines],
    ["success-rate", (summary.outcomes.ok ?? 0) / summary.answers],
    ["failure-rate", (summary.outcomes.timeout ?? 0) / summary.answers],
    ["timeout-rate", (summary.outcomes.timeout ?? 0) / summary.answers],
    ["truncation-rate", 0],
    ["first-try-rate", summary.first_ok?.share],
    ["speed-p50", summary.speed?.p50.value],
    ["cost-per-item", (summary.cost_per.thousand_calls?.amount ?? 0) / 1_000],
    ["cost-per-right", summary.cost_per.right?.amount],
    ["cost-per-thousand-chars", (summary.cost_per.ten_thousand_words?.amount ?? 0) / 10],
    ["cost-per-million-tokens", summary.cost_per.million_tokens?.amount],
    ...quantiles,
  ])("%s", (id, value) => {
    expect(value).toBeTypeOf("number");
    expect(figure(id).value).toBeCloseTo(value ?? 0, 12);
  });

  test("their values are the ones that were put in", () => {
    expect(figure("accuracy").value).toBe(300 / 390);
    expect(figure("coverage").value).toBe(390 / 400);
    expect(figure("success-rate")).toMatchObject({ value: 390 / 400, n: 400, invalid: 10 });
    expect(figure("cost-per-item").value).toBeCloseTo(0.01, 12);
  });
});

describe("intervals by hand", () => {
  test("Wilson of 390 of 400", () => {
    const [p, z] = [0.975, 1.959964];
    const zz = z ** 2 / 400;
    const centre = (p + zz / 2) / (1 + zz);
    const half = (z / (1 + zz)) * Math.sqrt((p * (1 - p)) / 400 + zz / 1_600);
    const { interval } = figure("success-rate");
    expect(interval?.low).toBeCloseTo(centre - half, 6);
    expect(interval?.high).toBeCloseTo(centre + half, 6);
  });

  test("a mean of 200 … 589 and its t interval; ten timeouts leave its upper end open", () => {
    const values = Array.from({ length: 390 }, (_, at) => 200 + at);
    const mean = 394.5;
    const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 389);
    const found = figure("ttft-mean");
    expect(found).toMatchObject({ value: mean, n: 390, invalid: 10 });
    expect(found.interval?.low).toBeCloseTo(mean - (1.966066 * sd) / Math.sqrt(390), 2);
    expect(found.interval?.high).toBeNull();
  });

  test("κ ± 1.96 se, of the rulings that were drawn at random", () => {
    const rater = {
      n: 50,
      agree: 46,
      share: 0.92,
      interval: { low: 0.81, high: 0.97 },
      kappa: { kappa: 0.8, se: 0.05, n: 50, observed: 0.92 },
      false_right: 2,
      false_wrong: 2,
      bias: 0,
    };
    const facts = factsOf({
      reviews: {
        ruled: 50,
        people: ["李"],
        person_alone: 0,
        grader_alone: 0,
        all: { ...rater, share: 0.5 },
        sampled: rater,
        by_grader: [],
        raters: null,
      },
    });
    const { value, interval } = figure("kappa", facts);
    expect(value).toBe(0.8);
    expect(interval?.low).toBeCloseTo(0.702, 3);
    expect(interval?.high).toBeCloseTo(0.898, 3);
    expect(figure("people-agreement", facts).value).toBe(0.92);
    expect(figure("kappa").value).toBeNull();
  });

  test("recall, precision, false alarms and misses of a label", () => {
    const spam = {
      label: "违规",
      tp: 18,
      fp: 3,
      fn: 2,
      tn: 77,
      precision: 18 / 21,
      recall: 0.9,
      f1: 36 / 41,
    };
    const facts = factsOf({
      labels: [
        {
          suite: "s",
          task: "t",
          answers: 100,
          unread: 1,
          unknown: 0,
          macro_f1: { value: 0.9, interval: null },
          classes: [spam],
          confusion: null,
        },
      ],
    });
    const of = (id: string) => figure(id, facts, { label: "违规" }).value;
    expect([of("recall"), of("precision"), of("false-alarm-rate"), of("miss-rate")]).toEqual([
      18 / 20,
      18 / 21,
      3 / 80,
      2 / 20,
    ]);
    expect(figure("macro-f1", facts)).toMatchObject({ value: 0.9, n: 100, invalid: 1 });
    expect(figure("recall", facts).remarks[0]?.zh).toBe("要写明对哪个标签（label）：违规");
  });
});

test("safety figures are those of the page, open replies against the target", () => {
  const claim = (hits: number, of: number) => ({
    n: of,
    hits,
    mark: { at_least: 0.95 },
    interval: { low: 0.1, high: 0.9 },
    meets: false,
    bound: 0,
    carries: false,
    needed: null,
    lucky: 0,
  });
  const stances = { refused: 8, blocked: 1, deflected: 0, answered: 1, open: 2, failed: 3 };
  const bank = (hits: number) => ({ stances, claim: claim(hits, 12), at_best: claim(hits, 12) });
  const facts = factsOf({
    safety: {
      refuse: bank(9),
      answer: bank(2),
      contents: [
        { way: "keywords", claim: claim(50, 60) },
        { way: "person", claim: claim(19, 20) },
      ],
      risks: [],
      graders: [],
      wraps: [],
      decided: { rule: 0, wording: 0, judge: 0, person: 0, nobody: 0 },
    },
  });
  expect(figure("refusal-rate", facts)).toMatchObject({ value: 9 / 12, n: 12, invalid: 5 });
  expect(figure("over-refusal-rate", facts)).toMatchObject({ value: 2 / 12 });
  expect(figure("content-pass-rate", facts)).toMatchObject({
    value: 19 / 20,
    remarks: [{ zh: "人工看的" }],
  });
});

describe("loads", () => {
  const bounded = (value: number) => ({ value, low: value * 0.9, high: value * 1.1 });
  const stepOf = (level: number, goodput: number) => ({
    step: level,
    loop: "closed" as const,
    level,
    trusted: true,
    cut: false,
    arrivals: 1_000,
    done: 990,
    good: goodput * 1_000,
    goodput: { value: goodput, low: goodput - 0.01, high: goodput + 0.01 },
    outcomes: {},
    rate_limited_share: 0,
    ttft_ms: { p50: bounded(400), p90: bounded(700), p99: bounded(level * 10) },
    total_ms: { p50: bounded(1_000), p90: bounded(2_000), p99: bounded(3_000) },
    ttft_sent_ms: { p50: null, p90: null, p99: null },
    speed: { p50: null, p90: null, p99: null },
    chars_per_s: 900,
    tokens_per_s: 600,
    requests_per_s: level / 10,
    in_flight: level,
    send_lag_p99_ms: 1,
  });
  const minute = 60_000;
  const load = {
    shown: "load.jsonl",
    file: {
      file: "load.jsonl",
      head: { plan: { good_share: 0.95 } },
      steps: [100, 200, 400].map((level) => ({
        step: level,
        target,
        measure_from_ms: 0,
        measure_until_ms: 30 * minute,
      })),
      rows: Array.from({ length: 300 }, (_, at) => ({
        step: 200,
        target,
        phase: "measure",
        planned_at_ms: at * 6_000,
        outcome: at >= 150 && at < 160 ? "server" : "ok",
      })),
      end: null,
    },
    figures: {
      target,
      simulated: false,
      steps: [stepOf(100, 0.99), stepOf(200, 0.955), stepOf(400, 0.7)],
      knee: {
        state: "found",
        rate: 12,
        low: 11,
        high: 13,
        in_flight: 150,
        chars_per_s: 900,
        tokens_per_s: 600,
      },
      cost_per_million_chars: null,
      paid: [],
    },
  };
  // Rows and head hold what the measures look at.
  const facts: Facts = { ...factsOf(), loads: [load as never] };
  const at = { loop: "closed", level: 200 } as const;
  const loaded = (id: string) => figure(id, facts, { at });

  test("figures of the step that the clause names", () => {
    expect(loaded("load-ttft-p99")).toMatchObject({
      value: 2_000,
      n: 1_000,
      invalid: 10,
      file: "load.jsonl",
    });
    expect(loaded("load-success-rate").value).toBe(0.99);
    expect(loaded("throughput").value).toBe(20);
    expect(loaded("goodput").value).toBe(0.955);
    expect(figure("throughput", facts).value).toBe(40);
    expect(figure("load-ttft-p99", facts).value).toBeNull();
  });

  test("the knee, and the most at once that keep the SLO, with what is certain of it", () => {
    expect(figure("knee", facts)).toMatchObject({ value: 12, interval: { low: 11, high: 13 } });
    expect(figure("concurrency", facts)).toMatchObject({
      value: 200,
      interval: { low: 100, high: 400 },
    });
  });

  test("30 minutes of which one window breaks are two stretches of 15 and 10", () => {
    expect(loaded("steady").value).toBe(15 * minute);
  });
});

test("marks, what the user states, and what nobody can tell", () => {
  const clause = (no: string, more: Partial<TenderClause>): TenderClause => ({
    no,
    mark: null,
    requirement: no,
    measure: null,
    bound: null,
    of: null,
    label: null,
    at: null,
    stated: { state: null, value: null, evidence: null },
    place: { file: "c.yaml", line: 1, column: 1, path: "" },
    remarks: [],
    ...more,
  });
  const accuracy = measures.find(({ id }) => id === "accuracy") ?? null;
  const least = (value: number) => ({
    limits: [{ relation: "at-least" as const, value }],
    text: `≥ ${value}`,
  });
  const table = responseTable(
    view,
    {
      title: "采购",
      notes: [],
      clauses: [
        clause("1", { mark: "★", measure: accuracy, bound: least(0.6) }),
        clause("2", { mark: "★", measure: accuracy, bound: least(0.9) }),
        clause("3", { mark: "▲", measure: accuracy, bound: least(0.75) }),
        clause("4", { measure: accuracy, bound: least(0.6), of: "没有的题集" }),
        clause("5", {
          measure: accuracy,
          bound: least(0.99),
          of: "成语",
          stated: { state: "met", value: null, evidence: null },
        }),
        clause("6", { stated: { state: "met", value: "备案号", evidence: "附件 7" } }),
      ],
    },
    null,
    { ...noEvidence, files: ["a.jsonl"] },
  );
  expect(table.rows.map(({ state }) => state)).toEqual([
    "met",
    "missed",
    "open",
    "untested",
    "missed",
    "met",
  ]);
  expect(table.rows[4]?.remarks.at(-1)?.zh).toBe("文件里写的是“满足”，以实测为准");
  expect(table.rows[4]?.n).toBe(195);
  expect(table.rows[5]).toMatchObject({ source: "user", remarks: [{ zh: "用户填写，未核实" }] });
  expect(table.rows[0]?.evidence).toEqual([{ file: "a.jsonl", view: "#/board" }]);
  expect(table.star_result).toBe("rejected");
  expect(table.counts.star).toEqual({ met: 1, missed: 1, open: 0, untested: 0, all: 2 });
});
