import type { CallRecord } from "../../domain/call.ts";
import type { AnswerLine, ItemLine, StepLine } from "../../domain/run-file/lines.ts";
import type { Call, CallOptions } from "../calls/call.ts";
import type { Lane } from "../calls/lanes.ts";
import type { TargetState } from "./target-state.ts";

import { atShare } from "../../domain/money.ts";
import { isFailed } from "../../domain/outcome.ts";
import { defaultPolicy, type Policy } from "../calls/retry.ts";
import { judgingNeed, score } from "../judges/score.ts";
import { isAskedOf } from "../plan/asked-of.ts";
import { assumedOutput, outputBound } from "../plan/estimate.ts";
import { needOf } from "../plan/forecast.ts";
import {
  answerItem,
  type AnswerOptions,
  requestParams,
  type Job,
  jobOf,
  type Way,
} from "./answer.ts";
import { type Need, type Reservation, spentOn, unbounded } from "./budget.ts";
import { type RunSession, track } from "./session.ts";

/** Who answers a job instead of its target directly: a batch of the vendor's. */
export type BatchSource = Pick<Call, "lane"> &
  Pick<CallOptions["deps"], "sender"> & {
    /** The vendor's id of the batch. */
    readonly id: string;
    /** Share of the usual price. */
    readonly share: number;
  };

/** A job with the place of its item in the plan. */
export type PlannedJob = Job & { readonly place: number };

/** The jobs of a plan's item that this target has not answered yet. */
export function jobsOf(
  item: ItemLine,
  place: number,
  { target: { entry } }: TargetState,
  { input }: RunSession,
): readonly PlannedJob[] {
  const jobs: PlannedJob[] = [];
  for (const prompt of item.asks) {
    if (!isAskedOf(prompt, entry.ref)) continue;
    for (let trial = 1; trial <= input.plan.settings.trials; trial += 1) {
      const job = jobOf(item, prompt, trial, entry);
      if (!input.done.answers.has(job.key)) jobs.push({ ...job, place });
    }
  }
  return jobs;
}

/**
 * Reserves what a job may cost, and its judges. Null if the budget has no room; with `waits`, for what is in flight as
 * well.
 */
export async function reserve(
  job: Job,
  { target: whole, estimator }: TargetState,
  session: RunSession,
  waits = true,
): Promise<Reservation | null> {
  const { budget, judges, input } = session;
  if (!budget.bounds(job.entry.ref)) return unbounded;
  const target = { ...whole, entry: job.entry };
  const params = requestParams(job, input.plan.settings);
  const bound = outputBound(params, target.endpoint.request) ?? assumedOutput;
  const judging = await judgingNeed(job.item, bound, input.judging ?? null, judges);
  return budget.reserve(
    job.entry.ref,
    () => needOf({ item: job.item, prompt: job.prompt, params, target, estimator }),
    judging,
    waits,
  );
}

/** A job at the price of a batch. */
export const inBatch = (job: PlannedJob, share: number): PlannedJob => ({
  ...job,
  entry: { ...job.entry, price: atShare(job.entry.price, share) },
});

/**
 * Answers a job, writes the answer, settles what was reserved for it and has it graded in the background. `batch`
 * answers in the target's place.
 */
export async function runJob(
  job: PlannedJob,
  reservation: Reservation,
  state: TargetState,
  session: RunSession,
  batch: BatchSource | null = null,
): Promise<void> {
  // A baseline sends nothing.
  const remote = batch === null && !job.entry.baseline ? session.input.remote : undefined;
  const { way, options } = askingOf(state, session);
  const paid: CallRecord[] = [];
  const keepAnswer = (line: AnswerLine): Promise<void> => {
    // Of a conversation elsewhere, the steps of this session come with its answer.
    paid.push(...line.turns.slice(remote === undefined ? -1 : earlier.length));
    return keep({ job, state }, line, session);
  };
  const earlier = session.input.done.begun.get(job.key) ?? [];
  let answer: AnswerLine | null = null;
  try {
    answer =
      remote !== undefined
        ? await remote.answer(job, {
            earlier,
            signal: options.signal,
            stopping: options.stopping,
            onStorm: options.onStorm,
            keep: keepAnswer,
          })
        : await answerItem(
            job,
            batch === null ? way : wayOfBatch(way, batch),
            batch === null ? options : optionsOfBatch(options, batch),
            {
              step: (line) => {
                paid.push(line.call);
                return keepStep(job, line, session);
              },
              answer: keepAnswer,
            },
            earlier,
          );
  } finally {
    reservation.settle(
      reservation.metered ? paid.map((record) => costOfCall(job, record, state)) : [],
    );
    if (answer === null) reservation.judging.settle([]);
  }
  if (answer === null) return;
  const kept = answer;
  if (job.item.max_steps !== undefined) state.estimator.learnSteps(kept.turns.length);
  void track(session, score(job.item, kept, reservation.judging, session));
}

