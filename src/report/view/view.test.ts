import { describe, expect, test } from "vitest";

import type { RunEvent } from "../../domain/run-file/event.ts";

import { leaderboardOf } from "../leaderboard/leaderboard.ts";
import { summaryOf } from "../score/summary.ts";
import { buildTree } from "../score/tree.ts";
import { answerLine, endLine, itemLine, runLine, scoreLine, timingOf } from "../testing/lines.ts";
import { createView, step } from "./view.ts";

const target = "qwen/qwen-plus";
const item = "s/idiom/i1";

function viewOf(...events: readonly RunEvent[]) {
  const view = createView();
  for (const event of events) step(view, event);
  return view;
}

function summarise(...events: readonly RunEvent[]) {
  const view = viewOf(runLine([target]), itemLine(item), ...events);
  const found = view.byRef.get(target);
  if (found === undefined) throw new Error("no target");
  return summaryOf(view, found, { root: buildTree(view, null) });
}

describe("of a key, the last answer and the last score count, and a review over both", () => {
  const right = scoreLine({ item, target }, "right");
  const wrong = scoreLine({ item, target }, "wrong");
  const review: RunEvent = {
    kind: "review",
    key: right.key,
    who: "me",
    when: "2026-11-21T21:00:00.000Z",
    verdict: "right",
    value: 1,
    reason: "also right",
  };
  const answer = answerLine({ item, target });
  const failed = answerLine({ item, target, outcome: "server" });
  test.each([
    ["the score", [answer, wrong], 0],
    ["the last score", [answer, wrong, right], 1],
    ["a later answer without a score", [answer, right, answer], null],
    ["a failure after a score", [answer, right, failed], null],
    ["an answer after a failure", [failed, answer, right], 1],
    ["a review", [answer, review], 1],
    ["a review before a score", [answer, review, wrong], 1],
    ["a review before another answer", [answer, review, answer, wrong], 1],
  ])("%s", (_, events, value) => {
    const summary = summarise(...events);
    expect(summary.score.value).toBe(value);
    expect(summary.answers).toBe(1);
    expect(summary.counted).toBe(value === null ? 0 : 1);
  });

  test("live totals follow the same rules", () => {
    const view = viewOf(runLine([target]), itemLine(item), answer, right, failed, answer, wrong);
    const { totals } = view.targets[0] ?? {};
    expect(totals).toMatchObject({ answers: 1, counted: 1, value: 0 });
    expect(totals?.verdicts.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(totals?.firstToken.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(totals?.cost.CNY).toBeCloseTo(0.001, 12);
    expect(totals?.replacedCost.CNY).toBeCloseTo(0.001, 12);
  });
});

describe("what a call decides alone", () => {
  test.each([
    ["filtered-input", { value: 0, verdict: "filtered" }],
    ["filtered-output", { value: 0, verdict: "filtered" }],
    ["context-overflow", { value: 0, verdict: "overflow" }],
    ["server", { value: null, verdict: "failed" }],
    ["timeout", { value: null, verdict: "failed" }],
  ] as const)("%s", (outcome, expected) => {
    const summary = summarise(answerLine({ item, target, outcome }));
    expect(summary.score.value).toBe(expected.value);
    expect(summary.verdicts[expected.verdict]).toBe(1);
  });

  test("a block is right where a refusal is expected", () => {
    const view = viewOf(
      runLine([target]),
      itemLine(item, { turns: [{ expect: "refuse" }] }),
      answerLine({ item, target, outcome: "filtered-input" }),
    );
    expect(view.targets[0]?.totals).toMatchObject({ counted: 1, value: 1 });
  });
});

describe("what the columns hold", () => {
  test("times of the successful attempt alone; a timeout ranks above all", () => {
    const items = ["s/a/1", "s/a/2", "s/a/3"];
    const view = viewOf(
      runLine([target]),
      ...items.map((each) => itemLine(each)),
      answerLine({ item: "s/a/1", target, first_token_ms: 100 }),
      answerLine({ item: "s/a/2", target, outcome: "timeout" }),
      answerLine({ item: "s/a/3", target, outcome: "server" }),
    );
    const summary = leaderboardOf(view).entries[0]?.summary;
    expect(summary?.first_token_ms).toMatchObject({
      n: 2,
      p50: { value: Number.POSITIVE_INFINITY },
      p99: null,
    });
  });

  test("speed leaves the first delivery out, and is null where nothing was streamed", () => {
    const text = "一二三四五六七八九十".repeat(10);
    const stream = timingOf(100, 1_101, { first_chars: 20, chunks: 9 });
    const pseudo = timingOf(1_000, 1_101, { first_chars: 95, chunks: 9, last_token_ms: 1_100 });
    const speed = (timing: typeof stream) =>
      summarise(answerLine({ item, target, text, call: { timing } })).speed?.p50.value ?? null;
    expect(speed(stream)).toBeCloseTo(80, 5);
    expect(speed(pseudo)).toBeNull();
    expect(speed({ ...stream, chunks: 3 })).toBeNull();
  });

  test("an unknown price leaves the cost unknown, a free one does not", () => {
    expect(summarise(answerLine({ item, target, cost: null })).cost).toBeNull();
    const free = answerLine({ item, target, cost: { amount: 0, currency: "CNY" } });
    expect(summarise(free).cost).toEqual([{ amount: 0, currency: "CNY" }]);
  });

  test("a failed call costs nothing unless it had streamed", () => {
    const failed = answerLine({
      item,
      target,
      outcome: "network",
      call: { cost_incomplete: true },
    });
    expect(summarise(failed)).toMatchObject({ cost: [], cost_incomplete: true });
  });

  test("nobody was asked: no cost, no times", () => {
    const baseline = answerLine({ item, target, cost: null, call: { timing: null } });
    expect(summarise(baseline)).toMatchObject({ cost: [], first_token_ms: null, first_ok: null });
  });

  test("two turns: two calls, tokens and cost added, unknown if one is unknown", () => {
    const one = answerLine({ item, target });
    const [turn] = one.turns;
    if (turn === undefined) throw new Error("no turn");
    const both = {
      ...one,
      turns: [turn, { ...turn, attempts: [...turn.attempts, ...turn.attempts] }],
    };
    expect(summarise(both)).toMatchObject({
      tokens: { input: 192, output: 40, reasoning: null },
      first_ok: { share: 0.5, calls: 2 },
      cost: [{ amount: 0.002, currency: "CNY" }],
    });
  });
});

test("live events count what is in flight, and failures are kept", () => {
  const answer = answerLine({
    item,
    target,
    outcome: "quota",
    attempts: [
      {
        outcome: "quota",
        status: 429,
        code: "insufficient_quota",
        message: "no money",
        wait_ms: null,
        timing: null,
        streamed: false,
      },
    ],
  });
  const view = viewOf(runLine([target]), { kind: "asking", key: answer.key, target });
  expect(view.targets[0]?.inFlight).toBe(1);
  step(view, answer);
  expect(view.targets[0]?.inFlight).toBe(0);
  expect(view.failures).toEqual([
    { key: answer.key, target, outcome: "quota", code: "insufficient_quota", message: "no money" },
  ]);
});

test("a resumed run has not ended until it ends again", () => {
  const { tool, settings } = runLine([]);
  const view = viewOf(runLine([target]), endLine({ status: "interrupted" }));
  expect(view.end?.status).toBe("interrupted");
  step(view, { kind: "resume", when: "2026-11-21T22:00:00.000Z", tool, settings });
  expect(view.end).toBeNull();
  step(view, endLine());
  expect(view.ends.map((end) => end?.status)).toEqual(["complete"]);
});

test("names of models are counted by answer, and those of replaced answers are forgotten", () => {
  const answer = (index: number, ...names: readonly (string | null)[]) => {
    const line = answerLine({ item: `s/a/${index}`, target });
    const turns = names.flatMap((model_returned) =>
      line.turns.map((turn) => Object.assign({}, turn, { model_returned })),
    );
    return { ...line, turns };
  };
  const view = viewOf(runLine([target]), answer(1, "a", "a"), answer(2, "a", "b"), answer(3, null));
  const models = view.targets[0]?.models;
  expect([...(models ?? [])]).toEqual([
    ["a", 2],
    ["b", 1],
  ]);
  step(view, answer(2, "c"));
  step(view, answer(1, "a"));
  expect(Object.fromEntries(models ?? [])).toEqual({ a: 1, c: 1 });
});
