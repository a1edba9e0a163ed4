import type { Attempt, CallRecord, ChatMessage, Reply } from "../domain/call.ts";
import { costOf } from "../domain/money.ts";
import { isRetryable } from "../domain/outcome.ts";
import type { Params } from "../domain/params.ts";
import type { Settings, TargetEntry } from "../domain/record.ts";
import { isThinking } from "../protocols/kit/params.ts";
import type { Ask, Protocol } from "../protocols/protocol.ts";
import type { Deps } from "./deps.ts";
import { type Lane, priority, type Slot } from "./lanes.ts";

/** One logical request to one target. */
export type Call = {
  readonly entry: TargetEntry;
  readonly endpoint: Ask["endpoint"];
  readonly protocol: Protocol;
  readonly lane: Lane;
  readonly messages: readonly ChatMessage[];
  readonly params: Params;
  readonly priority: number;
};

export type CallOptions = {
  readonly settings: Pick<Settings, "attempts" | "deadlines_ms">;
  readonly deps: Deps;
  /** Aborts what is under way. */
  readonly signal: AbortSignal;
  /** Aborted when the run stops or aborts: no wait for another attempt; what is under way finishes. */
  readonly stopping: AbortSignal;
  readonly onRetry: (attempt: Attempt) => void;
  /** Runs while the slot is still held, as soon as the call has ended. */
  readonly settle: (record: CallRecord) => Promise<void>;
};

/**
 * Makes a call with as many attempts as its outcomes deserve. The slot of the lane is held for each attempt and
 * through `settle`, never through the wait between attempts. Resolves to null where the call was aborted
 * or stopped before it had ended: such a call has no result.
 */
export async function makeCall(call: Call, options: CallOptions): Promise<CallRecord | null> {
  const attempts: Attempt[] = [];
  for (;;) {
    const rank = attempts.length === 0 ? call.priority : priority.retry;
    const record = await call.lane.hold(async (slot) => {
      const reply = await attempt(call, options, slot);
      if (reply.outcome === "aborted") return null;
      const wait_ms = waitBefore(attempts.length, reply, options);
      attempts.push(summary(reply, wait_ms, options.deps));
      if (wait_ms !== null) return "again";
      const ended = recordOf(call, reply, attempts);
      await options.settle(ended);
      return ended;
    }, rank);
    if (record !== "again") return record;
    const last = attempts.at(-1);
    if (last !== undefined) options.onRetry(last);
    if (!(await waited(last?.wait_ms ?? 0, options))) return null;
  }
}

function attempt(call: Call, { deps, settings, signal }: CallOptions, slot: Slot): Promise<Reply> {
  const { endpoint, messages, params, entry, protocol } = call;
  return protocol.attempt(
    { endpoint, model: entry.model, messages, params },
    {
      http: deps.http,
      authorize: deps.authorize(endpoint),
      deadlines: settings.deadlines_ms,
      signal,
      ...slot,
    },
  );
}

const baseMs = 500;
const capMs = 30_000;
const patienceMs = 120_000;

/**
 * Milliseconds to wait before the next attempt, or null where there is to be none: exponential from 0.5 s,
 * capped at 30 s, the upper half of it by chance; never less than the vendor asks, up to two minutes.
 */
function waitBefore(earlier: number, reply: Reply, { settings, deps }: CallOptions): number | null {
  if (!isRetryable(reply.outcome) || earlier + 1 >= settings.attempts) return null;
  const backoff = Math.min(capMs, baseMs * 2 ** earlier) * (0.5 + deps.random() / 2);
  return Math.max(backoff, Math.min(reply.retry_after_ms ?? 0, patienceMs));
}

async function waited(ms: number, { deps, stopping }: CallOptions): Promise<boolean> {
  try {
    await deps.sleep(ms, stopping);
    return !stopping.aborted;
  } catch (error) {
    if (stopping.aborted) return false;
    throw error;
  }
}

const summary = (reply: Reply, wait_ms: number | null, { redact }: Deps): Attempt => ({
  outcome: reply.outcome,
  status: reply.status,
  code: reply.code,
  message: reply.message === null ? null : redact(reply.message),
  wait_ms,
  timing: reply.timing,
  streamed: reply.text !== "" || reply.reasoning !== "",
});

function recordOf(call: Call, reply: Reply, attempts: readonly Attempt[]): CallRecord {
  const { status: _s, code: _c, message: _m, retry_after_ms: _r, ...kept } = reply;
  const at = new Date(reply.timing?.started_at ?? Date.now());
  const thinking =
    isThinking(call.params, call.endpoint.request) ||
    reply.reasoning !== "" ||
    (reply.usage.reasoning ?? 0) > 0;
  return {
    ...kept,
    cost: costOf(call.entry.price, { usage: reply.usage, thinking, at }),
    cost_incomplete: attempts.slice(0, -1).some((each) => each.streamed),
    attempts,
  };
}
