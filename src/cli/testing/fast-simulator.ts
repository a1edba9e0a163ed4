import { join } from "node:path";

import { type SimulatedModel, simulatedModels } from "../../simulator/models.ts";
import { startSimulator } from "../../simulator/server/server.ts";
import { builtinFolder } from "../../store/builtin.ts";

export type FastSimulator = {
  /** For commands: targets sim/… ask it instead of a process that each of them would start. */
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
};

/** The model, which says the same in fewer chunks: most of the work of a simulated answer is sending and reading them. */
export const inLargePieces = (model: SimulatedModel): SimulatedModel => ({
  ...model,
  pace: { ...model.pace, chars: 60 },
});

/**
 * A simulator in this process whose vendors' time runs a hundred times as fast.
 *
 * @param suites ids of shipped suites and paths of others, whose prompts it knows
 */
export async function startFastSimulator(...suites: readonly string[]): Promise<FastSimulator> {
  const files = suites.map((suite) =>
    suite.includes("/") ? suite : join(builtinFolder("suites"), `${suite}.yaml`),
  );
  const { url, close } = await startSimulator({
    suites: files,
    models: simulatedModels.map(inLargePieces),
    speed: 100,
  });
  return { env: { BAIMO_SIM_URL: url }, close };
}
