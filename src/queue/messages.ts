import { z } from "zod";

import { Attempt } from "../domain/call.ts";
import { digestOf } from "../domain/digest.ts";
import { Settings, SuiteEntry, TargetEntry, ToolVersion } from "../domain/run-file/header.ts";
import { lineSchemas } from "../domain/run-file/lines.ts";
import { LoopHealth } from "../domain/run-file/session.ts";
import { Amount, Count, list, Moment, record } from "../domain/schema/readonly.ts";

const text = z.string();

/** What a coordinator makes known of its run. No secret: how targets are reached is each worker's own matter. */
export const RunNotice = record({
  id: text,
  tool: ToolVersion,
  plan_digest: text,
  started_at: Moment,
  /** `stopping`: nothing new starts, nothing is repeated; `aborted`: requests in flight end; `ended`: all is written. */
  state: z.enum(["running", "stopping", "aborted", "ended"]),
  /** Targets that are asked no further. */
  stopped: list(text),
  suites: list(SuiteEntry),
  targets: list(TargetEntry),
  settings: Settings,
});
export type RunNotice = z.infer<typeof RunNotice>;

/** One answer to ask for, with all that it takes. */
export const AskJob = record({
  plan_digest: text,
  key: text,
  item: lineSchemas.item,
  /** Of the item as it was sent: what arrives must be that. */
  item_digest: text,
  /** Which of the item's prompts. */
  ask: Count,
  trial: z.int().positive(),
  target: text,
  /** Steps of the conversation that are paid for; a worker adds its own, so that who takes over goes on there. */
  earlier: list(lineSchemas.step),
});
export type AskJob = z.infer<typeof AskJob>;

/** What became of a job. */
export const AskReport = record({
  plan_digest: text,
  key: text,
  target: text,
  worker: text,
  /** Null where the run stopped before, or for the other reasons below. */
  line: lineSchemas.answer.nullable(),
  /** The vendor has refused everything for too long. */
  storm: Attempt.nullable(),
  /** What went wrong in the worker itself. */
  fault: text.nullable(),
});
export type AskReport = z.infer<typeof AskReport>;

const Both = record({ zh: text, en: text });

/** A worker's sign of life. */
export const WorkerSign = record({
  worker: text,
  region: text.nullable(),
  tool: ToolVersion,
  /** Another one with each sign, whatever the clocks say. */
  beat: Count,
  serves: list(text),
  /** Targets that it does not ask, each with the reason. */
  refuses: list(record({ target: text, why: Both })),
  in_flight: Count,
  answers: Count,
  utilisation: z.number(),
  lag_p99_ms: Amount,
  /** Once its part of the run has ended. */
  loop: LoopHealth.nullable(),
});
export type WorkerSign = z.infer<typeof WorkerSign>;

/** Before all our keys and BullMQ's. */
export const prefix = "baimo";

/** Names of what a run has in Redis; BullMQ adds the prefix to those of its queues. */
export const queueNames = {
  runs: `${prefix}:runs`,
  notice: (run: string): string => `${prefix}:run:${run}`,
  workers: (run: string): string => `${prefix}:workers:${run}`,
  /** One queue per target, because BullMQ hands a queue's jobs to whichever worker is free. */
  jobs: (run: string, target: number): string => `jobs-${run}-${target}`,
  reports: (run: string): string => `reports-${run}`,
} as const;

/** BullMQ's id of a key's job and of its report: a second one of the same key is not added. */
export const jobIdOf = (key: string): string => digestOf(key);
