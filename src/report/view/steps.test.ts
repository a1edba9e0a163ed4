import { expect, test } from "vitest";

import type { CallRecord } from "../../domain/call.ts";
import type { AnswerLine, RunFileLine, StepLine } from "../../domain/run-file/lines.ts";

import { answerLine, runLine } from "../testing/lines.ts";
import { createView, step } from "./view.ts";

const target = "a/a";

/** A call that cost so many thousandths of a yuan. */
function call(cost: number, outcome: "ok" | "server" = "ok"): CallRecord {
  const [made] = answerLine({ item: "s/t/1", target, outcome }).turns;
  if (made === undefined) throw new Error("an answer without a call");
  return { ...made, cost: { amount: cost / 1_000, currency: "CNY" } };
}

const stepOf = (item: string, at: number, cost: number): StepLine => {
  const { key, digest } = answerLine({ item, target });
  return { kind: "step", key, item, target, digest, step: at, call: call(cost) };
};

const answer = (
  item: string,
  costs: readonly number[],
  outcome: "ok" | "server" = "ok",
): AnswerLine => ({
  ...answerLine({ item, target, outcome }),
  turns: costs.map((cost, at) => call(cost, at === costs.length - 1 ? outcome : "ok")),
});

/** What answers hold, and what was paid beside them, in thousandths of a yuan. */
function paidIn(...lines: readonly RunFileLine[]) {
  const view = createView();
  for (const line of [runLine([target]), ...lines]) step(view, line);
  const { cost, replacedCost } = view.targets[0]?.totals ?? {};
  const whole = (amount = 0): number => Math.round(amount * 1e6) / 1e3;
  return { answers: whole(cost?.CNY), beside: whole(replacedCost?.CNY), exact: replacedCost?.CNY };
}

const [a, b] = ["s/t/1", "s/t/2"];

test("a conversation that was cut off has been paid for", () => {
  const lines = [stepOf(a, 1, 2), stepOf(b, 1, 1), stepOf(a, 2, 3)];
  expect(paidIn(...lines)).toMatchObject({ answers: 0, beside: 6 });
  expect(paidIn(...lines, answer(a, [2, 3, 4]))).toMatchObject({ answers: 9, beside: 1 });
  const done = paidIn(...lines, answer(a, [2, 3, 4]), answer(b, [1, 7]));
  expect(done).toEqual({ answers: 17, beside: 0, exact: 0 });
});

test("steps that a failed conversation and the one that goes on from it share are counted once", () => {
  const failed = [stepOf(a, 1, 2), stepOf(a, 2, 3), answer(a, [2, 3, 5], "server")];
  expect(paidIn(...failed)).toMatchObject({ answers: 10, beside: 0 });
  const again = [...failed, stepOf(a, 3, 4), answer(a, [2, 3, 4, 6])];
  expect(paidIn(...again)).toMatchObject({ answers: 15, beside: 5 });
});

test("a conversation that began anew has been paid for twice", () => {
  const lines = [stepOf(a, 1, 2), stepOf(a, 2, 3), stepOf(a, 1, 2), answer(a, [2, 8])];
  expect(paidIn(...lines)).toMatchObject({ answers: 10, beside: 5 });
});
