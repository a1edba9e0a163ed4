import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { readSuite } from "../../store/suites/suites.ts";
import { foreignFile, jsonLines } from "../testing/foreign.ts";
import { importLog } from "./import-log.ts";

const call = (question: string, reply: string | null) => ({
  request: { model: "m", messages: [{ role: "user", content: question }] },
  response:
    reply === null
      ? { error: { message: "busy" } }
      : { choices: [{ message: { content: reply }, finish_reason: "stop" }] },
});

const refunds = ["怎么退款？", "怎么退款", "请问怎么退款？", "怎么退款？？"];
const many = Array.from({ length: 30 }, (_, at) =>
  call(refunds[at % 4] ?? "", `在订单页申请，第 ${at} 次`),
);

async function imported(text: string, n: number, seed = 7) {
  const file = await foreignFile("gateway.jsonl", text);
  const folder = await mkdtemp(join(tmpdir(), "log-"));
  const out = join(folder, "live.yaml");
  const summary = await importLog({
    file,
    out,
    n,
    seed,
    signal: new AbortController().signal,
    suite: { schema: "suite/1", id: "live" },
  });
  const rows = (await readFile(join(folder, "data/live/log.jsonl"), "utf8")).trimEnd().split("\n");
  return {
    summary,
    out,
    items: rows.map((row) => JSON.parse(row) as Readonly<Record<string, string>>),
  };
}

test("repetitions count as one, kinds get places by traffic, and the old answer is the reference", async () => {
  const { summary, items, out } = await imported(
    jsonLines(
      ...many,
      call("请把这段话翻译成英文：春眠不觉晓", "Spring sleep"),
      call("请把这段话翻译成英文：处处闻啼鸟", "Birds sing"),
      call("写一首关于大海的诗", "大海啊"),
      { level: "info" },
    ),
    3,
  );
  expect(summary).toMatchObject({ rows: 34, requests: 33, items: 3, unanswered: 0 });
  expect(summary.distinct).toBeLessThan(8);
  expect(summary.topics[0]?.share).toBeCloseTo(30 / 33, 9);
  expect(summary.skipped).toMatchObject([{ count: 1, rows: ["34"] }]);
  expect(items.flatMap(({ question }) => question?.slice(0, 3) ?? []).toSorted()).toEqual([
    "写一首",
    "怎么退",
    "请把这",
  ]);
  expect(items.every(({ reference }) => (reference ?? "") !== "")).toBe(true);
  expect((await readSuite(out)).suite.tasks).toMatchObject([
    { id: "log", grader: { use: "open" } },
  ]);
});

test("a request that failed first has the answer of a later one", async () => {
  const { summary, items } = await imported(
    jsonLines(
      call("怎么开发票？", null),
      call("怎么开发票", "在订单详情里开。"),
      call("几点下班？", null),
    ),
    10,
  );
  expect(summary).toMatchObject({ distinct: 2, items: 2, unanswered: 1 });
  expect(items.find(({ question }) => question?.startsWith("怎么开"))).toMatchObject({
    id: "r000001",
    reference: "在订单详情里开。",
  });
});

test("personal data is masked in question, history and answer, and two customers' numbers make no two questions", async () => {
  const { summary, items } = await imported(
    jsonLines(
      {
        messages: [
          { role: "user", content: "我叫张伟" },
          { role: "assistant", content: "张伟您好" },
          {
            role: "user",
            content:
              "手机 13812345678 的订单到哪了？收件人：欧阳修，密钥 sk-abcdefghijklmnopqrstuv",
          },
        ],
        response: { choices: [{ message: { content: "已寄给 a.b@example.com" } }] },
      },
      call("查 13812345678 的余额", "12 元"),
      call("查 13987654321 的余额", "9 元"),
    ),
    10,
  );
  const text = JSON.stringify(items);
  expect(text).not.toMatch(/138|张伟|欧阳修|example\.com|sk-a/);
  expect(summary.masked).toMatchObject({ 手机号: 2, 姓名: 3, 邮箱: 1, 密钥: 1 });
  expect(summary.distinct).toBe(2);
});

test("the same seed draws the same, and nothing is written where nothing can be used", async () => {
  const text = jsonLines(
    ...Array.from({ length: 40 }, (_, at) =>
      call(`第 ${at} 件事：${"甲乙丙丁".charAt(at % 4).repeat(9 + at)}`, "好"),
    ),
  );
  const [a, b, c] = await Promise.all([imported(text, 8), imported(text, 8), imported(text, 8, 8)]);
  expect(a?.items).toEqual(b?.items);
  expect(a?.items).not.toEqual(c?.items);
  const folder = await mkdtemp(join(tmpdir(), "log-"));
  const file = await foreignFile("usage.jsonl", jsonLines({ quota: 3, model_name: "m" }));
  const empty = importLog({
    file,
    out: join(folder, "x.yaml"),
    n: 1,
    seed: 1,
    signal: new AbortController().signal,
    suite: { schema: "suite/1", id: "x" },
  });
  await expect(empty).rejects.toThrow(/keeps none/);
  expect(await readdir(folder)).toEqual([]);
});
