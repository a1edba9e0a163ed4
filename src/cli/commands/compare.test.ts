import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { beforeEach, describe, expect, test } from "vitest";

import type { RunFileLine } from "../../domain/run-file/lines.ts";
import type { Report } from "../../report/page/report.ts";

import { widthOf } from "../../report/render/width.ts";
import {
  answerLine,
  endLine,
  itemLine,
  runLine,
  scoreLine,
  type AnswerFacts,
  type ItemFacts,
} from "../../report/testing/lines.ts";
import { newFolder, runCommand, writeRun } from "../testing/command-context.ts";
import { command } from "./compare.ts";

type RunFacts = {
  readonly target?: string;
  /** 1 right, 0 wrong, x failed, by item. */
  readonly results: string;
  readonly answer?: Partial<AnswerFacts>;
  readonly item?: ItemFacts;
  readonly run?: Parameters<typeof runLine>[1];
};

function linesOf({
  target = "qwen/a",
  results,
  answer,
  item: facts,
  run,
}: RunFacts): readonly RunFileLine[] {
  const lines: RunFileLine[] = [runLine([target], run)];
  for (const [index, result] of results.split("").entries()) {
    const item = `s/t/${index}`;
    const failed = result === "x";
    lines.push(itemLine(item, facts));
    lines.push(answerLine({ item, target, outcome: failed ? "server" : "ok", ...answer }));
    if (!failed) lines.push(scoreLine({ item, target }, result === "1" ? "right" : "wrong"));
  }
  return [...lines, endLine()];
}

const mixed = "1101011101".repeat(10);
let folder = "";
beforeEach(() => {
  folder = newFolder();
});

const compare = (
  base: RunFacts,
  fresh: RunFacts,
  values: Parameters<typeof runCommand>[3] = {},
  more: Parameters<typeof runCommand>[4] = {},
) => {
  const files = [
    writeRun(folder, "base.jsonl", linesOf(base)),
    writeRun(folder, "new.jsonl", linesOf(fresh)),
  ];
  return runCommand(command, folder, files, values, more);
};

describe("exit codes", () => {
  test("0: the same answers of enough items are a tie", async () => {
    const results = mixed.repeat(5);
    const { code, text } = await compare({ results }, { results }, { "fail-on": "regression" });
    expect(code).toBe(0);
    expect(text.split("\n")[0]).toBe("qwen/a：持平：0.0 分 (95% 区间 -0.6…+0.6)，在 ±5.0 分以内。");
  });

  test("1: a regression that --fail-on names; 0 without it", async () => {
    const fresh = { results: mixed.replaceAll("11", "10") };
    expect((await compare({ results: mixed }, fresh, { "fail-on": "regression" })).code).toBe(1);
    expect((await compare({ results: mixed }, fresh)).code).toBe(0);
    expect((await compare(fresh, { results: mixed }, { "fail-on": "regression" })).code).toBe(0);
  });

  test("1: latency and cost only where they are named", async () => {
    const results = mixed.repeat(5);
    const slow = { results, answer: { first_token_ms: 400, total_ms: 2_000 } };
    const dear = { results, answer: { cost: { amount: 0.002, currency: "CNY" } } as const };
    expect((await compare({ results }, slow, { "fail-on": "regression,cost" })).code).toBe(0);
    expect((await compare({ results }, slow, { "fail-on": "latency" })).code).toBe(1);
    expect((await compare({ results }, dear, { "fail-on": "regression,latency" })).code).toBe(0);
    expect((await compare({ results }, dear, { "fail-on": "cost" })).code).toBe(1);
  });

  test("3: a file compared with itself, which is no tie", async () => {
    const file = writeRun(folder, "a.jsonl", linesOf({ results: mixed.repeat(5) }));
    const { code, text } = await runCommand(command, folder, [file, file], {
      "fail-on": "regression",
    });
    expect(code).toBe(3);
    expect(text.split("\n")[0]).toContain("是文件和它自己比");
    expect(text).not.toContain("持平");
    expect(text).not.toContain("不变");
  });

  test("3: too few items to say", async () => {
    const { code, text } = await compare({ results: "1101" }, { results: "1011" });
    expect(code).toBe(3);
    expect(text).toContain("题数不足");
    expect(text.split("\n").at(-1)).toContain("退出码 3：还断不定有没有变化");
  });
});

