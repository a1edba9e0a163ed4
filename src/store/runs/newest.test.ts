import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { newestRuns } from "./newest.ts";

test("run files of a folder come newest first, and nothing else does", async () => {
  const folder = mkdtempSync(join(tmpdir(), "baimo-newest-"));
  const names = [
    "20261129T080000Z-aa.jsonl",
    "20261130T080000Z-bb.jsonl",
    "report.html",
    "x.jsonl.lock",
  ];
  for (const name of names) writeFileSync(join(folder, name), "");
  expect(await newestRuns(folder)).toEqual([
    join(folder, names[1] ?? ""),
    join(folder, names[0] ?? ""),
  ]);
  expect(await newestRuns(join(folder, "none"))).toEqual([]);
});
