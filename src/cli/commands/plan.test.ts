import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { beforeEach, expect, test } from "vitest";

import { answerLine, endLine, itemLine, runLine, scoreLine } from "../../report/testing/lines.ts";
import { newFolder, runCommand, writeRun } from "../testing/command-context.ts";
import { command } from "./plan.ts";

let folder = "";
beforeEach(() => {
  folder = newFolder();
  const items = Array.from(
    { length: 40 },
    (_, index) => `{id: i${index}, question: 1+1=?, answer: "2"}`,
  );
  writeFileSync(
    join(folder, "s.yaml"),
    [
      "schema: suite/1",
      "id: s",
      "defaults: {params: {max_tokens: 100}}",
      `tasks: [{id: t, dimension: [计算], grader: {use: numeric}, items: [${items.join(", ")}]}]`,
    ].join("\n"),
  );
  writeFileSync(
    join(folder, "baimo.yaml"),
    [
      "schema: baimo/1",
      "targets: [mine/m, mine/unpriced, baseline/random]",
      "providers:",
      "  mine: {protocol: openai-chat, base_url: 'http://127.0.0.1:9/v1', auth: {scheme: none},",
      "    models: [{id: m, price: {currency: CNY, tiers: [{input: 1, output: 10}]}}, {id: unpriced}]}",
    ].join("\n"),
  );
});

const plan = (values: Parameters<typeof runCommand>[3] = {}) =>
  runCommand(command, folder, ["s.yaml"], values);

test("items, trials and what they cost on each target; an unknown price stays unknown", async () => {
  const { code, text } = await plan({ detect: "3", json: true });
  expect(code).toBe(0);
  const report = JSON.parse(text) as {
    have: { items: number };
    need: { trials: number; items: number; cost: Record<string, { amount: number } | null> }[];
  };
  expect(report.have.items).toBe(40);
  const [once] = report.need;
  expect(once?.items).toBe(1_745);
  expect(once?.cost["mine/m"]?.amount).toBeGreaterThan(1_745 * 0.001);
  expect(once?.cost["mine/unpriced"]).toBeNull();
  expect(Object.keys(once?.cost ?? {})).toEqual(["mine/m", "mine/unpriced"]);
});

test("a finer difference takes more items, in plain words", async () => {
  const { text } = await plan({ detect: "1" });
  expect(text.split("\n")[0]).toBe(
    "以 80.0% 的检验功效分辨 1.0 分的差距，每题问一次需要 15698 题。",
  );
  expect(text).toContain("离散程度为假定值");
});

test("with a run, its own costs", async () => {
  const lines = [runLine(["mine/m"])];
  const file = writeRun(folder, "run.jsonl", [
    ...lines,
    ...Array.from({ length: 40 }, (_, index) => `s/t/i${index}`).flatMap((item) => [
      itemLine(item),
      answerLine({ item, target: "mine/m", cost: { amount: 0.5, currency: "CNY" } }),
      scoreLine({ item, target: "mine/m" }, "right"),
    ]),
    endLine(),
  ]);
  const { text } = await plan({ run: file, json: true });
  const { need } = JSON.parse(text) as {
    need: { answers: number; cost: Record<string, { amount: number }> }[];
  };
  expect(need[0]?.cost["mine/m"]?.amount).toBeCloseTo(0.5 * (need[0]?.answers ?? 0), 6);
});

test("2: a power or difference that is none", async () => {
  for (const values of [{ power: "2" }, { detect: "x" }, { run: "absent.jsonl" }]) {
    expect((await plan(values)).code).toBe(2);
  }
});
