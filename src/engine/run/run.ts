import type { CallRecord } from "../../domain/call.ts";
import type { AnswerLine, ItemLine, StepLine } from "../../domain/run-file/lines.ts";
import type { EndLine } from "../../domain/run-file/session.ts";
import type { Call, CallOptions } from "../calls/call.ts";
import type { TargetState } from "./target-state.ts";

import { isFailed } from "../../domain/outcome.ts";
import { createSemaphore, type Semaphore } from "../calls/semaphore.ts";
import { judgingNeed, score, scoreEarlier } from "../judges/score.ts";
import { assumedOutput, outputBound } from "../plan/estimate.ts";
import { needOf } from "../plan/forecast.ts";
import { answerItem, requestParams, type Job, jobOf } from "./answer.ts";
import { type Need, type Reservation, spentOn, unbounded } from "./budget.ts";
import {
  breakRun,
  endOf,
  startRunSession,
  type RunInput,
  type RunSession,
  track,
} from "./session.ts";

/**
 * Sends everything in the plan that is not done yet, and writes each answer before doing anything else with it.
 * Resolves with the end line once it is in the file. Rejects with the writer's error if the disk fails.
 */
export async function run(input: RunInput): Promise<EndLine> {
  const { deps, writer, observe } = input;
  const started = performance.now();
  const session = await startRunSession(input);
  try {
    await Promise.allSettled([
      ...session.states.map((state) => feed(state, session)),
      scoreEarlier(session),
    ]);
    while (session.answering.size > 0) await Promise.all(session.answering);
    session.companions?.close();
    while (session.pending.size > 0) await Promise.all(session.pending);
  } finally {
    for (const lane of session.lanes.all()) lane.close();
    session.release();
  }
  if (session.broken !== null) throw session.broken.error;
  const loop = await deps.sender.health();
  const end = endOf(session, performance.now() - started, loop);
  await writer.append(end);
  observe(end);
  return end;
}

/** Requests prepared beyond those in flight, so that a slot is filled as soon as it is free. */
const ahead = 16;

/** Runs the plan against one target, never preparing more than the lane can soon take. */
async function feed(state: TargetState, session: RunSession): Promise<void> {
  const { plan } = session.input;
  const semaphore = createSemaphore(state.lane.concurrency + ahead);
  try {
    for (let place = 0; place < plan.count; place += 1) {
      if (state.halted.signal.aborted) return;
      const item = await plan.item(place);
      for (const job of jobsOf(item, state, session)) {
        await semaphore.enter();
        if (!(await start(job, semaphore, state, session))) return;
      }
    }
  } catch (error) {
    breakRun(session, error);
  }
}

/** The jobs of an item that this target has not answered yet. */
function jobsOf(
  item: ItemLine,
  { target: { entry } }: TargetState,
  { input }: RunSession,
): readonly Job[] {
  const jobs: Job[] = [];
  for (const prompt of item.asks) {
    for (let trial = 1; trial <= input.plan.settings.trials; trial += 1) {
      const job = jobOf(item, prompt, trial, entry);
      if (!input.done.answers.has(job.key)) jobs.push(job);
    }
  }
  return jobs;
}

/** Starts a job as soon as the run and its budget allow. Resolves to false if the target gets no more requests. */
async function start(
  job: Job,
  semaphore: Semaphore,
  state: TargetState,
  session: RunSession,
): Promise<boolean> {
  await session.input.gate?.();
  if (state.halted.signal.aborted) return false;
  const reservation = await reserve(job, state, session);
  if (state.halted.signal.aborted) {
    // Otherwise others would wait forever for money that this job will not spend.
    reservation?.settle([]);
    reservation?.judging.settle([]);
    return false;
  }
  if (reservation === null) {
    state.outOfBudget();
    return false;
  }
  const running = track(session, async () => {
    try {
      await runJob(job, reservation, state, session);
    } finally {
      semaphore.leave();
      session.answering.delete(running);
    }
  });
  session.answering.add(running);
  return true;
}

