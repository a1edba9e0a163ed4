import { cpus } from "node:os";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { LoadLine, LoadPlan } from "../../domain/load/lines.ts";
import type { Settings } from "../../domain/run-file/header.ts";
import type { LoadInput } from "../../engine/load/load.ts";
import type { LoadPrompts } from "../../engine/load/profile.ts";
import type { Env } from "../../store/config.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";
import type { Sender } from "../../transport/thread/sender.ts";
import type { Context } from "../context.ts";
import type { LoadOptions } from "./options.ts";

import { formats } from "../../domain/formats.ts";
import { UserError } from "../../domain/text.ts";
import { createLanes } from "../../engine/calls/lanes.ts";
import { runLoad } from "../../engine/load/load.ts";
import { capProblem, createBudget } from "../../engine/run/budget.ts";
import { summaryOf } from "../../report/load/summary.ts";
import { builtinFolder, packageVersion } from "../../store/builtin.ts";
import { type ConfigFile, readConfig, readEnv } from "../../store/config.ts";
import { createLoadFile, type LoadFile } from "../../store/load/load-file.ts";
import { hiddenTexts, missingSecrets } from "../../store/providers/credentials.ts";
import { findSuites } from "../../store/suites/find-suites.ts";
import { readSuite } from "../../store/suites/suites.ts";
import { createHider, hideKnown, redact } from "../../text/secrets/redact.ts";
import { createMonotonic } from "../../transport/canary/monotonic.ts";
import { keysFor, newRunId } from "../run/session.ts";
import { settingsOf } from "../run/settings.ts";
import { mindStandings } from "../run/standings.ts";
import { embeddedNote, openTargets } from "../run/target-setup.ts";
import { beforehand } from "./beforehand.ts";
import { mindHosts } from "./guard.ts";
import { lengthOf } from "./lengths.ts";
import { createLive } from "./live.ts";
import { promptsOf } from "./prompts.ts";

/** Requests under way that one thread keeps within the bounds of docs/performance.md. */
const perThread = 512;
/** Sockets to one origin for each thread: an open loop must never wait for one. */
const sockets = 16_384;

/** Reads, asks, loads and writes. Resolves to the load as its file holds it. */
export async function measureLoad(options: LoadOptions, context: Context): Promise<LoadFile> {
  const config = await readConfig(context.cwd, options.config);
  const env = await readEnv(context.cwd, context.env);
  const { viaSim, maxCost, maxTokensTotal, seed } = options;
  const settings = settingsOf({ viaSim, maxCost, maxTokensTotal, seed }, config, null);
  const folders = { cwd: context.cwd, builtin: builtinFolder("suites") };
  const files = options.suite === null ? [] : await findSuites([options.suite], folders);
  const suites = await Promise.all(files.map((file) => readSuite(file)));
  const prompts = await promptsOf(options, suites, context.cwd);
  const { cwd: folder } = context;
  const sources = { config, folder, env, settings, now: context.now(), header: null, files };
  const note = await embeddedNote(options, sources);
  if (note !== null) context.warn(note[context.lang]);
  const { targets: all, close } = await openTargets(options, sources);
  try {
    const targets = all.filter(({ entry }) => !entry.baseline);
    await mind(targets, { prompts, options, config, env, settings }, context);
    return await context.finishing(() =>
      measured({ targets, prompts, config, env, settings }, options, context),
    );
  } finally {
    await close();
  }
}

type Minded = {
  readonly prompts: LoadPrompts;
  readonly options: LoadOptions;
  readonly config: ConfigFile | null;
  readonly env: Env;
  readonly settings: Settings;
};

async function mind(
  targets: readonly ResolvedTarget[],
  { prompts, options, config, env, settings }: Minded,
  context: Context,
): Promise<void> {
  if (targets.length === 0) throw noTarget;
  if (options.rate !== null && options.concurrency !== null) throw bothLoops;
  if (options.shard !== null && options.rate === null && options.concurrency === null)
    throw shardOfSearch;
  const fx = config?.config.run?.fx ?? {};
  const entries = targets.map(({ entry }) => entry);
  const refused =
    (settings.via_sim ? null : missingSecrets(targets, env)) ??
    capProblem(entries, settings, fx, options.allowUnknownPrice);
  if (refused !== null) throw refused;
  if (settings.via_sim) return;
  mindStandings(targets, options.force, context);
  context.warn(beforehand(targets, prompts, options)[context.lang]);
  await mindHosts(
    entries.map(({ base_url }) => base_url),
    options,
    context,
  );
}

type Prepared = {
  readonly targets: readonly ResolvedTarget[];
  readonly prompts: LoadPrompts;
  readonly config: ConfigFile | null;
  readonly env: Env;
  readonly settings: Settings;
};

