import type { ErrorRow } from "../domain/provider.ts";

import { type Outcome, outcomeOfStatus } from "../domain/outcome.ts";
import { valueAt } from "../domain/usage.ts";
import { globMatches } from "../text/glob.ts";
import { durationMs } from "./errors/duration.ts";
import { errorWords } from "./errors/error-words.ts";
import { knownOutcome } from "./errors/known-errors.ts";

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

/**
 * The outcome of a vendor's error: the first matching row, else what its codes and words mean at any host, else the HTTP
 * status, else (inside HTTP 200) `server`.
 */
export function outcomeOf(rows: readonly ErrorRow[], facts: FailureFacts): Outcome {
  const row = rows.find((each) => matches(each, facts));
  if (row !== undefined) return row.outcome;
  const { status, code, message, body } = facts;
  const known = knownOutcome(errorWords(status, code, message, body));
  return known ?? (isGood(status) ? "server" : outcomeOfStatus(status));
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
 * The wait a vendor's headers ask for, in milliseconds, or null. Reads `retry-after-ms` and its spellings, then
 * `retry-after` as seconds, as a duration such as `2m59.5s`, as an HTTP date or a Unix time, measured against the response's
 * own `date` because our clock may be wrong. If a refusal has neither, reads the reset headers of the exhausted limits:
 * OpenAI and similar vendors write durations, Anthropic RFC 3339, others seconds or a Unix time in seconds or milliseconds.
 */
export function retryAfterMs(headers: HeaderMap, now: Date, status?: number | null): number | null {
  const inMs = msHeaders.map((name) => valueOf(headers, name)).find((value) => value !== null);
  const ms = inMs === undefined || inMs === null ? null : durationMs(inMs, 1);
  if (ms !== null) return ms;
  const at = clockOf(headers, now);
  const value = valueOf(headers, "retry-after") ?? valueOf(headers, "x-retry-after");
  const asked = value === null ? null : waitOf(value, at);
  return asked ?? (status === 429 ? resetMs(headers, at) : null);
}

const msHeaders = ["retry-after-ms", "x-ms-retry-after-ms", "x-retry-after-ms"];

/** Of a header that stands several times, the last value. */
function valueOf(headers: HeaderMap, name: string): string | null {
  const value = headers[name];
  const text = typeof value === "string" ? value : value?.at(-1);
  return text === undefined ? null : text.trim();
}

function clockOf(headers: HeaderMap, now: Date): Date {
  const theirs = Date.parse(valueOf(headers, "date") ?? "");
  return Number.isNaN(theirs) ? now : new Date(theirs);
}

/** The longest wait among exhausted limits; a limit that does not say what remains counts as exhausted. */
function resetMs(headers: HeaderMap, now: Date): number | null {
  const resets = Object.keys(headers).flatMap((name) => {
    const value = valueOf(headers, name) ?? "";
    if (name === "ratelimit") return combinedReset(value);
    if (!/rate-?limit.*reset|limit-reset/.test(name)) return [];
    const wait = name.endsWith("-ms") ? durationMs(value, 1) : waitOf(value, now);
    if (wait === null) return [];
    const left = valueOf(headers, name.replace("reset", "remaining"));
    return [{ wait, used: left === null || Number(left) <= 0 }];
  });
  const used = resets.filter((each) => each.used).map(({ wait }) => wait);
  return used.length === 0 ? null : Math.max(...used);
}

/** `limit=10, remaining=0, reset=5` or `"policy";r=0;t=5`: drafts of the IETF's RateLimit header, in seconds. */
function combinedReset(value: string): readonly { wait: number; used: boolean }[] {
  const reset = /\b(?:reset|t)=(\d+)/.exec(value)?.[1];
  const left = /\b(?:remaining|r)=(\d+)/.exec(value)?.[1];
  return reset === undefined ? [] : [{ wait: Number(reset) * 1_000, used: Number(left ?? 0) <= 0 }];
}

function waitOf(value: string, now: Date): number | null {
  const span = durationMs(value, 1000);
  if (span !== null) return sinceEpoch(span, now);
  const date = Date.parse(value);
  return Number.isNaN(date) || /^[+-]?[\d.]+$/.test(value)
    ? null
    : Math.max(0, date - now.getTime());
}

/** A number this large is a Unix time, not a wait; an even larger one is in milliseconds. */
function sinceEpoch(wait: number, now: Date): number {
  if (wait <= 1e12) return wait;
  return Math.max(0, (wait > 1e14 ? wait / 1000 : wait) - now.getTime());
}
