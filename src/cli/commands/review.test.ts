import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import ExcelJS from "exceljs";
import { beforeEach, describe, expect, test } from "vitest";

import type { RunFileLine } from "../../domain/run-file/lines.ts";

import { answerLine, endLine, itemLine, runLine, scoreLine } from "../../report/testing/lines.ts";
import { readRun } from "../../store/runs/reader.ts";
import { inProcess } from "../testing/process.ts";

const [a, b] = ["qwen/qwen-plus", "deepseek/deepseek-chat"] as const;
const names = Array.from({ length: 12 }, (_, index) => `s/t/${index}`);
/** Replies that no grader can read. */
const odd: Readonly<Record<string, string>> = { "s/t/5": "=1+1", "s/t/7": "说不好" };
let folder: string;

const write = (name: string, lines: readonly RunFileLine[]): void =>
  writeFileSync(join(folder, name), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
const call = (...args: readonly string[]) => inProcess(folder, ["review", ...args]);
const reviews = async () =>
  (await readRun(join(folder, "r.jsonl"))).filter(({ kind }) => kind === "review");

/** Fills a workbook in as a person would. */
async function fill(
  from: string,
  to: string,
  cells: (row: number) => Readonly<Record<string, string>>,
): Promise<void> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(join(folder, from));
  const sheet = book.worksheets[0];
  const header = sheet?.getRow(1).values as readonly string[];
  sheet?.eachRow((row, number) => {
    if (number === 1) return;
    for (const [name, text] of Object.entries(cells(number))) {
      row.getCell(header.findIndex((title) => title?.split(" ").at(-1) === name)).value = text;
    }
  });
  await book.xlsx.writeFile(join(folder, to));
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "review-cli-"));
  write("r.jsonl", [
    runLine([a, b], { size: { items: 12, per_target: 12, answers: 24 } }),
    ...names.flatMap((item) => [
      itemLine(item, { severity: item === "s/t/3" ? "红线" : null }),
      ...[a, b].flatMap((target) => [
        answerLine({ item, target, text: odd[item] ?? "比喻多此一举。\n答案：A" }),
        scoreLine({ item, target }, odd[item] === undefined ? "right" : "unresolved"),
      ]),
    ]),
    endLine({ answers: 24 }),
  ]);
});

describe("a queue", () => {
  test("goes out as a workbook, comes back, and stands above every grader", async () => {
    const out = await call("r.jsonl", "--export", "q.xlsx");
    expect([out.code, out.stdout.split("\n")[0]]).toEqual([
      0,
      expect.stringMatching(/^q\.xlsx：\d 条待裁（未解析 4，红线 2，抽样 2/),
    ]);
    await fill("q.xlsx", "done.xlsx", () => ({ ruling: "错 wrong", reviewer: "张三" }));
    const before = readFileSync(join(folder, "r.jsonl"), "utf8");
    const back = await call("r.jsonl", "--import", "done.xlsx");
    expect(back.code).toBe(0);
    const ruled = (await reviews()).length;
    expect(ruled).toBeGreaterThan(3);
    expect(readFileSync(join(folder, "r.jsonl"), "utf8").startsWith(before)).toBe(true);

    const again = await call("r.jsonl", "--import", "done.xlsx");
    expect(again.stdout).toContain(`写入 0 条裁定，${ruled} 条已有`);
    expect(await reviews()).toHaveLength(ruled);

    const board = async () =>
      JSON.parse(
        (await inProcess(folder, ["leaderboard", "r.jsonl", "--format", "json"])).stdout,
      ) as {
        reviews: { ruled: number };
        targets: { red_lines: number; verdicts: Record<string, number> }[];
      };
    const first = await board();
    expect(first.reviews.ruled).toBe(ruled);
    expect(first.targets.map(({ red_lines }) => red_lines)).toEqual([1, 1]);
    expect((await inProcess(folder, ["score", "r.jsonl"])).code).toBe(0);
    expect((await board()).targets.map(({ verdicts }) => verdicts)).toEqual(
      first.targets.map(({ verdicts }) => verdicts),
    );
    const none = await call("r.jsonl", "--export", "rest.csv");
    expect([none.code, existsSync(join(folder, "rest.csv"))]).toEqual([0, false]);
  });

  test("a row that cannot be taken is named, the others are, and the code is 3", async () => {
    await call("r.jsonl", "--export", "q.xlsx");
    await fill("q.xlsx", "q2.xlsx", (row) => ({
      ruling: row === 3 ? "也许" : "对",
      reviewer: "张三",
    }));
    const { code, stdout } = await call("r.jsonl", "--import", "q2.xlsx");
    expect([code, stdout]).toEqual([3, expect.stringContaining("第 3 行：不认识的裁定“也许”")]);
    expect((await reviews()).length).toBeGreaterThan(2);
  });

  test("rows that are refused for one reason share a line, and the code is 3", async () => {
    await call("r.jsonl", "--export", "q.xlsx");
    await fill("q.xlsx", "q2.xlsx", (row) => ({ ruling: row < 5 ? "对" : "" }));
    const zh = await call("r.jsonl", "--import", "q2.xlsx");
    expect([zh.code, zh.stdout]).toEqual([
      3,
      expect.stringMatching(/拒收 3 行。\n {2}第 2–4 行：没有裁定人[^\n]*\n$/),
    ]);
    const en = await call("r.jsonl", "--import", "q2.xlsx", "--lang", "en");
    expect(en.stdout).toMatch(/3 refused\.\n {2}rows 2–4: nobody is named[^\n]*\n$/);
    expect(await reviews()).toEqual([]);
  });

  test("for a second person it holds again what the first has ruled on", async () => {
    await call("r.jsonl", "--export", "q.csv", "--reviewer", "张三");
    await call("r.jsonl", "--export", "q.xlsx");
    await fill("q.xlsx", "q.xlsx", () => ({ ruling: "对" }));
    await call("r.jsonl", "--import", "q.xlsx", "--reviewer", "张三");
    const mine = await call("r.jsonl", "--export", "mine.csv", "--reviewer", "张三");
    expect(mine.stdout).toContain("没有待裁的");
    const yours = await call("r.jsonl", "--export", "yours.csv", "--reviewer", "李四");
    expect(yours.stdout).toContain("条待裁");
  });
});

