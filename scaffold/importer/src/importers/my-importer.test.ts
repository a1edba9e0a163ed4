import { expect, test } from "vitest";

import type { ImportedRow } from "../../../../src/importing/importer.ts";

import { fileOf, lines, outcome, settings } from "../../../../src/importing/testing/rows.ts";
import { importer } from "./my-importer.ts";

/** The shapes in which the published files come, the faulty ones included. */
test("rows become choice questions; what cannot be one is left out with its reason", async () => {
  const file = await fileOf(
    "my-set.jsonl",
    lines(
      { id: "q1", question: "水的化学式是？", choices: ["O2", "H2O"], answer: "B" },
      { question: "哪座城市是省会？", choices: ["西安"], answer: "A" },
      { question: "没有答案", choices: ["甲", "乙"] },
    ),
  );
  const rows: ImportedRow[] = [];
  for await (const row of importer.read(file, settings)) rows.push(row);
  expect(outcome(rows)).toEqual([
    {
      id: "q1",
      question: "水的化学式是？",
      options: { A: "O2", B: "H2O" },
      answer: "B",
      use: "choice",
      dimension: ["我的能力", "单项选择"],
    },
    { row: 2, reason: "选项不足两个" },
    { row: 3, reason: "缺少 answer" },
  ]);
});
