import type { CallRequest } from "../../calling/protocol.ts";
import type { Attempt, CallRecord, ChatMessage, Reply } from "../../domain/call.ts";
import type { Settings } from "../../domain/run-file/header.ts";
import type { Attempted, SendRequest } from "../../transport/thread/sender.ts";
import type { Deps } from "../run/deps.ts";
import type { Signal } from "./adapt.ts";
import type { Lane } from "./lanes.ts";
import type { Seen, Slot } from "./slot.ts";

import { isRetryable, stopsTarget } from "../../domain/outcome.ts";
import { saidIn } from "../../domain/request/said.ts";
import { functionOf } from "../../domain/request/tool-function.ts";
import { hideInCall } from "../../store/runs/hide-line.ts";
import { outputBound } from "../plan/estimate.ts";
import { contactOf } from "./outage.ts";
import { type RecordedCall, recordOf } from "./record.ts";
import { defaultPolicy, waitBefore } from "./retry.ts";
import { unsent } from "./slot.ts";
import { priority } from "./waiting.ts";

/** One logical request to one target. */
export type Call = RecordedCall & {
  /** Of the answer that it is for; absent where nobody watches it. */
  readonly key?: string;
  readonly lane: Lane;
  readonly messages: readonly ChatMessage[];
  readonly tools?: CallRequest["tools"];
  readonly schema?: CallRequest["schema"];
  readonly vars?: CallRequest["vars"];
  readonly priority: number;
  /** Its answer may take further requests. */
  readonly goesOn?: boolean;
};

/** The same for all calls of a target. */
export type CallOptions = {
  readonly settings: Pick<Settings, "attempts" | "deadlines_ms">;
  readonly deps: Deps;
  /** Aborts requests in flight. */
  readonly signal: AbortSignal;
  /** Aborted when the run stops or aborts: calls waiting to retry give up, requests in flight finish. */
  readonly stopping: AbortSignal;
  /** Called when an attempt gets its slot and is sent; before, it waits in the lane. */
  readonly onSend?: (call: Call) => void;
  /** Called when an attempt has ended; its slot is still held. */
  readonly onReply?: (call: Call) => void;
  readonly onRetry: (attempt: Attempt, call: Call) => void;
  /** The vendor has refused everything on this lane for longer than the policy tolerates. */
  readonly onStorm: (attempt: Attempt) => void;
};

/** Runs as soon as a call has ended, with its slot still held; `lagged` if our own delays may be in its times. */
export type SettleCall = (record: CallRecord, lagged: boolean) => Promise<void>;

/**
 * Makes a call, retrying as its outcomes allow. The lane's slot is held during each attempt and through `settle`, but
 * never during the wait between attempts. While the vendor rate-limits the whole lane, or its server is gone, refusals do
 * not use up the call's attempts, since the call is not at fault. Resolves to null if the call was aborted or stopped before it
 * ended: such a call has no result.
 */
export async function makeCall(
  call: Call,
  options: CallOptions,
  settle: SettleCall,
): Promise<CallRecord | null> {
  const attempts: Attempt[] = [];
  const texts = textsOf(call);
  let counted = 0;
  let anyLagged = false;
  for (;;) {
    const ticket = {
      priority: attempts.length === 0 ? call.priority : priority.retry,
      target: call.entry.ref,
      tokens: tokensOf(call, texts),
      goesOn: call.goesOn === true,
    };
    const record = await call.lane.hold(async (slot) => {
      const attempted = await attempt(call, options, slot);
      if (attempted === null) return unsent;
      options.onReply?.(call);
      const { reply, lagged, failures } = attempted;
      anyLagged ||= lagged;
      if (reply.outcome === "aborted") return null;
      slot.report(seenOf(reply, call.endpoint.base_url, failures));
      const free = isFree(reply, call, options);
      const wait_ms = waitOf(reply, free ? 0 : counted, options);
      if (!free) counted += 1;
      attempts.push(summary(reply, wait_ms, options.deps));
      if (wait_ms !== null) return "again";
      if (reply.usage_doubt === undefined) call.estimator.learn(texts, reply.usage);
      const record = recordOf(call, reply, attempts, texts);
      const ended = hideInCall(record, options.deps.hide ?? same);
      await settle(ended, anyLagged);
      return ended;
    }, ticket);
    if (record !== "again") return record;
    const last = attempts.at(-1);
    if (last !== undefined && !(await mayRetry(last, call, options))) return null;
  }
}

