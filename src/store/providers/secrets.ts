import type { Problem } from "../../domain/text.ts";
import type { Locate } from "../yaml/yaml.ts";

import { problemAt } from "../yaml/yaml.ts";

/** Keys of the well-known vendors, tokens of the JWT form, and credentials inside a URL. */
const secretShapes: readonly RegExp[] = [
  /\bsk-[\w-]{16,}/,
  /\b(?:AKIA|LTAI|AKID)[A-Za-z0-9]{12,}/,
  /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]+/,
  /^https?:\/\/[^/\s:@]*:[^/\s@]+@/,
  /\b[Bb]earer\s+[\w.~+/-]{8,}/,
];

/** The simulator's keys are not secret. */
const simulatedKey = /^\s*(?:bearer\s+)?sim-[\w-]*\s*$/i;

/** Headers and query parameters that carry a credential, whatever it looks like. */
const secretNames =
  /^(?:authorization|proxy-authorization|cookie|x-api-key|api-key|apikey|api_key|key|token|access_token|secret)$/i;

/** Every text in a document that looks like a credential: those belong in the environment, never in YAML. */
export function secretProblems(value: unknown, locate: Locate): readonly Problem[] {
  return secretPaths(value, []).map((path) =>
    problemAt(locate, path, {
      zh: '这里像是密钥；密钥不能写进 YAML，请放在环境变量里，auth 里写 env: 变量名，别处写 "${变量名}"（带引号）',
      en: 'this looks like a secret; keep it in an environment variable and write env: NAME in auth, or "${NAME}" (with the quotes) elsewhere',
    }),
  );
}

type Path = readonly PropertyKey[];

function secretPaths(value: unknown, path: Path): readonly Path[] {
  if (typeof value === "string") return isSecret(value, path) ? [path] : [];
  if (Array.isArray(value)) {
    return value.flatMap((each, index) => secretPaths(each, [...path, index]));
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => secretPaths(each, [...path, name]));
}

function isSecret(text: string, path: Path): boolean {
  const literal = text.replaceAll(/\$\{[^}]*\}/g, "");
  if (simulatedKey.test(literal)) return false;
  if (secretShapes.some((shape) => shape.test(literal))) return true;
  const holder = path.at(-2);
  const named = holder === "headers" || holder === "query" ? String(path.at(-1)) : "";
  return secretNames.test(named) && literal.replace(/^\s*(?:bearer|basic)?\s*/i, "") !== "";
}
