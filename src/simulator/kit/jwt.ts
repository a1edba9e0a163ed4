import { createHmac, timingSafeEqual } from "node:crypto";

import type { Trouble } from "./exchange.ts";
import type { ReceivedHttp } from "./protocol.ts";

import { bearerOf } from "./parts.ts";

/** Secrets of the simulator's accounts by their ids. */
const accounts = new Map([["sim-id", "sim-secret"]]);

/**
 * Checks a token that the caller signed with HMAC-SHA256, with the simulator's own implementation. `id` and `expires`
 * read the claims; the latter in milliseconds.
 */
export function jwtTrouble(
  request: ReceivedHttp,
  read: {
    readonly id: (claims: Readonly<Record<string, unknown>>) => unknown;
    readonly expires: (claims: Readonly<Record<string, unknown>>) => number;
  },
): Trouble | null {
  // Some SDKs send the bare token, without a scheme.
  const token = bearerOf(request) ?? request.headers.authorization ?? "";
  const [head = "", body = "", signature = ""] = token.split(".");
  const claims = claimsIn(body);
  const secret = claims === null ? undefined : accounts.get(String(read.id(claims)));
  if (claims === null || secret === undefined) return denied("the token is of no known account");
  const expected = createHmac("sha256", secret).update(`${head}.${body}`).digest();
  const given = Buffer.from(signature, "base64url");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return denied("the signature of the token is wrong");
  }
  return read.expires(claims) > Date.now() ? null : denied("the token has expired");
}

const denied = (message: string): Trouble => ({ outcome: "auth", message });

function claimsIn(body: string): Readonly<Record<string, unknown>> | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(body, "base64url").toString("utf8"));
    return typeof claims === "object" && claims !== null ? { ...claims } : null;
  } catch {
    return null;
  }
}
