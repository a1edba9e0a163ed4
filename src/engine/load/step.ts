import type { ChatMessage } from "../../domain/call.ts";
import type { LoadRequest, LoadStep } from "../../domain/load/lines.ts";
import type { LoadDeps } from "./deps.ts";

import { arrivals } from "./arrivals.ts";
import { ask } from "./ask.ts";
import { selfCheck } from "./self-check.ts";
import {
  endStep,
  isOver,
  isOwn,
  type StepEnd,
  type StepPlan,
  type StepState,
} from "./step-state.ts";

/** Orders reach the sending thread this long before they are due, so that it alone keeps the time. */
const leadMs = 400;
/**
 * Carries out one step: arrivals by the plan in an open loop, or so many requests at once in a closed one. Resolves when all that it
 * sent has ended. Aborting the signal ends everything within one turn of the event loop.
 */
export async function runStep(
  plan: StepPlan,
  deps: LoadDeps,
  signal: AbortSignal,
): Promise<StepEnd> {
  const state: StepState = {
    plan,
    deps,
    abort: new AbortController(),
    started: Math.max(deps.clock.now() + leadMs, plan.begins ?? 0),
    rows: [],
    running: new Set(),
    inFlight: 0,
    measuring: 0,
    measured: 0,
    good: 0,
    failed: 0,
    sessions: 0,
    measureFrom: null,
    measureUntil: null,
    stop: null,
    gaveUp: false,
    cutAt: null,
  };
  const onAbort = (): void => endStep(state, "interrupted");
  if (signal.aborted) onAbort();
  else signal.addEventListener("abort", onAbort, { once: true });
  try {
    await (plan.loop === "open" ? openLoop(state) : closedLoop(state));
    while (state.running.size > 0) await Promise.all(state.running);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
  const line = stepLine(state);
  deps.take(line);
  return { line, rows: state.rows, stop: state.stop };
}

async function openLoop(state: StepState): Promise<void> {
  const { plan } = state;
  const { level, seed, ramp_ms, shard } = plan;
  const planned = arrivals({ process: plan.arrivals, rate: level, ramp_ms, seed });
  let index = 0;
  for (const at of planned) {
    const phase = phaseOf(state, index, at);
    if (phase === null) return;
    const session = index;
    index += 1;
    if (!isOwn(shard, session)) continue;
    if (!(await slept(state, state.started + at - leadMs))) return;
    // Other shards may still be measuring.
    if (phase === "cooldown" && state.measuring === 0 && shard === null) return;
    launch(state, session, state.started + at, phase);
  }
}

/** The part of the step that an arrival falls into; null behind its end. */
function phaseOf(state: StepState, index: number, at: number): LoadRequest["phase"] | null {
  const { length, ramp_ms, cooldown_ms } = state.plan;
  const isWarm = length.by === "time" ? at < ramp_ms + length.warmup_ms : index < length.warmup;
  if (isWarm) return "warmup";
  if (length.by === "time") {
    state.measureFrom ??= ramp_ms + length.warmup_ms;
    if (at < state.measureFrom + length.measure_ms) return "measure";
    state.measureUntil ??= state.measureFrom + length.measure_ms;
  } else {
    state.measureFrom ??= at;
    if (index < length.warmup + length.measure) return "measure";
    state.measureUntil ??= at;
  }
  return at < state.measureUntil + cooldown_ms ? "cooldown" : null;
}

/** Sleeps until a moment; false if the step has ended by then. */
async function slept(state: StepState, until: number): Promise<boolean> {
  const { clock, sleep } = state.deps;
  const rest = until - clock.now();
  if (rest > 0) await sleep(rest, state.abort.signal).catch(() => undefined);
  // Otherwise a rate beyond this thread's would never let go of it.
  else await new Promise((resolve) => setImmediate(resolve));
  return !isOver(state);
}

function launch(
  state: StepState,
  session: number,
  planned_at: number,
  phase: LoadRequest["phase"],
): void {
  const running = runSession(state, session, planned_at, phase).finally(() => {
    state.running.delete(running);
  });
  state.running.add(running);
}

/** A user: asks, reads and thinks, asks again. */
async function runSession(
  state: StepState,
  session: number,
  planned_at: number,
  phase: LoadRequest["phase"],
): Promise<void> {
  const { turns, think_ms } = state.plan.prompts.profile;
  const earlier: ChatMessage[] = [];
  let at = planned_at;
  for (let turn = 1; turn <= turns; turn += 1) {
    const said = await ask(state, { session, turn, earlier: earlier.slice(), at, phase });
    if (said === null || turn === turns || isOver(state)) return;
    earlier.push(...said);
    at = state.deps.clock.now() + think_ms;
    if (!(await slept(state, at - leadMs))) return;
  }
}

/** So many users at once, each asking again when its answer has come and it has thought. */
async function closedLoop(state: StepState): Promise<void> {
  const { plan, deps } = state;
  const { level, length, ramp_ms, prompts, shard } = plan;
  const warm = length.by === "time" ? ramp_ms + length.warmup_ms : 0;
  const stopAt = length.by === "time" ? warm + length.measure_ms : Number.POSITIVE_INFINITY;
  const all = Array.from({ length: Math.max(1, Math.round(level)) }, (_, user) => user);
  const own = all.filter((user) => isOwn(shard, user));
  const users = own.map(async (user) => {
    const begin = state.started + (ramp_ms * user) / Math.max(1, level);
    if (!(await slept(state, begin - leadMs))) return;
    let at = begin;
    for (;;) {
      const session = state.sessions;
      state.sessions += 1;
      const elapsed = at - state.started;
      const isWarm = length.by === "time" ? elapsed < warm : session < length.warmup;
      const isDone =
        elapsed >= stopAt ||
        (length.by === "requests" && session >= length.warmup + length.measure);
      if (isDone || isOver(state)) return;
      if (!isWarm) state.measureFrom ??= length.by === "time" ? warm : elapsed;
      // No two shards may ask the same.
      const name = session * (shard?.of ?? 1) + (shard?.index ?? 1) - 1;
      await runSession(state, name, at, isWarm ? "warmup" : "measure");
      at = deps.clock.now() + (prompts.profile.turns === 1 ? prompts.profile.think_ms : 0);
      if (at - deps.clock.now() > leadMs && !(await slept(state, at - leadMs))) return;
    }
  });
  await Promise.all(users);
  state.measureUntil = shard === null ? Math.min(stopAt, deps.clock.now() - state.started) : stopAt;
}

function stepLine(state: StepState): LoadStep {
  const { plan, started, rows } = state;
  const { target, step, loop, level, origin } = plan;
  const now = state.deps.clock.now() - started;
  const from = state.measureFrom ?? now;
  const isCut = isOver(state);
  const until = isCut ? Math.min(now, state.measureUntil ?? now) : (state.measureUntil ?? now);
  return {
    kind: "step",
    target: target.entry.ref,
    step,
    loop,
    level,
    measure_from_ms: started - origin + from,
    measure_until_ms: started - origin + Math.max(from, until),
    cut: isCut,
    ...(state.cutAt === null ? {} : { cut_at_ms: state.cutAt - origin }),
    self_check: selfCheck(rows.filter(({ phase }) => phase !== "warmup")),
  };
}
