import type { LoadEnd, LoadRequest, LoadStep, Slo } from "../../domain/load/lines.ts";
import type { Shard } from "../../domain/run-file/shard.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";
import type { LoadDeps } from "./deps.ts";
import type { LoadPrompts } from "./profile.ts";
import type { StepEnd, StepLength, StepPlan } from "./step-state.ts";

import { judgedRows } from "./good.ts";
import { type Alone, nextSearchStep, type SearchedStep } from "./search.ts";
import { runStep } from "./step.ts";

/** What a load sends, to one target after another or to all at once. */
export type LoadInput = {
  readonly targets: readonly ResolvedTarget[];
  readonly prompts: LoadPrompts;
  readonly arrivals: "poisson" | "constant";
  readonly levels:
    | { readonly mode: "rate" | "concurrency"; readonly values: readonly number[] }
    | {
        readonly mode: "search";
        readonly requests: number;
        readonly most: number;
        /** Of the first step; null: found out by a few requests one after another. */
        readonly start: number | null;
        readonly precision: number;
        readonly probe_s: number;
        readonly notices: number;
        readonly growing_notices: number;
        readonly growth: number;
        readonly most_ms: number;
      };
  readonly length: Extract<StepLength, { by: "time" }>;
  readonly ramp_ms: number;
  readonly cooldown_ms: number;
  readonly slo: Slo;
  readonly good_share: number;
  readonly most_errors: number;
  readonly order: "by-turns" | "at-once";
  readonly seed: number;
  /** Which part of the load is sent from here, of fixed levels alone; null: all of it. */
  readonly shard: Shard | null;
  readonly deps: LoadDeps;
  /** Ends everything at once. */
  readonly signal: AbortSignal;
};

/** What a load left: how it ended, and all its lines. */
export type LoadDone = {
  readonly status: LoadEnd["status"];
  readonly wall_ms: number;
  readonly steps: readonly LoadStep[];
  readonly rows: readonly LoadRequest[];
};

/** Requests one after another that tell how long an answer takes by itself. */
const singles = 5;

/** Carries out a load. Whatever ends it, what was measured until then is whole. */
export async function runLoad(input: LoadInput): Promise<LoadDone> {
  const { targets, levels, order, deps, signal } = input;
  const origin = deps.clock.now();
  const ended: StepEnd[] = [];
  const stopped = new Set<string>();
  const numbers = { next: 0 };
  const step = async (target: ResolvedTarget, plan: Varied, place?: Place): Promise<StepEnd> => {
    const number = place?.step ?? numbers.next;
    numbers.next += 1;
    const begins = input.shard === null || place === undefined ? null : place.begins + origin;
    const done = await runStep(
      stepPlan(input, { ...plan, target, step: number, origin, begins }),
      deps,
      signal,
    );
    ended.push(done);
    if (done.stop !== null) stopped.add(target.entry.ref);
    return done;
  };
  const isStopped = ({ entry }: ResolvedTarget): boolean =>
    signal.aborted || stopped.has(entry.ref);
  if (levels.mode === "search") {
    const search = (target: ResolvedTarget) =>
      searchKnee(target, input, levels, { step, isStopped });
    if (order === "at-once") await Promise.all(targets.map(search));
    else for (const target of targets) await search(target);
  } else {
    const loop = levels.mode === "rate" ? "open" : "closed";
    for (const [at, level] of levels.values.entries()) {
      const one = async (target: ResolvedTarget): Promise<void> => {
        const place = placeOf(input, at, targets.indexOf(target));
        if (!isStopped(target)) await step(target, { loop, level, length: input.length }, place);
      };
      if (order === "at-once") await Promise.all(targets.map(one));
      else for (const target of targets) await one(target);
    }
  }
  const stops = new Set(ended.map(({ stop }) => stop));
  const status = (["interrupted", "budget", "errors"] as const).find((each) => stops.has(each));
  return {
    status: signal.aborted ? "interrupted" : (status ?? "complete"),
    wall_ms: deps.clock.now() - origin,
    steps: ended.map(({ line }) => line),
    rows: ended.flatMap(({ rows }) => rows),
  };
}

