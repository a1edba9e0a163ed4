import { describe, expect, test } from "vitest";

import type { AnswerLine, ScoreLine } from "../../../domain/run-file/lines.ts";

import { fencedTexts, type JudgeRig, openJudgeRig, verdictFor } from "../../testing/judge-rig.ts";

const run = ["run", "--out", "r.jsonl", "--reporter", "silent"];
const scoresOf = async ({ lines }: JudgeRig): Promise<readonly ScoreLine[]> =>
  (await lines()).filter((line) => line.kind === "score");
const answersOf = async ({ lines }: JudgeRig): Promise<readonly AnswerLine[]> =>
  (await lines()).filter((line) => line.kind === "answer");

const questions = (n: number): readonly string[] =>
  Array.from({ length: n }, (_, index) => `第 ${index} 题：写一句话`);
const marks = { criteria: ["切题"] };
const fair = (prompt: string): string => verdictFor(prompt, { 切题: 4 });

describe("a run with a judge", () => {
  test("grades every answer, and meters the judge apart", async () => {
    const own = await openJudgeRig({
      items: questions(6),
      with: marks,
      candidates: { a: () => "一句话" },
      judges: { j: fair },
    });
    const { code, text } = await own.baimo(...run);
    expect([code, own.requests()]).toEqual([0, { a: 6, j: 6 }]);
    const scores = await scoresOf(own);
    expect(scores.map(({ value }) => value)).toEqual(Array(6).fill(0.8));
    const [call] = scores[0]?.judge_calls ?? [];
    expect(call).toMatchObject({
      judge: "lab/j",
      outcome: "ok",
      simulated: true,
      params: { temperature: 0, seed: 7 },
    });
    expect(call?.prompt_digest).toMatch(/^[0-9a-f]{32}$/);
    expect(call?.cost?.amount).toBeGreaterThan(0);
    expect(text).toContain("裁判费用另计");
  });

  test("one account with one slot for judge and candidate does not deadlock", async () => {
    const own = await openJudgeRig({
      items: questions(8),
      with: marks,
      candidates: { a: () => "一句话" },
      judges: { j: fair },
      limits: { scope: "account", concurrency: 1 },
    });
    expect((await own.baimo(...run)).code).toBe(0);
    const scores = await scoresOf(own);
    expect(scores.map(({ verdict }) => verdict)).toEqual(Array(8).fill("partial"));
    const calls = scores.flatMap(({ judge_calls = [] }) => judge_calls);
    expect(Math.max(...calls.map(({ timing }) => timing?.in_flight ?? 9))).toBe(1);
  });

  test("the judge goes before fresh questions in the lane that they share", async () => {
    const own = await openJudgeRig({
      items: questions(12),
      with: marks,
      candidates: { a: () => "一句话" },
      judges: { j: fair },
      limits: { scope: "account", concurrency: 1 },
    });
    await own.baimo(...run);
    const kinds = (await own.lines())
      .map(({ kind }) => kind)
      .filter((kind) => kind === "answer" || kind === "score");
    // With one slot an answer is judged before the next but one is asked.
    for (let at = 0; at < kinds.length; at += 1) {
      const seen = kinds.slice(0, at + 1);
      const ahead =
        seen.filter((kind) => kind === "answer").length -
        seen.filter((kind) => kind === "score").length;
      expect(ahead).toBeLessThanOrEqual(3);
    }
  });
});

