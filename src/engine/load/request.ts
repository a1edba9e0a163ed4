import type { ChatMessage, Reply } from "../../domain/call.ts";
import type { LoadRequest } from "../../domain/load/lines.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";
import type { Attempted } from "../../transport/thread/sender.ts";
import type { Signal } from "../calls/adapt.ts";
import type { Lane } from "../calls/lanes.ts";
import type { LoadDeps } from "./deps.ts";
import type { LoadPrompt } from "./profile.ts";

import { costOf } from "../../domain/money.ts";
import { isRetryable, stopsTarget } from "../../domain/outcome.ts";
import { mergeParams } from "../../domain/prompt.ts";
import { codePoints } from "../../text/length.ts";
import { contactOf } from "../calls/outage.ts";
import { priority } from "../calls/waiting.ts";

/** One request of a load, planned for a moment of the machine's monotonic clock. */
export type PlannedRequest = {
  readonly target: ResolvedTarget;
  readonly prompt: LoadPrompt;
  /** What was said before in its session. */
  readonly earlier: readonly ChatMessage[];
  readonly planned_at: number;
  readonly in_flight: number;
  /** Holds it back as a run would; null: nothing does. */
  readonly lane: Lane | null;
  readonly signal: AbortSignal;
};

/** How a request went, and what the model said. */
export type AskedOnce = { readonly reply: Reply; readonly attempted: Attempted };

/** Sends a request once: a load never retries, since a user who has to ask again was not served. Null where the lane dropped it. */
export async function sendRequest(
  planned: PlannedRequest,
  { senderOf, deadlines }: LoadDeps,
): Promise<AskedOnce | null> {
  const { target, prompt, earlier, planned_at, in_flight, lane, signal } = planned;
  const { entry, endpoint } = target;
  const send = async (queued_ms: number): Promise<AskedOnce> => {
    const attempted = await senderOf().attempt(
      {
        protocol: entry.protocol,
        endpoint,
        model: entry.model,
        messages: [...earlier, ...prompt.messages],
        params: mergeParams(prompt.params, entry.params),
        deadlines,
        queued_ms,
        in_flight,
        planned_at,
      },
      signal,
    );
    return { reply: attempted.reply, attempted };
  };
  if (lane === null) return send(0);
  return lane.hold(
    async ({ queued_ms, report }) => {
      const sent = await send(queued_ms);
      const { reply } = sent;
      const { input, output } = reply.usage;
      report({
        signal: signalOf(reply),
        retry_after_ms: reply.retry_after_ms,
        tokens: input === null || output === null ? null : input + output,
        contact: contactOf(reply, endpoint.base_url),
      });
      return sent;
    },
    { priority: priority.fresh, target: entry.ref, tokens: 0 },
  );
}

function signalOf({ outcome }: Reply): Signal {
  if (outcome === "rate-limited") return "refused";
  return isRetryable(outcome) || stopsTarget(outcome) ? "troubled" : "accepted";
}

type Place = Pick<LoadRequest, "target" | "step" | "phase" | "planned_at_ms" | "turn">;

/** The line of a request that was sent. */
export function requestLine(
  place: Place,
  { reply, attempted }: AskedOnce,
  { entry }: ResolvedTarget,
  redact: (text: string) => string,
): LoadRequest {
  const { timing, usage, usage_doubt } = reply;
  const counted = usage_doubt === undefined;
  const at = new Date(timing?.started_at ?? Date.now());
  const thinking = reply.reasoning !== "" || (usage.reasoning ?? 0) > 0;
  return {
    kind: "request",
    ...place,
    send_lag_ms: attempted.send_lag_ms ?? null,
    outcome: reply.outcome,
    status: reply.status,
    code: reply.code === null ? null : redact(reply.code).slice(0, 200),
    connect_ms: timing?.connect_ms ?? null,
    first_token_ms: timing?.first_token_ms ?? null,
    first_answer_ms: timing?.first_answer_ms ?? null,
    last_token_ms: timing?.last_token_ms ?? null,
    total_ms: timing?.total_ms ?? null,
    chunks: timing?.chunks ?? 0,
    max_gap_ms: timing?.max_gap_ms ?? null,
    chars: codePoints(reply.text) + codePoints(reply.reasoning),
    first_chars: timing?.first_chars ?? null,
    input_tokens: counted ? usage.input : null,
    output_tokens: counted ? usage.output : null,
    cost: costOf(entry.price, { usage, thinking, at }),
    lagged: attempted.lagged,
  };
}
