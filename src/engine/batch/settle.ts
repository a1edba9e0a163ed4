import type { BatchResult } from "../../calling/batch/form.ts";
import type { Reply } from "../../domain/call.ts";
import type { BatchLine } from "../../domain/run-file/batch.ts";
import type { Headers } from "../../transport/http.ts";
import type { Need, Reservation } from "../run/budget.ts";
import type { RunSession } from "../run/session.ts";
import type { TargetState } from "../run/target-state.ts";
import type { HandIn } from "./hand-in.ts";

import { replyFrom } from "../../calling/batch/replay.ts";
import { isRetryable, stopsTarget } from "../../domain/outcome.ts";
import { createSemaphore } from "../calls/semaphore.ts";
import { judges } from "../run/budget.ts";
import { inBatch, type PlannedJob, reserve, runJob } from "../run/run-job.ts";
import { track } from "../run/session.ts";
import { batchJobs, customId, freeLane, sendRequestOf } from "./rows.ts";

/** The results of a batch, and what was reserved for them. */
export type Fetched = {
  readonly name: string;
  readonly id: string;
  readonly share: number;
  readonly results: readonly BatchResult[];
  /** Of the response that brought them. */
  readonly headers: Headers;
  /** What this session handed in; null for a batch of an earlier one. */
  readonly batch: HandIn | null;
};

const atOnce = 32;
/** Answers that wait to be graded, at most. */
const mostPending = 256;

/**
 * Writes the answers that a batch gave, and resolves to those that it did not give. An answer stands in the file before
 * anything else is done with it; where a session dies in between, the next one fetches the batch again and goes on.
 */
export async function settle(
  fetched: Fetched,
  state: TargetState,
  session: RunSession,
): Promise<NonNullable<BatchLine["left"]>> {
  const { name, batch } = fetched;
  const byId = new Map(fetched.results.map((result) => [result.custom_id, result]));
  const left: { readonly key: string; readonly cause: string }[] = [];
  const semaphore = createSemaphore(atOnce);
  const running = new Set<Promise<void>>();
  for await (const job of batchJobs(state, session)) {
    const result = byId.get(customId(name, job.key));
    if (result === undefined) {
      if (batch?.keys.has(job.key) === true) left.push({ key: job.key, cause: "no result" });
      continue;
    }
    await semaphore.enter();
    while (session.pending.size > mostPending) await Promise.race(session.pending);
    const settling = answerFrom(result, job, fetched, state, session).then((cause) => {
      if (cause !== null) left.push({ key: job.key, cause });
    });
    const ended = (tracked: Promise<void>): void => {
      semaphore.leave();
      running.delete(tracked);
    };
    running.add(track(session, settling, ended));
  }
  await Promise.all(running);
  return left;
}

/** Resolves to why the result is no answer, or to null once the answer is in the file. */
async function answerFrom(
  result: BatchResult,
  job: PlannedJob,
  { id, share, headers, batch }: Fetched,
  state: TargetState,
  session: RunSession,
): Promise<string | null> {
  const { deps, done } = session.input;
  if (result.status === null) return deps.redact(result.message ?? "no result");
  const sent = await sendRequestOf(job, state, session);
  if (sent === null) return "nothing to send";
  const reply = await replyFrom(sent.protocol, sent, result, headers);
  if (!isKept(reply)) {
    const { outcome, code, message } = reply;
    return deps.redact([outcome, code, message].filter((part) => part !== null).join(" "));
  }
  const priced = inBatch(job, share);
  const reservation =
    batch?.take(job.key) ??
    (await reserve(priced, state, session, false)) ??
    spentAlready(job.entry.ref, session);
  await runJob(priced, reservation, state, session, {
    id,
    share,
    lane: freeLane,
    sender: { ...deps.sender, attempt: () => Promise.resolve({ reply, lagged: false }) },
  });
  done.answers.add(job.key);
  return null;
}

/** What another try would not change. A refused parameter is left out when the question is asked directly. */
const isKept = ({ outcome }: Reply): boolean =>
  !isRetryable(outcome) &&
  !stopsTarget(outcome) &&
  outcome !== "bad-request" &&
  outcome !== "aborted";

/** An earlier session handed it in and the budget has no room: it is counted all the same. */
function spentAlready(target: string, { budget }: RunSession): Reservation {
  const charge = (to: string) => (needs: readonly Need[]) => {
    for (const need of needs) budget.charge(to, need);
  };
  const ignore = () => undefined;
  return {
    metered: true,
    settle: charge(target),
    judging: { pause: ignore, resume: ignore, settle: charge(judges) },
  };
}
