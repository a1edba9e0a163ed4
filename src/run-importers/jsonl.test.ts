import { expect, test } from "vitest";

import { foreignFile, jsonLines, readForeign } from "../importing/testing/foreign.ts";
import { runImporter } from "./jsonl.ts";

test("names that programs of one's own use", async () => {
  const text = jsonLines(
    {
      id: "a",
      task: "地理",
      model: "m",
      prompt: "首都？",
      response: "北京",
      answer: "北京",
      correct: true,
    },
    { question: "首都？", choices: ["上海", "北京"], gold: "北京", output: "B", score: 0.5 },
    { 题目: "首都？", A: "上海", B: "北京", 答案: "B", 回答: "选A", 判定: "错" },
    {
      messages: [
        { role: "user", content: "你好" },
        { role: "assistant", content: "您好" },
      ],
    },
    { prompt: "1+1", reply: 2, gold: 2, score: 87 },
    { prompt: "写诗", reply: "", reference: "床前明月光，疑是地上霜。举头望明月。" },
    { prompt: "首都？", error: "HTTP 500" },
    { prompt: "首都？" },
  );
  const { found } = await readForeign(runImporter, await foreignFile("mine.jsonl", text));
  expect(found).toMatchObject([
    {
      of: "m: 地理/a",
      asked: ["首都？"],
      gold: { answer: "北京" },
      use: "exact",
      reply: "北京",
      graded: "correct 1",
    },
    {
      of: "mine: mine/r2",
      gold: { options: { A: "上海", B: "北京" }, answer: "B" },
      graded: "score 0.5",
    },
    { gold: { options: { A: "上海", B: "北京" }, answer: "B" }, use: "choice", graded: "判定 0" },
    { asked: ["你好"], reply: "您好", use: "open", graded: null },
    { use: "numeric", reply: "2", graded: "score null" },
    { use: "open", gold: { reference: "床前明月光，疑是地上霜。举头望明月。" }, reply: "" },
    { reply: "server: HTTP 500" },
    { skip: "没有回答" },
  ]);
});

test("a file without replies is refused", async () => {
  const file = await foreignFile("a.jsonl", jsonLines({ text: "x" }));
  await expect(readForeign(runImporter, file)).rejects.toThrow(/reply/);
});
