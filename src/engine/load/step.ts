import type { ChatMessage } from "../../domain/call.ts";
import type { LoadRequest, LoadStep, Slo } from "../../domain/load/lines.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";
import type { LoadDeps } from "./deps.ts";
import type { LoadPrompts } from "./profile.ts";

import { costOf } from "../../domain/money.ts";
import { isFailed, stopsTarget } from "../../domain/outcome.ts";
import { unknownUsage } from "../../domain/usage.ts";
import { estimatedTokens } from "../../text/length.ts";
import { arrivals } from "./arrivals.ts";
import { isGood } from "./good.ts";
import { requestLine, sendRequest } from "./request.ts";
import { isHopeless } from "./search.ts";
import { selfCheck } from "./self-check.ts";

/** How long each part of a step lasts, in time or, where a search counts them, in requests. */
export type StepLength =
  | { readonly by: "time"; readonly warmup_ms: number; readonly measure_ms: number }
  | { readonly by: "requests"; readonly warmup: number; readonly measure: number };

export type StepPlan = {
  readonly target: ResolvedTarget;
  readonly step: number;
  readonly loop: "open" | "closed";
  /** Arrivals a second, or requests at once. */
  readonly level: number;
  readonly arrivals: "poisson" | "constant";
  readonly length: StepLength;
  readonly ramp_ms: number;
  readonly cooldown_ms: number;
  readonly seed: number;
  readonly prompts: LoadPrompts;
  readonly slo: Slo;
  /** Ends as soon as it fails clearly: only a search may, which needs no figures of such a step. */
  readonly mayGiveUp: boolean;
  /** The share of failed requests at which a load ends. */
  readonly most_errors: number;
  /** The load's first moment on the monotonic clock. */
  readonly origin: number;
};

export type StepEnd = {
  readonly line: LoadStep;
  readonly rows: readonly LoadRequest[];
  /** Why nothing more may be sent to the target; null: go on. */
  readonly stop: "interrupted" | "budget" | "errors" | null;
};

/** Orders reach the sending thread this long before they are due, so that it alone keeps the time. */
const leadMs = 150;
/** Failures before a share of them ends a load. */
const fewestForErrors = 30;

type StepState = {
  readonly plan: StepPlan;
  readonly deps: LoadDeps;
  /** Aborts what is in flight. */
  readonly abort: AbortController;
  readonly started: number;
  readonly rows: LoadRequest[];
  readonly running: Set<Promise<void>>;
  inFlight: number;
  measuring: number;
  measured: number;
  good: number;
  failed: number;
  sessions: number;
  measureFrom: number | null;
  measureUntil: number | null;
  stop: StepEnd["stop"];
  gaveUp: boolean;
};

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
    started: deps.clock.now() + leadMs,
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
  };
  const onAbort = (): void => end(state, "interrupted");
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

function end(state: StepState, why: StepEnd["stop"]): void {
  state.stop ??= why;
  state.abort.abort();
  state.deps.lanes?.of(state.plan.target.entry).drop("all", state.plan.target.entry.ref);
}

