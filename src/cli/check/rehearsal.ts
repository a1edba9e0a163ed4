import type { TargetSetting } from "../../domain/config.ts";
import type { ConfigFile, Env } from "../../store/config.ts";
import type { Context } from "../context.ts";

import { UserError } from "../../domain/text.ts";
import { makePlan } from "../../engine/plan/plan.ts";
import { capProblem } from "../../engine/run/budget.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { readEnv } from "../../store/config.ts";
import { unsetVariables } from "../../store/providers/fill-env.ts";
import { openVendors, type Vendors } from "../../store/providers/providers.ts";
import { splitRef, targetName } from "../../store/providers/target-ref.ts";
import { defaultsOf } from "../options.ts";
import { runOptions } from "../run/options.ts";
import { setUp } from "../run/setup.ts";

/**
 * What a run of this config would refuse although every file by itself is well: two targets of one name, data that may not
 * go where a target is, a judge of a target's own family, a cap on cost with an unknown price. Walks the way of a run up to
 * its first request. Null where nothing is refused, and where the environment, which is another on every machine, decides:
 * keys are not looked at, and targets whose variables are not set are left out.
 */
export async function rehearse(
  config: ConfigFile,
  named: string | null,
  context: Context,
): Promise<UserError | null> {
  const { targets } = config.config;
  const vendors = openVendors(builtinFolder("providers"), config);
  const env = await readEnv(context.cwd, context.env);
  const reached = await reachable(targets ?? [], vendors, env);
  const judges = Object.values(config.config.judges ?? {}).flatMap((panel) =>
    Array.isArray(panel) ? panel : panel.use,
  );
  const isKnown = (await reachable(judges, vendors, env)).length === judges.length;
  if (!isKnown || (targets !== undefined && reached.length === 0)) return null;
  // Where none is left out, the run takes them from the config, as it will.
  const model = reached.length === targets?.length ? [] : reached.map(targetName);
  const options = { ...defaultsOf(runOptions), config: named, model, dryRun: true };
  try {
    return await refusal(options, context);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

async function refusal(
  options: Parameters<typeof setUp>[0],
  context: Context,
): Promise<UserError | null> {
  const setup = await setUp({ ...options, keyless: true }, context, null);
  try {
    const plan = await makePlan(setup);
    try {
      const asked = [...setup.targets, ...(setup.judging?.targets ?? [])];
      const fx = setup.config?.config.run?.fx ?? {};
      return capProblem(
        asked.map(({ entry }) => entry),
        plan.settings,
        fx,
        false,
      );
    } finally {
      await plan.close();
    }
  } finally {
    await setup.close();
  }
}

/** The targets whose vendors name no variable that is not set. */
async function reachable(
  targets: readonly TargetSetting[],
  vendors: Vendors,
  env: Env,
): Promise<readonly TargetSetting[]> {
  const found: TargetSetting[] = [];
  for (const target of targets) {
    const { provider } = splitRef(typeof target === "string" ? target : target.ref);
    if (unsetVariables(await vendors.get(provider), env).length === 0) found.push(target);
  }
  return found;
}
