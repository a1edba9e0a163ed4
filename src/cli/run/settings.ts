import { randomBytes } from "node:crypto";

import type { DeadlineSettings } from "../../domain/config.ts";
import type { Settings } from "../../domain/run-file/header.ts";
import type { ConfigFile } from "../../store/config.ts";
import type { RunOptions } from "./options.ts";

import { durationMs } from "../../domain/config.ts";

/** The first byte may take long: a model that thinks for ten minutes before it says anything is slow, not dead. */
export const defaultSettings = {
  trials: 1,
  seed: 7,
  attempts: 5,
  deadlines: { connect: "10s", first_byte: "900s", idle: "120s", total: "1800s" },
} as const;

/** The options of a run that are settings; other commands have a few of them. */
export type SettingOptions = Partial<
  Pick<
    RunOptions,
    | "trials"
    | "seed"
    | "limit"
    | "draw"
    | "filter"
    | "wordings"
    | "concurrency"
    | "attempts"
    | "maxCost"
    | "maxCostPerTarget"
    | "maxTokensTotal"
    | "maxTokensPerTarget"
    | "viaSim"
    | "reseed"
    | "cold"
    | "batch"
    | "shard"
  >
>;

/**
 * What the options say, else the run file that is continued (`base`), else the config, else the defaults. The limit of
 * a board goes before that of the config.
 */
export function settingsOf(
  options: SettingOptions,
  config: ConfigFile | null,
  base: Settings | null,
  boardLimit: number | null = null,
): Settings {
  const own = config?.config.run ?? {};
  const { deadlines } = defaultSettings;
  const ms = (name: keyof DeadlineSettings): number =>
    own.deadlines?.[name] === undefined
      ? (heldOf(base, name) ?? durationMs(deadlines[name]))
      : durationMs(own.deadlines[name]);
  return {
    trials: options.trials ?? base?.trials ?? own.trials ?? defaultSettings.trials,
    seed: options.seed ?? base?.seed ?? own.seed ?? defaultSettings.seed,
    limit: options.limit ?? base?.limit ?? boardLimit ?? own.limit ?? null,
    filter: options.filter ?? base?.filter ?? null,
    wordings: options.wordings === true || (base?.wordings ?? own.wordings ?? false),
    concurrency: options.concurrency ?? own.concurrency ?? base?.concurrency ?? null,
    attempts: options.attempts ?? own.attempts ?? base?.attempts ?? defaultSettings.attempts,
    deadlines_ms: {
      connect: ms("connect"),
      first_byte: ms("first_byte"),
      idle: ms("idle"),
      total: ms("total"),
    },
    params: base?.params ?? own.params ?? {},
    max_cost: options.maxCost ?? own.max_cost ?? base?.max_cost ?? null,
    max_tokens_total:
      options.maxTokensTotal ?? own.max_tokens_total ?? base?.max_tokens_total ?? null,
    max_cost_per_target:
      options.maxCostPerTarget ?? own.max_cost_per_target ?? base?.max_cost_per_target ?? null,
    max_tokens_per_target:
      options.maxTokensPerTarget ??
      own.max_tokens_per_target ??
      base?.max_tokens_per_target ??
      null,
    via_sim: options.viaSim === true || (base?.via_sim ?? false),
    reseed: options.reseed ?? base?.reseed ?? null,
    ...drawOf(options, base),
    ...coldOf(options, base),
    ...(options.batch === true || base?.batch === true ? { batch: true as const } : {}),
    ...shardOf(options.shard ?? base?.shard),
  };
}

const drawOf = ({ draw }: SettingOptions, base: Settings | null): Pick<Settings, "draw"> =>
  base?.draw !== undefined ? { draw: base.draw } : draw == null ? {} : { draw };

const shardOf = (shard: Settings["shard"]): Pick<Settings, "shard"> =>
  shard === undefined ? {} : { shard };

/** A run that goes on keeps its own. */
function coldOf({ cold }: SettingOptions, base: Settings | null): Pick<Settings, "cold"> {
  if (base?.cold !== undefined) return { cold: base.cold };
  return cold === true ? { cold: randomBytes(8).toString("hex") } : {};
}

/** A deadline that the run was asked with; null where it came from elsewhere and nothing was asked, which its file says as 0. */
function heldOf(base: Settings | null, name: keyof DeadlineSettings): number | null {
  const held = base?.deadlines_ms[name] ?? 0;
  return held === 0 ? null : held;
}
