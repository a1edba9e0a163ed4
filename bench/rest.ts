/**
 * A run file at rest beside the plain one: `npx tsx bench/rest.ts RUN.jsonl`. Prints how much smaller it is, and what reading all
 * of it takes by the processor: its lines alone, and as every report reads it.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import "../own-temporary.ts";
import { packFile } from "../src/files/packed.ts";
import { readView } from "../src/report/view/read.ts";
import { scanRun } from "../src/store/runs/reader.ts";

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error("name a run file");
  process.exit(2);
}
const rounds = 15;
const folder = mkdtempSync(join(tmpdir(), "baimo-rest-"));
const packedFile = join(folder, "run.jsonl.zst");
const { plain, packed } = await packFile(file, packedFile);
console.log(`${plain} B → ${packed} B: ${(plain / packed).toFixed(1)} times smaller`);
const ways = {
  lines: (path: string) => scanRun(path, () => undefined),
  report: (path: string) => readView([path]),
};
for (const [name, read] of Object.entries(ways)) {
  const [before, after] = [await median(() => read(file)), await median(() => read(packedFile))];
  const speed = (ms: number): string => `${(plain / 1e3 / ms).toFixed(0)} MB/s`;
  console.log(
    `${name}: plain ${before.toFixed(1)} ms (${speed(before)}), at rest ${after.toFixed(1)} ms (${speed(after)}), ${(after / before).toFixed(2)} times`,
  );
}
rmSync(folder, { recursive: true });

/** Milliseconds of the processor, after three rounds that warm up. */
async function median(work: () => Promise<unknown>): Promise<number> {
  const spent: number[] = [];
  for (let round = -3; round < rounds; round++) {
    const begun = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(begun);
    if (round >= 0) spent.push((user + system) / 1e3);
  }
  return spent.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
}
