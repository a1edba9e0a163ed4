import { monitorEventLoopDelay, performance } from "node:perf_hooks";

import type { Job as BullJob, Worker } from "bullmq";
import type { Redis } from "ioredis";

import type { TargetEntry } from "../../domain/run-file/header.ts";
import type { LoopHealth } from "../../domain/run-file/session.ts";
import type { Text } from "../../domain/text.ts";
import type { Deps } from "../../engine/run/deps.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";
import type { Journal } from "./journal.ts";

import { laneId } from "../../engine/calls/lanes.ts";
import { defaultPolicy } from "../../engine/calls/retry.ts";
import { closeParts, type QueuePackages } from "../connection.ts";
import { createLimiter } from "../limits/limiter.ts";
import { createSharedLane } from "../limits/shared-lane.ts";
import { AskJob, prefix, queueNames, type RunNotice, type WorkerSign } from "../messages.ts";
import { createAsker } from "./ask.ts";
import { createReporting } from "./reporting.ts";
import { takeBack } from "./take-back.ts";

export type ServeSetup = {
  readonly packages: QueuePackages;
  readonly redis: Redis;
  readonly notice: RunNotice;
  readonly worker: string;
  readonly region: string | null;
  readonly tool: RunNotice["tool"];
  /** Requests under way in each lane at most; null for as many as the account allows. */
  readonly concurrency: number | null;
  /** Targets of the run that this worker asks, and why it does not ask the others. */
  readonly targets: readonly ResolvedTarget[];
  readonly refuses: readonly { readonly target: string; readonly why: Text }[];
  readonly deps: Deps;
  readonly journal: Journal;
};

/** A run that a worker takes part in. */
export type Serving = {
  /** Sends what the journal holds, takes back what this worker had in hand before, and begins to take jobs. */
  readonly start: () => Promise<void>;
  /** Takes what the run makes known by now. */
  readonly update: (notice: RunNotice) => Promise<void>;
  /** Gives a sign of life. */
  readonly sign: () => Promise<void>;
  /** Takes no more jobs, finishes what is under way and tells how its session was. */
  readonly leave: () => Promise<void>;
  /** Ends what is under way. */
  readonly abort: () => void;
  /** Lets go of a Redis that is away: what is under way ends, and what is paid for stays in the journal. */
  readonly drop: () => Promise<void>;
};

/** How long a dead worker keeps its jobs: BullMQ hands them on once a lock is that old. */
const lockMs = 30_000;
const stalledEveryMs = 15_000;

/** Takes a run's jobs for the targets that this worker asks. */
export function serveRun(setup: ServeSetup): Serving {
  const { packages, redis, notice, worker, journal, deps } = setup;
  const ownOf = ({ limits: { concurrency } }: TargetEntry): number =>
    Math.min(setup.concurrency ?? concurrency, concurrency);
  const reporting = createReporting(packages, redis, notice, { worker, journal });
  const lanes = new Map(
    setup.targets.map(({ entry }) => {
      const id = laneId(entry);
      const own = ownOf(entry);
      const limiter = createLimiter(redis, id, defaultPolicy);
      return [id, createSharedLane({ id, entry, own, limiter, policy: defaultPolicy })];
    }),
  );
  const asker = createAsker({ ...setup, lanes, reporting });
  const workers = new Map<string, Worker<AskJob>>();
  for (const { entry } of setup.targets) {
    const at = notice.targets.findIndex(({ ref }) => ref === entry.ref);
    const taker = new packages.bullmq.Worker<AskJob>(
      queueNames.jobs(notice.id, at),
      async (job: BullJob<AskJob>, token?: string) => asker.take(job, token),
      {
        connection: redis,
        prefix,
        // What it has in hand is known again after a restart.
        name: journal.id,
        autorun: false,
        // One more for every two, so that a slot is filled as soon as it is free.
        concurrency: Math.ceil(1.5 * ownOf(entry)),
        lockDuration: lockMs,
        stalledInterval: stalledEveryMs,
        // Workers may be killed as often as it happens.
        maxStalledCount: 1_000,
      },
    );
    taker.on("error", () => undefined);
    taker.on("failed", (job, error) => {
      if (job !== undefined && job.attemptsMade >= (job.opts.attempts ?? 1))
        void reporting.report({ job: job.data, line: null, fault: error.message });
    });
    workers.set(entry.ref, taker);
  }

  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  let loop: LoopHealth | null = null;
  let before = performance.eventLoopUtilization();
  let beat = 0;
  const sign = async (): Promise<void> => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    const said: WorkerSign = {
      worker,
      region: setup.region,
      tool: setup.tool,
      beat: Date.now() + (beat += 1),
      serves: [...workers.keys()],
      refuses: setup.refuses,
      in_flight: asker.inFlight(),
      answers: asker.answers(),
      utilisation: Number.isFinite(utilization) ? Math.max(0, utilization) : 0,
      lag_p99_ms: Math.max(0, delay.percentile(99) / 1e6 - 10) || 0,
      loop,
    };
    delay.reset();
    await redis.hset(queueNames.workers(notice.id), worker, JSON.stringify(said));
  };
  const end = (): void => {
    for (const lane of lanes.values()) lane.close();
    delay.disable();
  };

  return {
    start: async () => {
      await reporting.resend();
      for (const taker of workers.values()) {
        const queue = new packages.bullmq.Queue<AskJob>(taker.name, { connection: redis, prefix });
        queue.on("error", () => undefined);
        try {
          await takeBack(queue, redis, journal);
        } finally {
          await closeParts(redis, [queue]);
        }
        taker.run().catch(() => undefined);
      }
    },
    update: async ({ state, stopped }) => {
      if (state === "aborted") asker.abort();
      if (state === "stopping" || state === "aborted") asker.stop(null);
      for (const ref of stopped) asker.stop(ref);
      await reporting.resend();
    },
    sign,
    leave: async () => {
      asker.leave();
      await Promise.all([...workers.values()].map((taker) => taker.close().catch(() => undefined)));
      await reporting.settled();
      loop = await deps.sender.health();
      if (redis.status === "ready") await sign();
      end();
      await closeParts(redis, [...workers.values()]);
      await reporting.close();
    },
    abort: asker.abort,
    drop: async () => {
      asker.leave();
      asker.abort();
      end();
      await closeParts(redis, [...workers.values()]);
      await reporting.close();
    },
  };
}
