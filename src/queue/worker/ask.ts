import type { Job as BullJob } from "bullmq";

import type { Attempt } from "../../domain/call.ts";
import type { AnswerLine, StepLine } from "../../domain/run-file/lines.ts";
import type { Lane } from "../../engine/calls/lanes.ts";
import type { Estimator } from "../../engine/plan/estimate.ts";
import type { Deps } from "../../engine/run/deps.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";
import type { QueuePackages } from "../connection.ts";
import type { Journal } from "./journal.ts";
import type { Reporting } from "./reporting.ts";

import { digestOf } from "../../domain/digest.ts";
import { laneId } from "../../engine/calls/lanes.ts";
import { createEstimator } from "../../engine/plan/estimate.ts";
import { answerItem, jobOf } from "../../engine/run/answer.ts";
import { AskJob, type RunNotice } from "../messages.ts";

export type AskerSetup = {
  readonly packages: QueuePackages;
  readonly notice: RunNotice;
  /** Targets of the run that this worker asks. */
  readonly targets: readonly ResolvedTarget[];
  readonly deps: Deps;
  readonly journal: Journal;
  readonly worker: string;
  readonly region: string | null;
  readonly lanes: ReadonlyMap<string, Lane>;
  readonly reporting: Reporting;
};

/** Answers the jobs of a run. */
export type Asker = {
  /** Answers one job; the whole conversation stays here. Rejects with BullMQ's own errors where it gives the job back. */
  readonly take: (job: BullJob<AskJob>, token: string | undefined) => Promise<void>;
  /** The run has stopped a target, or all: nothing new starts, nothing is repeated. */
  readonly stop: (target: string | null) => void;
  /** This worker goes: what waits is given back to the others. */
  readonly leave: () => void;
  readonly abort: () => void;
  readonly inFlight: () => number;
  readonly answers: () => number;
};

export function createAsker(setup: AskerSetup): Asker {
  const { packages, notice, deps, journal, reporting } = setup;
  const aborted = new AbortController();
  const states = new Map(
    setup.targets.map((target) => {
      const lane = setup.lanes.get(laneId(target.entry));
      if (lane === undefined) throw new RangeError(`${target.entry.ref} has no lane`);
      const estimator: Estimator = createEstimator();
      return [target.entry.ref, { target, lane, estimator, stopping: new AbortController() }];
    }),
  );
  const sending = new Set<string>();
  let answers = 0;
  let isRunStopped = false;
  let isLeaving = false;

  const take: Asker["take"] = async (bull, token) => {
    const job = checkedJob(bull.data, notice.plan_digest);
    const state = states.get(job.target);
    if (state === undefined) throw new Error(`this worker does not ask ${job.target}`);
    // Answered before, by this worker, and not acknowledged: it was paid for.
    if (journal.isAcknowledged(job.key)) return;
    const kept = journal.waiting.get(job.key);
    if (kept !== undefined) return reporting.report({ job, line: kept });
    const own = journal.steps(job.key);
    let earlier: readonly StepLine[] = own.length > job.earlier.length ? own : job.earlier;
    const prompt = job.item.asks[job.ask];
    if (prompt === undefined) throw new Error(`${job.key} has no prompt ${job.ask}`);
    const asked = jobOf(job.item, prompt, job.trial, state.target.entry);
    let storm: Attempt | undefined;
    let line: AnswerLine | null = null;
    try {
      await answerItem(
        asked,
        {
          endpoint: state.target.endpoint,
          lane: state.lane,
          estimator: state.estimator,
          ...(state.target.priceOf === undefined ? {} : { priceOf: state.target.priceOf }),
        },
        {
          deps,
          settings: notice.settings,
          signal: aborted.signal,
          stopping: state.stopping.signal,
          onSend: () => void sending.add(job.key),
          onRetry: () => void sending.delete(job.key),
          onStorm: (attempt) => (storm = attempt),
        },
        {
          step: async (step) => {
            sending.delete(job.key);
            await journal.step(step);
            earlier = [...earlier, step];
            await bull.updateData({ ...job, earlier });
          },
          answer: async (given) => {
            sending.delete(job.key);
            line = signed(given, setup);
            await journal.answer(line);
            answers += 1;
          },
        },
        earlier,
      );
    } finally {
      sending.delete(job.key);
    }
    const isGivenBack = line === null && storm === undefined && isLeaving && !isRunStopped;
    if (isGivenBack) {
      await bull.moveToWait(token);
      throw new packages.bullmq.WaitingError();
    }
    await reporting.report({ job, line, ...(storm === undefined ? {} : { storm }) });
  };

  const halt = (target: string | null): void => {
    for (const [ref, { stopping, lane }] of states) {
      if (target !== null && ref !== target) continue;
      if (stopping.signal.aborted) continue;
      stopping.abort();
      lane.drop("fresh", ref);
    }
  };
  return {
    take,
    stop: (target) => {
      if (target === null) isRunStopped = true;
      halt(target);
    },
    leave: () => {
      isLeaving = true;
      halt(null);
    },
    abort: () => {
      aborted.abort();
      for (const { lane } of states.values()) lane.drop("all");
    },
    inFlight: () => sending.size,
    answers: () => answers,
  };
}

/** Rejects what is not what was sent, or belongs to another plan. */
function checkedJob(data: unknown, plan_digest: string): AskJob {
  const job = AskJob.parse(data);
  if (job.plan_digest !== plan_digest) {
    throw new Error(
      `${job.key} belongs to plan ${job.plan_digest}, and this worker serves ${plan_digest}`,
    );
  }
  if (digestOf(job.item) !== job.item_digest) {
    throw new Error(`the item of ${job.key} is not the one that was sent: its digest differs`);
  }
  return job;
}

const signed = (line: AnswerLine, { worker, region }: AskerSetup): AnswerLine => ({
  ...line,
  worker,
  ...(region === null ? {} : { region }),
});
