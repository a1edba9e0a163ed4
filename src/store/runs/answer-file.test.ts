import { join } from "node:path";

import { expect, test } from "vitest";

import { errorOf, folderWith } from "../testing/files.ts";
import { readAnswerFile } from "./answer-file.ts";

const fileWith = async (...rows: readonly unknown[]): Promise<string> =>
  join(
    await folderWith({ "a.jsonl": rows.map((row) => JSON.stringify(row)).join("\n") }),
    "a.jsonl",
  );

test("replies by item, turn by turn", async () => {
  const file = await fileWith(
    { item: "s/t/a", text: "一" },
    { item: "s/t/b", turn: 2, text: "二之二" },
    { item: "s/t/b", turn: 1, text: "二之一" },
  );
  const { replies, digest } = await readAnswerFile(file);
  expect([replies("s/t/a"), replies("s/t/b"), replies("s/t/c")]).toEqual([
    ["一"],
    ["二之一", "二之二"],
    null,
  ]);
  expect(digest).toMatch(/^[0-9a-f]{32}$/);
});

test("a run file of one target: its base wording", async () => {
  const answer = (item: string, wording: string | null, text: string, target = "a/one") => ({
    kind: "answer",
    item,
    target,
    wording,
    turns: [{ text }],
  });
  const run = { kind: "run", schema: "run/1" };
  const one = await readAnswerFile(
    await fileWith(run, answer("s/t/a", null, "原问法"), answer("s/t/a", "terse", "另一种问法")),
  );
  expect(one.replies("s/t/a")).toEqual(["原问法"]);
  const two = await fileWith(
    run,
    answer("s/t/a", null, "一"),
    answer("s/t/a", null, "二", "b/two"),
  );
  const error = await errorOf(() => readAnswerFile(two, "two.jsonl"));
  expect(error.text.zh).toContain("two.jsonl 里有 2 个目标的回答（a/one、b/two）");
});

test.each([
  [[{ item: "s/t/a" }], "text"],
  [[{ item: "s/t/a", text: "一", turn: 0 }], "turn"],
])("%j is reported with its line", async (rows, says) => {
  const file = await fileWith(...rows);
  const error = await errorOf(() => readAnswerFile(file, "x.jsonl"));
  const [problem] = error.problems;
  expect(problem?.place).toMatchObject({ file: "x.jsonl", line: 1 });
  expect(JSON.stringify(error.problems)).toContain(says);
});

test("a file that is not there", async () => {
  const error = await errorOf(() => readAnswerFile("/nowhere/x.jsonl", "x.jsonl"));
  expect(error.text.zh).toContain("x.jsonl");
});
