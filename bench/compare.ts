/**
 * Comparing two run files as `baimo compare` does, against a loop that only reads both and parses their lines. The two
 * sides alternate.
 */
import { mkdtempSync, openSync, closeSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Context } from "../src/cli/context.ts";
import type { RunFileLine } from "../src/domain/run-file/lines.ts";

import { command } from "../src/cli/commands/compare.ts";
import { defaultsOf } from "../src/cli/options.ts";
import { answerLine, endLine, itemLine, runLine, scoreLine } from "../src/report/testing/lines.ts";
import { seededRandom } from "../src/stats/random.ts";
import { alternated, paired, type Row, rowOf } from "./kit/rows.ts";
import { readAndParse, timed } from "./view.ts";

const { signal } = new AbortController();

export async function rows({ quick }: { readonly quick: boolean }): Promise<readonly Row[]> {
  const answers = quick ? 20_000 : 100_000;
  const folder = mkdtempSync(join(tmpdir(), "baimo-bench-"));
  const files = ["base.jsonl", "new.jsonl"].map((file) => join(folder, file));
  try {
    for (const [seed, file] of files.entries()) writeRun(file, seed, answers);
    const both = await alternated(
      3,
      () => timed(() => readAndParse(files)),
      () =>
        timed(() =>
          command.run({ ...defaultsOf(command.options), positionals: files }, contextIn(folder)),
        ),
    );
    return [
      rowOf(`comparison of two files of ${answers.toLocaleString("en")} answers, against parsing`, {
        ...paired(both, (ms) => ms),
        unit: "ms",
      }),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const contextIn = (cwd: string): Context => ({
  lang: "zh",
  cwd,
  env: {},
  print: () => undefined,
  warn: console.error,
  columns: 120,
  isTTY: false,
  startThread: null,
  now: () => new Date("2026-11-29T04:00:00Z"),
  finishing: (work) => work(),
  signal,
  stopping: signal,
});

function writeRun(file: string, seed: number, answers: number): void {
  const random = seededRandom(seed);
  const out = openSync(file, "w");
  const write = (lines: readonly RunFileLine[]) =>
    writeSync(out, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const target = "qwen/qwen-plus";
  write([runLine([target])]);
  for (let i = 0; i < answers; i += 1) {
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
