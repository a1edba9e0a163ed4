import type { Env } from "./config.ts";

import { UserError } from "../domain/text.ts";

/** Puts environment variables in for `${NAME}` and `${NAME:-default}`. A missing one without default is a `UserError`. */
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

/** The same for showing: as it is written where a variable is missing. */
export function filledOr(text: string, env: Env): string {
  try {
    return fillEnv(text, env, "");
  } catch {
    return text;
  }
}
