import type { Job as BullJob } from "bullmq";

import type { RunEvent } from "../../domain/run-file/event.ts";
import type { TargetEntry } from "../../domain/run-file/header.ts";
import type { AnswerLine } from "../../domain/run-file/lines.ts";
import type { Remote } from "../../engine/run/remote.ts";
import type { KeySet } from "../../store/suites/key-set.ts";

import { createLanes, laneId } from "../../engine/calls/lanes.ts";
import { createKeySet } from "../../store/suites/key-set.ts";
import { watchConnection } from "../connection-watch.ts";
import { closeParts, type QueuePackages, type QueueServer } from "../connection.ts";
import { createLimiter } from "../limits/limiter.ts";
import { createSharedLane } from "../limits/shared-lane.ts";
import { AskReport, prefix, queueNames, type RunNotice } from "../messages.ts";
import { type GivenJob, openJobs } from "./jobs.ts";
import { createNotice } from "./notice.ts";
import { createRoom } from "./room.ts";
import { createRoster } from "./roster.ts";
import { watchUnserved } from "./unserved.ts";

export type CoordinatorSetup = {
  readonly packages: QueuePackages;
  readonly server: QueueServer;
  readonly notice: Omit<RunNotice, "state" | "stopped">;
  /** How many answers are still wanted. */
  readonly answers: number;
  /** Keys that need no answer any more. */
  readonly done: KeySet;
  readonly observe: (event: RunEvent) => void;
  /** Milliseconds without a worker for a target after which it is asked no further. */
  readonly unserved_ms: number;
};

/** With when it was given out, and what its engine waits for. */
type Given = GivenJob & {
  readonly at: number;
  readonly promised: PromiseWithResolvers<AnswerLine | null>;
};

const tickMs = 1_000;
/** What was given out and not heard of for so long is looked for, in case Redis lost it. */
const lookForMs = 15_000;
/** How long the workers may take to tell how they were doing. */
const farewellMs = 5_000;

/**
 * The side of a queue that plans: it gives jobs out as they are taken, keeps each answer once, and acknowledges it only when it
 * stands in the run file. BullMQ delivers, hands the jobs of dead workers to others and repeats what failed. Nothing of its
 * state is needed again: a coordinator that is killed goes on from the run file, and meets the same jobs under the same ids.
 */