describe("a random sample", () => {
  const exported = async (name: string, ...more: readonly string[]) => {
    const args = ["r.jsonl", "--export", name, "--hide-verdict", "--draw", "6", ...more];
    const { stdout } = await call(...args);
    return stdout;
  };

  test("each ruling on it says how it was drawn; what was ruled on as doubtful is ruled on once more", async () => {
    await call("r.jsonl", "--export", "doubts.xlsx", "--sample", "0");
    await fill("doubts.xlsx", "doubts.xlsx", () => ({ ruling: "错", reviewer: "张三" }));
    await call("r.jsonl", "--import", "doubts.xlsx");
    expect((await reviews()).every((line) => !("draw" in line))).toBe(true);
    const before = (await reviews()).length;

    expect(await exported("s.xlsx", "--seed", "11")).toContain("抽样 6");
    await fill("s.xlsx", "s.xlsx", () => ({ ruling: "对", reviewer: "张三" }));
    await call("r.jsonl", "--import", "s.xlsx");
    const drawn = (await reviews()).slice(before);
    expect(drawn).toHaveLength(6);
    expect(drawn).toEqual(
      drawn.map(() =>
        expect.objectContaining({
          sampled: true,
          draw: { seed: 11, drawn: 6, of: 24 },
          blind: true,
        }),
      ),
    );
    expect(await exported("again.csv", "--seed", "11")).toContain("没有待裁的");
  });

  test("the same ruling as before is kept where it was drawn only now", async () => {
    await call("r.jsonl", "--export", "all.xlsx", "--sample", "0");
    await fill("all.xlsx", "all.xlsx", () => ({ ruling: "错", reviewer: "张三", reason: "看过" }));
    await call("r.jsonl", "--import", "all.xlsx");
    const before = (await reviews()).length;
    await call("r.jsonl", "--export", "s.xlsx", "--sample", "100");
    await fill("s.xlsx", "s.xlsx", () => ({ ruling: "错", reviewer: "张三", reason: "看过" }));
    await call("r.jsonl", "--import", "s.xlsx");
    expect(await reviews()).toHaveLength(before + 24);
  });
});

