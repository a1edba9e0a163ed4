import type { Env } from "../../store/config.ts";

import { UserError } from "../../domain/text.ts";
import { loadQueue, openServer } from "../../queue/connection.ts";
import { type DoctorFinding, fine } from "./finding.ts";

/** Whether the Redis of a queue answers, takes the password and keeps what it is given. */
export async function redisFindings(
  queue: string | null,
  env: Env,
): Promise<readonly DoctorFinding[]> {
  if (queue === null) {
    return [
      fine("redis", {
        zh: "没有看 Redis：run --queue 和 worker 才用到，加 --queue redis://… 就检查它",
        en: "no Redis was looked at: only run --queue and worker use one; --queue redis://… looks it over",
      }),
    ];
  }
  try {
    const { shown, version, remarks } = await openServer(queue, env, await loadQueue());
    const is = fine("redis", {
      zh: `Redis ${version}（${shown}）可用，不会删除未取走的数据`,
      en: `Redis ${version} (${shown}) can be used and evicts nothing`,
    });
    return [is, ...remarks.map((what) => ({ ...is, state: "notice" as const, what }))];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [{ id: "redis", state: "wrong", what: error.text, todo: null }];
  }
}
