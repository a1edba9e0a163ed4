import { once } from "node:events";
import { unlink } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { Redis } from "ioredis";

import type { Deps } from "../../engine/run/deps.ts";
import type { QueuePackages, QueueServer } from "../connection.ts";

import { type Text, UserError } from "../../domain/text.ts";
import { watchConnection } from "../connection-watch.ts";
import { queueNames, RunNotice } from "../messages.ts";
import { openJournal } from "./journal.ts";
import { type Serving, serveRun, type ServeSetup } from "./serve-run.ts";

/** What this machine can do for a run. */
export type PreparedRun = Pick<ServeSetup, "targets" | "refuses"> & {
  readonly deps: Deps;
  readonly close: () => Promise<void>;
};

export type WorkerSetup = Pick<ServeSetup, "worker" | "region" | "tool" | "concurrency"> & {
  readonly packages: QueuePackages;
  readonly server: QueueServer;
  /** Folder of the journals. */
  readonly folder: string;
  /** Ends once every run that it took part in has ended. */
  readonly untilDone: boolean;
  /** Resolves targets with this machine's own keys. */
  readonly prepare: (notice: RunNotice) => Promise<PreparedRun>;
  readonly say: (text: Text) => void;
  readonly stopping: AbortSignal;
  readonly signal: AbortSignal;
};

const lookMs = 500;

type Part = {
  readonly notice: RunNotice;
  readonly serving: Serving;
  /** Closes the journal, and removes it where the run needs it no more. */
  readonly close: (isOver: boolean) => Promise<void>;
};

/**
 * Serves every run on a Redis until it is stopped. Rejects with a `UserError`: exit 2 for a run of another version of baimo, or
 * one whose plan is no longer the one it joined; 3 where Redis is gone.
 */
export async function runWorker(setup: WorkerSetup): Promise<void> {
  const { server, say, stopping, signal } = setup;
  const redis = server.connect();
  const watch = watchConnection(redis, server, {
    onGone: () =>
      say({
        zh: `与 ${server.shown} 的连接断了，等它恢复`,
        en: `${server.shown} is away; waiting`,
      }),
    onBack: () => say({ zh: `${server.shown} 恢复了`, en: `${server.shown} is back` }),
  });
  const parts = new Map<string, Part>();
  const onAbort = (): void => parts.forEach(({ serving }) => serving.abort());
  signal.addEventListener("abort", onAbort);
  let hasServed = false;
  try {
    while (!stopping.aborted) {
      watch.lost.throwIfAborted();
      if (redis.status === "ready") {
        const open = await look(redis, parts, watch.lost, setup);
        hasServed ||= parts.size > 0;
        if (setup.untilDone && hasServed && open === 0) break;
      }
      await sleep(lookMs, undefined, { signal: stopping }).catch(() => undefined);
    }
  } finally {
    await Promise.all(
      [...parts.values()].map(async ({ serving, close }) => {
        const isThere = redis.status === "ready" && (await left(serving, watch.lost));
        if (!isThere) await serving.drop();
        await close(isThere);
      }),
    );
    signal.removeEventListener("abort", onAbort);
    watch.close();
    redis.disconnect();
  }
}

/** Joins new runs, follows those it takes part in, and leaves those that ended. Gives the number of open runs. */
async function look(
  redis: Redis,
  parts: Map<string, Part>,
  lost: AbortSignal,
  setup: WorkerSetup,
): Promise<number> {
  const ids = await redis.smembers(queueNames.runs);
  let open = 0;
  for (const id of new Set([...ids, ...parts.keys()])) {
    const text = await redis.get(queueNames.notice(id));
    const notice = text === null ? null : RunNotice.parse(JSON.parse(text));
    const part = parts.get(id);
    if (notice === null) {
      // Its coordinator is gone and may come back; who waits for it keeps its journal.
      if (part === undefined) await redis.srem(queueNames.runs, id);
      else await part.serving.sign();
      continue;
    }
    if (notice.state === "ended") {
      if (part !== undefined) await leave(id, part, parts, lost);
      continue;
    }
    open += 1;
    if (part === undefined) {
      parts.set(id, await joinRun(notice, redis, setup));
      continue;
    }
    refuseOtherPlan(part.notice, notice);
    await part.serving.update(notice);
    await part.serving.sign();
  }
  return open;
}

