import type { Redis } from "ioredis";

import type { Attempt } from "../../domain/call.ts";
import type { AnswerLine } from "../../domain/run-file/lines.ts";
import type { AskJob, AskReport, RunNotice } from "../messages.ts";
import type { Journal } from "./journal.ts";

import { closeParts, type QueuePackages } from "../connection.ts";
import { jobIdOf, prefix, queueNames } from "../messages.ts";

type Told = {
  readonly job: Pick<AskJob, "key" | "target">;
  readonly line: AnswerLine | null;
  readonly storm?: Attempt;
  readonly fault?: string;
};

/** Brings a worker's answers to the coordinator. */
export type Reporting = {
  /** Resolves once the report is in Redis. */
  readonly report: (told: Told) => Promise<void>;
  /** Sends again what was not acknowledged for a while; the coordinator keeps each key once. */
  readonly resend: () => Promise<void>;
  /** Waits a little for what is not acknowledged yet. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const resendEveryMs = 20_000;
const settleMs = 5_000;

/**
 * An answer is acknowledged when the coordinator has written it, which BullMQ tells as the end of its report. Until then it
 * stays in the journal and is sent again: after a restart of this worker at once.
 */
export function createReporting(
  { bullmq }: QueuePackages,
  redis: Redis,
  { id: run, plan_digest }: RunNotice,
  { worker, journal }: { readonly worker: string; readonly journal: Journal },
): Reporting {
  const name = queueNames.reports(run);
  const queue = new bullmq.Queue<AskReport>(name, { connection: redis, prefix });
  const events = new bullmq.QueueEvents(name, { connection: redis, prefix });
  queue.on("error", () => undefined);
  events.on("error", () => undefined);
  const keys = new Map<string, string>();
  let sentAt = Number.NEGATIVE_INFINITY;

  events.on("completed", ({ jobId }) => {
    const key = keys.get(jobId);
    keys.delete(jobId);
    if (key !== undefined) void journal.acknowledge(key).catch(() => undefined);
  });

  const report = async ({ job, line, storm, fault }: Told): Promise<void> => {
    const { key, target } = job;
    const jobId = jobIdOf(key);
    if (line !== null) keys.set(jobId, key);
    const data: AskReport = {
      plan_digest,
      key,
      target,
      worker,
      line,
      storm: storm ?? null,
      fault: fault ?? null,
    };
    await queue.add("report", data, {
      jobId,
      // A disk that is full for a while must not lose it.
      attempts: 1_000,
      backoff: { type: "fixed", delay: 5_000 },
      removeOnComplete: true,
      removeOnFail: true,
    });
  };

  return {
    report,
    resend: async () => {
      if (performance.now() - sentAt < resendEveryMs) return;
      sentAt = performance.now();
      for (const line of journal.waiting.values()) await report({ job: line, line });
    },
    settled: async () => {
      const until = performance.now() + settleMs;
      while (journal.waiting.size > 0 && performance.now() < until && redis.status === "ready") {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    close: () => closeParts(redis, [events, queue]),
  };
}
