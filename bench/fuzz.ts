import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Runs the property tests of everything that parses foreign input for longer: `npm run fuzz [seconds each] [seed]`
 * (default 60). Prints how many cases each has passed; fails with the counter-example and its seed.
 */
import fc from "fast-check";

import "../own-temporary.ts";
import { builtinFolder } from "../src/store/builtin.ts";
import { createRunFile } from "../src/store/runs/writer.ts";
import {
  anyLines,
  damagedRunFile,
  mistypedSuite,
  reviewLine,
} from "../src/store/testing/properties.ts";
import { runLine } from "../src/store/testing/run-line.ts";
import { sseProperty } from "../src/transport/testing/sse-property.ts";

const seconds = Number(process.argv[2] ?? 60);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const folder = await mkdtemp(join(tmpdir(), "baimo-fuzz-"));
const writer = await createRunFile(join(folder, "whole.jsonl"), runLine);
for (const key of ["一", "二", "三"]) await writer.append(reviewLine(key));
await writer.close();
const run = await readFile(join(folder, "whole.jsonl"));
const suite = await readFile(join(builtinFolder("suites"), "starter.yaml"));
const properties = {
  sse: sseProperty,
  "run file, damaged": damagedRunFile(folder, run),
  "run file, any lines": anyLines(folder),
  "suite, mistyped": mistypedSuite(folder, suite),
};

console.log(`seed ${seed}, ${seconds} s each`);
for (const [name, property] of Object.entries(properties)) {
  const result = await fc.check<unknown[]>(property, {
    seed,
    numRuns: 100_000_000,
    interruptAfterTimeLimit: seconds * 1000,
  });
  console.log(`${name}: ${result.numRuns} cases${result.failed ? ", FAILED" : ""}`);
  if (!result.failed) continue;
  console.log(await fc.asyncDefaultReportMessage(result));
  process.exitCode = 1;
}
await rm(folder, { recursive: true });
