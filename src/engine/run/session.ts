import type { Fx } from "../../domain/config.ts";
import type { JudgeAccess } from "../../domain/judging.ts";
import type { BatchLine } from "../../domain/run-file/batch.ts";
import type { RunEvent } from "../../domain/run-file/event.ts";
import type { AnswerLine, ItemLine, ScoreLine, StepLine } from "../../domain/run-file/lines.ts";
import type { EndLine, LimitLine } from "../../domain/run-file/session.ts";
import type { RunWriter } from "../../store/runs/writer.ts";
import type { KeySet } from "../../store/suites/key-set.ts";
import type { BatchAccess } from "../batch/access.ts";
import type { Policy } from "../calls/retry.ts";
import type { Judges } from "../judges/judges.ts";
import type { Companions, RunJudges } from "../judges/judging.ts";
import type { Plan } from "../plan/plan.ts";
import type { Deps } from "./deps.ts";
import type { Remote } from "./remote.ts";

import { createLanes, type Known, type Lanes, type OnChange } from "../calls/lanes.ts";
import { defaultPolicy } from "../calls/retry.ts";
import { type Budget, createBudget, type Spent } from "./budget.ts";
import { createPlaceSet, type PlaceSet } from "./place-set.ts";
import { createTargetState, type TargetState } from "./target-state.ts";

/** What earlier sessions of the same run file have done. */
export type Done = {
  /** Keys with an answer that need no other. */
  readonly answers: KeySet;
  readonly items: KeySet;
  /** The steps of conversations that have no answer yet, by its key. */
  readonly begun: ReadonlyMap<string, readonly StepLine[]>;
  /** Batches that were handed in, or about to be, and whose answers do not stand in the file. */
  readonly batches: readonly BatchLine[];
  /** Keys of answers that a batch did not give. */
  readonly unbatched: KeySet;
  /** Number of answers, and of those that failed. */
  readonly answered: number;
  readonly failed: number;
  /** Where the lanes left off. */
  readonly limits: ReadonlyMap<string, Known>;
  /** Number of answers, by target. */
  readonly answeredBy: ReadonlyMap<string, number>;
  /** What was spent, by target; `""` holds what belongs to no target. */
  readonly spent: ReadonlyMap<string, Spent>;
};

export type RunInput = {
  readonly plan: Plan;
  readonly deps: Deps;
  readonly writer: RunWriter;
  readonly done: Done;
  /** Exchange rates for a budget in another currency than the prices. */
  readonly fx?: Fx;
  readonly grade: (
    item: ItemLine,
    answer: AnswerLine,
    judges: JudgeAccess | null,
  ) => Promise<ScoreLine>;
  /** Absent if nothing in the plan is judged. */
  readonly judging?: RunJudges | null;
  /** Absent if everything is asked one by one and no batch of an earlier session is open. */
  readonly batch?: BatchAccess;
  /** Absent if this process asks by itself. */
  readonly remote?: Remote;
  /** Answers of earlier sessions that have no score yet. */
  readonly unscored?: readonly { readonly item: ItemLine; readonly answer: AnswerLine }[];
  /** Gets every event as it happens; must return at once. */
  readonly observe: (event: RunEvent) => void;
  /** The first Ctrl-C: nothing new starts, requests in flight finish. */
  readonly stopping: AbortSignal;
  /** The second Ctrl-C: requests in flight are aborted. */
  readonly signal: AbortSignal;
  /** Asked before each new job; the run pauses until what it returns resolves. */
  readonly gate?: () => Promise<void> | undefined;
};

/** The state of one session of a run. */
export type RunSession = {
  readonly input: RunInput;
  readonly policy: Policy;
  readonly lanes: Lanes;
  readonly states: readonly TargetState[];
  readonly budget: Budget;
  /** Null if nothing is judged. */
  readonly judges: Judges | null;
  readonly companions: Companions | null;
  /** Aborted when the run stops, aborts or breaks: nothing new starts, nothing is retried. */
  readonly halted: AbortController;
  /** Aborted when the run aborts or breaks: requests in flight end. */
  readonly aborted: AbortController;
  /** Places of the plan whose items this session has written. */
  readonly kept: PlaceSet;
  /** Background work: answers in progress and grading. */
  readonly pending: Set<Promise<void>>;
  /** Those of them that produce an answer. */
  readonly answering: Set<Promise<void>>;
  /** Removes the run's listeners from the caller's signals. */
  readonly release: () => void;
  answered: number;
  failed: number;
  /** Answers whose grading has not ended. */
  ungraded: number;
  /** Some answers were left unjudged because the budget was used up. */
  unjudged: boolean;
  broken: { readonly error: unknown } | null;
};