describe("several people", () => {
  test("what they differ on goes to an arbiter, who sees theirs and decides", async () => {
    for (const [who, ruling] of [
      ["张三", "对"],
      ["李四", "错"],
    ] as const) {
      await call("r.jsonl", "--export", "q.xlsx", "--reviewer", who, "--sample", "0");
      await fill("q.xlsx", "q.xlsx", (row) => ({
        ruling: row === 2 ? ruling : "对",
        reviewer: who,
        reason: "理由",
      }));
      const back = await call("r.jsonl", "--import", "q.xlsx");
      const both = "人与人一致：张三、李四 5/6 (83.3%), κ 0.00。\n人与人有分歧 1 条";
      if (who === "李四") expect(back.stdout).toContain(both);
    }
    const board = async () =>
      JSON.parse(
        (await inProcess(folder, ["leaderboard", "r.jsonl", "--format", "json"])).stdout,
      ) as { reviews: { raters: { disputed: number; pairs: { n: number; agree: number }[] } } };
    expect((await board()).reviews.raters).toMatchObject({ disputed: 1 });
    const out = await call("r.jsonl", "--export", "a.csv", "--arbiter", "王五");
    expect(out.stdout).toContain("a.csv：1 条待裁");
    expect(out.stdout).toContain("--import a.csv --arbiter 王五");
    const sheet = readFileSync(join(folder, "a.csv"), "utf8");
    expect(sheet).toMatch(/张三 对：理由\n李四 错：理由/);

    await call("r.jsonl", "--export", "a.xlsx", "--arbiter", "王五");
    await fill("a.xlsx", "a.xlsx", () => ({ ruling: "错" }));
    expect((await call("r.jsonl", "--import", "a.xlsx", "--arbiter", "王五")).code).toBe(0);
    expect((await reviews()).at(-1)).toMatchObject({
      who: "王五",
      verdict: "wrong",
      arbiter: true,
    });
    const after = await board();
    expect(after.reviews.raters.disputed).toBe(0);
    expect(after.reviews.raters.pairs).toHaveLength(1);
    const none = await call("r.jsonl", "--export", "b.csv", "--arbiter", "王五");
    expect(none.stdout).toContain("没有待裁的");
  });
});

describe("blind side by side", () => {
  test("out, two raters, disputes to an arbiter, and the result", async () => {
    const out = await call("--blind", "r.jsonl", a, b, "--export", "f.xlsx", "--seed", "secret");
    expect([out.code, out.stdout]).toEqual([0, expect.stringContaining("f.xlsx：12 对")]);
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(join(folder, "f.xlsx"));
    expect(JSON.stringify(book.model)).not.toMatch(/qwen|deepseek|secret/i);

    const choose = (first: number) => (row: number) => ({
      choice: row <= first ? "甲更好 first" : "一样好 tie",
    });
    const by = (rater: string, first: number) => (row: number) => ({
      ...choose(first)(row),
      rater,
    });
    await fill("f.xlsx", "one.xlsx", by("张三", 6));
    await fill("f.xlsx", "two.xlsx", by("李四", 9));
    const raters = ["--import", "one.xlsx", "--import", "two.xlsx"];
    const open = await call("--blind", ...raters, "--export", "arbiter.xlsx", "--json");
    expect(open.code).toBe(3);
    const result = JSON.parse(open.stdout) as { disputed: string[]; agreement: { agree: number } };
    expect([result.disputed.length, result.agreement.agree]).toEqual([3, 9]);

    await fill("arbiter.xlsx", "three.xlsx", () => ({ choice: "都不好", rater: "王五" }));
    const closed = await call("--blind", ...raters, "--import", "three.xlsx");
    expect(closed.code).toBe(0);
    expect(closed.stdout).toContain("仲裁人 王五 裁定了 3 对");
    expect(closed.stdout).toContain("平 7（其中都不好 3）");
    expect(closed.stdout).toMatch(/一致 9\/12 \(75%\)，κ 0\.\d{3}/);
  });

  test("an order that nobody can guess, unless a seed is given", async () => {
    const seedOf = (name: string): string =>
      (JSON.parse(readFileSync(join(folder, name), "utf8")) as { seed: string }).seed;
    await call("--blind", "r.jsonl", a, b, "--export", "x.csv");
    await call("--blind", "r.jsonl", a, b, "--export", "y.csv");
    expect(seedOf("x.key.json")).toMatch(/^[0-9a-f]{32}$/);
    expect(seedOf("x.key.json")).not.toBe(seedOf("y.key.json"));
  });

  test("two run files with one target each, or named ones", async () => {
    for (const [name, target] of [
      ["a.jsonl", a],
      ["b.jsonl", b],
    ] as const) {
      write(name, [runLine([target]), itemLine("s/t/1"), answerLine({ item: "s/t/1", target })]);
    }
    const { code, stdout } = await call("--blind", "a.jsonl", "b.jsonl", "--export", "f.jsonl");
    expect([code, stdout]).toEqual([0, expect.stringContaining("f.jsonl：1 对")]);
    const map = ["--map", `${b}=${b}`, "--export", "g.csv"];
    expect((await call("--blind", "r.jsonl", "b.jsonl", ...map)).stdout).toContain("1 对");
    const unclear = await call("--blind", "r.jsonl", "r.jsonl", "--export", "h.csv");
    expect([unclear.code, unclear.stderr]).toEqual([2, expect.stringContaining("--map")]);
  });

  test("without its key nothing is unblinded", async () => {
    await call("--blind", "r.jsonl", a, b, "--export", "f.csv");
    writeFileSync(join(folder, "f.key.json"), "{}");
    const { code, stderr } = await call("--blind", "--import", "f.csv");
    expect([code, stderr]).toEqual([2, expect.stringContaining("--key")]);
  });
});

