/**
 * Takes the captures of the terminal and README's samples from real runs: `npx tsx docs/captures/terminal.ts`. It runs
 * `npm start` and a run with a target that fails, both against the simulator, keeps their run files in `runs/` and draws what
 * the terminal showed of them. With `--draw` it draws the kept runs again. `src/cli/first-hour/captures.test.ts` compares.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import {
  type KeptRun,
  terminalCaptures,
  withSample,
} from "../../src/cli/testing/terminal-captures.ts";
import { startSimulator } from "../../src/simulator/server/server.ts";

const here = import.meta.dirname;
const root = join(here, "../..");
const kept = join(here, "runs");

if (!process.argv.includes("--draw")) {
  const folder = mkdtempSync(join(tmpdir(), "baimo-captures-"));
  mkdirSync(kept, { recursive: true });
  await ran("first", ["start", "-s", "--"], {});
  const simulator = await startSimulator({
    suites: [join(root, "suites/starter.yaml")],
    script: {
      schema: "faults/1",
      rules: [
        {
          model: "fengche",
          attempts: 1,
          share: 0.7,
          do: { fault: "status", status: 429, retry_after_s: 1 },
        },
        { model: "fengche", share: 0.3, do: { fault: "filter-input" } },
      ],
    },
  });
  const targets = ["sim/xiliu", "sim/baicao", "sim/fengche"].flatMap((ref) => ["-m", ref]);
  await ran("failures", ["run", "-s", "baimo", "--", "run", "starter", ...targets], {
    BAIMO_SIM_URL: simulator.url,
  });
  await simulator.close();
  rmSync(folder, { recursive: true, force: true });

  /** Runs it, and keeps the run file. */
  async function ran(
    name: KeptRun,
    args: readonly string[],
    env: NodeJS.ProcessEnv,
  ): Promise<void> {
    const file = join(folder, `${name}.jsonl`);
    const child = spawn("npm", [...args, "--out", file, "--reporter", "silent"], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "ignore", "inherit"],
    });
    await once(child, "exit");
    writeFileSync(join(kept, `${name}.jsonl.gz`), gzipSync(readFileSync(file), { level: 9 }));
  }
}

const { files, samples } = await terminalCaptures(kept);
for (const [name, text] of files) writeFileSync(join(here, name), text);
for (const [lang, name] of [
  ["zh", "README.zh-CN.md"],
  ["en", "README.md"],
] as const) {
  const readme = join(root, name);
  writeFileSync(readme, withSample(readFileSync(readme, "utf8"), samples[lang]));
}
