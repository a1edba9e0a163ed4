/**
 * `score` of a run file of 100,000 answers against the least that reads it: lines by node:readline, each parsed. Wall clock
 * of whole processes, alternating. The file of a run that was asked and graded (`numeric`, answers of one sentence) is what
 * the bound is about; in the other one each answer is reasoned in several sentences (`choice`).
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { builtEntry, makeProject, ownRun, plainEnv, startServer } from "./kit/process.ts";
import { alternated, paired, type Row, rowOf } from "./kit/rows.ts";
import { writeRun } from "./view.ts";

const loop = `
const { createReadStream } = require("node:fs");
const { createInterface } = require("node:readline");
(async () => {
  let lines = 0;
  for await (const line of createInterface({ input: createReadStream(process.argv[1]) })) {
    JSON.parse(line);
    lines += 1;
  }
  console.log(lines);
})();
`;

export async function rows({ quick }: { readonly quick: boolean }): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "baimo-bench-"));
  const answers = quick ? 10_000 : 100_000;
  const rounds = quick ? 2 : 5;
  const name = `score of ${answers.toLocaleString("en")} answers`;
  try {
    const asked = join(folder, "asked.jsonl");
    await askRun(asked, answers);
    const reasoned = join(folder, "reasoned.jsonl");
    await writeRun(reasoned, answers);
    return [
      rowOf(`${name} of one sentence, against readline and JSON.parse`, {
        ...(await scored(asked, rounds)),
        unit: "ms",
        bound: { most: 2 },
      }),
      rowOf(`${name} of a reasoned choice`, { ...(await scored(reasoned, rounds)), unit: "ms" }),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The file of a run of the built program, 256 at once. */
async function askRun(file: string, answers: number): Promise<void> {
  const server = await startServer({ chunks: 1, first_ms: 5, gap_ms: 0, spread_ms: 0 });
  const project = await makeProject(server.url, answers, 256);
  try {
    copyFileSync((await ownRun(project.folder, "silent")).file, file);
  } finally {
    project.remove();
    await server.close();
  }
}

/** Milliseconds of `score` and of the loop. */
async function scored(file: string, rounds: number) {
  const cwd = dirname(file);
  const timed = (...args: readonly string[]): Promise<number> => {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, {
      cwd,
      env: plainEnv(),
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}: ${stderr}`);
    return Promise.resolve(performance.now() - start);
  };
  const both = await alternated(
    rounds,
    () => timed("-e", loop, file),
    () => {
      // Each round grades the file as it was.
      const copy = join(cwd, "copy.jsonl");
      copyFileSync(file, copy);
      return timed(builtEntry, "score", copy);
    },
  );
  return paired(both, (ms) => ms);
}
