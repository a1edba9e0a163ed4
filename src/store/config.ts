import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";

import type { Locate } from "./yaml/yaml.ts";

import { Config } from "../domain/config.ts";
import { problemError, readText } from "../files/text-file.ts";
import { secretProblems } from "./providers/secrets.ts";
import { inOrder, readYaml } from "./yaml/yaml.ts";

export type Env = Readonly<Record<string, string | undefined>>;

/** A config that was read; `locate` gives the location of any path in its file. */
export type ConfigFile = {
  readonly file: string;
  readonly config: Config;
  readonly locate: Locate;
};

/** The named config, else `baimo.yaml` in the folder, or null if there is none. */
export async function configPath(cwd: string, named: string | null): Promise<string | null> {
  if (named !== null) return resolve(cwd, named);
  const file = join(cwd, "baimo.yaml");
  return (await isFile(file)) ? file : null;
}

/** Reads the config at `configPath`; null if there is none. */
export async function readConfig(cwd: string, named: string | null): Promise<ConfigFile | null> {
  const file = await configPath(cwd, named);
  return file === null ? null : readConfigFile(file);
}

/** Reads and validates one config. Anything that looks like a secret is refused. */
export async function readConfigFile(file: string): Promise<ConfigFile> {
  const { value: config, locate } = await readYaml(file, Config);
  const secrets = inOrder(secretProblems(config, locate));
  if (secrets.length > 0) throw problemError(secrets);
  return { file, config, locate };
}

/** The environment, with variables it lacks taken from the folder's `.env`, in which a colon stands for the equals sign as well. */
export async function readEnv(cwd: string, env: Env): Promise<Env> {
  const file = join(cwd, ".env");
  if (!(await isFile(file))) return env;
  const lacking = Object.entries(parseEnv(asAssignments(await readText(file)))).filter(
    ([name]) => env[name] === undefined,
  );
  return { ...env, ...Object.fromEntries(lacking) };
}

/** `NAME: value`, as YAML has it and as dotenv reads it too, and `NAME＝value` from a Chinese keyboard. */
const asAssignments = (text: string): string =>
  text.replaceAll(/^([ \t]*(?:export[ \t]+)?[A-Za-z_]\w*)[ \t]*(?::[ \t]+|[：＝][ \t]*)/gm, "$1=");

const isFile = async (file: string): Promise<boolean> =>
  (await stat(file).catch(() => null))?.isFile() ?? false;
