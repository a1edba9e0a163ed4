import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import type { Context } from "../context.ts";

import { UserError } from "../../domain/text.ts";
import { type Flags, optionsWith } from "../testing/command-context.ts";
import { command } from "./calibrate.ts";

const options = { A: "儒家", B: "道家" };
const rows = [
  {
    id: 1,
    options,
    answer: "B",
    response: "答案：B",
    label: true,
    model: "columns of one's own are fine",
  },
  { id: 2, options, answer: "B", response: "答案：A", label: true },
  { id: 3, options, answer: "B", response: "不知道", label: false },
  { id: 4, options, answer: "X", response: "答案：B", label: true },
];

async function calibrate(
  text: string,
  flags: Flags,
): Promise<{ code: number; printed: string; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), "calibrate-"));
  await writeFile(join(folder, "rows.jsonl"), text);
  const printed: string[] = [];
  const context: Context = {
    lang: "zh",
    cwd: folder,
    env: {},
    print: (line) => void printed.push(line),
    warn: () => undefined,
    columns: 80,
    isTTY: false,
    startThread: null,
    now: () => new Date("2026-11-29T04:00:00Z"),
    finishing: (work) => work(),
    signal: new AbortController().signal,
    stopping: new AbortController().signal,
  };
  const code = await command.run(optionsWith(command, flags, ["rows.jsonl"]), context);
  return { code, printed: printed.join("\n"), folder };
}

const lines = (of: readonly object[]): string => of.map((row) => JSON.stringify(row)).join("\n");

test("the summary as JSON", async () => {
  const { code, printed } = await calibrate(lines(rows), { grader: "choice", json: true });
  expect(code).toBe(0);
  const figures = {
    n: 4,
    questions: 4,
    agree: 2,
    agreement: 0.5,
    agreement_interval: expect.anything(),
    false_right: 0,
    false_wrong: 1,
    unresolved: 2,
    kappa: expect.closeTo(0.2, 10),
    recall: expect.objectContaining({ count: 1, of: 3 }),
    precision: expect.objectContaining({ count: 1, of: 1 }),
    misread: expect.objectContaining({ count: 1, of: 4 }),
    unresolved_right: expect.objectContaining({ count: 1, of: 3 }),
    unresolved_wrong: expect.objectContaining({ count: 1, of: 1 }),
  };
  expect(JSON.parse(printed)).toEqual({
    ...figures,
    by_kind: {},
    by_grader: { choice: figures },
    debatable: null,
  });
});

test("every disagreement is listed, on the screen and in a file", async () => {
  const { printed, folder } = await calibrate(lines(rows), {
    grader: "choice",
    out: "differ.jsonl",
  });
  expect(printed).toMatch(/标注为对、也判为对（召回） +33\.3% \[\d+\.\d, \d+\.\d\] +1\/3/);
  expect(printed).toMatch(/与标注一致 +50% .* 2\/4 +kappa 0\.200/);
  expect(printed).toContain("── 2  2  误判为错");
  expect(printed).toContain("── 4  4  无法判断");
  const written = (await readFile(join(folder, "differ.jsonl"), "utf8")).trim().split("\n");
  expect(written.map((line) => (JSON.parse(line) as { kind: string }).kind)).toEqual([
    "false_wrong",
    "unresolved",
  ]);
});

test("options go to the grader, and a number is a label too", async () => {
  const row = {
    options: { A: "甲", B: "乙", C: "丙" },
    answer: "ABC",
    response: "答案：AB",
    label: 0.67,
  };
  const values = { grader: "choice", json: true, with: '{"mode":"multi","partial":"share"}' };
  const { printed } = await calibrate(lines([row]), values);
  expect(JSON.parse(printed)).toMatchObject({ n: 1, agree: 1 });
});

const mixed = [
  {
    id: 1,
    grader: "choice",
    kind: "标记",
    question: "一",
    options,
    answer: "B",
    response: "答案：B",
    label: true,
    expect: "B",
  },
  {
    id: 2,
    grader: "choice",
    kind: "标记",
    question: "一",
    options,
    answer: "A",
    response: "答案：B",
    label: false,
    expect: "A",
  },
  { id: 3, grader: "numeric", kind: "单位", answer: 5, response: "共 5 个", label: true },
  {
    id: 4,
    grader: "numeric",
    answer: 5,
    response: "约 5.2",
    label: true,
    debatable: true,
  },
  {
    id: 5,
    grader: "choice",
    with: { mode: "multi" },
    options,
    answer: "AB",
    response: "答案：AB",
    label: true,
  },
];

test("rows that name their graders, by kind and by grader, the debatable ones apart", async () => {
  const { printed } = await calibrate(lines(mixed), { json: true });
  expect(JSON.parse(printed)).toMatchObject({
    n: 4,
    questions: 3,
    recall: { count: 3, of: 3 },
    misread: { count: 1, of: 4 },
    by_kind: { 标记: { n: 2, misread: { count: 1 } }, 单位: { n: 1 } },
    by_grader: { choice: { n: 3 }, numeric: { n: 1 } },
    debatable: { n: 1, recall: { count: 0, of: 1 } },
  });
});

test("--grader takes its own rows and those that name none", async () => {
  const unnamed = { options, answer: "A", response: "答案：A", label: true };
  const { printed } = await calibrate(lines([...mixed, unnamed]), {
    grader: "choice",
    json: true,
  });
  expect(JSON.parse(printed)).toMatchObject({ n: 4, by_grader: { choice: { n: 4 } } });
});

test("an answer that is wrong in another way than the reply is listed, in CSV too", async () => {
  const { printed, folder } = await calibrate(lines(mixed), { out: "differ.csv" });
  expect(printed).toMatch(/── 2 {2}2 {2}读成别的答案 .* 应读出 A {2}读出 B/);
  expect(printed).toContain("标注本身有争议的 1 条");
  const written = await readFile(join(folder, "differ.csv"), "utf8");
  const [header, ...rest] = written.trim().split("\r\n");
  expect(header).toMatch(/line,kind,id,grader,reply_kind,debatable,/);
  expect(rest.map((line) => line.split(",").slice(0, 6).join())).toEqual([
    "2,misread,2,choice,标记,false",
    "4,false_wrong,4,numeric,,true",
  ]);
});

test.each<[string, Flags, RegExp]>([
  ['{"response": 1}', { grader: "choice" }, /problem/],
  ["not json", { grader: "choice" }, /problem/],
  ["", { grader: "choice" }, /no rows/],
  [lines(rows), {}, /--grader/],
  [lines(rows), { grader: "chioce" }, /choice/],
  [lines(rows), { grader: "choice", with: "[1]" }, /JSON object/],
  [lines(rows), { grader: "choice", with: '{"mod": 1}' }, /mod/],
  [lines(rows), { grader: "judge", with: '{"mode":"par"}' }, /did you mean "pair"/],
  [lines(rows), { grader: "judge", with: '{"mode":"pair"}' }, /4 problems/],
  [lines(mixed), { with: '{"mode":"multi"}' }, /--grader/],
  [lines(mixed), { grader: "math" }, /no rows for the grader math/],
  [lines([{ ...mixed[0], grader: "chioce" }]), {}, /choice/],
  [lines([{ ...mixed[0], grader: "judge" }]), {}, /--grader judge/],
  [lines([{ ...mixed[0], debatable: "yes" }]), {}, /problem/],
])("%s with %j is the user's mistake", async (text, values, message) => {
  const failed = calibrate(text, values);
  await expect(failed).rejects.toThrow(UserError);
  await expect(failed).rejects.toThrow(message);
});
