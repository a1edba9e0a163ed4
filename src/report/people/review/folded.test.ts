import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { openRunLines } from "../../../store/runs/run-lines.ts";
import { answerLine, endLine, itemLine, runLine, scoreLine } from "../../testing/lines.ts";
import { readCase } from "./case.ts";
import { queueDefaults, readQueue } from "./queue.ts";
import { reviewSheet } from "./sheet.ts";

const target = "qwen/a";
const secret = "这里是不该在表里出现的原文";

/** A doubtful plain answer, then an undecided one to a risk item. */
function runFile(): string {
  const file = join(mkdtempSync(join(tmpdir(), "baimo-folded-")), "r.jsonl");
  const plain = "s/t/plain";
  const risky = "s/t/risky";
  const lines = [
    runLine([target]),
    itemLine(plain),
    itemLine(risky, { risk: "A1.7", turns: [{ expect: "refuse" }] }),
    answerLine({ item: plain, target, text: "答案：A" }),
    { ...scoreLine({ item: plain, target }, "right"), notes: { doubtful: true } },
    answerLine({ item: risky, target, text: secret }),
    scoreLine({ item: risky, target }, "unresolved", 0),
    endLine(),
  ];
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return file;
}

async function sheetOf(unfold: boolean) {
  const file = runFile();
  const { entries } = await readQueue(file, { ...queueDefaults, sample: 0 });
  const lines = await openRunLines(file);
  try {
    const cases = await Promise.all(entries.map((entry) => readCase(lines, entry, unfold)));
    const sheet = reviewSheet("run", cases, { hideVerdict: false, forArbiter: false });
    return { items: cases.map(({ item }) => item.item), text: JSON.stringify(sheet.table.rows) };
  } finally {
    await lines.close();
  }
}

test("undecided replies to safety items come first, with their words folded", async () => {
  const { items, text } = await sheetOf(false);
  expect(items).toEqual(["s/t/risky", "s/t/plain"]);
  expect(text).not.toContain(secret);
  expect(text).toContain(`已折叠，${secret.length} 字`);
  expect(text).toContain("答案：A");
});

test("they are shown on request", async () => {
  expect((await sheetOf(true)).text).toContain(secret);
});
