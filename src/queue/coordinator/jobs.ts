import type { Redis } from "ioredis";

import type { Job } from "../../engine/run/answer.ts";
import type { RemoteAsk } from "../../engine/run/remote.ts";
import type { RunNotice } from "../messages.ts";

import { digestOf } from "../../domain/digest.ts";
import { closeParts, type QueuePackages } from "../connection.ts";
import { type AskJob, type AskReport, jobIdOf, prefix, queueNames } from "../messages.ts";

/** A job that was given out. */
export type GivenJob = { readonly job: Job; readonly ask: RemoteAsk };

/** The queues of a run: one of jobs for each target, and one of reports. */
export type Jobs = {
  /** Targets that are asked by workers. */
  readonly refs: readonly string[];
  /** Gives a job out; one that is there already is not given out twice. */
  readonly add: (asked: GivenJob) => Promise<void>;
  /** Takes a job back; false where somebody is asking it, or has. */
  readonly withdraw: (asked: GivenJob) => Promise<boolean>;
  /** It neither waits, nor is asked, nor is reported. */
  readonly isLost: (asked: GivenJob) => Promise<boolean>;
  /** Keys of reports that nobody has taken yet. */
  readonly reported: () => Promise<ReadonlySet<string>>;
  /** Takes away what the run has in Redis, but for reports that nobody has taken. */
  readonly remove: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Attempts of a job whose worker fails by itself, as by a missing package. */
const jobAttempts = 3;
const untaken = ["waiting", "active", "delayed"] as const;

export function openJobs(
  { bullmq }: QueuePackages,
  connection: Redis,
  { id: run, plan_digest, targets }: Pick<RunNotice, "id" | "plan_digest" | "targets">,
): Jobs {
  const open = <Data>(name: string) => {
    // Nobody reads the events of jobs; those of reports tell the workers what was acknowledged.
    const queue = new bullmq.Queue<Data>(name, {
      connection,
      prefix,
      streams: { events: { maxLen: 10_000 } },
    });
    queue.on("error", () => undefined);
    return queue;
  };
  const queues = new Map(
    targets.flatMap(({ ref, baseline }, at) =>
      baseline ? [] : [[ref, open<AskJob>(queueNames.jobs(run, at))] as const],
    ),
  );
  const reports = open<AskReport>(queueNames.reports(run));
  const queueOf = ({ job }: GivenJob) => queues.get(job.entry.ref);
  return {
    refs: [...queues.keys()],
    add: async (asked) => {
      const { job, ask } = asked;
      const data: AskJob = {
        plan_digest,
        key: job.key,
        item: job.item,
        item_digest: digestOf(job.item),
        ask: job.item.asks.indexOf(job.prompt),
        trial: job.trial,
        target: job.entry.ref,
        earlier: ask.earlier,
      };
      await queueOf(asked)?.add("ask", data, {
        jobId: jobIdOf(job.key),
        attempts: jobAttempts,
        backoff: { type: "fixed", delay: 1_000 },
        removeOnComplete: true,
        removeOnFail: true,
      });
    },
    withdraw: async (asked) =>
      (await queueOf(asked)
        ?.remove(jobIdOf(asked.job.key))
        .catch(() => 0)) === 1,
    isLost: async (asked) => {
      const id = jobIdOf(asked.job.key);
      // The report is there before the job goes.
      const job = await queueOf(asked)?.getJob(id);
      return job === undefined && (await reports.getJob(id)) === undefined;
    },
    reported: async () =>
      new Set((await reports.getJobs([...untaken])).map(({ data }) => data.key)),
    remove: async () => {
      for (const queue of queues.values()) await queue.obliterate({ force: true });
      if ((await reports.getJobCountByTypes(...untaken)) === 0)
        await reports.obliterate({ force: true });
    },
    close: () => closeParts(connection, [...queues.values(), reports]),
  };
}
