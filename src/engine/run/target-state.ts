import type { Attempt, CallRecord } from "../../domain/call.ts";
import type { StoppedTarget } from "../../domain/run-file/session.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";
import type { Lane } from "../calls/lanes.ts";
import type { Breaker, Stop } from "../calls/retry.ts";

import { createBreaker } from "../calls/retry.ts";
import { createEstimator, type Estimator } from "../plan/estimate.ts";

/** The state of one target during a session. */
export type TargetState = {
  readonly target: ResolvedTarget;
  readonly lane: Lane;
  readonly estimator: Estimator;
  /** Aborted when this target stops or the run halts: nothing new starts, nothing is retried. */
  readonly halted: AbortController;
  /** Answers in the file, including those of earlier sessions. */
  answered: number;
  stopped: Omit<StoppedTarget, "unasked"> | null;
  /** Takes the end of a call, which may stop the target. */
  readonly report: (record: CallRecord) => void;
  /** The vendor has refused everything for too long. */
  readonly onStorm: (attempt: Attempt) => void;
  /** No worker asks it. */
  readonly onUnserved: () => void;
  /** The budget is used up: nothing new starts, calls in flight may still retry. */
  readonly outOfBudget: () => void;
};

export type TargetStateSetup = {
  readonly lane: Lane;
  readonly answered: number;
  readonly strikes: number;
  readonly onStop: (stopped: Omit<StoppedTarget, "unasked">) => void;
};

/** Stopping a target does not affect the others on its lane. */
export function createTargetState(target: ResolvedTarget, setup: TargetStateSetup): TargetState {
  const { lane, answered, onStop } = setup;
  const breaker: Breaker = createBreaker(setup.strikes);
  const { ref } = target.entry;
  const halted = new AbortController();
  const note = (stop: Stop): boolean => {
    if (state.stopped !== null) return false;
    state.stopped = { target: ref, ...stop };
    onStop(state.stopped);
    return true;
  };
  const stop = (why: Stop): void => {
    if (!note(why)) return;
    halted.abort();
    lane.drop("all", ref);
  };
  const state: TargetState = {
    target,
    lane,
    estimator: createEstimator(),
    halted,
    answered,
    stopped: null,
    report: (record) => {
      const why = breaker.report(record);
      if (why !== null) stop(why);
    },
    onStorm: ({ outcome, status, code, message }) =>
      stop({ reason: outcome, status, code, message }),
    onUnserved: () => stop({ reason: "unserved", status: null, code: null, message: null }),
    outOfBudget: () => void note({ reason: "budget", status: null, code: null, message: null }),
  };
  return state;
}