describe("2: what cannot be compared is refused with the reason, and --force overrides", () => {
  const results = mixed.repeat(5);
  const suite = (more: Partial<NonNullable<ReturnType<typeof runLine>["suites"][number]>>) => ({
    suites: runLine([]).suites.map((each) => Object.assign({}, each, more)),
  });
  test.each([
    [
      "other suite content",
      { run: suite({ digest: "other" }), item: { weight: 2 } },
      /题集内容不同：s（\S+ 里 \d+ 题，\S+ 里 \d+ 题，两次之间改过）。按现在的题集再问一遍旧的：baimo run s -m qwen\/a。加 --force/,
    ],
    ["simulated and real", { answer: { simulated: true } }, "一侧是模拟"],
    ["other prompts", { answer: { ask_digest: "other" } }, "500 题的提示词不同"],
    ["other golds", { item: { gold_digest: "other" } }, "500 题的标准答案不同"],
  ] as const)("%s", async (name, more, reason) => {
    const refused = await compare({ results }, { results, ...more });
    expect(refused.code).toBe(2);
    expect(refused.error).toMatch(reason);
    const forced = await compare({ results }, { results, ...more }, { force: true });
    const hasPairs = name === "other suite content" || name === "simulated and real";
    expect(forced.code).toBe(hasPairs ? 0 : 2);
    if (hasPairs) expect(forced.text).toContain("强行比较");
  });

  test("no suite in common, even with force", async () => {
    const other = { results, run: suite({ id: "u", digest: "u" }) };
    const { code, error } = await compare({ results }, other, { force: true });
    expect(code).toBe(2);
    expect(error).toContain("没有共同的题集");
  });

  test("no target in common", async () => {
    const twoTargets = [...linesOf({ results, target: "a/b" })];
    twoTargets[0] = runLine(["a/b", "a/c"]);
    writeRun(folder, "two.jsonl", twoTargets);
    writeRun(folder, "one.jsonl", linesOf({ results }));
    const { code, error } = await runCommand(command, folder, ["one.jsonl", "two.jsonl"]);
    expect(code).toBe(2);
    expect(error).toContain("--map");
  });
});

