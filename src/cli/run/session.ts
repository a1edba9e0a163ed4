import { randomBytes } from "node:crypto";
import { stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { RunLine, Settings } from "../../domain/run-file/header.ts";
import type { ResumeLine } from "../../domain/run-file/session.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import type { Deps } from "../../engine/run/deps.ts";
import type { ResumePoint } from "../../engine/run/resume.ts";
import type { Env } from "../../store/config.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";
import type { RunWriter } from "../../store/runs/writer.ts";
import type { Sender, SenderSetup } from "../../transport/thread/sender.ts";
import type { TransportThread } from "../../transport/thread/start.ts";
import type { Context } from "../context.ts";
import type { RunOptions } from "./options.ts";
import type { Setup } from "./setup.ts";

import { canonicalJson } from "../../domain/digest.ts";
import { formats } from "../../domain/formats.ts";
import { laneId } from "../../engine/calls/lanes.ts";
import { readResumePoint, type Retry } from "../../engine/run/resume.ts";
import { packageVersion } from "../../store/builtin.ts";
import { hiddenTexts, secretsOf } from "../../store/providers/credentials.ts";
import { hidingWriter } from "../../store/runs/hide-line.ts";
import { newestRuns } from "../../store/runs/newest.ts";
import { readHeader } from "../../store/runs/reader.ts";
import { createRunFile, reopenRunFile } from "../../store/runs/writer.ts";
import { createHider, hideKnown, redact } from "../../text/secrets/redact.ts";
import { threadsFor } from "../../transport/thread/several.ts";
import { changedPlan, isSamePlan } from "./resume/changed-plan.ts";
import { movedTargets } from "./resume/moved.ts";
import { originOf } from "./resume/origin.ts";

/** A run file open for writing, and what it holds already. */
export type OpenRun = {
  readonly writer: RunWriter;
  readonly header: RunLine;
  /** Null for a new file. */
  readonly progress: ResumePoint | null;
};

/** The run file to continue, if the options name one that exists or `--resume` names one; else null. */
export async function namedFile(
  { resume, out }: Pick<RunOptions, "resume" | "out">,
  { cwd }: Context,
): Promise<string | null> {
  if (resume !== null) return resolve(cwd, resume);
  const file = out === null ? null : resolve(cwd, out);
  return file !== null && (await exists(file)) ? file : null;
}

/**
 * The newest run of the same plan with the same servers in `results/`, if it has something left to ask; else null. With
 * `retryFailed`, failed calls count as left.
 */
export async function unfinishedRun(
  plan: Plan,
  folder: string,
  retryFailed: boolean,
): Promise<string | null> {
  for (const file of await newestRuns(folder)) {
    const header = await readHeader(file);
    if (header === null || !isSamePlan(header, plan)) continue;
    if (movedTargets(header, plan).length > 0) continue;
    const { end } = await readResumePoint(file, "none");
    return end?.status !== "complete" || (retryFailed && end.failed > 0) ? file : null;
  }
  return null;
}

export type RunFileChoice = {
  /** The run file to continue; null starts a new one. */
  readonly file: string | null;
  /** Where to write a new one; null: into `folder`, named by its id. */
  readonly out: string | null;
  readonly folder: string;
  /** Which failed calls of that file are made again. */
  readonly retry: Retry;
};

/** Opens the run file to continue, or a new one. Throws a UserError if the file holds another plan. */
export async function openRun(
  plan: Plan,
  setup: Setup,
  { file, out, folder, retry }: RunFileChoice,
): Promise<OpenRun> {
  const hide = createHider(secretsIn(plan, setup));
  if (file === null) {
    const id = newRunId(new Date());
    const path = out ?? join(folder, `${id}.jsonl`);
    const header = headerOf(id, path, plan, setup);
    const writer = hidingWriter(await createRunFile(path, header), hide);
    return { writer, header, progress: null };
  }
  const progress = await readResumePoint(file, retry);
  if (!isSamePlan(progress.header, plan)) throw changedPlan(file, progress.header, plan);
  const writer = hidingWriter(await reopenRunFile(file, progress.scanned), hide);
  await writer.append(resumeLine(plan, progress.header));
  return { writer, header: progress.header, progress };
}

/** Such as `20261121T201600Z-ab12cd`. */
export function newRunId(now: Date): string {
  const stamp = now.toISOString().replaceAll(/[-:]|\.\d+/g, "");
  return `${stamp}-${randomBytes(3).toString("hex")}`;
}

/** None for the simulator, whose keys are not secret. */
const secretsIn = (plan: Plan, { env, judging }: Setup): readonly string[] =>
  plan.settings.via_sim ? [] : hiddenTexts([...plan.targets, ...(judging?.targets ?? [])], env);

function headerOf(id: string, path: string, plan: Plan, setup: Setup): RunLine {
  const { config, judging } = setup;
  const judges = judging?.targets ?? [];
  const secrets = secretsIn(plan, setup);
  const entryOf = ({ entry }: ResolvedTarget) => ({
    ...entry,
    base_url: hideKnown(entry.base_url, secrets),
  });
  return {
    kind: "run",
    schema: formats.run,
    id,
    tool: tool(),
    started_at: new Date().toISOString(),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    plan_digest: plan.digest,
    ...originOf(path, plan.suites, setup),
    targets: plan.targets.map(entryOf),
    settings: plan.settings,
    fx: config?.config.run?.fx ?? {},
    ...(judges.length === 0 ? {} : { judges: judges.map(entryOf) }),
    size: plan.size,
  };
}

const tool = (): RunLine["tool"] => ({ ...packageVersion(), node: process.version });

function resumeLine({ settings, targets }: Plan, header: RunLine): ResumeLine {
  const { concurrency, attempts, deadlines_ms, max_cost, max_tokens_total } = settings;
  const { max_cost_per_target = null, max_tokens_per_target = null } = settings;
  return {
    kind: "resume",
    when: new Date().toISOString(),
    tool: tool(),
    settings: {
      concurrency,
      attempts,
      deadlines_ms,
      max_cost,
      max_tokens_total,
      max_cost_per_target,
      max_tokens_per_target,
    },
    ...otherNetworks(targets, header),
  };
}

/** Networks that differ from those in the header: times measured through them cannot be compared with earlier ones. */
function otherNetworks(
  targets: Plan["targets"],
  header: RunLine,
): Pick<ResumeLine, "network"> | null {
  const had = new Map(
    header.targets.map(({ ref, network = null }) => [ref, canonicalJson(network)]),
  );
  const changed = targets.flatMap(({ entry: { ref, network = null } }) =>
    had.get(ref) === canonicalJson(network) ? [] : [[ref, network] as const],
  );
  return changed.length === 0 ? null : { network: Object.fromEntries(changed) };
}

export type SenderSources = {
  readonly settings: Settings;
  readonly env: Env;
  /** The threads that send requests; without them they are sent on this one. */
  readonly thread?: TransportThread | null;
};

/** The real effects behind `Deps`. The caller closes the sender. */
export async function createDeps(
  targets: readonly ResolvedTarget[],
  { settings, env, thread = null }: SenderSources,
): Promise<Deps & { readonly sender: Sender }> {
  const hide = createHider(settings.via_sim ? [] : hiddenTexts(targets, env));
  const connections = connectionsOf(targets);
  const setup: SenderSetup = {
    connections,
    connect_ms: settings.deadlines_ms.connect,
    keysOf: keysFor(settings, env),
  };
  return {
    sender:
      thread?.sender(setup, threadsFor(connections, availableParallelism())) ??
      (await import("../../transport/thread/sender.ts")).createSender(setup),
    redact: (text) => redact(hide(text)),
    hide,
    sleep: async (ms, signal) => {
      await sleep(ms, undefined, { signal });
    },
    random: Math.random,
  };
}

/** The credentials of an endpoint: the environment's, or what the simulator accepts. */
export const keysFor =
  ({ via_sim }: Settings, env: Env): SenderSetup["keysOf"] =>
  (endpoint) =>
    via_sim
      ? { simulator: new URL(endpoint.base_url).origin }
      : { secrets: secretsOf(endpoint, env) };

/** Sockets to one origin that all lanes together may need. */
function connectionsOf(targets: readonly ResolvedTarget[]): number {
  const lanes = new Map(targets.map(({ entry }) => [laneId(entry), entry.limits.concurrency]));
  return [...lanes.values()].reduce((sum, each) => sum + each, 0);
}

const exists = async (file: string): Promise<boolean> =>
  (await stat(file).catch(() => null)) !== null;
