import type { Environment } from "../environment.ts";

import { loadEnvironment } from "../environment.ts";

export async function loaded(id: string): Promise<Environment> {
  const environment = await loadEnvironment(id);
  if (environment === null) throw new Error(`no environment ${id}`);
  return environment;
}

/** The levels that an environment has. */
export const levelsOf = (environment: Environment): readonly number[] =>
  Array.from({ length: 10 }, (_, at) => at + 1).filter(
    (level) => environment.options.safeParse({ level }).success,
  );
