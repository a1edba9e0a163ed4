import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { beforeEach, expect, test } from "vitest";

import type { RunFileLine } from "../../domain/run-file/lines.ts";
import type { Report } from "../../report/page/report.ts";

import { answerLine, endLine, itemLine, runLine, scoreLine } from "../../report/testing/lines.ts";
import { command as choose } from "../commands/choose.ts";
import { command as compare } from "../commands/compare.ts";
import { command as leaderboard } from "../commands/leaderboard.ts";
import { command as report } from "../commands/report.ts";
import { newFolder, runCommand, writeRun } from "../testing/command-context.ts";

/** A run of one target; by suite, 1 for right and 0 for wrong of each item. */
function linesOf(
  target: string,
  results: Readonly<Record<string, string>>,
): readonly RunFileLine[] {
  const [entry] = runLine([]).suites;
  if (entry === undefined) throw new Error("no suite");
  const suites = Object.entries(results).map(([id, all]) => ({ ...entry, id, items: all.length }));
  const n = Object.values(results).join("").length;
  const size = { items: n, per_target: n, answers: n };
  const answers = Object.entries(results).flatMap(([id, all]) =>
    all.split("").flatMap((result, index) => {
      const item = `${id}/t/${index}`;
      return [
        itemLine(item),
        answerLine({ item, target }),
        scoreLine({ item, target }, result === "1" ? "right" : "wrong"),
      ];
    }),
  );
  return [runLine([target], { suites, size }), ...answers, endLine()];
}

const ones = "1".repeat(40);
let folder = "";
beforeEach(() => {
  folder = newFolder();
  writeRun(folder, "base.jsonl", linesOf("a/one", { large: ones, own: "1111" }));
  writeRun(folder, "new.jsonl", linesOf("a/one", { large: ones, own: "0000" }));
  writeRun(folder, "part.jsonl", linesOf("b/two", { large: ones }));
});

test("compare names the small suite that sways the total beside the verdict, and looks at another alone", async () => {
  const files = ["base.jsonl", "new.jsonl"];
  const all = await runCommand(compare, folder, files, {});
  expect(all.text.split("\n")[0]).toMatch(
    /-50\.0 分.*own 只有 4 题，却占总分的 50%，这个差多半由它左右；只看 large 加 --suite large。$/u,
  );
  const english = await runCommand(compare, folder, files, {}, { lang: "en" });
  expect(english.text.split("\n")[0]).toContain("for large alone add --suite large.");
  const large = await runCommand(compare, folder, files, { suite: ["large"] });
  expect(large.text.split("\n")[0]).toMatch(/0\.0 分/u);
  expect(large.text).toContain("覆盖：基准 40 次作答，新 40 次作答，共有 40，可比 40");
  expect(large.text).not.toContain("own");
});

const card = `schema: scorecard/1
vetoes: {price: false}
groups: [{name: all, criteria: [{use: effect, weight: 1, points: {worst: 0, best: 100}}]}]
`;

/** What stands first in the board, on its page and in a choice of two targets, of which the second gave these answers. */
async function headlines(
  results: Readonly<Record<string, string>>,
  lang: "zh" | "en" = "zh",
): Promise<readonly string[]> {
  writeRun(folder, "two.jsonl", linesOf("b/two", results));
  writeFileSync(join(folder, "card.yaml"), card);
  const files = ["base.jsonl", "two.jsonl"];
  const board = await runCommand(leaderboard, folder, files, {}, { lang });
  const page = await runCommand(report, folder, files, { format: "json" });
  const choice = await runCommand(choose, folder, files, { scorecard: "card.yaml", json: true });
  return [
    board.text.split("\n\n")[0] ?? "",
    (JSON.parse(page.text) as Report).conclusion[lang],
    (JSON.parse(choice.text) as Report).conclusion[lang],
  ];
}

test("every headline names the small suite that sways the difference, and none that does not", async () => {
  const swayed = { large: ones.replace("1", "0"), own: "0000" };
  const [board, page, choice] = await headlines(swayed);
  const told = "own 只有 4 题，却占总分的 50%，这个差多半由它左右";
  expect(board).toContain(`${told}。`);
  expect(page).toContain(told);
  expect(choice).toContain(
    "own 只有 4 题，却占效果分的 50%，这个差多半由它左右；只看 large：计分卡里写 {use: effect, of: large, …}。",
  );
  for (const each of await headlines(swayed, "en"))
    expect(each).toContain("own has 4 items alone but makes 50% of the");
  const elsewhere = { large: "0".repeat(20) + "1".repeat(20), own: "1111" };
  for (const each of await headlines(elsewhere)) expect(each).not.toContain("只有 4 题");
});

test("a page of different suites says which all targets share and why one is unranked, and ranks by that suite", async () => {
  const page = async (options: object): Promise<Report> => {
    const files = ["base.jsonl", "part.jsonl"];
    const { text } = await runCommand(report, folder, files, { format: "json", ...options });
    return JSON.parse(text) as Report;
  };
  const all = await page({});
  expect(all.notes[0]?.zh).toContain("每个目标都答过的只有 large，要按它排名，加 --suite large");
  expect(all.notes[1]?.zh).toMatch(/^b\/two：缺少部分维度的成绩，没有总分（own）/u);
  const named = await page({ suite: ["large"] });
  expect(named.conclusion.zh).not.toContain("没有可比的其他目标");
  expect(named.targets.map(({ target }) => target).toSorted()).toEqual(["a/one", "b/two"]);
  expect(named.notes.map(({ zh }) => zh).join("\n")).not.toContain("没有总分");
});

test.each([
  [{ suite: ["larg"] }, "这些运行里没有题集 larg（有：large、own）"],
  [{ suite: ["large"], board: "china" }, "--board 和 --suite 只能写一个"],
])("%j is refused", async (options, words) => {
  const files = ["base.jsonl", "new.jsonl"];
  for (const { code, error } of [
    await runCommand(compare, folder, files, options),
    await runCommand(report, folder, files, options),
  ]) {
    expect(code).toBe(2);
    expect(error).toContain(words);
  }
});