/** Sets up the lanes, the state of each target and the judges; the caller's signals halt them. */
export async function startRunSession(input: RunInput): Promise<RunSession> {
  const { plan, done, observe, deps, judging = null } = input;
  const policy = { ...defaultPolicy, ...deps.policy };
  const entries = [...plan.targets, ...(judging?.targets ?? [])].map(({ entry }) => entry);
  const onChange: OnChange = (lane, change) => {
    const line: LimitLine = { kind: "limit", when: new Date().toISOString(), lane, ...change };
    void track(
      session,
      input.writer.append(line).then(() => observe(line)),
    );
  };
  const lanes =
    input.remote?.lanes(entries, policy, onChange) ??
    createLanes(entries, policy, onChange, done.limits, deps.sender);
  if (done.answeredBy.size > 0) {
    for (const { entry } of plan.targets) {
      const { lane, start: concurrency, cap } = lanes.of(entry).history();
      const rpm = done.limits.get(lane)?.rpm ?? entry.limits.rpm;
      if (!entry.baseline) observe({ kind: "lane", lane, concurrency, cap, rpm });
    }
  }
  const states = plan.targets.map((target) =>
    createTargetState(target, {
      lane: lanes.of(target.entry),
      answered: done.answeredBy.get(target.entry.ref) ?? 0,
      strikes: policy.strikes,
      onStop: (stopped) => observe({ kind: "stopped", ...stopped }),
    }),
  );
  const listeners: (() => void)[] = [];
  const halted = new AbortController();
  const aborted = new AbortController();
  const session: RunSession = {
    input,
    policy,
    lanes,
    states,
    budget: createBudget(plan.settings, input.fx ?? {}, done.spent),
    judges:
      judging === null
        ? null
        : (await import("../judges/judges.ts")).createJudges(judging.targets, {
            deps,
            lanes,
            strikes: policy.strikes,
            settings: plan.settings,
            signal: aborted.signal,
            stopping: halted.signal,
          }),
    companions:
      judging === null
        ? null
        : (await import("../judges/judging.ts")).createCompanions(
            judging.baselines,
            judging.earlier,
          ),
    halted,
    aborted,
    kept: createPlaceSet(plan.count),
    pending: new Set(),
    answering: new Set(),
    release: () => listeners.forEach((release) => release()),
    answered: 0,
    failed: 0,
    ungraded: input.unscored?.length ?? 0,
    unjudged: false,
    broken: null,
  };
  listeners.push(
    onAbort(input.stopping, () => halt(session, "fresh")),
    onAbort(input.signal, () => halt(session, "all")),
    onAbort(input.writer.lost, () => breakRun(session, input.writer.lost.reason)),
  );
  const { remote } = input;
  if (remote !== undefined) {
    listeners.push(onAbort(remote.lost, () => breakRun(session, remote.lost.reason)));
    remote.onUnserved((ref) => states.find(({ target }) => target.entry.ref === ref)?.onUnserved());
  }
  return session;
}

/** The session's last line. */
export function endOf(
  session: RunSession,
  wall_ms: number,
  ran: Pick<EndLine, "loop" | "workers">,
): EndLine {
  const { input, states, lanes } = session;
  const { per_target } = input.plan.size;
  return {
    kind: "end",
    when: new Date().toISOString(),
    status: statusOf(session),
    answers: input.done.answered + session.answered,
    failed: input.done.failed + session.failed,
    wall_ms,
    ...ran,
    stopped: states.flatMap(({ stopped, answered }) =>
      stopped === null ? [] : [{ ...stopped, unasked: Math.max(0, per_target - answered) }],
    ),
    lanes: lanes.all().map((lane) => lane.history()),
  };
}

function statusOf(session: RunSession): EndLine["status"] {
  const { input, states, unjudged } = session;
  const isStopped = input.stopping.aborted || input.signal.aborted;
  if (isStopped && !isWhole(session)) return "interrupted";
  if (unjudged) return "budget";
  if (states.some(({ stopped }) => stopped?.reason === "budget")) return "budget";
  return states.some(({ stopped }) => stopped !== null) ? "failed" : "complete";
}

/** Who stops a run whose last answer is just there has stopped nothing. */
const isWhole = ({ input, answered, ungraded }: RunSession): boolean =>
  ungraded === 0 && input.done.answered + answered >= input.plan.size.answers;

function halt(session: RunSession, what: "fresh" | "all"): void {
  const { lanes, states, judges, halted, aborted } = session;
  halted.abort();
  judges?.halt();
  for (const state of states) state.halted.abort();
  if (what === "all") aborted.abort();
  for (const lane of lanes.all()) lane.drop(what);
}

/** Returns the function that removes the listener. */
function onAbort(signal: AbortSignal, action: () => void): () => void {
  if (signal.aborted) action();
  else signal.addEventListener("abort", action, { once: true });
  return () => signal.removeEventListener("abort", action);
}

/**
 * Lets the session wait for background work that has begun; if it fails, the run breaks. `ended` runs in both cases. There is one
 * for each answer in flight, so that it takes no function that waits.
 */
export function track(
  session: RunSession,
  work: Promise<void>,
  ended: (tracked: Promise<void>) => void = nothingElse,
): Promise<void> {
  const tracked: Promise<void> = work.then(
    () => {
      session.pending.delete(tracked);
      ended(tracked);
    },
    (error: unknown) => {
      breakRun(session, error);
      session.pending.delete(tracked);
      ended(tracked);
    },
  );
  session.pending.add(tracked);
  return tracked;
}

const nothingElse = (): void => undefined;

/** A bug or a disk error ends the run at once; what is on the disk stays. */
export function breakRun(session: RunSession, error: unknown): void {
  session.broken ??= { error };
  halt(session, "all");
}
