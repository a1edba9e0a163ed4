import type { Fx } from "../domain/config.ts";
import type { AnswerLine, EndLine, ItemLine, RunEvent, ScoreLine } from "../domain/record.ts";
import type { KeySet } from "../store/key-set.ts";
import type { RunWriter } from "../store/run-file.ts";
import type { Policy } from "./backoff.ts";
import type { CallOptions } from "./call.ts";
import type { Deps } from "./deps.ts";
import type { Plan } from "./plan.ts";

import { isFailed } from "../domain/outcome.ts";
import { answerItem, askedParams, type Job, jobKey } from "./answer.ts";
import { defaultPolicy } from "./backoff.ts";
import { type Budget, createBudget, type Reservation, type Spent, spentOn } from "./budget.ts";
import { needOf } from "./forecast.ts";
import { type HealthWatch, watchHealth } from "./health.ts";
import { createLanes, type Lanes } from "./lanes.ts";
import { createRoom } from "./room.ts";
import { createSeat, type Seat } from "./seat.ts";
import { createTurns } from "./turns.ts";

/** What an earlier session of the same run file left. */
export type Done = {
  /** Keys that have an answer and need no other. */
  readonly answers: KeySet;
  readonly items: KeySet;
  /** How many answers there are, and how many of them failed. */
  readonly answered: number;
  readonly failed: number;
  /** Answers of each target. */
  readonly answeredBy: ReadonlyMap<string, number>;
  /** What was spent, by target; `""` holds what belongs to none. */
  readonly spent: ReadonlyMap<string, Spent>;
};

export type RunInput = {
  readonly plan: Plan;
  readonly deps: Deps;
  readonly writer: RunWriter;
  readonly done: Done;
  /** Rates for a budget in another currency than the prices. */
  readonly fx?: Fx;
  readonly grade: (item: ItemLine, answer: AnswerLine) => Promise<ScoreLine>;
  /** Gets every event at once; must return at once. */
  readonly observe: (event: RunEvent) => void;
  /** The first Ctrl-C: nothing new starts, what is under way finishes. */
  readonly stopping: AbortSignal;
  /** The second: what is under way is aborted. */
  readonly signal: AbortSignal;
  /** Awaited before each new question; holds the run while it does not resolve. */
  readonly gate?: () => Promise<void>;
};

/**
 * Asks everything in the plan that is not done, and writes each answer before anything else happens with it.
 * Resolves with the end line, which is then in the file. Rejects with the writer's error when the disk fails.
 */
export async function run(input: RunInput): Promise<EndLine> {
  const { deps, writer, observe } = input;
  const started = performance.now();
  const health = watchHealth();
  const state = createState(input, health);
  try {
    await Promise.allSettled(state.seats.map((seat) => feed(seat, state)));
    while (state.pending.size > 0) await Promise.all(state.pending);
  } finally {
    for (const lane of state.lanes.all()) lane.close();
    state.release();
  }
  const loop = health.stop(deps.http.sendLagMs());
  if (state.broken !== null) throw state.broken.error;
  const end = endOf(state, performance.now() - started, loop);
  await writer.append(end);
  observe(end);
  return end;
}

type State = {
  readonly input: RunInput;
  readonly policy: Policy;
  readonly health: HealthWatch;
  readonly lanes: Lanes;
  readonly seats: readonly Seat[];
  readonly budget: Budget;
  readonly turn: () => Promise<void>;
  /** Aborted when the run stops, aborts or breaks: nothing new starts, nothing is tried again. */
  readonly halted: AbortController;
  /** Aborted when the run aborts or breaks: what is under way ends. */
  readonly aborted: AbortController;
  /** Work that ends by itself: answers under way and gradings. */
  readonly pending: Set<Promise<void>>;
  /** Takes the run's listeners off the caller's signals. */
  readonly release: () => void;
  answered: number;
  failed: number;
  broken: { readonly error: unknown } | null;
};

