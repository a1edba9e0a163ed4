/**
 * `score` of a run file of 100,000 answers against the least that reads it: lines by node:readline, each parsed. Wall clock
 * of whole processes, alternating.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { builtEntry, plainEnv } from "./kit/process.ts";
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
  try {
    const file = join(folder, "run.jsonl");
    await writeRun(file, answers);
    const timed = (...args: readonly string[]): Promise<number> => {
      const start = performance.now();
      const { status, stderr } = spawnSync(process.execPath, args, {
        cwd: folder,
        env: plainEnv(),
        encoding: "utf8",
      });
      if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}: ${stderr}`);
      return Promise.resolve(performance.now() - start);
    };
    const both = await alternated(
      quick ? 2 : 5,
      () => timed("-e", loop, file),
      () => {
        // Each round grades the file as it was.
        const copy = join(folder, "copy.jsonl");
        copyFileSync(file, copy);
        return timed(builtEntry, "score", copy);
      },
    );
    return [
      rowOf(`score of ${answers.toLocaleString("en")} answers, against readline and JSON.parse`, {
        ...paired(both, (ms) => ms),
        unit: "ms",
        bound: { most: 2 },
      }),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