type Asking = { readonly way: Way; readonly options: AnswerOptions };

/** Made once for each target. */
const askings = new WeakMap<TargetState, Asking>();

/** Where the calls of a target go, and what is done about them. */
export function askingOf(state: TargetState, session: RunSession): Asking {
  const known = askings.get(state);
  if (known !== undefined) return known;
  const { target, lane, estimator } = state;
  const { endpoint, priceOf } = target;
  const made = { way: { endpoint, lane, estimator, priceOf }, options: optionsFor(state, session) };
  askings.set(state, made);
  return made;
}

const wayOfBatch = ({ priceOf, ...way }: Way, { id, lane, share }: BatchSource): Way => ({
  ...way,
  lane,
  priceOf: priceOf === undefined ? undefined : (model) => atShare(priceOf(model), share),
  batch: id,
});

const optionsOfBatch = (options: AnswerOptions, { sender }: BatchSource): AnswerOptions => ({
  ...options,
  deps: { ...options.deps, sender },
  settings: { ...options.settings, attempts: 1 },
});

function optionsFor(state: TargetState, session: RunSession): AnswerOptions {
  const { deps, observe, plan } = session.input;
  const target = state.target.entry.ref;
  return {
    deps,
    settings: plan.settings,
    signal: session.aborted.signal,
    stopping: state.halted.signal,
    onStorm: state.onStorm,
    onSend: ({ key = "" }) => observe({ kind: "asking", key, target }),
    onReply: ({ key = "" }) => observe({ kind: "replied", key, target }),
    onRetry: ({ outcome, code, message, wait_ms }, { key = "" }) =>
      observe({
        kind: "retrying",
        key,
        target,
        outcome,
        code,
        message,
        wait_ms: wait_ms ?? 0,
        lane: state.lane.id,
        lane_wait_ms: Math.ceil(state.lane.heldForMs()),
        ...patienceOf(state.lane, { ...defaultPolicy, ...deps.policy }),
      }),
  };
}

/** For how long at most a server that is loading, or gone, is still waited for. */
function patienceOf(
  lane: Lane,
  { loading_ms, storm_ms }: Policy,
): { readonly loading_ms?: number; readonly gone_ms?: number } {
  if (!lane.isOut()) return {};
  const left_ms = (most_ms: number) => Math.max(0, Math.ceil(most_ms - lane.outForMs()));
  return lane.isLoading() ? { loading_ms: left_ms(loading_ms) } : { gone_ms: left_ms(storm_ms) };
}

/** What a call cost; where neither the vendor nor we counted its input, at least what the item's own texts cost. */
function costOfCall(job: Job, record: CallRecord, { estimator }: TargetState): Need {
  const { messages, turns } = job.prompt;
  const input = estimator.input([...messages.map(({ text }) => text), ...turns.slice(0, 1)]);
  return spentOn(record, job.entry.price, input);
}

/** Writes a call that another will follow. */
async function keepStep(job: PlannedJob, line: StepLine, session: RunSession): Promise<void> {
  await Promise.all([keepItem(job, session), session.input.writer.append(line)]);
  session.input.observe(line);
}

/** Writes the item, if it is new to the file. */
function keepItem({ item, place }: PlannedJob, { input, kept }: RunSession): Promise<void> | null {
  const { writer, observe, done } = input;
  if (kept.has(place) || done.items.has(item.item)) return null;
  kept.add(place);
  observe(item);
  return writer.append(item);
}

type Kept = { readonly job: PlannedJob; readonly state: TargetState };

/** Writes the item, if it is new to the file, and the answer; then notifies observers. */
async function keep({ job, state }: Kept, answer: AnswerLine, session: RunSession): Promise<void> {
  const { writer, observe } = session.input;
  const item = keepItem(job, session);
  const kept = writer.append(answer);
  // Mostly the same promise: both go into one write.
  await (item === null || item === kept ? kept : Promise.all([item, kept]));
  session.answered += 1;
  session.ungraded += 1;
  state.answered += 1;
  if (isFailed(answer.outcome)) session.failed += 1;
  session.companions?.offer(answer);
  observe(answer);
  const last = answer.turns.at(-1);
  if (last !== undefined) state.report(last);
}
