import type { Redis } from "ioredis";

import type { QueueServer } from "./connection.ts";

import { UserError } from "../domain/text.ts";

/** Aborted, with a `UserError` (exit 3) as reason, once a server has been away for too long. The caller closes it. */
export function watchConnection(
  redis: Redis,
  { shown, patience_ms }: Pick<QueueServer, "shown" | "patience_ms">,
  told: { readonly onGone: () => void; readonly onBack: () => void },
): { readonly lost: AbortSignal; readonly close: () => void } {
  const lost = new AbortController();
  let since: number | null = null;
  const onClose = (): void => {
    if (since !== null) return;
    since = performance.now();
    told.onGone();
  };
  const onReady = (): void => {
    if (since === null) return;
    since = null;
    told.onBack();
  };
  redis.on("close", onClose);
  redis.on("ready", onReady);
  const timer = setInterval(() => {
    if (since === null || performance.now() - since < patience_ms) return;
    lost.abort(goneError(shown, patience_ms));
  }, 500);
  return {
    lost: lost.signal,
    close: () => {
      clearInterval(timer);
      redis.off("close", onClose);
      redis.off("ready", onReady);
    },
  };
}

const goneError = (shown: string, ms: number): UserError => {
  const seconds = Math.round(ms / 1_000);
  return new UserError(
    {
      zh: `${shown} 已断开 ${seconds} 秒，没有恢复，运行停止。已收到的回答都在运行文件里，工作进程手里的在它们的日志里；Redis 恢复后用 run --resume 加同一个 --queue 继续。`,
      en: `${shown} has been away for ${seconds} seconds and the run stops. All answers that arrived are in the run file, and those of the workers in their journals; when Redis is back, go on by run --resume with the same --queue.`,
    },
    [],
    3,
  );
};
