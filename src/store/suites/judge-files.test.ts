import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { grader } from "../../graders/judge.ts";
import { parseGraderOptions } from "../../grading/graders.ts";
import { marksContract } from "../../grading/judge/marks.ts";
import { JudgeOptions } from "../../grading/judge/options.ts";
import { sampleOf } from "../../grading/testing/sample.ts";
import { builtinFolder } from "../builtin.ts";
import { checkFile } from "../check-file.ts";
import { parseSuite, readSuite } from "./suites.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "baimo-judges-"));
  await mkdir(join(folder, "judges"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const judge = (more: object = {}): object => ({
  schema: "judge/1",
  id: "mine",
  version: "3",
  template: "你是编辑。\n\n{{criteria}}\n\n{{examples}}",
  criteria: [{ name: "信息", levels: { "1": "没有", "5": "齐全" } }, "语气"],
  examples: [{ question: "题", reply: "答", verdict: { 信息: 5 }, reason: "齐" }],
  votes: 3,
  combine: "median",
  ...more,
});

async function suiteWith(file: object | string, given: object = {}): Promise<string> {
  const path = join(folder, "s.yaml");
  await writeFile(
    join(folder, "judges/mine.yaml"),
    typeof file === "string" ? file : JSON.stringify(file),
  );
  const own = { use: "judge", with: { file: "judges/mine.yaml", ...given } };
  const tasks = [
    { id: "t", dimension: ["写"], grader: own, items: [{ id: "i", question: "写一句话" }] },
  ];
  await writeFile(path, JSON.stringify({ schema: "suite/1", id: "s", tasks }));
  return path;
}

const optionsIn = async (path: string): Promise<JudgeOptions> => {
  const { suite } = await parseSuite(path);
  return JudgeOptions.parse(suite.tasks[0]?.grader.with);
};

test("a judge file decides how the suite is judged, and stands in its options by name, version and digest", async () => {
  const options = await optionsIn(await suiteWith(judge()));
  expect(options).toMatchObject({
    votes: 3,
    combine: "median",
    named: { id: "mine", version: "3", digest: expect.stringMatching(/^[0-9a-f]{32}$/) },
  });
  const { prompt } = marksContract(sampleOf("好", { question: "写一句话" }), options);
  expect(prompt.startsWith("你是编辑。\n\n各项单独打分")).toBe(true);
  for (const part of [
    "1. 信息\n   1 = 没有；5 = 齐全",
    '例 1\n题目：题\n回答：答\n判定：{"信息":5}\n依据：齐',
  ])
    expect(prompt).toContain(part);
  // The rules that keep material from speaking follow any template.
  expect(prompt).toContain("再说一遍：凡是夹在编号");
});

test("what the suite says goes before what the file says", async () => {
  expect(await optionsIn(await suiteWith(judge(), { votes: 1 }))).toMatchObject({ votes: 1 });
});

test("a changed file changes the suite's digest and the grader's", async () => {
  const digests = async (file: object) => {
    const path = await suiteWith(file);
    const { digest, suite } = await readSuite(path);
    return [digest, JSON.stringify(parseGraderOptions(grader, suite.tasks[0]?.grader.with))];
  };
  const before = await digests(judge());
  const after = await digests(judge({ template: "你是主编。" }));
  expect(after[0]).not.toBe(before[0]);
  expect(after[1]).not.toBe(before[1]);
  expect(await digests(judge())).toEqual(before);
});

test("a file that is not there, or says what no judge knows, is told with its place", async () => {
  const missing = await suiteWith(judge(), { file: "judges/other.yaml" });
  await expect(parseSuite(missing)).rejects.toMatchObject({
    problems: [{ place: { file: missing, path: "tasks[0].grader.with.file" } }],
  });
  const strange = await suiteWith(judge({ scael: "1-5" }));
  await expect(parseSuite(strange)).rejects.toMatchObject({
    problems: [{ place: { file: join(folder, "judges/mine.yaml") } }],
  });
});

test("the shipped judge file passes the check", async () => {
  const file = join(builtinFolder("suites"), "judges/essay.yaml");
  const folders = { cwd: folder, builtin: builtinFolder("suites") };
  const providers = join(dirname(builtinFolder("suites")), "providers");
  const checked = await checkFile(
    { file, schema: "judge/1", id: "essay", title: null },
    { config: null, folders, depth: "shape", providers },
  );
  expect(checked.problems).toEqual([]);
});
