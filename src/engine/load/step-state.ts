import type { LoadRequest, LoadStep, Slo } from "../../domain/load/lines.ts";
import type { Shard } from "../../domain/run-file/shard.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";
import type { LoadDeps } from "./deps.ts";
import type { LoadPrompts } from "./profile.ts";

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
  /** Ends with so many bad requests, after which a search learns nothing from the rest; null: goes on. */
  readonly most_bad: number | null;
  /** The share of failed requests at which a load ends. */
  readonly most_errors: number;
  /** The load's first moment on the monotonic clock. */
  readonly origin: number;
  /** Not before this moment of the same clock, at which the other shards begin it as well; null: at once. */
  readonly begins: number | null;
  /** Which of the arrivals or users are sent from here; null: all. */
  readonly shard: Shard | null;
};

export type StepEnd = {
  readonly line: LoadStep;
  readonly rows: readonly LoadRequest[];
  /** Why nothing more may be sent to the target; null: go on. */
  readonly stop: "interrupted" | "budget" | "errors" | null;
};

/** A step under way. */
export type StepState = {
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
  /** On the monotonic clock, when what was under way was ended; null: nothing was. */
  cutAt: number | null;
};

/** Ends a step: what is in flight is aborted, what waits in a lane dropped. */
export function endStep(state: StepState, why: StepEnd["stop"]): void {
  state.stop ??= why;
  state.cutAt ??= state.deps.clock.now();
  state.abort.abort();
  state.deps.lanes?.of(state.plan.target.entry).drop("all", state.plan.target.entry.ref);
}

/** Ends a step that has failed clearly, and with it no other. */
export function giveUp(state: StepState): void {
  state.gaveUp = true;
  state.cutAt ??= state.deps.clock.now();
  state.abort.abort();
}

/** Whether an arrival or a user, counted from 0, belongs to a shard. */
export const isOwn = (shard: Shard | null, at: number): boolean =>
  shard === null || at % shard.of === shard.index - 1;

/** Nothing more is sent. */
export const isOver = (state: StepState): boolean =>
  state.stop !== null || state.gaveUp || state.abort.signal.aborted;
