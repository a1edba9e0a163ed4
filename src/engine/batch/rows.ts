import type { BatchRow } from "../../calling/batch/form.ts";
import type { Reply } from "../../domain/call.ts";
import type { SendRequest } from "../../transport/thread/sender.ts";
import type { Lane } from "../calls/lanes.ts";
import type { Job } from "../run/answer.ts";
import type { RunSession } from "../run/session.ts";
import type { TargetState } from "../run/target-state.ts";

import { requestFor } from "../../calling/batch/replay.ts";
import { digestOf } from "../../domain/digest.ts";
import { unknownUsage } from "../../domain/usage.ts";
import { unsent } from "../calls/slot.ts";
import { answerItem } from "../run/answer.ts";
import { askingOf, jobsOf, type PlannedJob } from "../run/run-job.ts";
import { isBatchable } from "./access.ts";

/**
 * The id of a job's request in a batch, from the batch's name and the answer's key, so that any later session can tell
 * which result is whose. Anthropic allows letters, digits, `_` and `-`, 64 of them.
 */
export const customId = (name: string, key: string): string =>
  `${name}-${digestOf(key).slice(0, 32)}`;

/** The jobs of a target that a batch could answer and that have no answer yet, in the order of the plan. */
export async function* batchJobs(
  state: TargetState,
  session: RunSession,
): AsyncGenerator<PlannedJob> {
  const { plan } = session.input;
  for (let place = 0; place < plan.count; place += 1) {
    if (state.halted.signal.aborted) return;
    const item = await plan.item(place);
    if (isBatchable(item)) yield* jobsOf(item, place, state, session);
  }
}

/** What would be sent for a job by itself, or null if nothing would. Nothing is. */
export async function sendRequestOf(
  job: Job,
  state: TargetState,
  session: RunSession,
): Promise<SendRequest | null> {
  const { way, options } = askingOf(state, session);
  let asked: SendRequest | null = null;
  const sender = {
    ...options.deps.sender,
    attempt: (request: SendRequest) => {
      asked = request;
      return Promise.resolve({ reply: notSent, lagged: false });
    },
  };
  const nothing = { step: () => Promise.resolve(), answer: () => Promise.resolve() };
  await answerItem(
    job,
    { ...way, lane: freeLane },
    { ...options, deps: { ...options.deps, sender } },
    nothing,
    [],
  );
  return asked;
}

/** A job's request as a row of a batch, and its length in bytes; null if it sends none. */
export async function rowOf(
  name: string,
  job: Job,
  state: TargetState,
  session: RunSession,
): Promise<{ readonly row: BatchRow; readonly bytes: number } | null> {
  const sent = await sendRequestOf(job, state, session);
  const request = sent === null ? null : await requestFor(sent.protocol, sent);
  if (request === null) return null;
  const bytes = Buffer.byteLength(request.body ?? "") + envelopeBytes;
  return { row: { custom_id: customId(name, job.key), request }, bytes };
}

/** What stands around a request in a batch, at most. */
const envelopeBytes = 200;

/** Where no vendor is asked, nothing has to wait for its turn. */
export const freeLane: Lane = {
  id: "batch",
  concurrency: 1,
  standby: 0,
  hold: async (task) => {
    const result = await task({ queued_ms: 0, in_flight: 1, report: () => undefined });
    return result === unsent ? null : result;
  },
  drop: () => undefined,
  refusedForMs: () => 0,
  isOut: () => false,
  isLoading: () => false,
  outForMs: () => 0,
  heldForMs: () => 0,
  history: () => ({
    lane: "batch",
    start: 1,
    cap: 1,
    requests: 0,
    refused: 0,
    changes: 0,
    last: [],
  }),
  close: () => undefined,
};

/** A call that ends so leaves nothing behind. */
const notSent: Reply = {
  outcome: "aborted",
  text: "",
  reasoning: "",
  finish: null,
  usage: unknownUsage,
  model_returned: null,
  fingerprint: null,
  request_id: null,
  dropped: [],
  status: null,
  code: null,
  message: null,
  retry_after_ms: null,
  simulated: false,
  timing: null,
};
