import type { CallRequest } from "../../calling/protocol.ts";
import type { Attempt, CallRecord, Reply, ThinkingAsked } from "../../domain/call.ts";
import type { Dropped, Params } from "../../domain/params.ts";
import type { TargetEntry } from "../../domain/run-file/header.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";
import type { Estimator } from "../plan/estimate.ts";

import { bodyOfThinking } from "../../calling/params.ts";
import { isThinking, thinkingSent } from "../../calling/thinking-switch.ts";
import { costOf, type PriceRow } from "../../domain/money.ts";
import { isVendorsWord } from "../../domain/request/refused.ts";
import { whole } from "../../domain/schema/whole.ts";
import { nameRelation } from "../../text/names/model-name.ts";

/** What its record says of a call. */
export type RecordedCall = {
  readonly entry: TargetEntry;
  readonly endpoint: CallRequest["endpoint"];
  readonly estimator: Estimator;
  readonly params: Params;
  readonly priceOf?: ResolvedTarget["priceOf"] | undefined;
  /** What the task asks for and the protocol cannot say. */
  readonly dropped?: readonly Dropped[];
  /** The vendor's id of the batch that answers, at its share of the price. */
  readonly batch?: string | undefined;
};

/**
 * What is kept of a call that has ended: the reply, what it cost, and all attempts. `texts` are those of its request, for an
 * estimate where nobody counted them.
 */
export function recordOf(
  call: RecordedCall,
  reply: Reply,
  attempts: readonly Attempt[],
  texts: readonly string[],
): CallRecord {
  const { outcome, finish, usage, usage_doubt, simulated, timing, tool_calls, passages } = reply;
  const dropped =
    (call.dropped ?? []).length === 0 ? reply.dropped : [...reply.dropped, ...(call.dropped ?? [])];
  const isCounted = usage.input !== null && usage_doubt === undefined;
  const priced = priceOfReturned(call, reply.model_returned);
  const thinking =
    isThinking(call.params, call.endpoint.request) ||
    reply.reasoning !== "" ||
    (reply.usage.reasoning ?? 0) > 0;
  return whole<CallRecord>({
    outcome,
    text: reply.text,
    reasoning: reply.reasoning,
    finish,
    tool_calls,
    passages,
    usage,
    usage_doubt,
    input_estimate:
      isCounted || attempts.at(-1)?.streamed !== true ? undefined : call.estimator.input(texts),
    model_returned: reply.model_returned,
    priced_as: priced.as ?? undefined,
    thinking: thinkingAsked(call, dropped),
    batch: call.batch,
    first_token: reply.first_token,
    fingerprint: reply.fingerprint,
    request_id: reply.request_id,
    dropped,
    simulated,
    timing,
    cost:
      priced.price === null ? null : costOf(priced.price, { usage, thinking, at: startOf(reply) }),
    cost_incomplete: attempts.slice(0, -1).some((each) => each.streamed),
    attempts: attempts.map((each, index) => (index < attempts.length - 1 ? each : untimed(each))),
    played: undefined,
    results: undefined,
    elsewhere: undefined,
  });
}

const startOf = ({ timing }: Reply): Date => new Date(timing?.started_at ?? Date.now());

/**
 * The price of the model that answered: the vendor bills that one. `as` names it where it is another than was asked for and
 * has a price; without one, what the answer cost is unknown.
 */
function priceOfReturned(
  { entry, priceOf }: RecordedCall,
  returned: string | null,
): { readonly price: PriceRow | null; readonly as: string | null } {
  if (entry.baseline || returned === null) return { price: entry.price, as: null };
  if (nameRelation(entry.model, returned, entry.returned_as) !== "other") {
    return { price: entry.price, as: null };
  }
  const price = priceOf?.(returned) ?? null;
  return { price, as: price === null ? null : returned };
}

/** Nothing was sent of it where the vendor refused the parameter and the request was repeated without. */
function thinkingAsked(
  { params, endpoint, entry }: RecordedCall,
  dropped: Reply["dropped"],
): ThinkingAsked | undefined {
  const asked = params.thinking ?? params.thinking_budget;
  if (asked === undefined || entry.baseline) return undefined;
  const sent = thinkingSent(params, endpoint.request);
  const names = Object.keys(bodyOfThinking(sent));
  const isRefused = dropped.some(
    ({ param, reason }) => isVendorsWord(reason) && (param === "thinking" || names.includes(param)),
  );
  const isSent = !isRefused && (sent.body !== null || sent.budget !== null);
  // The vendor's file was read as JSON.
  const body = bodyOfThinking(sent) as ThinkingAsked["sent"];
  return { asked, sent: isSent ? body : null };
}

/** The last attempt's times are the call's own, and a fifth of an answer's bytes. */
const untimed = (attempt: Attempt): Attempt => whole<Attempt>({ ...attempt, timing: undefined });
