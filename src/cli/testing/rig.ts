import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Params } from "../../domain/params.ts";
import type { Limits, ProviderPatch, RequestQuirks } from "../../domain/provider.ts";
import type { RunEvent } from "../../domain/run-file/event.ts";
import type { Settings } from "../../domain/run-file/header.ts";
import type { RunFileLine } from "../../domain/run-file/lines.ts";
import type { EndLine } from "../../domain/run-file/session.ts";
import type { Policy } from "../../engine/calls/retry.ts";
import type { FaultScriptInput } from "../../simulator/faults/script.ts";
import type { Stats } from "../../simulator/server/stats.ts";
import type { Opener } from "../../store/runs/writer.ts";

import { makePlan, type Plan } from "../../engine/plan/plan.ts";
import { nothingDone, readResumePoint } from "../../engine/run/resume.ts";
import { run } from "../../engine/run/run.ts";
import { gradeAnswer } from "../../grading/grade.ts";
import { loadGrader } from "../../grading/graders.ts";
import { startSimulator, statsPath } from "../../simulator/server/server.ts";
import { spawnSimulator } from "../../simulator/server/spawn.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { resolveTargets } from "../../store/providers/targets.ts";
import { readRun } from "../../store/runs/reader.ts";
import { createRunFile, reopenRunFile } from "../../store/runs/writer.ts";
import { readSuite } from "../../store/suites/suites.ts";
import { startTransportThread } from "../../transport/thread/start.ts";
import { createDeps, newRunId } from "../run/session.ts";

export type RigOptions = {
  readonly items?: number;
  /** A suite of its own instead of the quiz. */
  readonly suite?: string;
  readonly script?: FaultScriptInput;
  /** Of the simulator: divides vendor time. */
  readonly speed?: number;
  /** Model ids of the simulator; default one. */
  readonly models?: readonly string[];
  /** Vendors' models that the simulator plays instead. */
  readonly viaSim?: readonly string[];
  readonly limits?: Limits;
  /** CNY per million tokens, input and output. */
  readonly price?: number;
  readonly params?: Params;
  /** How the simulator's dialect departs from its protocol. */
  readonly request?: RequestQuirks;
  readonly settings?: Partial<Settings>;
  readonly policy?: Partial<Policy>;
  /** Requests are sent by the transport thread, as by the program; without it by the thread of the test. */
  readonly threaded?: boolean;
  /** The simulator in a process of its own, for what is measured. */
  readonly separate?: boolean;
};

/** An engine, a plan of choice items and a simulator with faults. */
export type Rig = {
  readonly file: string;
  readonly plan: Plan;
  readonly simulator: { readonly url: string; readonly stats: () => Stats };
  /** The same from a simulator in its own process. */
  readonly stats: () => Promise<Stats>;
  /** Runs, or goes on where the file is there. */
  readonly run: (given?: RunGiven) => Promise<EndLine>;
  readonly lines: () => Promise<readonly RunFileLine[]>;
  readonly close: () => Promise<void>;
};

export type RunGiven = {
  readonly file?: string;
  readonly retryFailed?: boolean;
  readonly settings?: Partial<Settings>;
  readonly observe?: (event: RunEvent) => void;
  readonly stopping?: AbortSignal;
  readonly signal?: AbortSignal;
  readonly opener?: Opener;
};

const never = new AbortController().signal;

/** Quick waits, so that tests need not sit through real ones. */
const quick: Partial<Policy> = { backoff_ms: 5, backoff_cap_ms: 50, patience_ms: 2_000 };

/** The same for one piece of work, closed whatever comes of it. */
export async function withRig(
  options: RigOptions,
  work: (rig: Rig) => Promise<void>,
): Promise<void> {
  const rig = await makeRig(options);
  try {
    await work(rig);
  } finally {
    await rig.close();
  }
}