test("another seed of the same generator compares unpaired and says so", async () => {
  const results = mixed.repeat(5);
  const seeded = (seed: number) => ({
    suites: runLine([]).suites.map((each) =>
      Object.assign({}, each, { digest: `d${seed}`, seeds: { arithmetic: seed } }),
    ),
  });
  const { code, text } = await compare(
    { results, run: seeded(1), answer: { ask_digest: "1" } },
    { results: results.replaceAll("1", "0"), run: seeded(2), answer: { ask_digest: "2" } },
    { "fail-on": "regression" },
  );
  expect(code).toBe(1);
  expect(text).toContain("不配对");
  expect(text).toContain("同一生成器、不同种子");
  expect(text).toMatch(/首字延迟 p50 \(秒\) +0\.200 +0\.200 +×1\.00/);
  expect(text).toMatch(/费用\/次作答 +¥[\d.]+ +¥[\d.]+ +×1\.00 \(/);
  // Nothing is right in the new run, so a right answer has no price there.
  expect(text).toMatch(/元\/答对 +¥0\.00143 +— +—/);
});

describe("which targets", () => {
  const results = mixed.repeat(5);
  test("the only one on each side", async () => {
    const { code, text } = await compare({ results, target: "a/x" }, { results, target: "b/y" });
    expect(code).toBe(0);
    expect(text).toContain("a/x → b/y");
  });

  test("two of one file, mapped", async () => {
    const other = linesOf({ results, target: "b/y" }).filter(
      ({ kind }) => kind === "answer" || kind === "score",
    );
    const lines = [...linesOf({ results, target: "a/x" }).slice(0, -1), ...other, endLine()];
    const file = writeRun(folder, "both.jsonl", lines);
    const unnamed = await runCommand(command, folder, [file]);
    expect(unnamed).toMatchObject({ code: 2 });
    expect(unnamed.error).toContain("例如 --map a/x=");
    const { code, text } = await runCommand(command, folder, [file], { map: ["a/x=b/y"] });
    expect(code).toBe(0);
    expect(text).toContain("a/x → b/y");
    const { error } = await runCommand(command, folder, [file], { map: ["a/x=b/z"] });
    expect(error).toContain("没有目标 b/z");
  });

  test("a target on one side only is named", async () => {
    const more = linesOf({ results: "1", target: "only/here" }).slice(1, -1);
    writeRun(folder, "base.jsonl", [...linesOf({ results }), ...more]);
    writeRun(folder, "new.jsonl", linesOf({ results }));
    const { text } = await runCommand(command, folder, ["base.jsonl", "new.jsonl"]);
    expect(text).toContain("only/here 只在基准中");
  });
});

describe("what is shown", () => {
  test("coverage, flips with both answers, the smallest difference that could be seen", async () => {
    const { text } = await compare(
      { results: `1x${mixed}`, answer: { text: "想了想。答案：A" } },
      { results: `01${mixed}`, answer: { text: "答案：\u001B[2JB" } },
    );
    expect(text).toContain(
      "覆盖：基准 102 次作答，新 102 次作答，共有 102，可比 101；未计分：基准 1，新 0",
    );
    expect(text).toContain("由对变错 (1)");
    expect(text).toContain("s/t/0");
    expect(text).toContain("前：想了想。答案：A");
    expect(text).toContain("后：答案：B");
    expect(text).not.toContain("\u001B");
    expect(text).toContain("可测最小差");
  });

  test("what differs beside the score is listed", async () => {
    const results = mixed.repeat(5);
    const { settings } = runLine([]);
    const { text } = await compare(
      { results },
      {
        results,
        run: { settings: { ...settings, concurrency: 64, params: { temperature: 1 } } },
        answer: { call: { model_returned: "m-2026-02-02" } },
      },
    );
    expect(text).toContain("参数不同");
    expect(text).toContain(
      "并发路数不同（基准最多 8，新最多 64）：时间不宜直接比，不判断快慢；两边都用 --concurrency 8 再跑",
    );
    expect(text).toMatch(/^首字延迟 p50.*并发不同$/mu);
    expect(text).toContain("返回的模型变了：a-2026-01-01 → m-2026-02-02");
  });

  test("every format names the models, why answers count 0, and what missing answers leave open", async () => {
    const fresh = {
      results: `${"x".repeat(10)}${mixed.slice(10)}`,
      answer: { call: { model_returned: "tiny-0.5b" } },
    };
    const said = ["tiny-0.5b", "缺的作答：基准 0/100 (0%)，新 10/100 (10%)"];
    for (const format of ["table", "md", "html"]) {
      const { text } = await compare({ results: mixed }, fresh, { format });
      for (const each of said) expect(text).toContain(each);
    }
    const { text } = await compare({ results: mixed }, fresh, { json: true });
    expect(JSON.parse(text)).toMatchObject([
      {
        bounds: { new: { planned: 100, missing: 10 } },
        sides: {
          base: { model_asked: "a", models_returned: [{ id: "a-2026-01-01", answers: 100 }] },
          new: { models_returned: [{ id: "tiny-0.5b" }], zero_reasons: { empty: 0 } },
        },
      },
    ]);
    const cut = { results: mixed, answer: { outcome: "length", text: "" } } as const;
    expect((await compare({ results: mixed }, cut)).text).toContain("作答时被截断");
  });

  test("HTML: one page with the flips", async () => {
    const fresh = { results: mixed.replace("1", "0") };
    const { text } = await compare({ results: mixed }, fresh, { format: "html" });
    expect(text.startsWith("<!doctype html>")).toBe(true);
    const data = /<script id="report" type="application\/json">(.*)<\/script>/.exec(text)?.[1];
    const [shown] = (JSON.parse(data ?? "") as Report).comparisons;
    expect(shown?.difference.zh.columns.map(({ title }) => title)).toContain("差 (95% 区间)");
    expect(shown?.lost).toHaveLength(shown?.flips.lost ?? 0);
    expect(shown?.flips.lost).toBeGreaterThan(0);
  });

  test("JSON and Markdown", async () => {
    const results = mixed.repeat(5);
    const { text } = await compare({ results }, { results }, { json: true });
    expect(JSON.parse(text)).toMatchObject([
      {
        verdict: "tied",
        total: { n: 500, delta: 0, lost: 0, won: 0, method: "McNemar" },
        coverage: { compared: 500 },
        ratios: { first_token_ms: { ratio: 1 }, cost: { ratio: 1 } },
      },
    ]);
    await compare({ results }, { results }, { format: "md", out: "c.md" });
    expect(readFileSync(join(folder, "c.md"), "utf8")).toContain("| 维度 | 题数 |");
  });
});

describe("bad files", () => {
  test.each([
    ["empty", "", "是空文件"],
    ["foreign", '{"hello": 1}\n', "不是 baimo 的运行文件"],
    ["no JSON", "hello\n", "不是 baimo 的运行文件"],
    [
      "newer",
      `${JSON.stringify({ ...runLine(["a/a"]), schema: "run/2" })}\n`,
      "由 baimo 0.1.0 写成",
    ],
    ["without answers", `${JSON.stringify(runLine(["a/a"]))}\n`, "没有任何回答"],
  ])("%s", async (_, content, reason) => {
    writeFileSync(join(folder, "bad.jsonl"), content);
    writeRun(folder, "good.jsonl", linesOf({ results: mixed }));
    for (const files of [
      ["bad.jsonl", "good.jsonl"],
      ["good.jsonl", "bad.jsonl"],
    ]) {
      const { code, error } = await runCommand(command, folder, files);
      expect(code).toBe(2);
      expect(error).toContain(reason);
    }
  });

  test("gzipped", async () => {
    writeFileSync(join(folder, "bad.jsonl.gz"), gzipSync("{}"));
    const { code, error } = await runCommand(command, folder, ["bad.jsonl.gz", "bad.jsonl.gz"]);
    expect(code).toBe(2);
    expect(error).toContain("gunzip");
  });

  test("a torn last line is ignored", async () => {
    const results = mixed.repeat(5);
    writeRun(folder, "base.jsonl", linesOf({ results }));
    const whole = readFileSync(join(folder, "base.jsonl"), "utf8");
    writeFileSync(
      join(folder, "new.jsonl"),
      `${whole.slice(0, -1)}\n{"kind":"answer","key":"s/t/1`,
    );
    expect((await runCommand(command, folder, ["base.jsonl", "new.jsonl"])).code).toBe(0);
  });

  test("a missing file, no file, a bad flag", async () => {
    expect((await runCommand(command, folder, ["no.jsonl"])).error).toContain("文件不存在");
    expect((await runCommand(command, folder, [])).code).toBe(2);
    const flags = [{ "fail-on": "luck" }, { margin: "x" }, { format: "pdf" }, { map: ["a"] }];
    for (const values of flags) {
      expect((await runCommand(command, folder, ["x"], values)).code).toBe(2);
    }
  });
});

test("a file of one target has nothing to map: another file is asked for", async () => {
  const folder = newFolder();
  const file = writeRun(folder, "one.jsonl", linesOf({ results: "11" }));
  const { code, error } = await runCommand(command, folder, [file], {});
  expect(code).toBe(2);
  expect(error).toContain("这个运行文件里只有 qwen/a，没有可以比较的两个目标；再给一个运行文件");
});

test("of two runs that are alike it is said that no difference was seen", async () => {
  const { code, text } = await compare(
    { results: "1101" },
    { results: "1101", answer: { text: "又一次" } },
  );
  expect(text).toContain("没有看出差别：4 题里没有一题由对变错或由错变对，0.0 分");
  expect(code).toBe(3);
});

test("a person's terminal gets its sentences in lines, a program whole", async () => {
  const sides = [{ results: "1101" }, { results: "1111" }] as const;
  const seen = await compare(...sides, {}, { isTTY: true, columns: 80 });
  const lines = seen.text.split("\n");
  expect(lines.every((line) => widthOf(line) <= 80)).toBe(true);
  expect(lines[0]).toContain("差别不确定：+25.0 分");
  // What a narrow table leaves out is named.
  const narrow = await compare(...sides, {}, { isTTY: true, columns: 50 });
  expect(narrow.text.replaceAll("\n", "")).toMatch(
    /另有 \d+ 列放不下（[^）]*基准、新[^）]*可测最小差[^）]*）/,
  );
  expect((await compare(...sides, {}, { isTTY: true, columns: 200 })).text).not.toContain(
    "列放不下",
  );
  const read = await compare(...sides, {}, { isTTY: false, columns: 80 });
  expect(widthOf(read.text.split("\n")[0] ?? "")).toBeGreaterThan(80);
});

test("answers that became wrong and are not listed are counted", async () => {
  const { text } = await compare(
    { results: "1".repeat(40) },
    { results: `${"0".repeat(9)}${"1".repeat(31)}` },
  );
  expect(text).toContain("由对变错 (9)");
  expect(text).toContain("其余 4 题没有列出：--format md 列到 20 题");
});
