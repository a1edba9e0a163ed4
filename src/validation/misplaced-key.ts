import type { Text } from "../domain/text.ts";

const credential =
  /^(?:(?:my|your|llm|openai)?[-_]?(?:api)?[-_]?key|(?:access|auth|api|bearer)?[-_]?token|(?:api|client|access)?[-_]?secret(?:[-_]?key)?|password|credentials?|密钥)$/i;

/**
 * What is said of an unknown key by which somebody meant to write a credential into YAML: of one in `auth`, in a provider or
 * beside the providers. Null for every other key. The value is never shown.
 */
export function misplacedKey(name: string, known: readonly string[]): Text | null {
  if (!credential.test(name)) return null;
  if (known.includes("scheme") && known.includes("env")) return inAuth;
  return known.includes("auth") || known.includes("providers") || known.includes("ref")
    ? besideAuth
    : null;
}

/** The same of a credential that stands where `auth` wants a map. */
export const textAsAuth = (path: readonly PropertyKey[], input: unknown): Text | null =>
  path.at(-1) === "auth" && typeof input === "string" ? besideAuth : null;

const inAuth: Text = {
  zh: "密钥不写进 YAML：这里写 env: 变量名（例如 env: MY_API_KEY），密钥用 export 设置，或写进 .env：MY_API_KEY=…",
  en: "a key never stands in the YAML: write env: NAME here (such as env: MY_API_KEY) and export it, or put MY_API_KEY=… into .env",
};

const besideAuth: Text = {
  zh: "密钥不写进 YAML：在服务商下写 auth: {scheme: bearer, env: MY_API_KEY}，密钥用 export 设置，或写进 .env：MY_API_KEY=…",
  en: "a key never stands in the YAML: write auth: {scheme: bearer, env: MY_API_KEY} under the provider and export it, or put MY_API_KEY=… into .env",
};
