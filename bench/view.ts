import { once } from "node:events";
/**
 * Folding a run file into its leaderboard in one pass, as `baimo leaderboard` does, against a loop that only reads and
 * parses its lines. The two sides alternate.
 */
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import type { RunFileLine } from "../src/domain/run-file/lines.ts";

import { leaderboardOf } from "../src/report/leaderboard/leaderboard.ts";
import { answerLine, endLine, itemLine, runLine, scoreLine } from "../src/report/testing/lines.ts";
import { readView } from "../src/report/view/read.ts";
import { alternated, paired, type Row, rowOf } from "./kit/rows.ts";

const targets = ["qwen/a", "deepseek/b", "zhipu/c", "baseline/random"];

export async function rows({ quick }: { readonly quick: boolean }): Promise<readonly Row[]> {
  const answers = quick ? 100_000 : 1_000_000;
  const folder = mkdtempSync(join(tmpdir(), "baimo-bench-"));
  const file = join(folder, "run.jsonl");
  try {
    await writeRun(file, answers);
    const both = await alternated(
      quick ? 3 : 1,
      () => timed(() => readAndParse([file])),
      () => timed(async () => leaderboardOf(await readView([file]))),
    );
    return [
      rowOf(`summary of ${answers.toLocaleString("en")} answers, against reading and parsing`, {
        ...paired(both, (ms) => answers / ms),
        unit: "/ms",
        bound: { least: 0.6 },
        note: `most memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB, the loop's included`,
      }),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Duration of an action in milliseconds. */
export async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

/** The reference: reads and parses every line of the files and does nothing with it. */
export async function readAndParse(files: readonly string[]): Promise<void> {
  for (const file of files) {
    const input = createReadStream(file, { highWaterMark: 1 << 20 });
    for await (const line of createInterface({ input })) JSON.parse(line);
  }
}

/** `replyTo` gives the text of an answer by its number. */
export async function writeRun(
  file: string,
  answers: number,
  replyTo: (answer: number) => string = () => "先看题干，再逐项排除。".repeat(12),
): Promise<void> {
  const out = createWriteStream(file);
  const write = async (line: RunFileLine) => {
    if (!out.write(`${JSON.stringify(line)}\n`)) await once(out, "drain");
  };
  await write(runLine(targets));
  for (let i = 0; i < answers / targets.length; i += 1) {
    const item = `s/t${i % 12}/item-${i}`;
    await write(itemLine(item));
    for (const [at, target] of targets.entries()) {
      await write(answerLine({ item, target, text: replyTo(i * targets.length + at) }));
      await write(scoreLine({ item, target }, (i * 7) % 10 < 6 ? "right" : "wrong"));
    }
  }
  await write(endLine());
  out.end();
  await once(out, "finish");
}