describe("a judge that fails half of the time", () => {
  test("by garbage: ungraded is counted and leaves the denominator", async () => {
    const own = await openJudgeRig({
      items: questions(40),
      with: marks,
      candidates: { a: () => "一句话" },
      judges: { j: (prompt) => (/第 \d*[02468] 题/.test(prompt) ? "我拿不准" : fair(prompt)) },
    });
    const { code, text } = await own.baimo(...run);
    expect(code).toBe(0);
    const scores = await scoresOf(own);
    const ungraded = scores.filter(({ verdict }) => verdict === "ungraded");
    expect([scores.length, ungraded.length]).toEqual([40, 20]);
    expect(
      ungraded.every(({ value, judge_calls }) => value === null && judge_calls?.length === 2),
    ).toBe(true);
    const board = JSON.parse(
      (await own.baimo("leaderboard", "r.jsonl", "--format", "json")).text,
    ) as {
      targets: {
        counted: number;
        verdicts: Record<string, number>;
        score: { value: number; n: number };
      }[];
    };
    expect(board.targets[0]).toMatchObject({
      counted: 20,
      verdicts: { ungraded: 20, partial: 20 },
      score: { value: 0.8, n: 20 },
    });
    expect(text).not.toContain("NaN");
  });

  test("by errors: it is asked again, nothing hangs or starves", async () => {
    const own = await openJudgeRig({
      items: questions(30),
      with: marks,
      candidates: { a: () => "一句话" },
      judges: { j: fair },
      limits: { scope: "account", concurrency: 2 },
      run: { attempts: 2 },
      script: {
        schema: "faults/1",
        rules: [
          { model: "j", share: 0.5, do: { fault: "status", status: 400, message: "bad luck" } },
        ],
      },
    });
    expect((await own.baimo(...run)).code).toBe(0);
    expect(await answersOf(own)).toHaveLength(30);
    const scores = await scoresOf(own);
    expect(scores).toHaveLength(30);
    const ungraded = scores.filter(({ verdict }) => verdict === "ungraded").length;
    expect(ungraded).toBeGreaterThan(5);
    expect(ungraded).toBeLessThan(25);
    const bad = scores.find(({ verdict }) => verdict === "ungraded");
    expect(bad?.why).toContain("bad-request");
  });
});

describe("pairs", () => {
  const pair = { mode: "pair", baseline: { target: "lab/base" } };

  test("against another target of the run, whoever is quicker", async () => {
    const own = await openJudgeRig({
      items: questions(10),
      with: pair,
      candidates: { a: () => "好的回答", base: () => "差的回答" },
      judges: {
        j: (prompt) => {
          const { 甲的回答: first = "" } = fencedTexts(prompt);
          return verdictFor(prompt, { 胜者: first === "好的回答" ? "甲" : "乙" });
        },
      },
    });
    expect((await own.baimo(...run)).code).toBe(0);
    const scores = await scoresOf(own);
    const of = (target: string) => scores.filter(({ key }) => key.endsWith(`@lab/${target}`));
    expect(of("a").map(({ value }) => value)).toEqual(Array(10).fill(1));
    expect(of("base").map(({ value, judge_calls }) => [value, judge_calls])).toEqual(
      Array.from({ length: 10 }, () => [0.5, undefined]),
    );
    expect(own.requests()).toMatchObject({ j: 20 });
  });

  test("against a file, which the digest covers", async () => {
    const own = await openJudgeRig({
      items: questions(3),
      with: { mode: "pair", baseline: { file: "base.jsonl" } },
      candidates: { a: () => "回答" },
      judges: { j: (prompt) => verdictFor(prompt, { 胜者: "平" }) },
    });
    const { writeFile } = await import("node:fs/promises");
    const rows = [0, 1].map((index) =>
      JSON.stringify({ item: `open/write/i${index}`, text: "旧的回答" }),
    );
    await writeFile(`${own.folder}/base.jsonl`, rows.join("\n"));
    await own.baimo(...run);
    const scores = await scoresOf(own);
    expect(scores.map(({ verdict }) => verdict).toSorted()).toEqual([
      "partial",
      "partial",
      "ungraded",
    ]);
    expect(scores.find(({ verdict }) => verdict === "ungraded")?.why).toBe(
      "the baseline has no answer",
    );
    const before = scores[0]?.grader.digest;
    await writeFile(
      `${own.folder}/base.jsonl`,
      `${rows.join("\n")}\n${JSON.stringify({ item: "open/write/i2", text: "新" })}\n`,
    );
    expect((await own.baimo("score", "r.jsonl")).text).toContain("1 条的判定有变化");
    expect((await scoresOf(own)).at(-1)?.grader.digest).not.toBe(before);
  });
});

