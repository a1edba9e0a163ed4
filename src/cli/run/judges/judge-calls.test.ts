import { expect, test } from "vitest";

import type { JudgeCall } from "../../../domain/judging.ts";

import { type JudgeRigOptions, openJudgeRig, verdictFor } from "../../testing/judge-rig.ts";

async function judged(options: JudgeRigOptions) {
  const rig = await openJudgeRig(options);
  const { code } = await rig.baimo("run", "--out", "r.jsonl", "--reporter", "silent");
  const scores = (await rig.lines()).filter((line) => line.kind === "score");
  const calls = scores.flatMap(({ judge_calls = [] }): readonly JudgeCall[] => judge_calls);
  return { code, scores, calls, requests: rig.requests() };
}

const story = (index: number): string =>
  `第 ${index} 段：${"雪落在巷子里，灯一盏一盏亮起来。".repeat(12)}`;

// The share in docs/graders/judge.md; the vendor caches blocks of 64 tokens.
test("most of what a judge reads comes from the vendor's cache", async () => {
  const { calls } = await judged({
    items: Array.from({ length: 30 }, (_, index) => `第 ${index} 题：写一段冬夜的巷子`),
    candidates: { a: (prompt) => story(Number(/\d+/.exec(prompt)?.[0] ?? 0)) },
    judges: { j: (prompt) => verdictFor(prompt, { 切题: 4, 准确: 4, 充分: 4, 表达: 4 }) },
  });
  const sum = (of: (call: JudgeCall) => number | null): number =>
    calls.reduce((total, call) => total + (of(call) ?? 0), 0);
  const share = sum(({ usage }) => usage.cached_input) / sum(({ usage }) => usage.input);
  expect(calls).toHaveLength(30);
  expect(share).toBeGreaterThan(0.55);
});

const filled = (prompt: string): string => {
  const code = /"编号": "([0-9a-f]{10})"/.exec(prompt)?.[1] ?? "";
  return JSON.stringify({ 编号: code, 理由: "写到了", 切题: 4 });
};
const one = { items: ["写一句话", "再写一句话"], with: { criteria: ["切题"] } };
const candidates = { a: () => "雪落无声" };

test.each(["json_schema", "json_object", "tool"])(
  "a judge whose vendor has %s hands in one JSON object",
  async (structured) => {
    const { scores, requests } = await judged({
      ...one,
      candidates,
      judges: { j: filled },
      request: { structured },
    });
    expect(scores.map(({ value }) => value)).toEqual([0.8, 0.8]);
    expect(scores[0]?.ballots?.[0]?.reason).toBe("写到了");
    expect(requests["j"]).toBe(2);
  },
);

test("a vendor that refuses the schema is asked without it, and no more with it", async () => {
  const { scores, calls } = await judged({
    ...one,
    candidates,
    judges: { j: filled },
    request: { structured: "json_schema" },
    limits: { scope: "model", concurrency: 1 },
    script: {
      schema: "faults/1",
      rules: [
        {
          model: "j",
          requests: { from: 1, to: 1 },
          do: { fault: "status", status: 400, message: "response_format is not supported" },
        },
      ],
    },
  });
  expect(scores.map(({ value }) => value)).toEqual([0.8, 0.8]);
  expect(calls.filter(({ outcome }) => outcome === "bad-request")).toHaveLength(1);
  expect(calls.filter(({ outcome }) => outcome === "ok")).toHaveLength(2);
});
