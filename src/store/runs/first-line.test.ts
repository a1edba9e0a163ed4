import { mkdtemp, open, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { firstLine } from "./reader.ts";

test.each([
  ["a short line", "头\n第二行\n", "头\n"],
  ["a line over several reads", `${"长".repeat(100_000)}\n二\n`, `${"长".repeat(100_000)}\n`],
  ["no newline", "没有换行", null],
  ["a newline only behind the first megabytes", `${" ".repeat(5 << 20)}\n`, null],
  ["nothing", "", null],
])("%s", async (_, text, expected) => {
  const file = join(await mkdtemp(join(tmpdir(), "baimo-first-")), "run.jsonl");
  await writeFile(file, text);
  const handle = await open(file);
  const line = await firstLine(handle);
  await handle.close();
  expect(line?.toString() ?? null).toBe(expected);
});
