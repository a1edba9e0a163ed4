import type { ErrorRow } from "../domain/provider.ts";

import { type Outcome, outcomeOfStatus } from "../domain/outcome.ts";
import { valueAt } from "../domain/usage.ts";
import { globMatches } from "../text/glob.ts";

/** Everything known about a failure that a vendor reported. */
export type FailureFacts = {
  readonly status: number;
  readonly code: string | null;
  readonly message: string;
  readonly body: unknown;
  readonly headers?: HeaderMap;
};

/** 101 opens a WebSocket. */
export const isGood = (status: number | null): boolean =>
  status === 101 || (status !== null && status >= 200 && status < 300);

/** Codes with the same meaning wherever the OpenAI dialect is spoken; a vendor's own rows take precedence. */
const commonRows: readonly ErrorRow[] = [
  { code: "context_length_exceeded", outcome: "context-overflow" },
  { message: "maximum context length", outcome: "context-overflow" },
  { message: "context length exceeded", outcome: "context-overflow" },
  { code: "content_filter", outcome: "filtered-input" },
  { code: "insufficient_quota", outcome: "quota" },
  { code: "invalid_api_key", outcome: "auth" },
  { code: "model_not_found", outcome: "model-not-found" },
  { code: "rate_limit*", outcome: "rate-limited" },
  { code: "server_error", in_200: true, outcome: "server" },
];

/**
 * The outcome of a vendor's error: the first matching row, else the HTTP status, else (inside HTTP 200)
 * a status given as the code, else `server`.
 */
export function outcomeOf(rows: readonly ErrorRow[], facts: FailureFacts): Outcome {
  const row = [...rows, ...commonRows].find((each) => matches(each, facts));
  if (row !== undefined) return row.outcome;
  if (!isGood(facts.status)) return outcomeOfStatus(facts.status);
  const inner = Number(facts.code);
  return Number.isInteger(inner) && inner >= 400 && inner < 600 ? outcomeOfStatus(inner) : "server";
}

function matches(row: ErrorRow, facts: FailureFacts): boolean {
  const { status, message, body, headers = {} } = facts;
  const inside200 = isGood(status);
  return (
    (row.status === undefined || row.status === status) &&
    (row.in_200 === undefined || row.in_200 === inside200) &&
    (row.code === undefined || namesOf(facts).some((name) => globMatches(row.code ?? "", name))) &&
    (row.message === undefined || message.toLowerCase().includes(row.message.toLowerCase())) &&
    (row.path === undefined || valueAt(body, row.path) !== undefined) &&
    Object.entries(row.headers ?? {}).every(([name, glob]) => {
      const value = headers[name];
      return typeof value === "string" && globMatches(glob, value);
    })
  );
}

/** The code; if it is missing or a number, which only repeats the status, also the error's type. */
function namesOf({ code, body }: FailureFacts): readonly string[] {
  if (code !== null && !/^\d+$/.test(code)) return [code];
  const type = valueAt(body, "error.type") ?? valueAt(body, "type");
  return [code, type].filter((each) => typeof each === "string");
}

type HeaderMap = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * The wait a vendor asks for, in milliseconds, or null. Reads `retry-after-ms`, then `retry-after` as seconds, as a
 * duration such as `2m59.5s`, or as an HTTP date, measured against the response's own `date` because our clock may be
 * wrong. If a refusal has neither, reads the reset headers of the exhausted limits: OpenAI and similar vendors write
 * durations, Anthropic RFC 3339, others seconds or a Unix time in seconds or milliseconds.
 */
export function retryAfterMs(headers: HeaderMap, now: Date, status?: number | null): number | null {
  const inMs = Number(headers["retry-after-ms"] ?? Number.NaN);
  if (Number.isFinite(inMs) && inMs >= 0) return inMs;
  const at = clockOf(headers, now);
  const value = headers["retry-after"];
  const asked = typeof value === "string" ? waitOf(value.trim(), at) : null;
  return asked ?? (status === 429 ? resetMs(headers, at) : null);
}

function clockOf(headers: HeaderMap, now: Date): Date {
  const theirs = Date.parse(String(headers["date"] ?? ""));
  return Number.isNaN(theirs) ? now : new Date(theirs);
}

/** The longest wait among exhausted limits; a limit that does not say what remains counts as exhausted. */
function resetMs(headers: HeaderMap, now: Date): number | null {
  const resets = Object.entries(headers).flatMap(([name, value]) => {
    if (!/ratelimit.*reset|limit-reset/.test(name) || typeof value !== "string") return [];
    const wait = waitOf(value.trim(), now);
    if (wait === null) return [];
    const left = headers[name.replace("reset", "remaining")];
    return [{ wait: sinceEpoch(wait, now), used: left === undefined || Number(left) <= 0 }];
  });
  const used = resets.filter((each) => each.used).map(({ wait }) => wait);
  return used.length === 0 ? null : Math.max(...used);
}

/** A number this large is a Unix time, not a wait; an even larger one is in milliseconds. */
function sinceEpoch(wait: number, now: Date): number {
  if (wait <= 1e12) return wait;
  return Math.max(0, (wait > 1e14 ? wait / 1000 : wait) - now.getTime());
}

function waitOf(value: string, now: Date): number | null {
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const spans = [...value.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  if (spans.length > 0 && spans.map(([whole]) => whole).join("") === value) {
    return spans.reduce((sum, [, amount, unit = "s"]) => sum + Number(amount) * spanMs(unit), 0);
  }
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
}

const spanMs = (unit: string): number =>
  ({ ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 })[unit] ?? Number.NaN;
