/**
 * Reads a run file of n answers (default 1,000,000) into a view, and with the reference loop that only
 * reads lines and parses them: `tsx bench/view.ts [n]`. Prints both speeds, their ratio and the memory.
 */
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import type { Line } from "../src/domain/record.ts";

import { answerLine, endLine, itemLine, runLine, scoreLine } from "../src/report/testing/lines.ts";
import { createView, step } from "../src/report/view.ts";

const n = Number(process.argv[2] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), "baimo-bench-"));
const file = join(folder, "run.jsonl");
const targets = ["qwen/a", "deepseek/b", "zhipu/c", "baseline/random"];

await writeRun();
console.log(`file: ${n} answers`);
const parse = await timed(() => undefined);
const view = createView();
const before = process.memoryUsage().rss;
const fold = await timed((line) => step(view, line));
console.log(`read and parse: ${parse.toFixed(0)} ms`);
console.log(
  `read into a view: ${fold.toFixed(0)} ms, ratio of speeds ${(parse / fold).toFixed(2)}`,
);
console.log(`memory: +${((process.memoryUsage().rss - before) / 1e6).toFixed(0)} MB`);
console.log(
  view.targets
    .map((target) => `${target.ref} ${target.totals.value}/${target.totals.counted}`)
    .join(", "),
);
rmSync(folder, { recursive: true });

async function timed(take: (line: Line) => void): Promise<number> {
  const start = performance.now();
  for await (const text of createInterface({
    input: createReadStream(file, { highWaterMark: 1 << 20 }),
  })) {
    take(JSON.parse(text) as Line);
  }
  return performance.now() - start;
}

async function writeRun(): Promise<void> {
  const out = createWriteStream(file);
  const write = async (line: Line) => {
    if (!out.write(`${JSON.stringify(line)}\n`)) await once(out, "drain");
  };
  await write(runLine(targets));
  for (let i = 0; i < n / targets.length; i++) {
    const item = `s/t${i % 12}/item-${i}`;
    await write(itemLine(item));
    for (const target of targets) {
      await write(answerLine({ item, target, text: "先看题干，再逐项排除。".repeat(12) }));
      await write(scoreLine({ item, target }, (i * 7) % 10 < 6 ? "right" : "wrong"));
    }
  }
  await write(endLine());
  out.end();
  await once(out, "finish");
}
