import type { Attempt, CallRecord } from "../../domain/call.ts";
import type { StoppedTarget } from "../../domain/run-file/session.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";

import { type Breaker, createBreaker, type Stop } from "../calls/breaker.ts";
import { createEstimator, type Estimator } from "../plan/estimate.ts";
import type { Lane } from "../calls/lanes.ts";

/** What a session keeps of one target. */
export type TargetState = {
  readonly target: ResolvedTarget;
  readonly lane: Lane;
  readonly estimator: Estimator;
  /** Aborted when this target is asked no further, or the run halts: nothing new starts, nothing is tried again. */
  readonly halted: AbortController;
  /** Answers in the file, of earlier sessions too. */
  answered: number;
  stopped: Omit<StoppedTarget, "unasked"> | null;
  readonly saw: (record: CallRecord) => void;
  readonly storm: (attempt: Attempt) => void;
  /** The budget is used up: nothing new starts, what is in flight may be tried again. */
  readonly outOfBudget: () => void;
};

export type TargetStateSetup = {
  readonly lane: Lane;
  readonly answered: number;
  readonly strikes: number;
  readonly onStop: (stopped: Omit<StoppedTarget, "unasked">) => void;
};

/** A place for a target in the run. What stops it leaves the others of its lane alone. */
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
    saw: (record) => {
      const why = breaker.saw(record);
      if (why !== null) stop(why);
    },
    storm: ({ outcome, status, code, message }) => stop({ reason: outcome, status, code, message }),
    outOfBudget: () => void note({ reason: "budget", status: null, code: null, message: null }),
  };
  return state;
}
