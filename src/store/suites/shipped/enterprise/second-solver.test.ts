import { expect, test } from "vitest";
import { z } from "zod";

import { itemsOf, rowsOf, verdictOn } from "./lines.ts";

/*
 * Golds of these suites were written by hand. second-answers.jsonl holds what a second pass found that saw the passages and
 * the questions alone; second-queries.jsonl holds for each query another one that is built another way.
 */
const Answer = z.strictObject({
  item: z.string(),
  answer: z.union([z.array(z.string()), z.record(z.string(), z.json())]),
});
const Query = z.strictObject({ item: z.string(), query: z.string() });

const answers = rowsOf("second-answers.jsonl").map((row) => Answer.parse(row));
const queries = rowsOf("second-queries.jsonl").map((row) => Query.parse(row));
const read = [...(await itemsOf("enterprise")), ...(await itemsOf("enterprise-documents"))];
const asked = await itemsOf("enterprise-sql");

test("every item that has a written gold was solved a second time", () => {
  const written = read.filter(({ turn }) => turn.grader?.use !== "constraints");
  expect(answers.map(({ item }) => item).toSorted()).toEqual(
    written.map(({ line }) => line.item).toSorted(),
  );
  expect(queries.map(({ item }) => item)).toEqual(asked.map(({ line }) => line.item));
});

test("the second answers are right", async () => {
  const wrong: string[] = [];
  for (const { item, answer } of answers) {
    const found = read.find(({ line }) => line.item === item);
    if (found === undefined) throw new Error(`no item ${item}`);
    const reply = Array.isArray(answer) ? `标签：${answer.join("、")}` : JSON.stringify(answer);
    const verdict = await verdictOn(found, reply);
    if (verdict !== "right") wrong.push(`${item}: ${verdict} for ${reply}`);
  }
  expect(wrong).toEqual([]);
});

test("the second queries find the same rows", { timeout: 300_000 }, async () => {
  const fence = "```";
  const verdicts = await Promise.all(
    queries.map(async ({ item, query }) => {
      const found = asked.find(({ line }) => line.item === item);
      if (found === undefined) throw new Error(`no item ${item}`);
      return [item, await verdictOn(found, `${fence}sql\n${query};\n${fence}`)];
    }),
  );
  expect(verdicts.filter(([, verdict]) => verdict !== "right")).toEqual([]);
});
