import { dirname } from "node:path";

import { expect, test } from "vitest";

import { foreignFile, jsonLines, readForeign } from "../importing/testing/foreign.ts";
import { runImporter } from "./lm-eval.ts";

const chosen = (
  id: number,
  target: unknown,
  choices: readonly string[],
  logs: readonly number[],
) => ({
  doc_id: id,
  doc: {},
  target,
  arguments: Object.fromEntries(
    choices.map((choice, place) => [
      `gen_args_${place}`,
      { arg_0: "题：首都？\n答案：", arg_1: ` ${choice}` },
    ]),
  ),
  resps: logs.map((log) => [[String(log), "False"]]),
  filter: "none",
  metrics: ["acc"],
  acc: 1,
});

const written = (id: number, filter: string, resps: readonly string[], score: number) => ({
  doc_id: id,
  target: "小红有 3 个\n#### 1,003",
  arguments: { gen_args_0: { arg_0: "小红有几个？", arg_1: { until: ["\n"] } } },
  resps: [resps],
  filtered_resps: resps.slice(0, 1),
  filter,
  metrics: ["exact_match"],
  exact_match: score,
});

test("options that were compared by likelihood: the likeliest is the reply", async () => {
  const text = jsonLines(
    chosen(0, "1", ["A", "B"], [-0.9, -0.2]),
    chosen(1, "北京", ["上海", "北京"], [-0.1, -0.5]),
    chosen(2, "9", ["上海", "北京"], [-0.1, -0.5]),
    {
      doc_id: 3,
      target: "",
      arguments: [["整篇文章"]],
      resps: [[["-50.1", "False"]]],
      filter: "none",
    },
  );
  const file = await foreignFile("my__model/samples_geo_2026-11-29T21-56-03.401376.jsonl", text);
  await foreignFile(
    "results_2026-11-29T21-56-03.401376.json",
    JSON.stringify({ lm_eval_version: "0.4.13", model_name: "my/model" }),
    dirname(file),
  );
  expect(await readForeign(runImporter, file)).toMatchObject({
    versions: ["0.4.13"],
    found: [
      {
        of: "my/model: geo/0",
        asked: ["题：首都？\n答案："],
        gold: { answer: "B" },
        reply: "B",
        graded: "acc 1",
      },
      { gold: { options: { A: "上海", B: "北京" }, answer: "B" }, reply: "A", use: "choice" },
      { skip: "target 9 不是选项之一" },
      { skip: "只有似然（困惑度），没有回答" },
    ],
  });
});

test("a document stands there once for each filter and has one reply; repeats are trials", async () => {
  const text = jsonLines(
    written(0, "strict", ["1003"], 1),
    written(1, "strict", ["7", "8"], 0),
    written(0, "flexible", ["1003"], 1),
    written(1, "flexible", ["7", "8"], 0),
  );
  const { found } = await readForeign(
    runImporter,
    await foreignFile("m/samples_gsm_x.jsonl", text),
  );
  expect(found).toMatchObject([
    { gold: { answer: "1003" }, use: "numeric", reply: "1003", graded: "exact_match 1" },
    { reply: "7", graded: null },
    { reply: "8", graded: null },
  ]);
});

test("the results are no samples", async () => {
  const file = await foreignFile("a.jsonl", jsonLines({ results: {} }));
  await expect(readForeign(runImporter, file)).rejects.toThrow(/--log_samples/);
});