const same = (text: string): string => text;

/** All that a request says, its tools included: vendors count them as input. */
function textsOf({ messages, tools = [] }: Call): readonly string[] {
  const said = messages.map(saidIn);
  for (const tool of tools) said.push(JSON.stringify(functionOf(tool)));
  return said;
}

async function mayRetry(last: Attempt, call: Call, options: CallOptions): Promise<boolean> {
  const { lane } = call;
  options.onRetry(last, call);
  const { storm_ms, loading_ms } = { ...defaultPolicy, ...options.deps.policy };
  const isStorm = last.outcome === "rate-limited" && lane.refusedForMs() > storm_ms;
  const isGone = lane.outForMs() > (lane.isLoading() ? loading_ms : storm_ms);
  if (isStorm || (isRetryable(last.outcome) && isGone)) {
    options.onStorm(last);
    return false;
  }
  return waited(last.wait_ms ?? 0, options);
}

/** While the vendor refuses everything, or its server is gone, the call is not at fault. */
const isFree = (reply: Reply, { lane, endpoint }: Call, { settings }: CallOptions): boolean =>
  settings.attempts > 1 &&
  ((reply.outcome === "rate-limited" && lane.refusedForMs() > 0) ||
    (lane.isOut() && contactOf(reply, endpoint.base_url) !== "reached"));

function waitOf(reply: Reply, earlier: number, { settings, deps }: CallOptions): number | null {
  const { outcome, retry_after_ms } = reply;
  if (!isRetryable(outcome)) return null;
  return waitBefore(
    { outcome, retry_after_ms, earlier, attempts: settings.attempts, random: deps.random() },
    { ...defaultPolicy, ...deps.policy },
  );
}

function tokensOf({ entry, endpoint, params, estimator }: Call, texts: readonly string[]): number {
  if (entry.limits.tpm === null) return 0;
  return estimator.input(texts) + estimator.usualOutput(outputBound(params, endpoint.request));
}

function seenOf(reply: Reply, base_url: string, failures: number | undefined): Seen {
  const { outcome, retry_after_ms, usage_doubt } = reply;
  const { input, output } = reply.usage;
  const isKnown = input !== null && output !== null && usage_doubt === undefined;
  const tokens = isKnown ? input + output : null;
  const signal: Signal =
    outcome === "rate-limited"
      ? "refused"
      : isRetryable(outcome) || stopsTarget(outcome)
        ? "troubled"
        : "accepted";
  return { signal, retry_after_ms, tokens, contact: contactOf(reply, base_url), failures };
}

function attempt(
  call: Call,
  { deps, settings, signal, onSend }: CallOptions,
  { queued_ms, in_flight, send }: Slot,
): Promise<Attempted | null> {
  const { endpoint, messages, params, tools, schema, vars } = call;
  const { protocol, model } = call.entry;
  const deadlines = settings.deadlines_ms;
  const request: SendRequest = {
    endpoint,
    protocol,
    model,
    messages,
    params,
    tools,
    schema,
    vars,
    deadlines,
    queued_ms,
    in_flight,
  };
  if (send !== undefined) return send(request, signal, () => onSend?.(call));
  onSend?.(call);
  return deps.sender.attempt(request, signal);
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
  code: reply.code === null ? null : redact(reply.code),
  message: reply.message === null ? null : redact(reply.message),
  wait_ms,
  timing: reply.timing,
  streamed:
    reply.text !== "" ||
    reply.reasoning !== "" ||
    reply.tool_calls !== undefined ||
    (reply.usage.output ?? 0) > 0,
});
