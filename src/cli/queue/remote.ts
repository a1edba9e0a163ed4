import type { RunEvent } from "../../domain/run-file/event.ts";
import type { RunLine } from "../../domain/run-file/header.ts";
import type { Remote } from "../../engine/run/remote.ts";
import type { Env } from "../../store/config.ts";
import type { KeySet } from "../../store/suites/key-set.ts";
import type { Context } from "../context.ts";
import type { RunOptions } from "../run/options.ts";

import { UserError } from "../../domain/text.ts";
import { loadQueue, openServer } from "../../queue/connection.ts";
import { openCoordinator } from "../../queue/coordinator/coordinator.ts";

/** The options of a run that is asked by workers. */
export type RemoteOptions = Pick<RunOptions, "queue" | "waitWorkers">;

/** Throws a UserError for options that contradict a queue. */
export function mindQueue({
  queue,
  viaSim,
  batch,
}: Pick<RunOptions, "queue" | "viaSim" | "batch">): void {
  if (queue === null) return;
  if (viaSim)
    throw notWith("--via-sim", "sim/… 目标和 BAIMO_SIM_URL", "targets sim/… with BAIMO_SIM_URL");
  if (batch) throw notWith("--batch", "不带 --queue 的 run", "run without --queue");
}

const notWith = (flag: string, zh: string, en: string): UserError =>
  new UserError({
    zh: `${flag} 不能与 --queue 同用；请改用${zh}`,
    en: `${flag} does not go with --queue; use ${en} instead`,
  });

export type RemoteSources = {
  readonly header: RunLine;
  /** How many the plan has. */
  readonly answers: number;
  /** Keys that need no answer any more. */
  readonly done: KeySet;
  readonly env: Env;
  readonly observe: (event: RunEvent) => void;
};

/** The workers on the queue that the options name; null where this process asks by itself. */
export async function openRemote(
  { queue, waitWorkers }: RemoteOptions,
  { header, answers, done, env, observe }: RemoteSources,
  context: Context,
): Promise<(Remote & { readonly close: () => Promise<void> }) | null> {
  if (queue === null) return null;
  const packages = await loadQueue();
  const server = await openServer(queue, env, packages);
  for (const remark of server.remarks) context.warn(remark[context.lang]);
  const { id, tool, plan_digest, started_at, suites, targets, settings } = header;
  return openCoordinator({
    packages,
    server,
    notice: { id, tool, plan_digest, started_at, suites, targets, settings },
    answers: answers - done.size(),
    done,
    observe,
    unserved_ms: waitWorkers * 1_000,
  });
}