async function openLoop(state: StepState): Promise<void> {
  const { plan } = state;
  const { level, seed, ramp_ms } = plan;
  const planned = arrivals({ process: plan.arrivals, rate: level, ramp_ms, seed });
  let index = 0;
  for (const at of planned) {
    const phase = phaseOf(state, index, at);
    if (phase === null) return;
    index += 1;
    if (!(await slept(state, state.started + at - leadMs))) return;
    if (phase === "cooldown" && state.measuring === 0) return;
    launch(state, state.started + at, phase);
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

const isOver = (state: StepState): boolean =>
  state.stop !== null || state.gaveUp || state.abort.signal.aborted;

function launch(state: StepState, planned_at: number, phase: LoadRequest["phase"]): void {
  const session = state.sessions;
  state.sessions += 1;
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
  let earlier: readonly ChatMessage[] = [];
  let at = planned_at;
  for (let turn = 1; turn <= turns; turn += 1) {
    const said = await ask(state, { session, turn, earlier, at, phase });
    if (said === null || turn === turns || isOver(state)) return;
    earlier = [...earlier, ...said];
    at = state.deps.clock.now() + think_ms;
    if (!(await slept(state, at - leadMs))) return;
  }
}

/** So many users at once, each asking again when its answer has come and it has thought. */
async function closedLoop(state: StepState): Promise<void> {
  const { plan, deps } = state;
  const { level, length, ramp_ms, prompts } = plan;
  const warm = length.by === "time" ? ramp_ms + length.warmup_ms : 0;
  const stopAt = length.by === "time" ? warm + length.measure_ms : Number.POSITIVE_INFINITY;
  const users = Array.from({ length: Math.max(1, Math.round(level)) }, async (_, user) => {
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
      await runSession(state, session, at, isWarm ? "warmup" : "measure");
      at = deps.clock.now() + (prompts.profile.turns === 1 ? prompts.profile.think_ms : 0);
      if (at - deps.clock.now() > leadMs && !(await slept(state, at - leadMs))) return;
    }
  });
  await Promise.all(users);
  state.measureUntil = Math.min(stopAt, deps.clock.now() - state.started);
}

type Asked = {
  readonly session: number;
  readonly turn: number;
  readonly earlier: readonly ChatMessage[];
  readonly at: number;
  readonly phase: LoadRequest["phase"];
};

/** Sends one request and keeps its line; null where its session ends with it. */
async function ask(state: StepState, asked: Asked): Promise<readonly ChatMessage[] | null> {
  const { plan, deps, abort } = state;
  const { target, prompts, step, origin } = plan;
  const { session, turn, earlier, at, phase } = asked;
  const prompt = prompts.ask(session + step * 1_000_000, turn);
  const need = () => needOf(target, [...earlier, ...prompt.messages], prompt.params.max_tokens);
  const reservation = await deps.budget.reserve(target.entry.ref, need, undefined, false);
  if (reservation === null) {
    state.stop ??= "budget";
    return null;
  }
  state.inFlight += 1;
  state.measuring += phase === "measure" ? 1 : 0;
  const lane = deps.lanes?.of(target.entry) ?? null;
  const sent = await sendRequest(
    {
      target,
      prompt,
      earlier,
      planned_at: at,
      in_flight: state.inFlight,
      lane,
      signal: abort.signal,
    },
    deps,
  ).finally(() => {
    state.inFlight -= 1;
    state.measuring -= phase === "measure" ? 1 : 0;
  });
  if (sent === null) {
    reservation.settle([]);
    return null;
  }
  const place = { target: target.entry.ref, step, phase, planned_at_ms: at - origin, turn };
  const row = requestLine(place, sent, target, deps.redact);
  const tokens = (row.input_tokens ?? 0) + (row.output_tokens ?? 0);
  reservation.settle([{ cost: row.cost, tokens }]);
  keep(state, row);
  if (row.outcome !== "ok" && row.outcome !== "length") return null;
  return [...prompt.messages, { role: "assistant", text: sent.reply.text }];
}

function needOf(
  target: ResolvedTarget,
  messages: readonly ChatMessage[],
  output: number | undefined,
) {
  const input = messages.reduce((sum, { text }) => sum + estimatedTokens(text), 0);
  const usage = { ...unknownUsage, input, output: output ?? 1_024 };
  const facts = { usage, thinking: false, at: new Date() };
  return { cost: costOf(target.entry.price, facts), tokens: input + usage.output };
}

/** Takes a row in, and sees whether it ends the step. */
function keep(state: StepState, row: LoadRequest): void {
  const { plan, deps, rows } = state;
  rows.push(row);
  deps.take(row);
  if (row.outcome === "aborted") return;
  state.failed += isFailed(row.outcome) && row.outcome !== "rate-limited" ? 1 : 0;
  const isRefused = stopsTarget(row.outcome);
  const isBroken = rows.length >= fewestForErrors && state.failed > plan.most_errors * rows.length;
  if (isRefused || isBroken) return end(state, "errors");
  if (row.phase !== "measure") return;
  state.measured += 1;
  state.good += isGood(row, plan.slo) ? 1 : 0;
  if (!plan.mayGiveUp || !isHopeless(state.measured, state.good)) return;
  state.gaveUp = true;
  state.abort.abort();
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
    self_check: selfCheck(rows.filter(({ phase }) => phase !== "warmup")),
  };
}
