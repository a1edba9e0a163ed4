import type { ErrorRow } from "../../domain/provider.ts";
import type { VendorError } from "../exchange/draft.ts";

import { codeOf, listOf, memberOf, textOf } from "../../domain/json.ts";

/** Google's canonical codes. Source: https://cloud.google.com/apis/design/errors */
export const googleErrors: readonly ErrorRow[] = [
  { message: "PerDay", code: "RESOURCE_EXHAUSTED", outcome: "quota" },
  { code: "RESOURCE_EXHAUSTED", outcome: "rate-limited" },
  { message: "API key not valid", outcome: "auth" },
  { message: "API key expired", outcome: "auth" },
  { message: "exceeds the maximum number of tokens", outcome: "context-overflow" },
  { code: "UNAUTHENTICATED", outcome: "auth" },
  { code: "PERMISSION_DENIED", outcome: "permission" },
  { message: "location is not supported", outcome: "permission" },
  { code: "NOT_FOUND", outcome: "model-not-found" },
  { code: "UNAVAILABLE", outcome: "overloaded" },
  { code: "DEADLINE_EXCEEDED", outcome: "timeout" },
  { code: "INTERNAL", outcome: "server" },
];

/**
 * `{error: {code, message, status, details}}`. The names of exceeded quotas are appended to the message, because
 * only they distinguish a limit per minute from one per day.
 */
export function googleError(json: unknown): VendorError | null {
  const error = memberOf(Array.isArray(json) ? json[0] : json, "error");
  if (typeof error !== "object" || error === null) return null;
  const details = listOf(memberOf(error, "details"));
  const quotas = details
    .flatMap((each) => listOf(memberOf(each, "violations")))
    .map((each) => textOf(memberOf(each, "quotaId")))
    .filter((each) => each !== null);
  const message = textOf(memberOf(error, "message")) ?? JSON.stringify(error);
  return {
    code: codeOf(memberOf(error, "status") ?? memberOf(error, "code")),
    message: quotas.length === 0 ? message : `${message} (${quotas.join(", ")})`,
    body: json,
    retry_after_ms: details.map(delayOf).find((delay) => delay !== null) ?? null,
  };
}

/** `retryDelay: "31s"` in a google.rpc.RetryInfo. */
function delayOf(detail: unknown): number | null {
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(textOf(memberOf(detail, "retryDelay")) ?? "")?.[1];
  return seconds === undefined ? null : Number(seconds) * 1000;
}