async function reserve(
  job: Job,
  { target, estimator }: TargetState,
  session: RunSession,
): Promise<Reservation | null> {
  const { budget, judges, input } = session;
  if (!budget.bounds(job.entry.ref)) return unbounded;
  const params = requestParams(job, input.plan.settings);
  const bound = outputBound(params, target.endpoint.request) ?? assumedOutput;
  const judging = await judgingNeed(job.item, bound, input.judging ?? null, judges);
  return budget.reserve(
    job.entry.ref,
    () => needOf({ item: job.item, prompt: job.prompt, params, target, estimator }),
    judging,
  );
}

async function runJob(
  job: Job,
  reservation: Reservation,
  state: TargetState,
  session: RunSession,
): Promise<void> {
  const { plan } = session.input;
  const { target, lane, estimator } = state;
  const paid: CallRecord[] = [];
  let answer: AnswerLine | null = null;
  try {
    answer = await answerItem(
      job,
      { endpoint: target.endpoint, lane, estimator, ...pricesOf(target) },
      { ...callOptions(job, state, session), settings: plan.settings },
      {
        step: (line) => {
          paid.push(line.call);
          return keepStep(job, line, session);
        },
        answer: (line) => {
          paid.push(...line.turns.slice(-1));
          return keep({ job, state }, line, session);
        },
      },
      session.input.done.begun.get(job.key) ?? [],
    );
  } finally {
    reservation.settle(
      reservation.metered ? paid.map((record) => costOfCall(job, record, state)) : [],
    );
    if (answer === null) reservation.judging.settle([]);
  }
  if (answer === null) return;
  const kept = answer;
  if (job.item.max_steps !== undefined) estimator.learnSteps(kept.turns.length);
  void track(session, () => score(job.item, kept, reservation.judging, session));
}

const pricesOf = ({ priceOf }: TargetState["target"]): Pick<Call, "priceOf"> =>
  priceOf === undefined ? {} : { priceOf };

function callOptions(
  job: Job,
  state: TargetState,
  session: RunSession,
): Omit<CallOptions, "settle" | "settings"> {
  const { deps, observe } = session.input;
  const { key } = job;
  return {
    deps,
    signal: session.aborted.signal,
    stopping: state.halted.signal,
    onStorm: state.onStorm,
    onSend: () => observe({ kind: "asking", key, target: job.entry.ref }),
    onRetry: ({ outcome, code, message, wait_ms }) =>
      observe({
        kind: "retrying",
        key,
        target: job.entry.ref,
        outcome,
        code,
        message,
        wait_ms: wait_ms ?? 0,
        lane: state.lane.id,
        lane_wait_ms: Math.ceil(state.lane.heldForMs()),
      }),
  };
}

/** What a call cost; where neither the vendor nor we counted its input, at least what the item's own texts cost. */
function costOfCall(job: Job, record: CallRecord, { target, estimator }: TargetState): Need {
  const { messages, turns } = job.prompt;
  const input = estimator.input([...messages.map(({ text }) => text), ...turns.slice(0, 1)]);
  return spentOn(record, target.entry.price, input);
}

/** Writes a call that another will follow. */
async function keepStep(job: Job, line: StepLine, session: RunSession): Promise<void> {
  await Promise.all([keepItem(job.item, session), session.input.writer.append(line)]);
  session.input.observe(line);
}

/** Writes the item, if it is new to the file. */
async function keepItem(item: ItemLine, { input }: RunSession): Promise<void> {
  const { writer, observe, done } = input;
  if (done.items.has(item.item)) return;
  done.items.add(item.item);
  observe(item);
  await writer.append(item);
}

type Asking = { readonly job: Job; readonly state: TargetState };

/** Writes the item, if it is new to the file, and the answer; then notifies observers. */
async function keep(
  { job, state }: Asking,
  answer: AnswerLine,
  session: RunSession,
): Promise<void> {
  const { writer, observe } = session.input;
  await Promise.all([keepItem(job.item, session), writer.append(answer)]);
  session.answered += 1;
  session.ungraded += 1;
  state.answered += 1;
  if (isFailed(answer.outcome)) session.failed += 1;
  session.companions?.offer(answer);
  observe(answer);
  const last = answer.turns.at(-1);
  if (last !== undefined) state.report(last);
}
