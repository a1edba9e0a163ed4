import type { Trouble } from "../kit/exchange.ts";
import type { EnforcedLimit } from "./script.ts";

import { monotonicMs } from "../server/clock.ts";
import { globMatches } from "./choose.ts";

/** What counts against a limit. */
type Taking = {
  readonly model: string;
  readonly account: string;
  readonly input_tokens: number;
};

export type Admission =
  | {
      readonly ok: true;
      /** Adds the output tokens once the answer is known. */
      readonly spend: (output_tokens: number) => void;
      /** Releases the slot when the response is over. */
      readonly leave: () => void;
      readonly headers: Readonly<Record<string, string>>;
    }
  | {
      readonly ok: false;
      readonly trouble: Trouble;
      readonly headers: Readonly<Record<string, string>>;
    };

export type RateLimiter = { readonly admit: (taking: Taking) => Admission };

type Event = { readonly time: number; tokens: number };
type Bucket = { readonly events: Event[]; inFlight: number };
type Breach = { readonly what: "rpm" | "tpm" | "concurrency"; readonly wait_ms: number };

/**
 * Enforces limits as a vendor does: sliding windows in vendor time and concurrency slots; refused requests do not
 * count. Times in the headers of a refusal are in the client's real time.
 */
export function createRateLimiter(limits: readonly EnforcedLimit[], speed: number): RateLimiter {
  const buckets = new Map<string, Bucket>();
  return {
    admit: (taking) => {
      const now = monotonicMs();
      const held = limits
        .map((limit, index) => ({ limit, index }))
        .filter(({ limit }) => globMatches(limit.model, taking.model))
        .map(({ limit, index }) => {
          const scope = limit.scope === "model" ? taking.model : "";
          return { limit, bucket: bucketOf(buckets, `${index} ${taking.account} ${scope}`) };
        });
      for (const { limit, bucket } of held) {
        const window = (limit.window_s * 1000) / speed;
        while ((bucket.events[0]?.time ?? now) <= now - window) bucket.events.shift();
        const breach = breachOf(limit, bucket, taking, now, speed);
        if (breach !== null) return refusal(limit, breach);
      }
      const events = held.map(({ bucket }) => {
        const event = { time: now, tokens: taking.input_tokens };
        bucket.events.push(event);
        bucket.inFlight += 1;
        return event;
      });
      return {
        ok: true,
        spend: (output_tokens) => {
          for (const event of events) event.tokens += output_tokens;
        },
        leave: () => {
          for (const { bucket } of held) bucket.inFlight -= 1;
        },
        headers: Object.assign({}, ...held.map(({ limit, bucket }) => leftHeaders(limit, bucket))),
      };
    },
  };
}

function bucketOf(buckets: Map<string, Bucket>, key: string): Bucket {
  const bucket = buckets.get(key) ?? { events: [], inFlight: 0 };
  buckets.set(key, bucket);
  return bucket;
}

function breachOf(
  limit: EnforcedLimit,
  { events, inFlight }: Bucket,
  { input_tokens }: Taking,
  now: number,
  speed: number,
): Breach | null {
  if (limit.concurrency !== undefined && inFlight >= limit.concurrency) {
    return { what: "concurrency", wait_ms: 1000 / speed };
  }
  for (const span_s of [limit.window_s, limit.burst_s]) {
    if (span_s === undefined) continue;
    const span = (span_s * 1000) / speed;
    const whole = span_s === limit.window_s;
    const inside = whole ? events : events.filter(({ time }) => time > now - span);
    const waitFor = (index: number) => (inside[index]?.time ?? now) + span - now;
    if (limit.rpm !== undefined) {
      const allowed = Math.max(1, Math.floor((limit.rpm * span_s) / 60));
      if (inside.length >= allowed) {
        return { what: "rpm", wait_ms: waitFor(inside.length - allowed) };
      }
    }
    if (limit.tpm !== undefined) {
      const allowed = (limit.tpm * span_s) / 60;
      const used = inside.reduce((sum, { tokens }) => sum + tokens, 0);
      if (inside.length > 0 && used + input_tokens > allowed) {
        return { what: "tpm", wait_ms: waitFor(0) };
      }
    }
  }
  return null;
}

function refusal(limit: EnforcedLimit, { what, wait_ms }: Breach): Admission {
  const shown = { rpm: "requests per min", tpm: "tokens per min", concurrency: "concurrency" }[
    what
  ];
  const wants = (hint: EnforcedLimit["hint"]) => limit.hint === hint || limit.hint === "all";
  const unit = what === "tpm" ? "tokens" : "requests";
  return {
    ok: false,
    trouble: {
      outcome: "rate-limited",
      message: `Rate limit reached on ${shown} (limit ${limit[what]}). Please try again in ${(wait_ms / 1000).toFixed(3)}s.`,
    },
    headers: {
      ...(wants("retry-after") ? { "retry-after": String(Math.ceil(wait_ms / 1000)) } : {}),
      ...(wants("retry-after-ms") ? { "retry-after-ms": String(Math.ceil(wait_ms)) } : {}),
      ...(wants("reset-headers") && what !== "concurrency"
        ? {
            [`x-ratelimit-limit-${unit}`]: String(limit[what]),
            [`x-ratelimit-remaining-${unit}`]: "0",
            [`x-ratelimit-reset-${unit}`]: `${Math.ceil(wait_ms)}ms`,
          }
        : {}),
    },
  };
}

function leftHeaders({ rpm, hint }: EnforcedLimit, { events }: Bucket): Record<string, string> {
  if (rpm === undefined || (hint !== "all" && hint !== "reset-headers")) return {};
  return {
    "x-ratelimit-limit-requests": String(rpm),
    "x-ratelimit-remaining-requests": String(Math.max(0, rpm - events.length)),
  };
}
