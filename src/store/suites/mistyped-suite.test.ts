import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import fc from "fast-check";
import { expect, test } from "vitest";

import { builtinFolder } from "../builtin.ts";
import { mistypedSuite } from "../testing/properties.ts";
import { checkSuite } from "./check-suite.ts";
import { readSuite } from "./suites.ts";

test("a suite with typos is read or refused with a location, never an internal error", async () => {
  const file = join(builtinFolder("suites"), "logic.yaml");
  expect(await checkSuite(await readSuite(file))).toEqual([]);
  const head = (await readFile(file)).subarray(0, 2_500);
  const folder = await mkdtemp(join(tmpdir(), "baimo-typing-"));
  await fc.assert(mistypedSuite(folder, head), { numRuns: 60 });
  await rm(folder, { recursive: true });
});
