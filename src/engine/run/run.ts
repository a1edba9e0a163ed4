import type { EndLine } from "../../domain/run-file/session.ts";
import type { TargetState } from "./target-state.ts";

import { createSemaphore, type Semaphore } from "../calls/semaphore.ts";
import { scoreEarlier } from "../judges/score.ts";
import { type Reservation, unbounded } from "./budget.ts";
import { jobsOf, type PlannedJob, reserve, runJob } from "./run-job.ts";
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
      ...session.states.map((state) => ask(state, session)),
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
  const ran = (await input.remote?.end()) ?? { loop: await deps.sender.health() };
  const end = endOf(session, performance.now() - started, ran);
  await writer.append(end);
  observe(end);
  return end;
}

/** What a batch can answer is handed in first; the rest is asked one by one. */
async function ask(state: TargetState, session: RunSession): Promise<void> {
  try {
    if (session.input.batch !== undefined) {
      await (await import("../batch/ask.ts")).askInBatches(state, session, session.input.batch);
    }
  } catch (error) {
    breakRun(session, error);
  }
  await feed(state, session);
}

/** Requests prepared beyond those in flight, so that a slot is filled as soon as it is free. */
const ahead = 16;

/** Runs the plan against one target, never preparing more than the lane can soon take. */
async function feed(state: TargetState, session: RunSession): Promise<void> {
  const { plan } = session.input;
  const semaphore = createSemaphore(
    session.input.remote?.ahead(state.target.entry) ??
      state.lane.concurrency + state.lane.standby + ahead,
  );
  try {
    for (let place = 0; place < plan.count; place += 1) {
      if (state.halted.signal.aborted) return;
      const item = await plan.item(place);
      for (const job of jobsOf(item, place, state, session)) {
        // Where there is nothing to wait for, no promise is made for it.
        const room = semaphore.enter();
        if (room !== undefined) await room;
        const pause = session.input.gate?.();
        if (pause !== undefined) await pause;
        if (state.halted.signal.aborted) return;
        const isBound = session.budget.bounds(job.entry.ref);
        const reservation = isBound ? await reserve(job, state, session) : unbounded;
        if (!start(job, reservation, semaphore, state, session)) return;
      }
    }
  } catch (error) {
    breakRun(session, error);
  }
}

/** Starts a job that the budget allows. False if the target gets no more requests. */
function start(
  job: PlannedJob,
  reservation: Reservation | null,
  semaphore: Semaphore,
  state: TargetState,
  session: RunSession,
): boolean {
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
  const running = track(session, runJob(job, reservation, state, session), (tracked) => {
    semaphore.leave();
    session.answering.delete(tracked);
  });
  session.answering.add(running);
  return true;
}
