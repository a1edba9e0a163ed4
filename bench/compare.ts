/**
 * Compares two run files of n answers each (default 100,000) with `baimo compare`'s own steps, and with the
 * reference loop that only reads both and parses their lines: `tsx bench/compare.ts [n]`.
 * Prints both times, their ratio and the most memory that the process held.
 */
import { createReadStream, mkdtempSync, openSync, closeSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import type { Context } from "../src/cli/command.ts";
import type { Line } from "../src/domain/record.ts";

import { command } from "../src/cli/compare.ts";
import { answerLine, endLine, itemLine, runLine, scoreLine } from "../src/report/testing/lines.ts";
import { seededRandom } from "../src/stats/random.ts";

const n = Number(process.argv[2] ?? 100_000);
const folder = mkdtempSync(join(tmpdir(), "baimo-bench-"));
const files = ["base.jsonl", "new.jsonl"];
for (const [seed, file] of files.entries()) writeRun(join(folder, file), seed);

const { signal } = new AbortController();
const context: Context = {
  lang: "zh",
  cwd: folder,
  env: {},
  print: (text) => console.log(text.split("\n")[0]),
  warn: console.error,
  columns: 120,
  isTTY: false,
  signal,
  stopping: signal,
};
const parse = await timed(readAndParse);
const compared = await timed(() => command.run({ values: {}, positionals: files }, context));
const peak = process.resourceUsage().maxRSS / 1_024;
console.log(`read and parse both: ${parse.toFixed(0)} ms`);
console.log(`compare: ${compared.toFixed(0)} ms, ${(compared / parse).toFixed(2)} times as long`);
console.log(`most memory: ${peak.toFixed(0)} MB`);
rmSync(folder, { recursive: true });

async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

async function readAndParse(): Promise<void> {
  for (const file of files) {
    const input = createReadStream(join(folder, file), { highWaterMark: 1 << 20 });
    for await (const line of createInterface({ input })) JSON.parse(line);
  }
}

function writeRun(file: string, seed: number): void {
  const random = seededRandom(seed);
  const out = openSync(file, "w");
  const write = (lines: readonly Line[]) =>
    writeSync(out, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const target = "qwen/qwen-plus";
  write([runLine([target])]);
  for (let i = 0; i < n; i++) {
    const item = `s/t${i % 16}/item-${i}`;
    const text = "先看题干，再逐项排除。".repeat(12);
    const first_token_ms = 150 + 200 * random();
    write([
      itemLine(item),
      answerLine({ item, target, text, first_token_ms, total_ms: first_token_ms + 1_000 }),
      scoreLine({ item, target }, random() < 0.7 ? "right" : "wrong"),
    ]);
  }
  write([endLine()]);
  closeSync(out);
}
