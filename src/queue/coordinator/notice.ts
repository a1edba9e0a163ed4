import type { Redis } from "ioredis";

import { queueNames, type RunNotice } from "../messages.ts";

/** What a run makes known, and its changes. */
export type RunNotices = {
  /** Says again that the run is there. */
  readonly refresh: () => Promise<void>;
  readonly set: (change: Pick<RunNotice, "state">) => Promise<void>;
  readonly stop: (target: string) => Promise<void>;
  readonly remove: () => Promise<void>;
};

/** The notice of a coordinator that died goes by itself. */
const lifeMs = 60_000;
/** Workers that look seldom still learn how it ended. */
const endedMs = 10_000;

/** Failures are left to who watches the connection. */
export function createNotice(redis: Redis, told: Omit<RunNotice, "state" | "stopped">): RunNotices {
  let notice: RunNotice = { ...told, state: "running", stopped: [] };
  const write = async (): Promise<void> => {
    if (redis.status !== "ready") return;
    const life = notice.state === "ended" ? endedMs : lifeMs;
    await redis
      .multi()
      .set(queueNames.notice(told.id), JSON.stringify(notice), "PX", life)
      .sadd(queueNames.runs, told.id)
      .exec()
      .catch(() => undefined);
  };
  return {
    refresh: write,
    set: async (change) => {
      notice = { ...notice, ...change };
      await write();
    },
    stop: async (target) => {
      const stopped = [...notice.stopped, target];
      const open = notice.targets.filter(
        ({ ref, baseline }) => !baseline && !stopped.includes(ref),
      );
      const state = open.length === 0 && notice.state === "running" ? "stopping" : notice.state;
      notice = { ...notice, stopped, state };
      await write();
    },
    remove: async () => {
      notice = { ...notice, state: "ended" };
      await write();
      await redis.srem(queueNames.runs, told.id).catch(() => undefined);
      await redis.del(queueNames.workers(told.id)).catch(() => undefined);
    },
  };
}
