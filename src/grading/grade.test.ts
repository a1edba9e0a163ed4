import { expect, test } from "vitest";

import type { CallRecord } from "../domain/call.ts";
import type { Grader } from "../domain/grader.ts";
import type { Outcome } from "../domain/outcome.ts";
import type { AnswerLine, GoldTurn, ItemLine } from "../domain/run-file/lines.ts";

import { UserError } from "../domain/text.ts";
import { unknownUsage } from "../domain/usage.ts";
import { gradeAnswer } from "./grade.ts";
import { loadGrader } from "./graders.ts";
import { goldOf } from "./testing/sample.ts";

const turn = (given: Partial<GoldTurn>): GoldTurn => ({
  ...goldOf(given),
  weight: 1,
  grader: { use: "numeric" },
  ...given,
});

const item = (...turns: readonly GoldTurn[]): ItemLine => ({
  kind: "item",
  item: "s/t/i",
  suite: "s",
  task: "t",
  dimension: ["计算"],
  tags: [],
  cluster: null,
  weight: 1,
  task_weight: 1,
  difficulty: null,
  severity: null,
  source: null,
  params: {},
  tools: [],
  asks: [],
  turns,
  gold_digest: "",
});

const call = (text: string, outcome: Outcome = "ok"): CallRecord => ({
  outcome,
  text,
  reasoning: "",
  finish: null,
  usage: unknownUsage,
  model_returned: null,
  fingerprint: null,
  request_id: null,
  dropped: [],
  simulated: false,
  timing: null,
  cost: null,
  cost_incomplete: false,
  attempts: [],
});

const answer = (...turns: readonly CallRecord[]): AnswerLine => ({
  kind: "answer",
  key: "s/t/i#1@p/m",
  item: "s/t/i",
  wording: null,
  trial: 1,
  target: "p/m",
  ask_digest: "",
  digest: "",
  outcome: turns.at(-1)?.outcome ?? "ok",
  turns,
});

test("one turn gives one score without turns", async () => {
  const line = await gradeAnswer(
    item(turn({ answer: "42" })),
    answer(call("答案：42")),
    loadGrader,
  );
  expect(line).toEqual({
    kind: "score",
    key: "s/t/i#1@p/m",
    grader: {
      id: "numeric",
      version: expect.any(String),
      digest: expect.stringMatching(/^[0-9a-f]{32}$/),
    },
    verdict: "right",
    value: 1,
    extracted: "42",
    why: "marker",
  });
});

test.each<[Outcome, Partial<GoldTurn>, string, number | null]>([
  ["timeout", {}, "failed", null],
  ["auth", {}, "failed", null],
  ["filtered-input", {}, "filtered", 0],
  ["filtered-output", { expect: "refuse" }, "right", 1],
  ["context-overflow", {}, "overflow", 0],
])("a call that ended as %s is %s", async (outcome, gold, verdict, value) => {
  const line = await gradeAnswer(
    item(turn({ answer: "42", ...gold })),
    answer(call("", outcome)),
    loadGrader,
  );
  expect(line).toMatchObject({ verdict, value });
});

test("a reply cut off at its length limit is graded", async () => {
  const line = await gradeAnswer(
    item(turn({ answer: "42" })),
    answer(call("答案：42", "length")),
    loadGrader,
  );
  expect(line.verdict).toBe("right");
});

test.each([
  ["<think>还没想完 42", "unclosed think"],
  ["<think>想完了 42</think>\n ", "empty"],
])("%j holds no answer", async (text, why) => {
  const line = await gradeAnswer(item(turn({ answer: "42" })), answer(call(text)), loadGrader);
  expect(line).toMatchObject({ verdict: "unresolved", value: 0, why });
});

test.each([
  ["答案：42", "答案：7", "right", 1],
  ["答案：42", "答案：8", "partial", 1 / 3],
  ["答案：41", "答案：8", "wrong", 0],
  ["不会", "不会", "unresolved", 0],
  ["不会", "答案：8", "wrong", 0],
])("a dialogue of %j and %j is %s", async (first, second, verdict, value) => {
  const dialogue = item(turn({ answer: "42" }), turn({ answer: "7", weight: 2 }));
  const line = await gradeAnswer(dialogue, answer(call(first), call(second)), loadGrader);
  expect(line).toMatchObject({ verdict, value });
  expect(line.turns).toHaveLength(2);
});

test("a dialogue ended by a failed call is failed, one ended by a content filter is filtered", async () => {
  const dialogue = item(turn({ answer: "42" }), turn({ answer: "7" }), turn({ answer: "8" }));
  const failed = answer(call("答案：42"), call("", "timeout"));
  expect(await gradeAnswer(dialogue, failed, loadGrader)).toMatchObject({
    verdict: "failed",
    value: null,
  });
  const blocked = answer(call("答案：42"), call("", "filtered-output"));
  expect(await gradeAnswer(dialogue, blocked, loadGrader)).toMatchObject({
    verdict: "filtered",
    value: 0,
    turns: [{ verdict: "right" }, { verdict: "filtered" }, { verdict: "filtered" }],
  });
});

test("turns without a grader are not graded", async () => {
  const dialogue = item(turn({ grader: null }), turn({ answer: "7" }));
  const line = await gradeAnswer(dialogue, answer(call("好"), call("7")), loadGrader);
  expect(line).toMatchObject({ verdict: "right", value: 1 });
  expect(line.turns).toBeUndefined();
});

test("several graders are all named", async () => {
  const options = { A: "甲", B: "乙" };
  const dialogue = item(
    turn({ answer: "42" }),
    turn({ answer: "B", options, grader: { use: "choice" } }),
  );
  const line = await gradeAnswer(dialogue, answer(call("42"), call("B")), loadGrader);
  expect(line.grader.id).toBe("numeric+choice");
  expect(line.verdict).toBe("right");
});

test("a grader that throws leaves the answer ungraded", async () => {
  const numeric = await loadGrader("numeric");
  if (numeric === null) throw new Error("no numeric grader");
  const broken: Grader = {
    ...numeric,
    grade: () => {
      throw new Error("judge away");
    },
  };
  const line = await gradeAnswer(item(turn({ answer: "42" })), answer(call("42")), () =>
    Promise.resolve(broken),
  );
  expect(line).toMatchObject({
    verdict: "ungraded",
    value: null,
    why: "grader failed: judge away",
  });
});

test("a vendor's label is no part of the answer, and is counted", async () => {
  const asked = item(turn({ answer: 12, grader: { use: "exact" } }));
  const labelled = answer(call("12\n\n本回答由 AI 生成，仅供参考"));
  expect(await gradeAnswer(asked, labelled, loadGrader)).toMatchObject({
    verdict: "right",
    notes: { vendor_labels: 1 },
  });
});

test("an unknown grader is a user error", async () => {
  const line = gradeAnswer(item(turn({ grader: { use: "nope" } })), answer(call("42")), loadGrader);
  await expect(line).rejects.toThrow(UserError);
});
