import type { ProviderPatch } from "../../domain/provider.ts";
import type { Env } from "../config.ts";

import { UserError } from "../../domain/text.ts";

/** Replaces `${NAME}` and `${NAME:-default}` by environment variables. A missing one without default is a `UserError`. */
export function fillEnv(text: string, env: Env, provider: string): string {
  return text.replaceAll(
    /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g,
    (_whole, name: string, fallback: string | undefined) => {
      const value = env[name];
      if (value !== undefined && value !== "") return value;
      if (fallback !== undefined) return fallback;
      throw new UserError({
        zh: `缺少环境变量 ${name}（服务商 ${provider} 的设置用到了它）`,
        en: `the environment variable ${name} is not set (provider ${provider} uses it)`,
      });
    },
  );
}

/** Variables that a vendor's settings name without a default and that the environment lacks; those of its keys aside. */
export function unsetVariables(
  { client_key_passphrase_env: passphrase, ...settings }: ProviderPatch,
  env: Env,
): readonly string[] {
  const named = new Set(passphrase === undefined ? [] : [passphrase]);
  fillAll(settings, (text) =>
    text.replaceAll(/\$\{([A-Za-z_]\w*)\}/g, (whole, name: string) => {
      named.add(name);
      return whole;
    }),
  );
  return [...named].filter((name) => (env[name] ?? "") === "");
}

/** Applies `fill` to every text inside a JSON value. */
export function fillAll<Value>(value: Value, fill: (text: string) => string): Value {
  return filled(value, fill) as Value;
}

function filled(value: unknown, fill: (text: string) => string): unknown {
  if (typeof value === "string") return fill(value);
  if (Array.isArray(value)) return value.map((each) => filled(each, fill));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, filled(each, fill)]),
  );
}

/** `fillEnv` for a simulated target: each variable's default, or a text that reveals nothing. */
export const fillSimulated = (text: string): string =>
  text.replaceAll(
    /\$\{[A-Za-z_][A-Za-z0-9_]*(?::-([^}]*))?\}/g,
    (_whole, fallback?: string) => fallback ?? "sim",
  );

/** `fillEnv` for display: the text as written if a variable is missing. */
export function filledOr(text: string, env: Env): string {
  try {
    return fillEnv(text, env, "");
  } catch {
    return text;
  }
}
