import { dirname, join } from "node:path";

import { expect, test } from "vitest";

import { foreignFile, readForeign } from "../importing/testing/foreign.ts";
import { runImporter } from "./opencompass.ts";

const predictions = {
  "0": {
    origin_prompt: "问题：首都？\nA. 上海\nB. 北京\n答案：",
    prediction: "答案是B",
    gold: "B",
  },
  "1": {
    origin_prompt: [
      { role: "SYSTEM", prompt: "简短" },
      { role: "HUMAN", prompt: "1+1=?" },
      { role: "BOT", prompt: "2" },
      { role: "HUMAN", prompt: "2+2=?" },
    ],
    prediction: ["4", "5"],
    gold: 4,
  },
  "2": {
    "label: A": { "testing input": "首都是上海", PPL: 3.2 },
    "label: B": { "testing input": "首都是北京", PPL: 2.1 },
    prediction: "B",
    gold: "B",
  },
  "3": { prediction: "x" },
};

test("predictions, with what the evaluator wrote down beside them", async () => {
  const path = join("20261129", "predictions", "fake-7b", "geo.json");
  const file = await foreignFile(path, JSON.stringify(predictions));
  const details = [
    { parsed: ["B"], correct: [true] },
    { parsed: ["4", "5"], correct: [true, false] },
  ];
  const results = dirname(file).replace("predictions", "results");
  await foreignFile("geo.json", JSON.stringify({ accuracy: 50, details }), results);
  const { found } = await readForeign(runImporter, file);
  expect(found).toMatchObject([
    {
      of: "fake-7b: geo/0",
      gold: { options: { A: "上海", B: "北京" }, answer: "B" },
      use: "choice",
      reply: "答案是B",
      graded: "accuracy 1",
    },
    {
      asked: ["system: 简短", "user: 1+1=?", "assistant: 2", "2+2=?"],
      gold: { answer: "4" },
      use: "numeric",
      reply: "4",
      graded: "accuracy 1",
    },
    { reply: "5", graded: "accuracy 0" },
    { asked: ["首都是上海"], reply: "B", graded: null },
    { place: "3", skip: "没有 origin_prompt" },
  ]);
});

test.each(["[1]", '{"accuracy": 50}', '{"0": {"gold": 1}}'])("%s is refused", async (text) => {
  const file = await foreignFile("a.json", text);
  await expect(readForeign(runImporter, file)).rejects.toThrow(/predictions/);
});