async function measured(
  prepared: Prepared,
  options: LoadOptions,
  context: Context,
): Promise<LoadFile> {
  const { targets, prompts, config, env, settings } = prepared;
  const threads = threadsOf(options);
  const head = headOf(prepared, options, threads);
  const file = resolve(context.cwd, options.out ?? `results/load-${head.id}.jsonl`);
  const writer = await createLoadFile(file, head);
  const senders = await openSenders(threads, prepared, context);
  const hide = createHider(settings.via_sim ? [] : hiddenTexts(targets, env));
  const live = await createLive(head.plan, options.plain || !context.isTTY, context);
  let next = 0;
  const entries = targets.map(({ entry }) => entry);
  const input: LoadInput = {
    ...lengthOf(options),
    targets,
    prompts,
    arrivals: options.arrivals,
    slo: options.slo,
    good_share: options.good,
    most_errors: options.maxErrors,
    order: options.order,
    seed: options.seed,
    shard: options.shard,
    signal: context.stopping,
    deps: {
      senderOf: () => {
        next = (next + 1) % senders.length;
        // There is at least one.
        return senders[next] ?? senders[0]!;
      },
      deadlines: settings.deadlines_ms,
      clock: createMonotonic(),
      sleep: async (ms, signal) => {
        await sleep(ms, undefined, { signal });
      },
      redact: (text) => redact(hide(text)),
      lanes: options.respectLimits ? createLanes(entries) : null,
      budget: createBudget(settings, config?.config.run?.fx ?? {}, new Map()),
      take: (line) => {
        writer.take(line);
        live.take(line);
      },
    },
  };
  try {
    await untilStart(options.at, context.stopping);
    const { status, wall_ms, steps, rows } = await runLoad(input);
    await Promise.all(senders.map((sender) => sender.close()));
    const summary = summaryOf({ head, steps, rows });
    const end = { kind: "end", when: new Date().toISOString(), status, wall_ms, summary } as const;
    writer.take(end);
    return { file, head, steps, rows, end };
  } finally {
    for (const lane of input.deps.lanes?.all() ?? []) lane.close();
    await live.close();
    await Promise.all(senders.map((sender) => sender.close()));
    await writer.close();
  }
}

/** Waits for the time that was given, or until the user ends it. */
async function untilStart(at: Date | null, signal: AbortSignal): Promise<void> {
  const rest = (at?.getTime() ?? 0) - Date.now();
  if (rest > 0) await sleep(rest, undefined, { signal }).catch(() => undefined);
}

/** As many as the streams need, and never more than the machine has processors. */
function threadsOf({ threads, concurrency }: LoadOptions): number {
  if (threads !== null) return threads;
  const most = Math.max(1, ...(concurrency ?? []));
  return Math.max(1, Math.min(cpus().length, Math.ceil(most / perThread)));
}

async function openSenders(
  threads: number,
  { targets, settings, env }: Prepared,
  { startThread }: Context,
): Promise<readonly Sender[]> {
  const setup = {
    connections: sockets,
    connect_ms: settings.deadlines_ms.connect,
    keysOf: keysFor(settings, env),
  };
  if (startThread === null) {
    const { createSender } = await import("../../transport/thread/sender.ts");
    return [createSender(setup)];
  }
  return Array.from({ length: threads }, () => {
    const thread = startThread();
    thread.prepare({
      protocols: [...new Set(targets.map(({ entry }) => entry.protocol))],
      schemes: [...new Set(targets.map(({ endpoint }) => endpoint.auth.scheme))],
    });
    return thread.sender(setup);
  });
}

function headOf(
  { targets, prompts, env, settings }: Prepared,
  options: LoadOptions,
  threads: number,
): LoadLine {
  const { levels, length, ramp_ms, cooldown_ms } = lengthOf(options);
  const secrets = settings.via_sim ? [] : hiddenTexts(targets, env);
  const plan: LoadPlan = {
    mode: levels.mode,
    arrivals: options.arrivals,
    levels: levels.mode === "search" ? [] : levels.values,
    requests: levels.mode === "search" ? levels.requests : null,
    ramp_ms,
    warmup_ms: length.warmup_ms,
    duration_ms: length.measure_ms,
    cooldown_ms,
    slo: options.slo,
    good_share: options.good,
    profile: prompts.profile,
    seed: options.seed,
    order: options.order,
    respects_limits: options.respectLimits,
    threads,
    ...(options.shard === null ? {} : { shard: options.shard }),
    hourly: options.hourly,
  };
  return {
    kind: "load",
    schema: formats.load,
    id: newRunId(new Date()),
    started_at: new Date().toISOString(),
    tool: { ...packageVersion(), node: process.version },
    targets: targets.map(({ entry }) => ({
      ref: entry.ref,
      provider: entry.provider,
      model: entry.model,
      base_url: hideKnown(entry.base_url, secrets),
      simulated: settings.via_sim || entry.provider === "sim",
    })),
    plan,
  };
}

const noTarget = new UserError({
  zh: "没有可以加压的目标：基线不发请求；用 -m 服务商/模型 指定",
  en: "there is no target to put load on: baselines send nothing; name one with -m provider/model",
});

const shardOfSearch = new UserError({
  zh: "--shard 要与 --rate 或 --concurrency 一起用：找拐点时下一级取决于全部结果，不能分份",
  en: "--shard goes with --rate or --concurrency: a search decides on its next step by all results and has no shards",
});

const bothLoops = new UserError({
  zh: "--rate（开环）和 --concurrency（闭环）只能给一个",
  en: "give --rate (open loop) or --concurrency (closed loop), not both",
});
