import { expect, test } from "vitest";

import { foreignFile, jsonLines, readForeign } from "../../../../src/importing/testing/foreign.ts";
import { runImporter } from "./my-tool.ts";

test("replies with their golds and verdicts; what holds none is left out with its reason", async () => {
  const text = jsonLines(
    { case: "a", model: "m", asked: "1+1=?", said: "等于 2", wanted: "2", ok: true },
    { case: "b", model: "m", asked: "首都？\nA. 上海\nB. 北京", said: "B", wanted: "B", ok: false },
    { case: "c", model: "m", asked: "你好", error: "HTTP 500" },
    { case: "d", asked: "没有模型" },
  );
  const { found } = await readForeign(runImporter, await foreignFile("my.jsonl", text));
  expect(found).toMatchObject([
    { of: "m: 我的能力/a", gold: { answer: "2" }, use: "numeric", reply: "等于 2", graded: "ok 1" },
    { gold: { options: { A: "上海", B: "北京" }, answer: "B" }, use: "choice", graded: "ok 0" },
    { use: "open", reply: "server: HTTP 500", graded: null },
    { place: "4", skip: "缺少 model" },
  ]);
});

test("another file is refused", async () => {
  const file = await foreignFile("other.jsonl", jsonLines({ x: 1 }));
  await expect(readForeign(runImporter, file)).rejects.toThrow(/asked/);
});
