import { expect, test } from "vitest";

import { foreignFile, jsonLines, readForeign } from "../importing/testing/foreign.ts";
import { runImporter } from "./evalscope.ts";

const review = (
  prompt: string,
  reply: string | null,
  target: unknown,
  score: Readonly<Record<string, unknown>>,
) => ({
  index: 4,
  target,
  messages: [
    { role: "user", content: prompt },
    ...(reply === null ? [] : [{ role: "assistant", content: reply, model: "m" }]),
  ],
  sample_score: { score, group_id: 4, generation_index: 0 },
});

const options = "问题：首都？\n选项：\nA) 上海\nB) 北京\n";

test("reviews of choices, texts and what got no reply", async () => {
  const text = jsonLines(
    review(options, "答案：B", ["B"], {
      value: { accuracy: 1 },
      main_score_name: "accuracy",
      extracted_prediction: "B",
    }),
    review(options, "AB", ["A", "B"], { value: { accuracy: 0 } }),
    review("首都？", "北京", ["北京"], {
      value: { "bleu-1": 0.2, "Rouge-L-R": 0.7 },
      main_score_name: "Rouge-L-R",
    }),
    review("谁？", "B", ["B"], { value: { acc: 20 } }),
    review("谁？", null, ["B"], {}),
    { index: 9 },
  );
  const { found } = await readForeign(
    runImporter,
    await foreignFile("reviews/qwen-x/geo_val.jsonl", text),
  );
  expect(found).toMatchObject([
    {
      of: "qwen-x: geo_val/4",
      gold: { options: { A: "上海", B: "北京" }, answer: "B" },
      use: "choice",
      reply: "答案：B",
      graded: "accuracy 1",
    },
    { gold: { answer: "AB" }, use: "choice" },
    { gold: { answer: "北京" }, use: "exact", graded: "Rouge-L-R 0.7" },
    { gold: { answer: "B" }, use: "exact", graded: "acc null" },
    { reply: "server: no reply", graded: null },
    { skip: "没有 sample_score" },
  ]);
});

test("predictions are no reviews", async () => {
  const file = await foreignFile(
    "predictions/m/geo.jsonl",
    jsonLines({ index: 0, model_output: {} }),
  );
  await expect(readForeign(runImporter, file)).rejects.toThrow(/not in predictions/);
});
