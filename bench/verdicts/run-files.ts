/**
 * Disjoint pairs of runs of `starter` by two simulated models, each run with a seed of its own, written and read as real
 * run files and compared by the command: `tsx bench/verdicts/run-files.ts` [--pairs 400]. Exit code 1 where more than
 * 7.5 of 100 have a false verdict in any part, or in the total.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

import "../../own-temporary.ts";
import { inProcess } from "../../src/cli/testing/process.ts";
import { startSimulator } from "../../src/simulator/server/server.ts";

const suite = resolve(import.meta.dirname, "../../suites/starter.yaml");
const models = ["sim/xiliu", "sim/baicao"];
const { values } = parseArgs({ options: { pairs: { type: "string", default: "400" } } });
const runs = 2 * Math.ceil(Number(values.pairs) / models.length);
const folder = await mkdtemp(join(tmpdir(), "baimo-verdicts-"));

type Node = { readonly verdict: string };
type Compared = { readonly total: Node; readonly parts: readonly Node[] };

const isChange = ({ verdict }: Node): boolean => verdict === "better" || verdict === "worse";

async function recorded(seed: number): Promise<string> {
  const file = join(folder, `${seed}.jsonl`);
  const simulator = await startSimulator({ suites: [suite], seed, speed: 200 });
  try {
    const targets = models.flatMap((model) => ["-m", model]);
    const args = ["run", "starter", ...targets, "--seed", String(seed), "--out", file];
    const { code } = await inProcess(folder, args, { env: { BAIMO_SIM_URL: simulator.url } });
    if (code !== 0) throw new Error(`seed ${seed}: exit code ${code}`);
    return file;
  } finally {
    await simulator.close();
  }
}

let [pairs, parts, totals] = [0, 0, 0];
try {
  for (let run = 0; run < runs; run += 2) {
    const [base, fresh] = [await recorded(1_000 + run), await recorded(1_001 + run)];
    const { stdout } = await inProcess(folder, ["compare", base, fresh, "--json"]);
    for (const { total, parts: own } of JSON.parse(stdout) as readonly Compared[]) {
      pairs++;
      if (own.some(isChange)) parts++;
      if (isChange(total)) totals++;
    }
    await Promise.all([rm(base), rm(fresh)]);
    if (run % 40 === 0)
      console.error(`${pairs} pairs: ${parts} with a false part, ${totals} totals`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.log(`${pairs} pairs: ${parts} with a false part, ${totals} false totals`);
process.exitCode = Math.max(parts, totals) > 0.075 * pairs ? 1 : 0;
