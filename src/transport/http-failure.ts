/** Why a response did not arrive completely. */
export type HttpFailure = {
  /**
   * `auth` and `permission` come from a proxy that rejects our credentials (407) or forbids the address (403),
   * `malformed` from a response that is too long or cannot be decoded.
   */
  readonly outcome: "timeout" | "network" | "aborted" | "auth" | "permission" | "malformed";
  readonly code: string;
  readonly message: string;
};

/** The failure that an error of the socket or of undici stands for. */
export function failureOf(error: Error & { code?: unknown; cause?: unknown }): HttpFailure {
  const inner = error.cause instanceof Error ? error.cause : error;
  const code = [error.code, Reflect.get(inner, "code")].find((each) => typeof each === "string");
  const named = typeof code === "string" ? code : error.name;
  return { outcome: outcomes[named] ?? "network", code: named, message: error.message };
}

const outcomes: Readonly<Record<string, HttpFailure["outcome"]>> = {
  UND_ERR_CONNECT_TIMEOUT: "timeout",
  "proxy-UND_ERR_CONNECT_TIMEOUT": "timeout",
  "proxy-timeout": "timeout",
  "proxy-407": "auth",
  "proxy-403": "permission",
};
