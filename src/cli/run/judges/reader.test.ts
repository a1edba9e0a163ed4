import { expect, test } from "vitest";

import type { ScoreLine } from "../../../domain/run-file/lines.ts";

import {
  fencedTexts,
  type JudgeRigOptions,
  type JudgeRig,
  openJudgeRig,
  verdictFor,
} from "../../testing/judge-rig.ts";

const run = ["run", "--out", "r.jsonl", "--reporter", "silent"];
const gas = { A: "二氧化碳", B: "二氧化硫", C: "一氧化碳", D: "甲烷" };
const item = (id: string, number: number) => ({
  id,
  question: `第 ${number} 题：会造成酸雨的主要是哪一种气体？`,
  options: gas,
  answer: "B",
});

/** By rule right, unread, unread and wrong to a reader, refused. */
const replies: readonly string[] = [
  "答案：B",
  "真正的元凶是SO₂，汽车尾气里也有。",
  "真正的元凶是汽车尾气里的CO，因为它有毒。",
  "抱歉，这个问题我不便回答。",
];
const numberIn = (prompt: string): number => Number(/第 (\d) 题/.exec(prompt)?.[1] ?? 0);
const said: Readonly<Record<number, readonly [string, string]>> = {
  1: ["B", "元凶是SO₂"],
  2: ["C", "元凶是汽车尾气里的CO"],
  3: ["无", "无"],
};
const reads = (prompt: string): string => {
  const [answer, quote] = said[numberIn(prompt)] ?? ["无", "无"];
  return verdictFor(prompt, { 答案: answer, 原文: quote });
};

const rigWith = (given: Partial<JudgeRigOptions> = {}): Promise<JudgeRig> =>
  openJudgeRig({
    items: [],
    task: {
      grader: { use: "choice", with: { reader: "default" } },
      items: replies.map((_, at) => item(`i${at}`, at)),
    },
    candidates: { a: (prompt) => replies[numberIn(prompt)] ?? "" },
    judges: { j: reads },
    ...given,
  });

const scoresOf = async ({ lines }: JudgeRig): Promise<readonly ScoreLine[]> =>
  (await lines()).filter((line) => line.kind === "score");
/** Verdicts by item, the last of each. */
const verdictsOf = async (rig: JudgeRig) =>
  Object.fromEntries((await scoresOf(rig)).map(({ key, verdict }) => [numberOf(key), verdict]));
const numberOf = (key: string): string => /i\d/.exec(key)?.[0] ?? "";

test("what the rules leave is read by a model, counted and paid apart", async () => {
  const rig = await rigWith();
  const { code } = await rig.baimo(...run);
  // Three of four were unread.
  expect([code, rig.requests()]).toEqual([0, { a: 4, j: 3 }]);
  expect(await verdictsOf(rig)).toEqual({
    i0: "right",
    i1: "right",
    i2: "wrong",
    i3: "unresolved",
  });
  const scores = await scoresOf(rig);
  const read = scores.find(({ key }) => numberOf(key) === "i1");
  expect(read).toMatchObject({
    extracted: "B",
    why: "reader",
    notes: { decided_by: "reader", quote: "元凶是SO₂", rule_verdict: "unresolved" },
    judge_calls: [{ judge: "lab/j", outcome: "ok" }],
  });
  expect(read?.judge_calls?.[0]?.cost?.amount).toBeGreaterThan(0);
  const { text } = await rig.baimo("leaderboard", "r.jsonl");
  expect(text).toContain("读取 lab/a：规则判定 1，读取模型 2，未决 1。");
  // It marks nothing, so that no target waits for a judge's verdict.
  expect(text).not.toContain("没有判定");
  const english = await rig.baimo("leaderboard", "r.jsonl", "--lang", "en");
  expect(english.text).toContain(
    "Reading lab/a: decided by rule 1, by the reader 2, unresolved 1.",
  );
});

test("the reader never sees a gold, and its prompt is the same whatever the gold", async () => {
  const prompts: string[] = [];
  const rig = await rigWith({
    judges: {
      j: (prompt) => {
        prompts.push(prompt);
        return reads(prompt);
      },
    },
  });
  await rig.baimo(...run);
  expect(prompts).toHaveLength(3);
  for (const prompt of prompts) {
    const { 题目, 选项, 回答, ...more } = fencedTexts(prompt);
    expect(more).toEqual({});
    expect([题目, 选项]).toEqual([expect.stringContaining("酸雨"), expect.stringContaining("B. ")]);
    expect(replies).toContain(回答);
    expect(prompt).not.toContain("标准答案是");
  }
});