function createState(input: RunInput, health: HealthWatch): State {
  const { plan, done, observe, deps } = input;
  const policy = { ...defaultPolicy, ...deps.policy };
  const entries = plan.targets.map(({ entry }) => entry);
  const lanes = createLanes(entries, policy, (lane, change) =>
    observe({ kind: "limit", lane, ...change }),
  );
  const seats = plan.targets.map((target) =>
    createSeat(target, {
      lane: lanes.of(target.entry),
      answered: done.answeredBy.get(target.entry.ref) ?? 0,
      strikes: policy.strikes,
      onStop: (stopped) => observe({ kind: "stopped", ...stopped }),
    }),
  );
  const listeners: (() => void)[] = [];
  const state: State = {
    input,
    policy,
    health,
    lanes,
    seats,
    budget: createBudget(plan.settings, input.fx ?? {}, done.spent),
    turn: createTurns(),
    halted: new AbortController(),
    aborted: new AbortController(),
    pending: new Set(),
    release: () => listeners.forEach((release) => release()),
    answered: 0,
    failed: 0,
    broken: null,
  };
  listeners.push(
    onAbort(input.stopping, () => halt(state, "fresh")),
    onAbort(input.signal, () => halt(state, "all")),
  );
  return state;
}

function endOf(state: State, wall_ms: number, loop: EndLine["loop"]): EndLine {
  const { input, seats, lanes } = state;
  const { per_target } = input.plan.size;
  return {
    kind: "end",
    when: new Date().toISOString(),
    status: statusOf(state),
    answers: input.done.answered + state.answered,
    failed: input.done.failed + state.failed,
    wall_ms,
    loop,
    stopped: seats.flatMap(({ stopped, answered }) =>
      stopped === null ? [] : [{ ...stopped, unasked: Math.max(0, per_target - answered) }],
    ),
    lanes: lanes.all().map((lane) => lane.history()),
  };
}

function statusOf({ input, seats }: State): EndLine["status"] {
  if (input.stopping.aborted || input.signal.aborted) return "interrupted";
  if (seats.some(({ stopped }) => stopped?.reason === "budget")) return "budget";
  return seats.some(({ stopped }) => stopped !== null) ? "failed" : "complete";
}

function halt({ lanes, seats, halted, aborted }: State, what: "fresh" | "all"): void {
  halted.abort();
  for (const seat of seats) seat.halted.abort();
  if (what === "all") aborted.abort();
  for (const lane of lanes.all()) lane.drop(what);
}

/** Resolves the function that takes the listener away. */
function onAbort(signal: AbortSignal, action: () => void): () => void {
  if (signal.aborted) action();
  else signal.addEventListener("abort", action, { once: true });
  return () => signal.removeEventListener("abort", action);
}

/** Puts the plan to one target, never more at once than the lane can soon take. */
async function feed(seat: Seat, state: State): Promise<void> {
  const room = createRoom(seat.lane.concurrency * 2);
  try {
    for await (const job of jobs(seat, state)) {
      await room.enter();
      await state.input.gate?.();
      if (seat.halted.signal.aborted) break;
      const reservation = await reserve(job, seat, state);
      if (seat.halted.signal.aborted) break;
      if (reservation === null) {
        seat.outOfBudget();
        break;
      }
      track(state, async () => {
        await ask(job, reservation, seat, state).finally(room.leave);
      });
    }
  } catch (error) {
    breakRun(state, error);
  }
}

async function* jobs(
  { target: { entry }, halted }: Seat,
  { input: { plan, done } }: State,
): AsyncGenerator<Job> {
  for (let place = 0; place < plan.count; place += 1) {
    if (halted.signal.aborted) return;
    const item = await plan.item(place);
    for (const asked of item.asks) {
      for (let trial = 1; trial <= plan.settings.trials; trial += 1) {
        const job = { item, asked, trial, entry };
        if (!done.answers.has(jobKey(job))) yield job;
      }
    }
  }
}

