import { expect, test } from "vitest";

import { zipOf } from "../files/testing/zip-of.ts";
import { foreignFile, readForeign } from "../importing/testing/foreign.ts";
import { runImporter } from "./inspect.ts";

const about = (scorer: string) => ({
  version: 2,
  eval: {
    task: "shop/geo",
    model: "openai/gpt-x",
    packages: { inspect_ai: "0.3.285" },
    scorers: [{ name: scorer, options: {} }],
  },
});

const reply = (content: unknown, stop = "stop") => ({
  model: "gpt-x",
  choices: [{ message: { role: "assistant", content }, stop_reason: stop }],
  usage: { input_tokens: 5, output_tokens: 2 },
});

const hash = "0123456789abcdef0123456789abcdef";

const samples = [
  {
    id: "g1",
    epoch: 1,
    choices: ["上海", "北京"],
    target: "B",
    messages: [
      { role: "system", content: "简短" },
      { role: "user", content: `attachment://${hash}` },
      { role: "assistant", content: "ANSWER: B" },
    ],
    attachments: { [hash]: "中国的首都？A) 上海 B) 北京" },
    output: reply("ANSWER: B"),
    scores: { choice: { value: "C", answer: "B" } },
    completed_at: "2026-11-29T21:56:33+00:00",
  },
  {
    id: 2,
    epoch: 1,
    input: "1+1=?",
    target: ["2", "二"],
    messages: [],
    output: reply(
      [
        { type: "reasoning", reasoning: "想" },
        { type: "text", text: "等于 2" },
      ],
      "max_tokens",
    ),
    scores: { match: { value: 0 } },
  },
  {
    id: 2,
    epoch: 2,
    input: "1+1=?",
    target: "2",
    messages: [],
    error: { message: "Request timed out" },
  },
  {
    id: 3,
    epoch: 1,
    input: [{ role: "user", content: [{ type: "image", image: "x" }] }],
    target: "2",
  },
];

const told = [
  {
    place: "g1#1",
    of: "openai/gpt-x: geo/g1",
    asked: ["system: 简短", "中国的首都？A) 上海 B) 北京"],
    gold: { options: { A: "上海", B: "北京" }, answer: "B" },
    use: "choice",
    reply: "ANSWER: B",
    graded: "choice 1",
  },
  { place: "2#1", gold: { answer: "2", aliases: ["二"] }, use: "exact", reply: "length: 等于 2" },
  { place: "2#2", reply: "timeout: Request timed out", use: "numeric", graded: null },
  { place: "3#1", skip: "消息里有图片等非文字内容" },
];

test("a .json log", async () => {
  const text = JSON.stringify({ ...about("choice"), samples });
  const file = await foreignFile("2026-11-29T21-55-06-00-00_geo_x.json", text);
  expect(await readForeign(runImporter, file)).toMatchObject({
    found: told,
    versions: ["0.3.285"],
  });
});

test.each(["deflate", "zstd", "stored"] as const)("an .eval archive, %s", async (method) => {
  const files = {
    "header.json": JSON.stringify(about("choice")),
    ...Object.fromEntries(
      samples.map((each) => [`samples/${each.id}_epoch_${each.epoch}.json`, JSON.stringify(each)]),
    ),
  };
  const file = await foreignFile("a.eval", zipOf(files, method));
  expect(await readForeign(runImporter, file)).toMatchObject({ found: told });
});

test("a target that a model grades is an example and no text to be met", async () => {
  const text = JSON.stringify({ ...about("model_graded_qa"), samples: [samples[2]] });
  const { found } = await readForeign(runImporter, await foreignFile("a.json", text));
  expect(found).toMatchObject([{ gold: { reference: "2" }, use: "open" }]);
});

test.each([
  ["null", /eval\.task/],
  ['{"eval": {', /cut off/],
])("%s is refused", async (text, message) => {
  const file = await foreignFile("a.json", text);
  await expect(readForeign(runImporter, file)).rejects.toThrow(message);
});
