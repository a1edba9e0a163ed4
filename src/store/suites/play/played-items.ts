import type { z } from "zod";

import type { Item } from "../../../domain/suite.ts";
import type { GeneratedSettings } from "../../../generating/generator.ts";
import type { Environment } from "../../../playing/environment.ts";
import type { ItemSource } from "../expand/item-source.ts";

import { createDraw } from "../../../generating/draw.ts";
import { parseOptions } from "../../../validation/issues.ts";

/**
 * Items that an environment draws: what the user asks, the rules, the tools and the hidden state of each. The same seed
 * and options always give the same items. Throws a `UserError` for options that the environment does not take.
 */
export function playedItems(
  environment: Environment,
  { n, seed, with: given }: GeneratedSettings,
): Pick<ItemSource, "count" | "at"> {
  const options = parseOptions({ zh: "环境", en: "environment" }, environment, given);
  return {
    count: n,
    at: (row) =>
      row < 0 || row >= n
        ? Promise.reject(new RangeError(`row ${row} of ${n} rows`))
        : Promise.resolve(itemOf(environment, seed, row, options)),
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
    environment: {
      use: environment.id,
      version: environment.version,
      state: state as z.core.util.JSONType,
    },
  };
}
