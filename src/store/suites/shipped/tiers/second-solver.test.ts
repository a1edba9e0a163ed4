import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";
import { z } from "zod";

import { itemsOf, verdictOn } from "../enterprise/lines.ts";

/*
 * second-answers.jsonl holds what a second pass found that saw the questions alone. Golds that a program can compute have a
 * second solver of their own; those of language, long-tail knowledge and hallucination are known or read.
 */
const Answer = z.strictObject({ item: z.string(), answer: z.string() });

const answers = readFileSync(join(import.meta.dirname, "second-answers.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((row) => Answer.parse(JSON.parse(row)));
const ids = ["language-hard", "knowledge-hard", "hallucination-hard"];
const items = (await Promise.all(ids.map((id) => itemsOf(id)))).flat();

test("every item was solved a second time, and was found to be right", async () => {
  expect(answers.map(({ item }) => item)).toEqual(items.map(({ line }) => line.item));
  const wrong: string[] = [];
  for (const [at, found] of items.entries()) {
    const reply = `答案：${answers[at]?.answer ?? ""}`;
    const verdict = await verdictOn(found, reply);
    if (verdict !== "right") wrong.push(`${found.line.item}: ${verdict} for ${reply}`);
  }
  expect(wrong).toEqual([]);
});

test("an answer of another item of its task is not right", async () => {
  const taken: string[] = [];
  for (const [at, found] of items.entries()) {
    const { task, item } = found.line;
    if (found.turn.options !== null || item.includes("/u")) continue;
    const next = items.findIndex(
      ({ line, turn }, place) =>
        place > at && line.task === task && String(turn.answer) !== String(found.turn.answer),
    );
    const reply = `答案：${answers[next]?.answer ?? "没有"}`;
    if ((await verdictOn(found, reply)) === "right") taken.push(`${item}: ${reply}`);
  }
  expect(taken).toEqual([]);
});
