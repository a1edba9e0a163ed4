import type { TargetSetting } from "../domain/config.ts";
import type { RunLine, Settings } from "../domain/record.ts";
import type { ConfigFile, Env } from "../store/config.ts";
import type { SuiteFile } from "../store/suites.ts";
import type { ResolvedTarget } from "../store/targets.ts";
import type { Context, Parsed } from "./command.ts";

import { UserError } from "../domain/text.ts";
import { type SpawnedSimulator, spawnSimulator } from "../simulator/spawn.ts";
import { builtinFolder } from "../store/builtin.ts";
import { checkSuite } from "../store/check-suite.ts";
import { readConfig, readEnv } from "../store/config.ts";
import { missingSecrets } from "../store/credentials.ts";
import { refusedByEgress } from "../store/egress.ts";
import { type Graders, openGraders } from "../store/graders.ts";
import { findSuites, yamlHeads } from "../store/find-suites.ts";
import { readSuite } from "../store/suites.ts";
import { resolveTargets, splitRef } from "../store/targets.ts";
import { join } from "node:path";
import { settingsOf, textOf } from "./run-options.ts";

/** Everything that a run needs before its first request. */
export type Setup = {
  readonly config: ConfigFile | null;
  readonly env: Env;
  readonly settings: Settings;
  readonly suites: readonly SuiteFile[];
  readonly targets: readonly ResolvedTarget[];
  readonly graders: Graders;
  readonly close: () => Promise<void>;
};

/** What runs where nothing is named: three simulated models and a baseline on the starter suite. */
const embedded = {
  suites: ["starter"],
  targets: ["sim/yuanshan", "sim/xiliu", "sim/baicao", "baseline/random"],
} as const;

/**
 * Reads config, suites and targets by the flags, and starts the simulator where a target needs it. With `header`, the
 * run file's own suites, targets and settings stand where no flag says otherwise. Every problem of a suite, a
 * missing secret and data that may not leave is told before a socket opens.
 */
export async function setUp(
  parsed: Parsed,
  context: Context,
  header: RunLine | null,
): Promise<Setup> {
  const config = await readConfig(context.cwd, textOf(parsed.values["config"]));
  const env = await readEnv(context.cwd, context.env);
  const settings = settingsOf(parsed, config, header?.settings ?? null);
  const files = await suiteFiles(parsed, context, config, header);
  const suites = await Promise.all(files.map(readSuite));
  const graders = openGraders(config);
  await checkAll(suites, graders);
  const wanted = targetSettings(parsed, config, header);
  const simulator = needsSimulator(wanted, settings, env)
    ? await spawnSimulator({
        suites: [...files],
        seed: settings.seed,
        unknown_models: settings.via_sim ? "imitate" : "refuse",
      })
    : null;
  const close = async (): Promise<void> => simulator?.close();
  try {
    const targets = await resolve(wanted, settings, { config, env, simulator });
    const refused =
      (settings.via_sim ? null : missingSecrets(targets, env)) ??
      refusedByEgress(
        suites.map(({ suite }) => suite),
        targets.map(({ entry }) => entry),
        config?.config.egress?.allow,
      );
    if (refused !== null) throw refused;
    return { config, env, settings, suites, targets, graders, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function suiteFiles(
  { positionals }: Parsed,
  { cwd }: Context,
  config: ConfigFile | null,
  header: RunLine | null,
): Promise<readonly string[]> {
  const folders = { cwd, builtin: builtinFolder("suites") };
  if (positionals.length > 0) return findSuites(positionals, folders);
  const named = config?.config.suites;
  if (named !== undefined) return findSuites(named, folders);
  if (header !== null) {
    return findSuites(
      header.suites.map(({ id }) => id),
      folders,
    );
  }
  const own = config === null ? [] : await yamlHeads(join(cwd, "suites"));
  return findSuites(own.length > 0 ? [] : embedded.suites, folders);
}

function targetSettings(
  { values }: Parsed,
  config: ConfigFile | null,
  header: RunLine | null,
): readonly TargetSetting[] {
  const flags = values["model"];
  if (Array.isArray(flags)) return flags.map(String);
  if (header !== null) {
    return header.targets.map(({ provider, model, variant, params, reference }) => ({
      ...params,
      ref: `${provider}/${model}`,
      reference,
      ...(variant === null ? {} : { as: variant }),
    }));
  }
  return config?.config.targets ?? embedded.targets;
}

const needsSimulator = (
  wanted: readonly TargetSetting[],
  { via_sim }: Settings,
  env: Env,
): boolean =>
  via_sim ||
  (env["BAIMO_SIM_URL"] === undefined &&
    wanted.some((each) => splitRef(typeof each === "string" ? each : each.ref).provider === "sim"));

function resolve(
  wanted: readonly TargetSetting[],
  settings: Settings,
  given: { config: ConfigFile | null; env: Env; simulator: SpawnedSimulator | null },
): Promise<readonly ResolvedTarget[]> {
  const { config, simulator } = given;
  const env = simulator === null ? given.env : { ...given.env, BAIMO_SIM_URL: simulator.url };
  return resolveTargets(wanted, {
    config,
    env,
    builtin: builtinFolder("providers"),
    now: new Date(),
    concurrency: settings.concurrency,
    ...(settings.via_sim && simulator !== null ? { via_sim_url: `${simulator.url}/v1` } : {}),
  });
}

async function checkAll(suites: readonly SuiteFile[], graders: Graders): Promise<void> {
  const problems = (await Promise.all(suites.map((suite) => checkSuite(suite, graders)))).flat();
  if (problems.length === 0) return;
  throw new UserError(
    { zh: `题集有 ${problems.length} 处问题`, en: `the suites have ${problems.length} problems` },
    problems,
  );
}
