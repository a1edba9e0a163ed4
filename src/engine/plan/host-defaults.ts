import type { Params } from "../../domain/params.ts";
import type { TargetEntry } from "../../domain/run-file/header.ts";
import type { Suite } from "../../domain/suite.ts";

import { servedModel } from "../../domain/family.ts";
import { mergeParams } from "../../domain/prompt.ts";

/** Params whose defaults differ between hosts of one model. */
export const statedParams = ["temperature", "top_p", "max_tokens"] as const;
export type StatedParam = (typeof statedParams)[number];

/** Hosts of one model, and what would be left to the default of each. */
export type HostDefaults = {
  readonly model: string;
  readonly targets: readonly string[];
  readonly params: readonly StatedParam[];
};

/** Models that several targets serve while a param is stated nowhere for some task. */
export function hostDefaults(
  suites: readonly Pick<Suite, "defaults" | "tasks">[],
  given: Params,
  targets: readonly TargetEntry[],
): readonly HostDefaults[] {
  const byModel = Map.groupBy(
    targets.filter(({ baseline }) => !baseline),
    servedModel,
  );
  const tasks = suites.flatMap(({ defaults, tasks: all }) =>
    all.map(({ params }) => mergeParams(defaults?.params, params, given)),
  );
  return [...byModel].flatMap(([model, hosts]) => {
    if (new Set(hosts.map(({ provider }) => provider)).size < 2) return [];
    const params = statedParams.filter((param) =>
      hosts.some((host) =>
        tasks.some((task) => mergeParams(task, host.params)[param] === undefined),
      ),
    );
    return params.length === 0 ? [] : [{ model, targets: hosts.map(({ ref }) => ref), params }];
  });
}