describe("refusals before anybody is asked", () => {
  const base = {
    items: questions(2),
    with: marks,
    candidates: { a: () => "一句话" },
    judges: { j: fair },
  };

  test("a judge of the candidate's family", async () => {
    const own = await openJudgeRig({ ...base, panel: ["lab/a"] });
    const { code, text } = await own.baimo(...run);
    expect([code, own.requests()]).toEqual([2, {}]);
    expect(text).toContain("同系");
    const allowed = { use: ["lab/a"], same_family: "allow" };
    await own.close();
    const lax = await openJudgeRig({
      ...base,
      candidates: { a: (prompt) => (prompt.includes("判定") ? fair(prompt) : "诗") },
      panel: allowed,
    });
    expect((await lax.baimo(...run)).code).toBe(0);
    expect((await scoresOf(lax)).map(({ value }) => value)).toEqual([0.8, 0.8]);
  });

  test("a cap on money with a judge of unknown price", async () => {
    const own = await openJudgeRig({ ...base, panel: ["lab/unknown"] });
    const { code, text } = await own.baimo(...run, "--max-cost", "1CNY");
    expect([code, own.requests()]).toEqual([2, {}]);
    expect(text).toContain("lab/unknown");
  });

  test("no judges in the config: one hint, and the answers stay ungraded", async () => {
    const own = await openJudgeRig({
      ...base,
      panel: undefined,
      with: { ...marks, judges: "strict" },
    });
    const { code, text } = await own.baimo(...run);
    expect(text.match(/judges: \{strict: \[服务商\/模型\]\}/g)).toHaveLength(1);
    expect((await scoresOf(own)).map(({ verdict, why }) => [verdict, why])).toEqual(
      Array.from({ length: 2 }, () => ["ungraded", "no judge configured"]),
    );
    expect(code).toBe(0);
    const unjudged =
      /未判，因为没有裁判：\S+ (?:\[模拟\] )?\d[^；]*次作答；在 baimo.yaml 写上 judges: 后用 baimo score 补评，不重问/;
    expect(text.replaceAll("\n", "")).toMatch(unjudged);
    const [, file = ""] = /运行文件 (\S+\.jsonl)/.exec(text) ?? [];
    const board = await own.baimo("leaderboard", file);
    expect(board.text.replaceAll("\n", "")).toMatch(unjudged);
  });
});

describe("money", () => {
  test("a dry run counts the judge's calls and money, and asks nobody", async () => {
    const own = await openJudgeRig({
      items: questions(5),
      with: { mode: "pair", baseline: { target: "lab/base" } },
      candidates: { a: () => "一", base: () => "二" },
      judges: { j: fair },
    });
    const { code, text } = await own.baimo("run", "--dry-run", "--trials", "2");
    expect([code, own.requests()]).toEqual([0, {}]);
    expect(text).toMatch(/裁判 lab\/j {2}调用 40 {2}最多 \d+\.\d\d CNY/);
  });

  test("judges count to the run's cap; what is left is graded when the run goes on", async () => {
    const long = "很长的理由。".repeat(200);
    const own = await openJudgeRig({
      items: questions(30),
      with: marks,
      candidates: { a: () => "一句话" },
      judges: { j: (prompt) => `${long}${fair(prompt)}` },
      limits: { scope: "account", concurrency: 1 },
    });
    const first = await own.baimo(...run, "--max-cost", "0.2CNY");
    expect(first.code).toBe(3);
    expect(first.text).toContain("预算");
    const part = await scoresOf(own);
    expect(part.length).toBeLessThan(30);
    const cost = (await scoresOf(own))
      .flatMap(({ judge_calls = [] }) => judge_calls)
      .reduce((sum, call) => sum + (call.cost?.amount ?? 0), 0);
    expect(cost).toBeLessThanOrEqual(0.2);
    const second = await own.baimo(
      "run",
      "--resume",
      "r.jsonl",
      "--reporter",
      "silent",
      "--max-cost",
      "9CNY",
    );
    expect(second.code).toBe(0);
    expect(new Set((await scoresOf(own)).map(({ key }) => key)).size).toBe(30);
  });
});

