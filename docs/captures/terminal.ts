/**
 * Takes all captures of the terminal, and README's samples: `npx tsx docs/captures/terminal.ts`. It runs `npm start` and a run
 * with a target that fails, both against the simulator, keeps their run files in `runs/`, and draws what the terminal showed
 * of them, of made-up states of a run and of simulated nights. With `--draw` it draws the kept runs again and asks nobody.
 * Tests compare: `captures.test.ts` in `src/cli/first-hour`, `src/cli/nightly` and `src/tui`.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import "../../own-temporary.ts";

import type { FaultScriptInput } from "../../src/simulator/faults/script.ts";

import { nightCaptures } from "../../bench/year/captures.ts";
import {
  type KeptRun,
  terminalCaptures,
  withSample,
} from "../../src/cli/testing/terminal-captures.ts";
import { startSimulator } from "../../src/simulator/server/server.ts";
import { stateCaptures } from "../../src/tui/testing/run-states.ts";

const here = import.meta.dirname;
const root = join(here, "../..");
const kept = join(here, "runs");

/** A vendor that refuses most first attempts and blocks some prompts. */
const faults: FaultScriptInput = {
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
};

if (!process.argv.includes("--draw")) await takeRuns();
const { files, samples } = await terminalCaptures(kept);
for (const [name, text] of [...files, ...stateCaptures(), ...nightCaptures()]) {
  writeFileSync(join(here, name), text);
}
writeSample("README.zh-CN.md", samples.zh);
writeSample("README.md", samples.en);

function writeSample(name: string, sample: string): void {
  const readme = join(root, name);
  writeFileSync(readme, withSample(readFileSync(readme, "utf8"), sample));
}

async function takeRuns(): Promise<void> {
  const suites = [join(root, "suites/starter.yaml")];
  const simulator = await startSimulator({ suites, script: faults });
  await takeRun("first", ["start", "-s", "--"], {});
  const targets = ["sim/xiliu", "sim/baicao", "sim/fengche"].flatMap((ref) => ["-m", ref]);
  await takeRun("failures", ["run", "-s", "baimo", "--", "run", "starter", ...targets], {
    BAIMO_SIM_URL: simulator.url,
  });
  await simulator.close();
}

/** Runs it with npm and keeps its run file. */
async function takeRun(
  name: KeptRun,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "baimo-captures-"));
  const file = join(folder, `${name}.jsonl`);
  const child = spawn("npm", [...args, "--out", file, "--reporter", "silent"], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  await once(child, "exit");
  mkdirSync(kept, { recursive: true });
  writeFileSync(join(kept, `${name}.jsonl.gz`), gzipSync(readFileSync(file), { level: 9 }));
  rmSync(folder, { recursive: true, force: true });
}
