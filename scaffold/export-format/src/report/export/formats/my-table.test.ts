import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { readExport } from "../../../../../../src/report/export/read.ts";
import {
  answerLine,
  itemLine,
  runLine,
  scoreLine,
} from "../../../../../../src/report/testing/lines.ts";
import { format } from "./my-table.ts";

test("one line an answer, and no reply can break a cell", async () => {
  const facts = { item: "s/t/1", target: "a/one", text: "第一行\n第\t二行" };
  const lines = [
    runLine(["a/one"]),
    itemLine("s/t/1"),
    answerLine(facts),
    scoreLine(facts, "right"),
  ];
  const file = join(await mkdtemp(join(tmpdir(), "export-")), "run.jsonl");
  await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  await format.write(await readExport([file], null), `${file}.out`, "zh");
  const written = (await readFile(`${file}.out`, "utf8")).replace(/\n$/, "").split("\n");
  expect(written).toHaveLength(2);
  expect(new Set(written.map((line) => line.split("\t").length)).size).toBe(1);
});
