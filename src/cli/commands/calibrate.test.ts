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
  expect(JSON.parse(printed)).toEqual({
    n: 4,
    agree: 2,
    agreement: 0.5,
    false_right: 0,
    false_wrong: 1,
    unresolved: 2,
    kappa: expect.closeTo(0.2, 10),
  });
});

test("every disagreement is listed, on the screen and in a file", async () => {
  const { printed, folder } = await calibrate(lines(rows), {
    grader: "choice",
    out: "differ.jsonl",
  });
  expect(printed).toContain("与人工标注一致 50.00%（2/4）");
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

test.each<[string, Flags, RegExp]>([
  ['{"response": 1}', { grader: "choice" }, /problem/],
  ["not json", { grader: "choice" }, /problem/],
  ["", { grader: "choice" }, /no rows/],
  [lines(rows), {}, /--grader/],
  [lines(rows), { grader: "chioce" }, /choice/],
  [lines(rows), { grader: "choice", with: "[1]" }, /JSON object/],
  [lines(rows), { grader: "choice", with: '{"mod": 1}' }, /mod/],
])("%s with %j is the user's mistake", async (text, values, message) => {
  const failed = calibrate(text, values);
  await expect(failed).rejects.toThrow(UserError);
  await expect(failed).rejects.toThrow(message);
});
