import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import type { RunFileLine } from "../domain/run-file/lines.ts";

import { answerLine, itemLine, runLine, scoreLine } from "../report/testing/lines.ts";
import { findAnswer } from "./run-lines.ts";

const target = "qwen/qwen-plus";

async function runFile(lines: readonly RunFileLine[], torn = ""): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), "baimo-run-lines-")), "run.jsonl");
  await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join("") + torn);
  return file;
}

test("finds an answer, its score and its item in a file of several blocks", async () => {
  const items = Array.from({ length: 60 }, (_, index) => `s/t/题“${index}”`);
  const text = "答".repeat(20_000);
  const file = await runFile([
    runLine([target]),
    ...items.flatMap((item) => [
      itemLine(item),
      answerLine({ item, target, text }),
      scoreLine({ item, target }, "wrong"),
    ]),
  ]);
  for (const item of [items[0], items[31], items[59]]) {
    const found = await findAnswer(file, `${item}#1@${target}`);
    expect(found.answer?.item).toBe(item);
    expect(found.item?.item).toBe(item);
    expect(found.score?.verdict).toBe("wrong");
  }
});

test("after a retry the last answer counts, without the score of the first", async () => {
  const item = "s/t/i1";
  const file = await runFile([
    runLine([target]),
    itemLine(item),
    answerLine({ item, target, text: "旧" }),
    scoreLine({ item, target }, "wrong"),
    answerLine({ item, target, text: "新" }),
  ]);
  const found = await findAnswer(file, `s/t/i1#1@${target}`);
  expect(found.answer?.turns[0]?.text).toBe("新");
  expect(found.score).toBeNull();
});

test("an answer that is missing or only partly written is null", async () => {
  const item = "s/t/i1";
  const half = JSON.stringify(answerLine({ item, target })).slice(0, -20);
  const file = await runFile([runLine([target])], half);
  expect(await findAnswer(file, `s/t/i1#1@${target}`)).toEqual({
    item: null,
    answer: null,
    score: null,
  });
});