function reserve(job: Job, { target, estimator }: Seat, state: State): Promise<Reservation | null> {
  const params = askedParams(job, state.input.plan.settings);
  return state.budget.reserve(job.entry.ref, () =>
    needOf({ asked: job.asked, params, target, estimator }),
  );
}

async function ask(job: Job, reservation: Reservation, seat: Seat, state: State): Promise<void> {
  const { plan, deps } = state.input;
  const { target, lane, estimator } = seat;
  const started = performance.now();
  let answer: AnswerLine | null = null;
  try {
    state.input.observe({ kind: "asking", key: jobKey(job), target: job.entry.ref });
    const protocol = await deps.protocol(job.entry.protocol);
    answer = await answerItem(
      job,
      { endpoint: target.endpoint, protocol, lane, estimator },
      { ...callOptions(job, seat, state), settings: plan.settings },
      (line) => keep({ job, seat, started }, line, state),
    );
  } finally {
    reservation.settle(needsOf(job, answer, seat));
  }
  if (answer === null) return;
  const kept = answer;
  track(state, () => score(job.item, kept, state));
}

function callOptions(job: Job, seat: Seat, state: State): Omit<CallOptions, "settle" | "settings"> {
  const { deps, observe } = state.input;
  const key = jobKey(job);
  return {
    deps,
    turn: state.turn,
    signal: state.aborted.signal,
    stopping: seat.halted.signal,
    onStorm: seat.storm,
    onRetry: ({ outcome, code, message, wait_ms }) =>
      observe({
        kind: "retrying",
        key,
        target: job.entry.ref,
        outcome,
        code,
        message,
        wait_ms: wait_ms ?? 0,
      }),
  };
}

/** What the calls of an answer have cost; of an answer that never came, nothing is known. */
function needsOf(job: Job, answer: AnswerLine | null, { target, estimator }: Seat) {
  const { messages, turns } = job.asked;
  const said = messages.map(({ text }) => text);
  return (answer?.turns ?? []).map((record, index) => {
    const input = estimator.input([...said, ...turns.slice(0, index + 1)]);
    return spentOn(record, target.entry.price, input);
  });
}

type Asking = { readonly job: Job; readonly seat: Seat; readonly started: number };

/** Writes the item, if it is new to the file, and the answer; then tells the readers. */
async function keep({ job, seat, started }: Asking, line: AnswerLine, state: State): Promise<void> {
  const { writer, observe, done } = state.input;
  const answer = state.health.laggedSince(started) ? { ...line, lagged: true } : line;
  const writes: Promise<void>[] = [];
  if (!done.items.has(job.item.item)) {
    done.items.add(job.item.item);
    observe(job.item);
    writes.push(writer.append(job.item));
  }
  writes.push(writer.append(answer));
  await Promise.all(writes);
  state.answered += 1;
  seat.answered += 1;
  if (isFailed(answer.outcome)) state.failed += 1;
  observe(answer);
  const last = answer.turns.at(-1);
  if (last !== undefined) seat.saw(last);
}

async function score(item: ItemLine, answer: AnswerLine, state: State): Promise<void> {
  await state.turn();
  const line = await state.input.grade(item, answer);
  for (const call of line.judge_calls ?? []) {
    state.budget.charge(answer.target, spentOn(call, null, 0));
  }
  await state.input.writer.append(line);
  state.input.observe(line);
}

function track(state: State, work: () => Promise<void>): void {
  const promise = work()
    .catch((error: unknown) => breakRun(state, error))
    .finally(() => state.pending.delete(promise));
  state.pending.add(promise);
}

/** A fault of our own or of the disk ends the run at once; what is on the disk stays. */
function breakRun(state: State, error: unknown): void {
  state.broken ??= { error };
  halt(state, "all");
}
