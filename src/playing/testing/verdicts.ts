import type { ToolCall } from "../../domain/call.ts";
import type { Grade } from "../../domain/grader.ts";
import type { Environment, EnvironmentCall, PlayStart } from "../environment.ts";

import { createDraw } from "../../generating/draw.ts";
import { gradeSample } from "../../grading/grade.ts";
import { loadGrader, parseGraderOptions } from "../../grading/graders.ts";
import { sampleOf } from "../../grading/testing/sample.ts";
import { loadEnvironment } from "../environment.ts";

export async function loaded(id: string): Promise<Environment> {
  const environment = await loadEnvironment(id);
  if (environment === null) throw new Error(`no environment ${id}`);
  return environment;
}

export const startOf = (
  environment: Environment,
  level: number,
  seed: number,
): PlayStart<unknown> =>
  environment.initial(createDraw(seed, level, 0), environment.options.parse({ level }));

/** The levels that an environment has. */
export const levelsOf = (environment: Environment): readonly number[] =>
  Array.from({ length: 10 }, (_, at) => at + 1).filter(
    (level) => environment.options.safeParse({ level }).success,
  );

/** The verdict of `goal` on calls made one by one. */
export async function verdictOn(
  environment: Environment,
  state: unknown,
  calls: readonly EnvironmentCall[],
): Promise<Grade> {
  const grader = await loadGrader("goal");
  if (grader === null) throw new Error("no grader goal");
  const play = {
    environment: { use: environment.id, state: JSON.parse(JSON.stringify(state)) },
    steps: calls.map((call, at) => [toolCall(call, at)]),
  };
  const sample = { ...sampleOf("都办好了。", {}), play };
  return gradeSample(grader, parseGraderOptions(grader, { cost: 0.5 }), sample);
}

const toolCall = ({ name, arguments: given }: EnvironmentCall, at: number): ToolCall => ({
  id: `c${at}`,
  name,
  arguments: JSON.stringify(given),
});
