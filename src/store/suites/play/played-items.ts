import type { z } from "zod";

import type { Item } from "../../../domain/suite.ts";
import type { Problem, Text } from "../../../domain/text.ts";
import type { GeneratedSettings } from "../../../generating/generator.ts";
import type { Environment } from "../../../playing/environment.ts";
import type { ItemSource } from "../items.ts";

import { problemError } from "../../../files/text-file.ts";
import { createDraw } from "../../../generating/draw.ts";
import { loadEnvironment } from "../../../playing/environment.ts";
import { validate } from "../../../validation/issues.ts";

type Locate = (path: readonly PropertyKey[], message: Text, at: "key" | "value") => Problem;

/**
 * Items that an environment draws: what the user asks, the rules, the tools and the hidden state of each. The same seed
 * and options always give the same items. Rejects with a `UserError` for options that the environment does not take.
 */
export async function playedItems(
  id: string,
  { n, seed, with: given }: GeneratedSettings,
  locate: Locate,
): Promise<ItemSource> {
  const environment = await loadEnvironment(id);
  if (environment === null) throw new TypeError(`no environment ${id}`);
  const options = validate(environment.options, given);
  if (!options.ok)
    throw problemError(options.findings.map(({ path, at, message }) => locate(path, message, at)));
  return {
    count: n,
    at: (row) =>
      row < 0 || row >= n
        ? Promise.reject(new RangeError(`row ${row} of ${n} rows`))
        : Promise.resolve(itemOf(environment, seed, row, options.value)),
    close: () => Promise.resolve(),
  };
}

/** The item of a row. */
function itemOf(environment: Environment, seed: number, row: number, options: unknown): Item {
  const { state, instruction, policy } = environment.initial(createDraw(seed, row, 0), options);
  return {
    id: `g${String(row + 1).padStart(5, "0")}`,
    question: instruction,
    system: policy,
    tools: [...environment.tools],
    // A state is JSON by the environment's own schema.
    environment: { use: environment.id, version: environment.version, state: state as z.core.util.JSONType },
  };
}
