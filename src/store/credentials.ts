import type { Endpoint } from "../protocols/protocol.ts";
import type { Env } from "./config.ts";
import type { ResolvedTarget } from "./targets.ts";

import { UserError } from "../domain/text.ts";

/** Secrets by the names that the auth scheme knows; a single variable is named `key`. Those that are not set are left out. */
export function secretsOf({ auth }: Pick<Endpoint, "auth">, env: Env): Record<string, string> {
  const found = Object.entries(variablesOf(auth)).flatMap(([name, variable]) => {
    const value = env[variable]?.trim() ?? "";
    return value === "" ? [] : [[name, value] as const];
  });
  return Object.fromEntries(found);
}

/** One error that names every variable that is not set and the targets that need it, or null. */
export function missingSecrets(targets: readonly ResolvedTarget[], env: Env): UserError | null {
  const needed = new Map<string, string[]>();
  for (const { entry, endpoint } of targets) {
    for (const variable of Object.values(variablesOf(endpoint.auth))) {
      if ((env[variable]?.trim() ?? "") !== "") continue;
      needed.set(variable, [...(needed.get(variable) ?? []), entry.ref]);
    }
  }
  if (needed.size === 0) return null;
  const each = (text: (variable: string, refs: string) => string, comma: string, between: string) =>
    [...needed].map(([variable, refs]) => text(variable, refs.join(comma))).join(between);
  return new UserError({
    zh: each(
      (variable, refs) => `缺少密钥：环境变量 ${variable} 未设置（${refs} 需要它）`,
      "、",
      "\n",
    ),
    en: each(
      (variable, refs) => `missing secret: ${variable} is not set (needed by ${refs})`,
      ", ",
      "\n",
    ),
  });
}

/** Environment variables of a credential by the names that its scheme knows. */
export function variablesOf({ scheme, env }: Endpoint["auth"]): Readonly<Record<string, string>> {
  if (scheme === "none" || env === undefined) return {};
  return typeof env === "string" ? { key: env } : env;
}