/** Number of a step, and its beginning in milliseconds from the load's. */
type Place = { readonly step: number; readonly begins: number };

/** Shards know nothing of each other: number and beginning of a step follow from the plan alone. */
function placeOf(
  { targets, order, length, ramp_ms, cooldown_ms }: LoadInput,
  level: number,
  target: number,
): Place {
  const step = level * targets.length + target;
  const lasts = ramp_ms + length.warmup_ms + length.measure_ms + cooldown_ms + betweenMs;
  return { step, begins: betweenMs + (order === "at-once" ? level : step) * lasts };
}

/** From the end of one step of a shard to the next. */
const betweenMs = 1_000;

type Varied = Pick<StepPlan, "loop" | "level" | "length"> & { readonly most_bad?: number };

const stepPlan = (
  input: LoadInput,
  varied: Varied & Pick<StepPlan, "target" | "step" | "origin" | "begins">,
): StepPlan => ({
  most_bad: null,
  ...varied,
  arrivals: input.arrivals,
  ramp_ms: varied.length.by === "time" ? input.ramp_ms : 0,
  cooldown_ms: input.cooldown_ms,
  seed: input.seed * 7_919 + varied.step,
  prompts: input.prompts,
  slo: input.slo,
  most_errors: input.most_errors,
  shard: input.shard,
});

type SearchTools = {
  readonly step: (target: ResolvedTarget, plan: Varied) => Promise<StepEnd>;
  readonly isStopped: (target: ResolvedTarget) => boolean;
};

async function searchKnee(
  target: ResolvedTarget,
  { slo, good_share, deps }: LoadInput,
  search: Extract<LoadInput["levels"], { mode: "search" }>,
  { step, isStopped }: SearchTools,
): Promise<void> {
  const until = deps.clock.now() + search.most_ms;
  const alone = await step(target, {
    loop: "closed",
    level: 1,
    length: { by: "requests", warmup: 1, measure: singles },
  });
  const done: SearchedStep[] = [];
  const known = aloneOf(alone.rows, slo);
  const start = search.start ?? Math.min(100, fewestAtOnce / known.answer_s);
  const plan = { ...search, ...known, share: good_share, start };
  while (!isStopped(target)) {
    const next = nextSearchStep(done, plan, (until - deps.clock.now()) / 1_000);
    if (next === null) return;
    const { level, warmup, measure, most_bad } = next;
    const length = { by: "requests", warmup, measure } as const;
    const { rows, line } = await step(target, { loop: "open", level, length, most_bad });
    done.push(searched(rows, line, slo));
  }
}

/** Hardly a server answers fewer than this at once. */
const fewestAtOnce = 4;

/** What the requests that were sent one after another tell. */
function aloneOf(rows: readonly LoadRequest[], slo: Slo): Alone {
  const total = meanOf(rows.flatMap(({ total_ms }) => total_ms ?? [])) ?? 1_000;
  const first = meanOf(rows.flatMap(({ first_token_ms }) => first_token_ms ?? [])) ?? total;
  const slacks = [
    ...(slo.ttft_ms === null ? [] : [slo.ttft_ms - first]),
    ...(slo.total_ms === null ? [] : [slo.total_ms - total]),
  ];
  const slack = slacks.length === 0 ? 0 : Math.max(0, Math.min(...slacks));
  return { answer_s: Math.max(total, 1) / 1_000, slack_s: slack / 1_000 };
}

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** A step as the search reads it: the measured requests in the order of their planned arrivals. */
export function searched(
  rows: readonly LoadRequest[],
  line: Pick<LoadStep, "level" | "cut" | "cut_at_ms" | "self_check">,
  slo: Slo,
): SearchedStep {
  const good = Float64Array.from(judgedRows(rows, line, slo), (each) => (each.good ? 1 : 0));
  const { level, cut, self_check } = line;
  return { level, good, sent: rows.length, cut, trusted: self_check.trusted };
}
