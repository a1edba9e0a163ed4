import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { beforeEach, describe, expect, test } from "vitest";

import type { RunFileLine } from "../../domain/run-file/lines.ts";

import { answerLine, endLine, itemLine, runLine, scoreLine } from "../../report/testing/lines.ts";
import { newFolder, runCommand, writeRun } from "../testing/command-context.ts";
import { command } from "./leaderboard.ts";

let folder = "";
beforeEach(() => {
  folder = newFolder();
});

function linesOf(target: string, results: string, suite = "s"): readonly RunFileLine[] {
  const n = results.length;
  const [entry] = runLine([]).suites;
  if (entry === undefined) throw new Error("no suite");
  const suites = [{ ...entry, id: suite, items: n }];
  const size = { items: n, per_target: n, answers: n };
  const lines: RunFileLine[] = [runLine([target], { suites, size })];
  for (const [index, result] of results.split("").entries()) {
    const item = `${suite}/t/${index}`;
    lines.push(itemLine(item), answerLine({ item, target }));
    lines.push(scoreLine({ item, target }, result === "1" ? "right" : "wrong"));
  }
  return [...lines, endLine()];
}

const show = (
  files: readonly string[],
  values: Parameters<typeof runCommand>[3] = {},
  more: Parameters<typeof runCommand>[4] = {},
) => runCommand(command, folder, files, values, more);

test("several runs share one table", async () => {
  writeRun(folder, "a.jsonl", linesOf("a/one", "1101"));
  writeRun(folder, "b.jsonl", linesOf("b/two", "1111"));
  const { code, text } = await show(["a.jsonl", "b.jsonl"]);
  expect(code).toBe(0);
  expect(text).toMatch(/1 +b\/two .* 100\.0 /);
  expect(text).toMatch(/1 +a\/one .* 75\.0 /);
});

test("every format, to the screen or a file", async () => {
  writeRun(folder, "a.jsonl", linesOf("a/one", "1101"));
  expect((await show(["a.jsonl"], { format: "md" })).text).toContain("| 排名 | 模型 |");
  expect((await show(["a.jsonl"], { format: "csv" })).text).toContain("排名,模型,");
  const { text } = await show(["a.jsonl"], { format: "json" });
  expect(JSON.parse(text)).toMatchObject({
    schema: "leaderboard/1",
    targets: [{ target: "a/one" }],
  });
  await show(["a.jsonl"], { format: "md", out: "board.md" }, { lang: "en" });
  expect(readFileSync(join(folder, "board.md"), "utf8")).toContain("| Rank | Model |");
});

test("advice names the run file where there is one alone", async () => {
  const answers = (target: string) =>
    linesOf(target, "1110").map((line) =>
      line.kind === "score" && line.verdict === "wrong"
        ? { ...line, verdict: "unresolved" as const, value: 0 }
        : line,
    );
  writeRun(folder, "a.jsonl", answers("a/one"));
  writeRun(folder, "b.jsonl", answers("b/two"));
  const advised = async (files: readonly string[], lang: "zh" | "en") =>
    /baimo review \S+ --wrong/.exec((await show(files, { wide: true }, { lang })).text)?.[0];
  expect(await advised(["a.jsonl"], "zh")).toBe("baimo review a.jsonl --wrong");
  expect(await advised(["a.jsonl"], "en")).toBe("baimo review a.jsonl --wrong");
  expect(await advised(["a.jsonl", "b.jsonl"], "zh")).toBe("baimo review 运行文件 --wrong");
});

describe("by suites that are named", () => {
  beforeEach(() => {
    writeRun(folder, "a.jsonl", linesOf("a/one", "1101"));
    writeRun(folder, "a-u.jsonl", linesOf("a/one", "1000", "u"));
    writeRun(folder, "b.jsonl", linesOf("b/two", "1111"));
  });
  const files = ["a.jsonl", "a-u.jsonl", "b.jsonl"];

  test("the advice to a board of different suites is followed as it stands, and ranks all", async () => {
    const mixed = await show(files);
    expect(mixed.text).toMatch(/- +b\/two /);
    const advice = /加 (--suite \S+?)。/.exec(mixed.text)?.[1]?.split(" ")[1] ?? "";
    expect(advice).toBe("s");
    const { code, text } = await show(files, { suite: advice });
    expect(code).toBe(0);
    expect(text).toMatch(/1 +b\/two .* 100\.0 /);
    expect(text).toMatch(/[12] +a\/one .* 75\.0 /);
    expect(text).toContain("题集：s（4 题，3 个文件里的 2 个）。");
    expect(text).not.toContain("合在一起");
  });

  test("one suite gives what its files alone give, in every figure", async () => {
    const figures = async (...given: Parameters<typeof show>) => {
      const board = JSON.parse((await show(...given)).text) as { targets: object[] };
      // The names that models returned are counted over all answers of the files, as with a board.
      return board.targets.map((target) => ({ ...target, models_returned: null }));
    };
    const alone = await figures(["a.jsonl", "b.jsonl"], { format: "json" });
    expect(await figures(files, { suite: "s", format: "json" })).toEqual(alone);
  });

  test("several count alike", async () => {
    const { text } = await show(["a.jsonl", "a-u.jsonl"], { suite: ["s", "u"] });
    expect(text).toMatch(/1 +a\/one .* 50\.0 /);
  });

  test.each([
    [{ suite: "x" }, "这些运行里没有题集 x（有：s、u）"],
    [{ suite: "s", board: "both" }, "--board 和 --suite 只能写一个：榜单已经写明了题集"],
  ])("%j is refused", async (values, error) => {
    expect(await show(files, values)).toMatchObject({ code: 2, error });
  });
});