export async function makeRig(options: RigOptions = {}): Promise<Rig> {
  const folder = await mkdtemp(join(tmpdir(), "baimo-rig-"));
  const suite = join(folder, "quiz.yaml");
  await writeFile(suite, options.suite ?? suiteText);
  await writeFile(join(folder, "quiz.jsonl"), rowsText(options.items ?? 20));
  const simulator = await startVendor(suite, options);
  const settings: Settings = { ...defaults, ...options.settings };
  const models = options.models ?? ["baicao"];
  const targets = await resolveTargets(
    [...models.map((model) => `sim/${model}`), ...(options.viaSim ?? [])].map((ref) => ({
      ref,
      max_tokens: 300,
      ...options.params,
    })),
    {
      ...(options.viaSim === undefined ? {} : { via_sim_url: simulator.url }),
      config: {
        file: "baimo.yaml",
        locate: () => ({ file: "baimo.yaml", line: null, column: null, path: "" }),
        config: { schema: "baimo/1", providers: { sim: patch(models, options) } },
      },
      env: { BAIMO_SIM_URL: simulator.url },
      builtin: builtinFolder("providers"),
      now: new Date(),
      concurrency: settings.concurrency,
    },
  );
  const plan = await makePlan({ suites: [await readSuite(suite)], targets, settings });
  const file = join(folder, "run.jsonl");

  const runOnce = async (given: RunGiven = {}): Promise<EndLine> => {
    const path = given.file ?? file;
    const used = { ...plan, settings: { ...settings, ...given.settings } };
    const thread = options.threaded === true ? startTransportThread() : null;
    const deps = await createDeps(targets, { settings: used.settings, env: {}, thread });
    const progress = await readResumePoint(path, given.retryFailed === true ? "all" : "none").catch(
      () => null,
    );
    const writer =
      progress === null
        ? await createRunFile(path, headerOf(used), given.opener)
        : await reopenRunFile(path, progress.scanned, given.opener);
    try {
      return await run({
        plan: used,
        deps: { ...deps, policy: { ...quick, ...options.policy } },
        writer,
        done: progress?.done ?? nothingDone(),
        grade: (item, answer) => gradeAnswer(item, answer, loadGrader),
        observe: given.observe ?? (() => undefined),
        stopping: given.stopping ?? never,
        signal: given.signal ?? never,
      });
    } finally {
      await deps.sender.close();
      await writer.close().catch(() => undefined);
    }
  };

  return {
    file,
    plan,
    simulator,
    stats: async () => (await (await fetch(simulator.url + statsPath)).json()) as Stats,
    run: runOnce,
    lines: () => readRun(file),
    close: async () => {
      await plan.close();
      await simulator.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const defaults: Settings = {
  trials: 1,
  seed: 7,
  limit: null,
  filter: null,
  wordings: false,
  concurrency: null,
  attempts: 5,
  deadlines_ms: { connect: 5_000, first_byte: 10_000, idle: 10_000, total: 30_000 },
  params: {},
  max_cost: null,
  max_tokens_total: null,
  via_sim: false,
};

const headerOf = ({ suites, targets, settings, digest, size }: Plan) => ({
  kind: "run" as const,
  schema: "run/1" as const,
  id: newRunId(new Date()),
  tool: { version: "0.0.0", commit: null, node: process.version },
  started_at: new Date().toISOString(),
  zone: "Asia/Shanghai",
  plan_digest: digest,
  suites,
  targets: targets.map(({ entry }) => entry),
  settings,
  fx: {},
  size,
});

function patch(models: readonly string[], { limits, price, request }: RigOptions): ProviderPatch {
  return {
    ...(request === undefined ? {} : { request }),
    ...(limits === undefined ? {} : { limits }),
    ...(price === undefined
      ? {}
      : {
          models: models.map((id) => ({
            id,
            price: {
              currency: "CNY" as const,
              verified: false,
              tiers: [{ input: price, output: price }],
            },
          })),
        }),
  };
}

const suiteText = [
  "schema: suite/1",
  "id: quiz",
  "tasks:",
  "  - id: choice",
  "    dimension: [数学推理, 加法]",
  "    prompt: |",
  "      {{question}}",
  "      {{options}}",
  "      请在最后一行用“答案：X”给出选项字母。",
  "    grader: {use: choice}",
  "    items: {from: quiz.jsonl}",
  "",
].join("\n");

const rowsText = (items: number): string =>
  Array.from({ length: items }, (_, index) => {
    const sum = index + (index % 7);
    const options = Object.fromEntries(
      "ABCD".split("").map((letter, at) => [letter, String(sum + at)]),
    );
    const question = `第 ${index} 题：${index} 加 ${index % 7} 等于几？`;
    return `${JSON.stringify({ id: `i${index}`, question, options, answer: "A" })}\n`;
  }).join("");

async function startVendor(suite: string, { speed = 200, script, separate = false }: RigOptions) {
  const options = { suites: [suite], speed, ...(script === undefined ? {} : { script }) };
  if (!separate) return startSimulator(options);
  const { url, close } = await spawnSimulator(options);
  const stats = (): Stats => {
    throw new Error("the simulator is another process");
  };
  return { url, close, stats };
}
