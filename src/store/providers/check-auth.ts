import type { Scheme } from "../../calling/auth/scheme.ts";
import type { Auth } from "../../domain/request/auth.ts";
import type { Problem, Text } from "../../domain/text.ts";
import type { Locate } from "../yaml/yaml.ts";

import { suggestion } from "../../validation/suggest.ts";
import { problemAt } from "../yaml/yaml.ts";

/** Names of secrets and settings that a scheme does not know, and secrets that it needs and that nothing names. */
export function authProblems(
  { env = {}, with: settings = {}, optional = [] }: Auth,
  { id, secrets, optional: extra = [], settings: known = [] }: Scheme,
  locate: Locate,
): readonly Problem[] {
  if (id === "none") return [];
  const names = typeof env === "string" ? ["key"] : Object.keys(env);
  const all = [...secrets, ...extra];
  const strange = names
    .filter((name) => !all.includes(name))
    .map((name) => {
      const path = typeof env === "string" ? ["auth", "env"] : ["auth", "env", name];
      return problemAt(locate, path, noSecret(id, name, all), "key");
    });
  const missing = secrets.filter((name) => !names.includes(name) && !optional.includes(name));
  const wrong = Object.keys(settings)
    .filter((name) => !known.includes(name))
    .map((name) => problemAt(locate, ["auth", "with", name], noSetting(id, name, known), "key"));
  // A name that is spelt wrong is missing as well.
  if (strange.length > 0 || missing.length === 0) return [...strange, ...wrong];
  return [problemAt(locate, ["auth", "env"], needs(id, missing)), ...wrong];
}

function noSecret(scheme: string, name: string, known: readonly string[]): Text {
  const { zh, en } = suggestion(name, known);
  return {
    zh: `认证方式 ${scheme} 没有叫 ${name} 的密钥${zh}`,
    en: `the auth scheme ${scheme} knows no secret ${name}${en}`,
  };
}

function noSetting(scheme: string, name: string, known: readonly string[]): Text {
  const { zh, en } = suggestion(name, known);
  return {
    zh: `认证方式 ${scheme} 没有叫 ${name} 的设置${zh}`,
    en: `the auth scheme ${scheme} knows no setting ${name}${en}`,
  };
}

const needs = (scheme: string, names: readonly string[]): Text => ({
  zh: `认证方式 ${scheme} 还需要 ${names.join("、")}：在 env 里各写一个环境变量名`,
  en: `the auth scheme ${scheme} also needs ${names.join(", ")}: name a variable for each in env`,
});
