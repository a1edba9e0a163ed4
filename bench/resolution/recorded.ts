/** Runs of all shipped suites by simulated models and by targets that only guess, as the command writes them. */
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";

import type { View } from "../../src/report/view/model.ts";

import { inProcess } from "../../src/cli/testing/process.ts";
import { readView } from "../../src/report/view/read.ts";
import { startSimulator } from "../../src/simulator/server/server.ts";

const folder = resolve(import.meta.dirname, "../../suites");
const idsIn = (path: string): readonly string[] =>
  readdirSync(path)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => name.slice(0, -".yaml".length))
    .toSorted();

export const suiteIds = idsIn(folder);
export const boardIds = idsIn(join(folder, "boards"));

/** From strong to weak. */
export const models = ["sim/yuanshan", "sim/xiliu", "sim/baicao"] as const;
export const guessers = ["random", "first", "constant", "refuse", "echo", "keywords"] as const;

export type Recorded = {
  readonly view: View;
  /** What each of the models cost, in 元, by suite: the sum over its answers. */
  readonly cost: ReadonlyMap<string, number>;
};

/**
 * Asks the models and guessers everything that `named` denotes (suites, or one board) on a simulator of that seed whose
 * clock runs fast, and reads the run file.
 */
export async function recorded(
  named: readonly string[],
  seed: number,
  into: string,
): Promise<Recorded> {
  const suites = suiteIds.map((id) => join(folder, `${id}.yaml`));
  const simulator = await startSimulator({ suites, seed, speed: 50 });
  const file = join(into, `${named.join("-").slice(0, 40)}-${seed}.jsonl`);
  try {
    const targets = [...models, ...guessers.map((id) => `baseline/${id}`)];
    const args = ["run", ...named, ...targets.flatMap((each) => ["-m", each]), "--out", file];
    const env = { BAIMO_SIM_URL: simulator.url };
    const { code, stderr } = await inProcess(into, [...args, "--seed", String(seed)], { env });
    if (code !== 0) throw new Error(`baimo run ${named.join(" ")}: exit code ${code}\n${stderr}`);
  } finally {
    await simulator.close();
  }
  return readRecorded(file);
}

/** A run file of these targets. */
export async function readRecorded(file: string): Promise<Recorded> {
  const cost = new Map<string, number>();
  const view = await readView([file], (line) => {
    if (line.kind !== "answer" || !line.target.startsWith("sim/")) return;
    const suite = line.item.split("/")[0] ?? "";
    const own = line.turns.reduce((sum, turn) => sum + (turn.cost?.amount ?? 0), 0);
    cost.set(suite, (cost.get(suite) ?? 0) + own / models.length);
  });
  return { view, cost };
}
