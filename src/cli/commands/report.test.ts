import { join } from "node:path";

import { expect, test } from "vitest";

import { newFolder, runCommand } from "../testing/command-context.ts";
import { command as report } from "./report.ts";
import { command as run } from "./run.ts";

test("a page of two runs says how to see what changed between them; one of a single run need not", async () => {
  const folder = newFolder();
  for (const name of ["a", "b"]) {
    const options = { model: ["baseline/random"], limit: "1", out: join(folder, `${name}.jsonl`) };
    expect((await runCommand(run, folder, ["starter"], options)).code).toBe(0);
  }
  const page = async (files: readonly string[], options = {}) =>
    (await runCommand(report, folder, files, { out: "page.html", ...options })).text;
  expect(await page(["a.jsonl", "b.jsonl"])).toMatch(
    /不作比较；要看后一次比前一次变了多少：\nbaimo report b\.jsonl --baseline a\.jsonl$/,
  );
  // Whichever is named first, the older one is what the other is compared with.
  expect(await page(["b.jsonl", "a.jsonl"])).toMatch(/baimo report b\.jsonl --baseline a\.jsonl$/);
  expect(await page(["a.jsonl"])).not.toContain("--baseline");
  expect(await page(["b.jsonl"], { baseline: "a.jsonl" })).toContain("看报告页的“比较”");
  expect(await page(["b.jsonl"], { baseline: "a.jsonl" })).not.toContain("不作比较");
});