describe("by board", () => {
  beforeEach(() => {
    mkdirSync(join(folder, "suites", "boards"), { recursive: true });
    const board = "schema: board/1\nid: both\ntitle: 总榜\nmembers: [{suite: s}, {suite: u}]\n";
    writeFileSync(join(folder, "suites", "boards", "both.yaml"), board);
    writeRun(folder, "s.jsonl", linesOf("a/one", "1101"));
    writeRun(folder, "u.jsonl", linesOf("a/one", "1000", "u"));
  });

  test("members of several runs make one total, with the board's decimals", async () => {
    const { text } = await show(["s.jsonl", "u.jsonl"], { board: "both" });
    expect(text).toContain("总榜");
    expect(text).toMatch(/1 +a\/one .* 50\.00 .* 8\/8 .* 100%/);
  });

  test("a missing member means no total", async () => {
    const { text } = await show(["s.jsonl"], { board: "both" });
    expect(text).toMatch(/- +a\/one .* — +4\/4/);
    expect(text).toContain("a/one：缺少部分维度的成绩，没有总分（u）");
    expect(text).toContain("榜单成员没有成绩：u");
  });

  test("2: an unknown board; a suite's name is told from a board's", async () => {
    expect((await show(["s.jsonl"], { board: "bath" })).code).toBe(2);
    const { code, error } = await show(["s.jsonl"], { board: "starter" });
    expect(code).toBe(2);
    expect(error).toMatch(/^starter 是题集，不是榜单；榜单有 both、/);
  });
});

describe("exit codes", () => {
  test("3: nothing counts", async () => {
    writeRun(folder, "a.jsonl", [runLine(["a/one"]), endLine()]);
    expect((await show(["a.jsonl"])).code).toBe(3);
  });

  test("2: no file, an absent one, a foreign one, an unknown format, two contents of one suite", async () => {
    writeRun(folder, "a.jsonl", linesOf("a/one", "1101"));
    writeFileSync(join(folder, "foreign.json"), '{"a": 1}');
    const other = linesOf("b/two", "1");
    const changed = other.map((line) =>
      line.kind === "run"
        ? { ...line, suites: line.suites.map((suite) => Object.assign({}, suite, { digest: "x" })) }
        : line,
    );
    writeRun(folder, "b.jsonl", changed);
    expect((await show([])).code).toBe(2);
    expect((await show(["absent.jsonl"])).code).toBe(2);
    expect((await show(["foreign.json"])).code).toBe(2);
    expect((await show(["a.jsonl"], { format: "pdf" })).code).toBe(2);
    expect((await show(["a.jsonl", "b.jsonl"])).error).toBe(
      "题集 s 的内容不同（20261121T201600Z-ab12cd 里 4 题，20261121T201600Z-ab12cd 里 1 题，两次之间改过），不能并成一张榜。按现在的题集再问一遍旧的：baimo run s -m a/one",
    );
  });

  test("a suite that was edited does not matter where another is named", async () => {
    const two = (ref: string, digest: string) =>
      linesOf(ref, "1101").map((line) =>
        line.kind === "run"
          ? {
              ...line,
              suites: line.suites.flatMap((suite) => [suite, { ...suite, id: "own", digest }]),
            }
          : line,
      );
    writeRun(folder, "a.jsonl", two("a/one", "before"));
    writeRun(folder, "b.jsonl", two("b/two", "after"));
    const both = ["a.jsonl", "b.jsonl"];
    expect((await show(both)).error).toContain(
      "baimo run own -m a/one；没有改过的题集可以比：加 --suite s",
    );
    const { code, text } = await show(both, { suite: ["s"] });
    expect(code).toBe(0);
    expect(text).toContain("a/one");
    expect(text).toContain("b/two");
  });
});