export async function openCoordinator(
  setup: CoordinatorSetup,
): Promise<Remote & { readonly close: () => Promise<void> }> {
  const { packages, server, observe } = setup;
  const { id: run, plan_digest, targets } = setup.notice;
  const redis = server.connect();
  // What workers of an earlier coordinator said last tells nothing: those that live say it again.
  await redis.del(queueNames.workers(run));
  const roster = createRoster(redis, run, observe);
  const notice = createNotice(redis, setup.notice);
  const jobs = openJobs(packages, redis, setup.notice);
  const given = new Map<string, Given>();
  const finished = createKeySet(setup.answers);
  /** Reports of a coordinator before this one: some wait inside until their key is asked for, others are still to come. */
  const early = new Map<string, () => void>();
  const reported = await jobs.reported();
  const room = createRoom();
  const tell = (zh: string, en: string): void => observe({ kind: "queue", text: { zh, en } });

  const isDone = (key: string): boolean => finished.has(key) || setup.done.has(key);
  const finish = (key: string, answer: AnswerLine | null): void => {
    const one = given.get(key);
    given.delete(key);
    room.leave(key);
    one?.promised.resolve(answer);
  };

  const take = async (data: unknown): Promise<void> => {
    const { success, data: report } = AskReport.safeParse(data);
    if (!success || report.plan_digest !== plan_digest) {
      const worker = report?.worker ?? "?";
      tell(
        `丢弃 ${worker} 的一份回答：不属于这个计划，或格式不对`,
        `an answer of ${worker} is dropped: it belongs to another plan, or has a wrong format`,
      );
      return;
    }
    const { key, line, worker, storm, fault } = report;
    if (!isDone(key) && !given.has(key)) {
      await new Promise<void>((resolve) => early.set(key, resolve));
    }
    const one = given.get(key);
    if (one === undefined || isDone(key)) return;
    if (fault !== null) {
      tell(
        `工作进程 ${worker} 没能问 ${key}：${fault}`,
        `worker ${worker} could not ask ${key}: ${fault}`,
      );
    }
    if (storm !== null) one.ask.onStorm(storm);
    const isItsAnswer = line !== null && line.key === key && line.target === one.job.entry.ref;
    if (isItsAnswer) {
      finished.add(key);
      await one.ask.keep(line);
      roster.count(worker);
      // Its job may have been taken for lost meanwhile.
      if (performance.now() - one.at > lookForMs) await jobs.withdraw(one);
    }
    finish(key, isItsAnswer ? line : null);
  };
  const reports = new packages.bullmq.Worker(
    queueNames.reports(run),
    async (job: BullJob<unknown>) => take(job.data),
    {
      connection: redis,
      prefix,
      // Early reports wait inside, and must not keep others out.
      concurrency: 16 + 2 * targets.reduce((sum, entry) => sum + aheadOf(entry), 0),
      removeOnComplete: { count: 0 },
      // What a killed coordinator had in hand comes to the next one.
      lockDuration: 10_000,
      stalledInterval: 5_000,
      maxStalledCount: 1_000,
    },
  );
  reports.on("error", () => undefined);

  /** Gives out again what Redis has lost. */
  const refill = async (older_ms: number): Promise<void> => {
    for (const [key, one] of given) {
      if (performance.now() - one.at < older_ms || one.ask.stopping.aborted) continue;
      if ((await jobs.isLost(one)) && given.get(key) === one) await jobs.add(one);
    }
  };
  const watch = watchConnection(redis, server, {
    onGone: () =>
      tell(`与 ${server.shown} 的连接断了，等它恢复`, `${server.shown} is away; waiting`),
    onBack: () => {
      tell(`${server.shown} 恢复了`, `${server.shown} is back`);
      refill(0).catch(() => undefined);
    },
  });

  const onStop = onceEach((target: string) => void notice.stop(target));
  const onAbort = onceEach(() => {
    for (const key of given.keys()) finish(key, null);
    void notice.set({ state: "aborted" });
  });
  /** Of a target that has stopped, what nobody is asking yet comes back. */
  const sweep = async (): Promise<void> => {
    for (const [key, one] of given) {
      if (one.ask.stopping.aborted && (await jobs.withdraw(one))) finish(key, null);
    }
  };

  let stop: (target: string) => void = () => undefined;
  const lookForWorkers = watchUnserved(roster, observe, setup.unserved_ms, (ref) => stop(ref));
  let ticks = 0;
  let ticking = false;
  const tick = async (): Promise<void> => {
    if (ticking || redis.status !== "ready") return;
    ticking = true;
    try {
      await notice.refresh();
      await roster.read();
      lookForWorkers(new Set([...given.values()].map(({ job }) => job.entry.ref)));
      await sweep();
      if ((ticks += 1) % (lookForMs / tickMs) === 0) await refill(lookForMs);
    } catch {
      // Redis is away; what it means is decided by the watch.
    } finally {
      ticking = false;
    }
  };
  const timer = setInterval(() => void tick(), tickMs);
  void tick();

  return {
    ahead: aheadOf,
    lost: watch.lost,
    onUnserved: (action) => (stop = action),
    lanes: (entries, policy, onChange) => {
      const byLane = new Map(
        entries.filter(({ baseline }) => !baseline).map((entry) => [laneId(entry), entry]),
      );
      // A baseline guesses here.
      const local = createLanes(
        entries.filter(({ baseline }) => baseline),
        policy,
      );
      const lanes = new Map(
        [...byLane].map(([id, entry]) => {
          const limiter = createLimiter(redis, id, policy);
          const own = entry.limits.concurrency;
          return [id, createSharedLane({ id, entry, own, policy, onChange, limiter })];
        }),
      );
      const laneOf = (entry: TargetEntry) => {
        if (entry.baseline) return local.of(entry);
        const lane = lanes.get(laneId(entry));
        if (lane === undefined) throw new RangeError(`${entry.ref} has no lane`);
        return lane;
      };
      return { of: laneOf, all: () => [...local.all(), ...lanes.values()] };
    },
    answer: async (job, ask) => {
      if (ask.stopping.aborted || ask.signal.aborted) return null;
      const { promise, ...settled } = Promise.withResolvers<AnswerLine | null>();
      const one = { job, ask, at: performance.now(), promised: { promise, ...settled } };
      given.set(job.key, one);
      onStop(ask.stopping, job.entry.ref);
      onAbort(ask.signal, "");
      const known = early.get(job.key);
      early.delete(job.key);
      known?.();
      if (known === undefined && !reported.has(job.key)) {
        await room.enter(job.key, job.item);
        // Where Redis is away, adding waits; the run may end meanwhile.
        if (given.has(job.key)) await Promise.race([jobs.add(one), promise]);
      }
      return promise;
    },
    end: async () => {
      await notice.set({ state: "ended" });
      const until = performance.now() + farewellMs;
      while (performance.now() < until && redis.status === "ready") {
        await roster.read();
        if (roster.isTold()) break;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      return roster.ends();
    },
    close: async () => {
      clearInterval(timer);
      watch.close();
      const isThere = redis.status === "ready";
      if (isThere) await notice.remove();
      await closeParts(redis, [reports]);
      // Where Redis is away, its keys stay there until the run goes on.
      if (isThere) await jobs.remove().catch(() => undefined);
      await jobs.close();
      redis.disconnect();
    },
  };
}

/** No more can be under way of an account; as many again wait for whoever is free. */
const aheadOf = ({ limits }: TargetEntry): number => 2 * limits.concurrency + 16;

/** Acts once for each signal that aborts, though all jobs of a target come with the same. */
function onceEach(action: (target: string) => void) {
  const watched = new WeakSet<AbortSignal>();
  return (signal: AbortSignal, target: string): void => {
    if (watched.has(signal)) return;
    watched.add(signal);
    signal.addEventListener("abort", () => action(target), { once: true });
  };
}