test.each([
  [["r.jsonl"], "需要终端"],
  [["r.jsonl", "--wrong", "--json"], "--export queue.jsonl"],
  [[], "请给出一个运行文件"],
  [["r.jsonl", "--export", "q.pdf"], ".xlsx"],
  [["r.jsonl", "--export", "q.csv", "--import", "q.csv"], "不能同时用"],
  [["r.jsonl", "--export", "q.csv", "--sample", "200"], "--sample"],
  [["none.jsonl", "--export", "q.csv"], "none.jsonl"],
  [["r.jsonl", "--import", "none.csv"], "none.csv"],
  [["--blind", "r.jsonl"], "--export"],
  [["--blind", "r.jsonl", "--export", "q.csv"], "两方"],
  [["--blind", "r.jsonl", "nobody", "nothing", "--export", "q.csv"], "没有目标 nobody"],
])("%j says what is wrong", async (args, says) => {
  const { code, stderr } = await call(...args);
  expect([code, stderr]).toEqual([2, expect.stringContaining(says)]);
});

test("without a terminal --wrong prints the wrong answers, and where to read on", async () => {
  write("w.jsonl", [
    runLine([a]),
    ...[0, 1, 2].flatMap((index) => [
      itemLine(`s/t/${index}`),
      answerLine({ item: `s/t/${index}`, target: a, text: `回答${index}` }),
      scoreLine({ item: `s/t/${index}`, target: a }, index === 1 ? "right" : "wrong"),
    ]),
  ]);
  const { code, stdout } = await call("w.jsonl", "--wrong");
  expect(code).toBe(0);
  expect(stdout).toContain("回答0");
  expect(stdout).not.toContain("回答1");
  expect(stdout).toContain("回答2");
  expect(stdout).toContain("3 条回答，判为错的 2 条。全部回答（报告页）：\nbaimo report w.jsonl\n");
  const one = await call("w.jsonl", "--wrong", "--limit", "1");
  expect(one.stdout).not.toContain("回答2");
  expect(one.stdout).toContain("判为错的 2 条，还有 1 条没有打印（--limit 2 全部打印）");
});

test("--wrong holds what could not be read, first, and what nothing has graded", async () => {
  const said = (name: string) => ({ item: `s/t/${name}`, target: a });
  write("w.jsonl", [
    runLine([a]),
    ...["错", "对", "半", "拒", "空"].flatMap((name) => [
      itemLine(`s/t/${name}`),
      answerLine({ ...said(name), text: `回答${name}` }),
    ]),
    scoreLine(said("错"), "wrong"),
    scoreLine(said("对"), "right"),
    scoreLine(said("半"), "partial", 0.5),
    scoreLine(said("拒"), "unresolved", 0),
  ]);
  const { stdout } = await call("w.jsonl", "--wrong");
  expect([...stdout.matchAll(/^回答./gm)].map(String)).toEqual(["回答拒", "回答空", "回答错"]);
  expect(stdout).toContain("5 条回答，判为错的 1 条，没有读出答案的 1 条，未判的 1 条。");
  const one = await call("w.jsonl", "--wrong", "--limit", "1", "--lang", "en");
  expect(one.stdout).toContain(
    "5 answers, 1 graded wrong, 1 without an answer that could be read, 1 not graded, 2 of them not printed",
  );
});

test("a run without answers is no queue", async () => {
  write("empty.jsonl", [runLine([a])]);
  const { code, stdout } = await call("empty.jsonl", "--export", "q.csv");
  expect([code, stdout]).toEqual([3, expect.stringContaining("没有可以裁定的回答")]);
});