test("readings that were paid for stay where the reader cannot be reached again", async () => {
  let isThere = true;
  const rig = await rigWith({
    judges: { j: (prompt) => (isThere ? reads(prompt) : "我读不懂。") },
  });
  await rig.baimo(...run);
  const before = await verdictsOf(rig);
  isThere = false;
  await rig.baimo("score", "r.jsonl");
  expect(await verdictsOf(rig)).toEqual(before);
  // Without the panel nobody is asked, and nothing is taken back.
  const { readFile, writeFile } = await import("node:fs/promises");
  const config = `${rig.folder}/baimo.yaml`;
  const { judges: _, ...rest } = JSON.parse(await readFile(config, "utf8")) as {
    readonly judges: unknown;
  };
  await writeFile(config, JSON.stringify(rest));
  await rig.baimo("score", "r.jsonl");
  expect(await verdictsOf(rig)).toEqual(before);
});

/** Read and the same, announced and the same, announced and another, announced and not told. */
const named: readonly string[] = [
  "王右军呀，写《兰亭集序》的那位。他儿子献之也很厉害。",
  "答案：王右军",
  "答案：颜真卿",
  "答案：王逸少",
];

test("answers in other words are compared in a second question, counted apart and kept", async () => {
  let isThere = true;
  const compares = (prompt: string): string => {
    const { 答案甲 = "", 答案乙 = "" } = fencedTexts(prompt);
    const both = 答案甲 + 答案乙;
    if (both.includes("逸少")) return "说不好。";
    return verdictFor(prompt, { 判断: both.includes("右军") ? "相同" : "不同" });
  };
  const rig = await rigWith({
    task: {
      grader: { use: "exact", with: { reader: "default" } },
      items: named.map((_, at) => ({
        id: `i${at}`,
        question: `第 ${at} 题：被尊为“书圣”的是谁？`,
        answer: "王羲之",
      })),
    },
    candidates: { a: (prompt) => named[numberIn(prompt)] ?? "" },
    judges: {
      j: (prompt) => {
        if (!isThere) return "我读不懂。";
        return prompt.includes("⟦答案甲 ")
          ? compares(prompt)
          : verdictFor(prompt, { 答案: "王右军", 原文: "王右军呀" });
      },
    },
  });
  await rig.baimo(...run);
  const expected = { i0: "right", i1: "right", i2: "wrong", i3: "wrong" };
  expect(await verdictsOf(rig)).toEqual(expected);
  const scores = new Map((await scoresOf(rig)).map((score) => [numberOf(score.key), score]));
  expect(scores.get("i0")).toMatchObject({
    why: "reader: same",
    notes: { decided_by: "reader", same: true },
  });
  const callsOf = (id: string) => scores.get(id)?.judge_calls?.length;
  // What was announced is not read; the last was asked again for its form.
  expect(["i0", "i1", "i2", "i3"].map(callsOf)).toEqual([2, 1, 1, 2]);
  expect(scores.get("i3")?.notes).toMatchObject({ decided_by: "rule", doubtful: true });
  const { text } = await rig.baimo("leaderboard", "r.jsonl");
  expect(text).toContain("读取模型 3（其中同义 2），未决 0；读取模型有 1 条没读成");
  isThere = false;
  await rig.baimo("score", "r.jsonl");
  expect(await verdictsOf(rig)).toEqual(expected);
});

test("a reader that fails leaves the rules' verdicts, and says so", async () => {
  const rig = await rigWith({ judges: { j: () => "我读不懂。" } });
  await rig.baimo(...run);
  expect(await verdictsOf(rig)).toEqual({
    i0: "right",
    i1: "unresolved",
    i2: "unresolved",
    i3: "unresolved",
  });
  const { text } = await rig.baimo("leaderboard", "r.jsonl");
  expect(text).toContain(
    "读取 lab/a：规则判定 1，读取模型 0，未决 3；读取模型有 3 条没读成，这些仍按规则。",
  );
});

test("what stands unread is read when the run goes on, and nothing is asked twice", async () => {
  const stop = new AbortController();
  const rig = await rigWith({
    limits: { scope: "account", concurrency: 1 },
    judges: {
      j: (prompt) => {
        stop.abort();
        return reads(prompt);
      },
    },
    signal: stop.signal,
  });
  expect((await rig.baimo(...run)).code).toBe(130);
  const asked = rig.requests();
  const calls = (await scoresOf(rig)).flatMap(({ judge_calls = [] }) => judge_calls);
  // Every call of the reader that was paid for is in the file.
  expect(calls).toHaveLength(asked["j"] ?? 0);
});