async function leave(
  id: string,
  { serving, close }: Part,
  parts: Map<string, Part>,
  lost: AbortSignal,
): Promise<void> {
  parts.delete(id);
  const isLeft = await left(serving, lost);
  if (!isLeft) await serving.drop();
  await close(isLeft);
}

/** False where Redis went for good meanwhile: BullMQ waits for it without end before it lets go of a job. */
async function left(serving: Pick<Serving, "leave">, lost: AbortSignal): Promise<boolean> {
  if (lost.aborted) return false;
  const gone = new AbortController();
  const isLost = once(lost, "abort", { signal: gone.signal }).then(
    () => false,
    () => false,
  );
  try {
    return await Promise.race([serving.leave().then(() => true), isLost]);
  } finally {
    gone.abort();
  }
}

async function joinRun(notice: RunNotice, redis: Redis, setup: WorkerSetup): Promise<Part> {
  refuseOtherVersion(notice, setup);
  const journal = await openJournal(join(setup.folder, `${notice.id}.${setup.worker}.jsonl`));
  const prepared = await setup.prepare(notice);
  const serving = serveRun({ ...setup, redis, notice, journal, ...prepared });
  tellJoined(notice, prepared, setup);
  if (journal.waiting.size > 0) {
    setup.say({
      zh: `日志里有 ${journal.waiting.size} 条回答还没有被确认，重新送出`,
      en: `${journal.waiting.size} answers of the journal were not acknowledged and are sent again`,
    });
  }
  await serving.update(notice);
  await serving.sign();
  await serving.start();
  const close = async (isOver: boolean): Promise<void> => {
    await prepared.close();
    await journal.close();
    // Steps of conversations, and whose the jobs at hand are, matter for as long as the jobs are in Redis.
    if (isOver && journal.waiting.size === 0) await unlink(journal.file).catch(() => undefined);
  };
  return { notice, serving, close };
}

function tellJoined(
  { id }: RunNotice,
  { targets, refuses }: PreparedRun,
  { say }: WorkerSetup,
): void {
  const refs = targets.map(({ entry }) => entry.ref);
  say({
    zh: `加入运行 ${id}，回答 ${refs.join("、") || "（没有目标）"}`,
    en: `joined run ${id}, asking ${refs.join(", ") || "nothing"}`,
  });
  for (const { target, why } of refuses)
    say({ zh: `不问 ${target}：${why.zh}`, en: `not asking ${target}: ${why.en}` });
}

function refuseOtherVersion({ id, tool }: RunNotice, { tool: own }: WorkerSetup): void {
  if (tool.version === own.version && tool.commit === own.commit) return;
  const named = ({ version, commit }: RunNotice["tool"]): string =>
    commit === null ? version : `${version} (${commit.slice(0, 8)})`;
  throw new UserError({
    zh: `运行 ${id} 用的是 baimo ${named(tool)}，这里是 ${named(own)}：提示词、环境和计价可能不同。请在每台机器上装同一个版本。`,
    en: `run ${id} uses baimo ${named(tool)}, and this is ${named(own)}: prompts, environments and prices may differ. Install one version on every machine.`,
  });
}

function refuseOtherPlan(before: RunNotice, now: RunNotice): void {
  if (before.plan_digest === now.plan_digest) return;
  const changed = now.suites
    .filter(({ id, digest }) => before.suites.find((suite) => suite.id === id)?.digest !== digest)
    .map(({ id }) => id);
  throw new UserError({
    zh: `运行 ${now.id} 的计划变了${changed.length === 0 ? "" : `（题集 ${changed.join("、")} 的内容不同）`}：手里的回答不再是对同样的题。请重新启动这个工作进程。`,
    en: `the plan of run ${now.id} has changed${changed.length === 0 ? "" : ` (suite ${changed.join(", ")} differs)`}: the answers at hand are no longer to the same questions. Start this worker again.`,
  });
}
