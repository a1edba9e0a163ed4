import { expect, test } from "vitest";

import { foreignFile, jsonLines, readForeign } from "../importing/testing/foreign.ts";
import { runImporter } from "./promptfoo.ts";

const result = (more: Readonly<Record<string, unknown>>) => ({
  prompt: { raw: "请回答：水的沸点？", label: "请回答：{{q}}" },
  provider: { id: "openai:gpt-x", label: "" },
  testIdx: 0,
  promptIdx: 0,
  testCase: { vars: { q: "水的沸点？" }, assert: [{ type: "contains", value: "100" }] },
  response: { output: "沸点是 100 ℃", tokenUsage: { total: 9, prompt: 5, completion: 4 } },
  gradingResult: { pass: true, score: 1, reason: "ok" },
  success: true,
  failureReason: 0,
  ...more,
});

const asserts = (...assert: readonly unknown[]) => ({ testCase: { vars: {}, assert } });

const rows = [
  result({}),
  result({ testIdx: 1, ...asserts({ type: "equals", value: "100" }), success: false }),
  result({
    testIdx: 2,
    ...asserts({ type: "icontains", value: "100" }, { type: "not-contains", value: "抱歉" }),
  }),
  result({ testIdx: 3, ...asserts({ type: "llm-rubric", value: "语气要好" }) }),
  result({ testIdx: 4, ...asserts({ type: "javascript", value: "output.length < 9" }) }),
  result({ testIdx: 5, response: { error: "API error: 503 busy" }, failureReason: 2 }),
  result({
    testIdx: 6,
    ...asserts(),
    prompt: { raw: '[{"role":"system","content":"简短"},{"role":"user","content":"你好"}]' },
  }),
];

const told = [
  { use: "contains", graded: "contains 1", reply: "沸点是 100 ℃" },
  { use: "exact", graded: "equals 0" },
  { use: "all", graded: "icontains+not-contains 1" },
  { use: "open", graded: "llm-rubric 1", gold: { rubric: "语气要好" } },
  { use: "open", graded: "javascript 1" },
  { reply: "overloaded: API error: 503 busy", graded: null },
  { asked: ["system: 简短", "你好"], graded: null },
];

test("a test that is repeated has trials, although its number counts on", async () => {
  const repeated = [
    result({ vars: { q: "水的沸点？" } }),
    result({ vars: { q: "水的沸点？" }, testIdx: 4 }),
  ];
  const file = await foreignFile("out.jsonl", jsonLines(...repeated));
  const { found } = await readForeign(runImporter, file);
  expect(found).toMatchObject([
    { of: "openai:gpt-x: 请回答：{{q}}/水的沸点？" },
    { of: "openai:gpt-x: 请回答：{{q}}/水的沸点？" },
  ]);
});

test("results of a JSON file, with the version that wrote it", async () => {
  const whole = { results: { results: rows }, metadata: { promptfooVersion: "0.121.20" } };
  const read = await readForeign(runImporter, await foreignFile("out.json", JSON.stringify(whole)));
  expect(read.versions).toEqual(["0.121.20"]);
  expect(read.found).toMatchObject(told);
});

test("the same of JSON Lines; a line that was cut off is left out", async () => {
  const text = jsonLines(...rows) + JSON.stringify(rows[0]).slice(0, 80);
  const { found } = await readForeign(runImporter, await foreignFile("out.jsonl", text));
  expect(found).toMatchObject([...told, { place: "8", skip: "不是有效的 JSON" }]);
});

test.each([
  ["[1, 2]", /results\.results/],
  ['{"results": {"results": [', /cut off/],
])("%s is refused", async (text, message) => {
  const file = await foreignFile("out.json", text);
  await expect(readForeign(runImporter, file)).rejects.toThrow(message);
});
