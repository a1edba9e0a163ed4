import type { AnswerLine, EndLine, ItemLine, RunEvent, ScoreLine } from "../domain/record.ts";
import type { KeySet } from "../store/key-set.ts";
import type { RunWriter } from "../store/run-file.ts";
import type { ResolvedTarget } from "../store/targets.ts";
import type { Deps } from "./deps.ts";
import type { Plan } from "./plan.ts";

import { isFailed } from "../domain/outcome.ts";
import { answerItem, type Job, jobKey } from "./answer.ts";
import type { CallOptions } from "./call.ts";
import { type HealthWatch, watchHealth } from "./health.ts";
import { createLanes, type Lane, type Lanes } from "./lanes.ts";

/** What an earlier session of the same run file left. */
export type Done = {
  /** Keys that have an answer and need no other. */
  readonly answers: KeySet;
  readonly items: KeySet;
  /** How many answers there are, and how many of them failed. */
  readonly answered: number;
  readonly failed: number;
};

export type RunInput = {
  readonly plan: Plan;
  readonly deps: Deps;
  readonly writer: RunWriter;
  readonly done: Done;
  readonly grade: (item: ItemLine, answer: AnswerLine) => Promise<ScoreLine>;
  /** Gets every event at once; must return at once. */
  readonly observe: (event: RunEvent) => void;
  /** The first Ctrl-C: nothing new starts, what is under way finishes. */
  readonly stopping: AbortSignal;
  /** The second: what is under way is aborted. */
  readonly signal: AbortSignal;
};

/**
 * Asks everything in the plan that is not done, and writes each answer before anything else happens with it.
 * Resolves with the end line, which is then in the file. Rejects with the writer's error when the disk fails.
 */
export async function run(input: RunInput): Promise<EndLine> {
  const { plan, deps, writer, observe, done } = input;
  const started = performance.now();
  const health = watchHealth();
  const state = createState(input, health);
  await Promise.allSettled(plan.targets.map((target) => feed(target, state)));
  while (state.pending.size > 0) await Promise.all(state.pending);
  const loop = health.stop(deps.http.sendLagMs());
  if (state.broken !== null) throw state.broken.error;
  const end: EndLine = {
    kind: "end",
    when: new Date().toISOString(),
    status: input.stopping.aborted || input.signal.aborted ? "interrupted" : "complete",
    answers: done.answered + state.answered,
    failed: done.failed + state.failed,
    wall_ms: performance.now() - started,
    loop,
  };
  await writer.append(end);
  observe(end);
  return end;
}

type State = {
  readonly input: RunInput;
  readonly health: HealthWatch;
  readonly lanes: Lanes;
  /** Aborted when the run stops, aborts or breaks: nothing new starts, nothing is tried again. */
  readonly halted: AbortController;
  /** Aborted when the run aborts or breaks: what is under way ends. */
  readonly aborted: AbortController;
  /** Work that ends by itself: answers under way and gradings. */
  readonly pending: Set<Promise<void>>;
  answered: number;
  failed: number;
  broken: { readonly error: unknown } | null;
};

function createState(input: RunInput, health: HealthWatch): State {
  const state: State = {
    input,
    health,
    lanes: createLanes(input.plan.targets.map(({ entry }) => entry)),
    halted: new AbortController(),
    aborted: new AbortController(),
    pending: new Set(),
    answered: 0,
    failed: 0,
    broken: null,
  };
  onAbort(input.stopping, () => halt(state, "fresh"));
  onAbort(input.signal, () => halt(state, "all"));
  return state;
}

function halt({ lanes, halted, aborted }: State, what: "fresh" | "all"): void {
  halted.abort();
  if (what === "all") aborted.abort();
  for (const lane of lanes.all()) lane.drop(what);
}

function onAbort(signal: AbortSignal, action: () => void): void {
  if (signal.aborted) action();
  else signal.addEventListener("abort", action, { once: true });
}

/** Puts the plan to one target, never more at once than the lane can soon take. */
async function feed(target: ResolvedTarget, state: State): Promise<void> {
  const lane = state.lanes.of(target.entry);
  const room = createRoom(lane.concurrency * 2);
  try {
    for await (const job of jobs(target, state)) {
      await room.enter();
      if (state.halted.signal.aborted) break;
      track(state, async () => {
        await ask(job, target, lane, state).finally(room.leave);
      });
    }
  } catch (error) {
    breakRun(state, error);
  }
}

async function* jobs({ entry }: ResolvedTarget, { input, halted }: State): AsyncGenerator<Job> {
  const { plan, done } = input;
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

async function ask(job: Job, target: ResolvedTarget, lane: Lane, state: State): Promise<void> {
  const { plan, deps, observe } = state.input;
  const key = jobKey(job);
  const started = performance.now();
  observe({ kind: "asking", key, target: job.entry.ref });
  const options: Omit<CallOptions, "settle"> = {
    settings: plan.settings,
    deps,
    signal: state.aborted.signal,
    stopping: state.halted.signal,
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
  const protocol = await deps.protocol(job.entry.protocol);
  const answer = await answerItem(
    job,
    { endpoint: target.endpoint, protocol, lane },
    { ...options, settings: plan.settings },
    (line) => keep(job, line, started, state),
  );
  if (answer !== null) track(state, () => score(job.item, answer, state));
}

/** Writes the item, if it is new to the file, and the answer; then tells the readers. */
async function keep(job: Job, line: AnswerLine, started: number, state: State): Promise<void> {
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
  if (isFailed(answer.outcome)) state.failed += 1;
  observe(answer);
}

async function score(item: ItemLine, answer: AnswerLine, state: State): Promise<void> {
  const line = await state.input.grade(item, answer);
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

/** A counter with a door: `enter` waits while `size` are inside. */
function createRoom(size: number): { enter: () => Promise<void>; leave: () => void } {
  let inside = 0;
  const waiting: (() => void)[] = [];
  return {
    enter: async () => {
      if (inside >= size) await new Promise<void>((resolve) => waiting.push(resolve));
      inside += 1;
    },
    leave: () => {
      inside -= 1;
      waiting.shift()?.();
    },
  };
}
