import type { Endpoint } from "../../calling/protocol.ts";
import type { Env } from "../config.ts";
import type { ResolvedTarget } from "./targets.ts";

import { type Text, UserError } from "../../domain/text.ts";
import { isKeyText, keyFault } from "./key-form.ts";
import { networkSecrets } from "./network.ts";

/** Secrets by the auth scheme's names for them; a single variable is named `key`. Unset ones are left out. */
export function secretsOf({ auth }: Pick<Endpoint, "auth">, env: Env): Record<string, string> {
  const found = Object.entries(variablesOf(auth)).flatMap(([name, variable]) => {
    const value = env[variable]?.trim() ?? "";
    return value === "" ? [] : [[name, value] as const];
  });
  return Object.fromEntries(found);
}

/**
 * All texts from the environment that the targets use and that must never be shown: their keys, and values in a
 * header, a query, the user, path or query of a URL, a proxy's password or a key's passphrase. A variable that holds an
 * address, or part of one, is not secret.
 */
export function hiddenTexts(targets: readonly ResolvedTarget[], env: Env): readonly string[] {
  const values = Object.values(env).filter((value) => value !== undefined && value.length >= 6);
  const hidden = targets.flatMap(({ endpoint }) => {
    const sent = [
      ...Object.values(endpoint.headers),
      ...Object.values(endpoint.query),
      ...privateParts(endpoint.base_url),
      ...(endpoint.app === undefined ? [] : [JSON.stringify(endpoint.app)]),
      ...(endpoint.command?.run ?? []),
      ...(endpoint.command?.env ?? []).map((name) => endpoint.command?.environment[name] ?? ""),
    ];
    const named = values.filter((value) => sent.some((text) => text.includes(value ?? "")));
    return [
      ...Object.values(secretsOf(endpoint, env)),
      ...named,
      ...userOf(endpoint.base_url),
      ...networkSecrets(endpoint.network),
    ];
  });
  return [...new Set(hidden.filter((text) => text !== undefined))];
}

function privateParts(address: string): readonly string[] {
  const url = URL.parse(address);
  return url === null ? [] : [url.pathname, decoded(url.pathname), url.search, decoded(url.search)];
}

function userOf(address: string): readonly string[] {
  const url = URL.parse(address);
  const texts = url === null ? [] : [url.password];
  return texts.flatMap((text) => [text, decoded(text)]).filter((text) => text.length >= 4);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * An error that names every variable that is unset or holds what cannot be a key, and the targets that need it, or null.
 */
export function missingSecrets(targets: readonly ResolvedTarget[], env: Env): UserError | null {
  const needed = new Map<string, string[]>();
  for (const { entry, endpoint } of targets) {
    const optional = endpoint.auth.optional ?? [];
    for (const [name, variable] of Object.entries(variablesOf(endpoint.auth))) {
      if (optional.includes(name)) continue;
      if ((env[variable]?.trim() ?? "") !== "") continue;
      needed.set(variable, [...(needed.get(variable) ?? []), entry.ref]);
    }
  }
  if (needed.size === 0) return unusableKeys(targets, env);
  const each = (text: (variable: string, refs: string) => string, comma: string, between: string) =>
    [...needed].map(([variable, refs]) => text(variable, refs.join(comma))).join(between);
  const bare = (name: string): string => name.toLowerCase().replaceAll(/[_-]/g, "");
  const likeIt = (variable: string): string | null =>
    Object.keys(env).find((name) => name !== variable && bare(name) === bare(variable)) ?? null;
  const spelt = (variable: string): Text => {
    const other = likeIt(variable);
    if (other === null) return { zh: "", en: "" };
    return {
      zh: `；有一个 ${other}，只是大小写或下划线不同：名称要与 ${variable} 一致`,
      en: `; there is ${other}, which differs in case or underscores: the name has to read ${variable}`,
    };
  };
  return new UserError({
    zh: `${each(
      (variable, refs) =>
        `缺少密钥：环境变量 ${variable} 未设置（${refs} 需要它）${spelt(variable).zh}`,
      "、",
      "\n",
    )}\n${setSecret.zh}`,
    en: `${each(
      (variable, refs) =>
        `missing secret: ${variable} is not set (needed by ${refs})${spelt(variable).en}`,
      ", ",
      "\n",
    )}\n${setSecret.en}`,
  });
}

const setSecret: Text = {
  zh: "怎么办：在环境里设置，或写进当前文件夹的 .env（一行一个 名称=值）",
  en: "What to do: set it in the environment, or in a file .env of this folder (NAME=value, one per line)",
};

/** Named before anything is sent: the request would fail without a word of the variable. */
function unusableKeys(targets: readonly ResolvedTarget[], env: Env): UserError | null {
  const faults = new Map<string, Text>();
  for (const { endpoint } of targets) {
    for (const [name, value] of Object.entries(secretsOf(endpoint, env))) {
      const variable = variablesOf(endpoint.auth)[name] ?? name;
      const fault = isKeyText(endpoint.auth, name) ? keyFault(value) : null;
      if (fault !== null) faults.set(variable, fault);
    }
  }
  if (faults.size === 0) return null;
  const each = (text: (variable: string, fault: Text) => string): string =>
    [...faults].map(([variable, fault]) => text(variable, fault)).join("\n");
  return new UserError({
    zh: each((variable, { zh }) => `环境变量 ${variable} 里的密钥不能用：${zh}`),
    en: each((variable, { en }) => `the key in ${variable} cannot be used: it ${en}`),
  });
}

/** Environment variables of a credential, by its scheme's names for them. */
export function variablesOf({ scheme, env }: Endpoint["auth"]): Readonly<Record<string, string>> {
  if (scheme === "none" || env === undefined) return {};
  return typeof env === "string" ? { key: env } : env;
}
