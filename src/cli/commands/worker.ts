import { hostname } from "node:os";
import { resolve } from "node:path";

import { UserError } from "../../domain/text.ts";
import { loadQueue, openServer } from "../../queue/connection.ts";
import { runWorker } from "../../queue/worker/worker.ts";
import { packageVersion } from "../../store/builtin.ts";
import { readConfig, readEnv } from "../../store/config.ts";
import { defineCommand, flag, text } from "../options.ts";
import { prepareRun } from "../queue/prepare.ts";
import { shared } from "../shared-options.ts";

/** Exit 0 where it was stopped or all runs have ended, 2 for what this machine cannot do, 3 where Redis is gone. */
export const command = defineCommand({
  usage: "--queue redis://… [-m target]… [--region r] [--concurrency N] [--until-done]",
  options: {
    queue: shared.queue,
    model: shared.model,
    config: shared.config,
    name: text({
      zh: "这个工作进程的名字，默认主机名；同一台机器上的第二个要另起名",
      en: "name of this worker, the host's by default; a second one on a machine needs another",
    }),
    region: text({
      zh: "所在地域，如 cn-beijing；记进每条回答，报告按它分列延迟",
      en: "where it stands, such as cn-beijing; kept with each answer, reports tell latencies by it",
    }),
    concurrency: shared.concurrency,
    journal: text({
      zh: "日志文件夹，默认 results/worker",
      en: "folder of the journals, results/worker by default",
    }),
    untilDone: flag({
      zh: "参加过的运行都结束后退出",
      en: "end once every run that it took part in has ended",
    }),
  },
  run: async (options, context) => {
    const { queue, name, region, concurrency, journal, untilDone, positionals } = options;
    if (queue === null || positionals.length > 0) throw noQueue;
    const env = await readEnv(context.cwd, context.env);
    const config = await readConfig(context.cwd, options.config);
    const packages = await loadQueue();
    const server = await openServer(queue, env, packages);
    for (const remark of server.remarks) context.warn(remark[context.lang]);
    const sources = { config, env, only: options.model };
    await context.finishing(() =>
      runWorker({
        packages,
        server,
        worker: (name ?? hostname()).replaceAll(/[^\p{L}\p{N}._-]/gu, "-"),
        region,
        tool: { ...packageVersion(), node: process.version },
        concurrency,
        folder: resolve(context.cwd, journal ?? "results/worker"),
        untilDone,
        prepare: (notice) => prepareRun(notice, sources, context),
        say: (said) => context.warn(said[context.lang]),
        stopping: context.stopping,
        signal: context.signal,
      }),
    );
    return 0;
  },
});

const noQueue = new UserError({
  zh: "请用 --queue 指明 Redis：baimo worker --queue redis://主机:6379",
  en: "Name the Redis with --queue: baimo worker --queue redis://host:6379",
});