test("score grades an existing run with a judge", async () => {
  const own = await openJudgeRig({
    items: questions(5),
    with: { ...marks, judges: "later" },
    candidates: { a: () => "一句话" },
    judges: { j: fair },
  });
  await own.baimo(...run);
  const { code, text } = await own.baimo(
    "score",
    "r.jsonl",
    "--grader",
    "judge",
    "--with",
    JSON.stringify(marks),
  );
  expect([code, own.requests()["j"]]).toEqual([0, 5]);
  expect(text).toContain("5 条回答重新评分，5 条的判定有变化");
  expect((await scoresOf(own)).slice(-5).map(({ value }) => value)).toEqual(Array(5).fill(0.8));
});

describe("what does not come to an end", () => {
  test("an interrupt leaves answers without a score, and going on grades them", async () => {
    const stop = new AbortController();
    let judged = 0;
    const own = await openJudgeRig({
      items: questions(12),
      with: marks,
      candidates: { a: () => "一句话" },
      judges: {
        j: (prompt) => {
          judged += 1;
          if (judged === 3) stop.abort();
          return fair(prompt);
        },
      },
      limits: { scope: "account", concurrency: 1 },
      signal: stop.signal,
    });
    expect((await own.baimo(...run)).code).toBe(130);
    const answered = (await answersOf(own)).length;
    const scored = (await scoresOf(own)).filter(({ pending }) => pending === undefined);
    expect(scored.length).toBeLessThan(12);
    expect(scored.every(({ verdict }) => verdict === "partial")).toBe(true);
    expect((await own.lines()).at(-1)).toMatchObject({ kind: "end", status: "interrupted" });
    const again = await makeRest(own);
    expect(again.code).toBe(0);
    const last = new Map((await scoresOf(own)).map((line) => [line.key, line.value]));
    expect([answered <= 12, last.size, [...new Set(last.values())]]).toEqual([true, 12, [0.8]]);
  });

  test("a baseline that is stopped by its key: nobody waits for it for ever", async () => {
    const own = await openJudgeRig({
      items: questions(6),
      with: { mode: "pair", baseline: { target: "lab/base" } },
      candidates: { a: () => "一", base: () => "二" },
      judges: { j: (prompt) => verdictFor(prompt, { 胜者: "平" }) },
      script: {
        schema: "faults/1",
        rules: [{ model: "base", do: { fault: "status", status: 401 } }],
      },
    });
    const { code } = await own.baimo(...run);
    expect(code).toBe(3);
    const scores = await scoresOf(own);
    expect(
      scores.filter(({ key }) => key.endsWith("@lab/a") && key.includes("write")),
    ).not.toContainEqual(expect.objectContaining({ verdict: "wrong" }));
    expect(own.requests()["j"] ?? 0).toBe(0);
  });

  test("a judge with a wrong key is asked no further, and says so", async () => {
    const own = await openJudgeRig({
      items: questions(20),
      with: marks,
      candidates: { a: () => "一" },
      judges: { j: fair },
      limits: { scope: "model", concurrency: 1 },
      script: { schema: "faults/1", rules: [{ model: "j", do: { fault: "status", status: 401 } }] },
    });
    expect((await own.baimo(...run)).code).toBe(0);
    const scores = await scoresOf(own);
    expect(new Set(scores.map(({ verdict }) => verdict))).toEqual(new Set(["ungraded"]));
    expect(own.requests()["j"]).toBeLessThan(5);
    expect(scores.at(-1)?.why).toContain("auth");
  });
});

/** Goes on with the run of a rig whose own signal was used up. */
async function makeRest({ folder }: JudgeRig): Promise<{ readonly code: number }> {
  const never = new AbortController().signal;
  const { main } = await import("../../main.ts");
  const code = await main(["run", "--resume", "r.jsonl", "--reporter", "silent"], {
    cwd: folder,
    env: { LANG: "zh_CN.UTF-8" },
    print: () => undefined,
    warn: () => undefined,
    columns: 80,
    isTTY: false,
    startThread: null,
    now: () => new Date("2026-11-29T04:00:00Z"),
    finishing: (work) => work(),
    signal: never,
    stopping: never,
  });
  return { code };
}
