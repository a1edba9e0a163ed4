import type { TargetSetting } from "../../domain/config.ts";
import type { RunLine, Settings } from "../../domain/run-file/header.ts";
import type { Text } from "../../domain/text.ts";
import type { ConfigFile, Env } from "../../store/config.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";
import type { RunOptions } from "./options.ts";

import { type SpawnedSimulator, spawnSimulator } from "../../simulator/server/spawn.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { noConfigIn } from "../../store/missing-config.ts";
import {
  type DeclaredTarget,
  splitRef,
  targetName,
  namesIn,
} from "../../store/providers/target-ref.ts";
import { resolveTargets } from "../../store/providers/targets.ts";

/** What decides which targets there are and how they are reached. */
export type TargetSources = {
  readonly config: ConfigFile | null;
  /** Where the config was looked for. */
  readonly folder: string;
  readonly env: Env;
  readonly settings: Settings;
  /** Decides which prices and life cycles hold. */
  readonly now: Date;
  /** Of the run file that is continued. */
  readonly header: Pick<RunLine, "targets"> | null;
  /** Suites that the simulator should recognise. */
  readonly files: readonly string[];
  /** Models that judge. */
  readonly judges?: readonly TargetSetting[];
};

export type OpenTargets = {
  readonly targets: readonly ResolvedTarget[];
  readonly judges: readonly ResolvedTarget[];
  /** Ends the simulator, if one was started. */
  readonly close: () => Promise<void>;
};

/** Stands in for the simulator where nothing will be asked; the discard port. */
const unasked = "http://127.0.0.1:9";

/** The targets if none are named: three simulated models and a baseline. */
const embedded = ["sim/yuanshan", "sim/xiliu", "sim/baicao", "baseline/random"];

/**
 * The targets that the options name, else those of the run file, else the config's. Starts the simulator if one
 * needs it and something will be asked.
 */
export async function openTargets(
  { model, dryRun = false }: Pick<RunOptions, "model"> & Partial<Pick<RunOptions, "dryRun">>,
  sources: TargetSources,
): Promise<OpenTargets> {
  const { config, folder, env, settings, now, header, files, judges = [] } = sources;
  const wanted = targetSettings(model, config, header);
  const isNeeded = needsSimulator([...wanted, ...judges], settings, env);
  if (isNeeded && dryRun) {
    const nowhere = { config, folder, env, now, simulator: { url: unasked } };
    return {
      targets: await resolve(wanted, settings, nowhere),
      judges: await resolve(judges, settings, nowhere),
      close: () => Promise.resolve(),
    };
  }
  const simulator = isNeeded ? await startSimulator(files, settings) : null;
  const close = async (): Promise<void> => simulator?.close();
  try {
    const given = { config, folder, env, now, simulator };
    const targets = await resolve(wanted, settings, given);
    return { targets, judges: await resolve(judges, settings, given), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Only the judges, for regrading; starts the simulator if one needs it. */
export async function openJudges(
  judges: readonly TargetSetting[],
  { config, folder, env, settings, now, files }: Omit<TargetSources, "header" | "judges">,
): Promise<Pick<OpenTargets, "judges" | "close">> {
  const simulator = needsSimulator(judges, settings, env)
    ? await startSimulator(files, settings)
    : null;
  const close = async (): Promise<void> => simulator?.close();
  try {
    const given = { config, folder, env, now, simulator };
    return { judges: await resolve(judges, settings, given), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Said where nobody named a target and no config lists any: who is asked then. */
export async function embeddedNote(
  { model }: Pick<RunOptions, "model">,
  { config, folder, header }: Pick<TargetSources, "config" | "folder" | "header">,
): Promise<Text | null> {
  if (model.length > 0 || header !== null || config?.config.targets !== undefined) return null;
  const why =
    config === null
      ? await noConfigIn(folder)
      : { zh: `${config.file} 里没有 targets`, en: `${config.file} has no targets` };
  return {
    zh: `${why.zh}：问的是随程序附带的模拟模型，不是真实的模型`,
    en: `${capital(why.en)}: the built-in simulated models are asked, no real one`,
  };
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const startSimulator = (files: readonly string[], settings: Settings): Promise<SpawnedSimulator> =>
  spawnSimulator({
    suites: [...files],
    reseed: settings.reseed ?? null,
    seed: settings.seed,
    unknown_models: settings.via_sim ? "imitate" : "refuse",
  });

function targetSettings(
  named: readonly string[],
  config: ConfigFile | null,
  header: TargetSources["header"],
): readonly TargetSetting[] {
  const known = config === null ? [] : namesIn(config.config);
  for (const each of named) splitRef(each, known);
  if (named.length > 0) return named;
  if (header !== null) {
    return header.targets.map((entry) => ({
      ...entry.params,
      ref: `${entry.provider}/${entry.model}`,
      reference: entry.reference,
      ...(entry.variant === null ? {} : { as: entry.variant }),
      ...(entry.body === undefined ? {} : { body: entry.body }),
      ...headersOf(entry, config),
    }));
  }
  const listed = config?.config.targets ?? embedded;
  for (const each of listed) splitRef(typeof each === "string" ? each : each.ref, known);
  return listed;
}

/** The file keeps only the names of headers, because their values may be secret. */
function headersOf(
  { ref }: RunLine["targets"][number],
  config: ConfigFile | null,
): Pick<DeclaredTarget, "headers"> {
  const declared = (config?.config.targets ?? []).find((each) => targetName(each) === ref);
  return typeof declared !== "object" || declared.headers === undefined
    ? {}
    : { headers: declared.headers };
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
  given: Pick<TargetSources, "config" | "folder" | "env" | "now"> & {
    simulator: Pick<SpawnedSimulator, "url"> | null;
  },
): Promise<readonly ResolvedTarget[]> {
  const { config, folder, now, simulator } = given;
  const env = simulator === null ? given.env : { ...given.env, BAIMO_SIM_URL: simulator.url };
  return resolveTargets(wanted, {
    config,
    folder,
    env,
    builtin: builtinFolder("providers"),
    now,
    concurrency: settings.concurrency,
    ...(settings.via_sim && simulator !== null ? { via_sim_url: `${simulator.url}/v1` } : {}),
  });
}
