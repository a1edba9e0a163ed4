import { dirname } from "node:path";

import type { RunLine, Settings } from "../../domain/run-file/header.ts";
import type { GraderRef } from "../../domain/suite.ts";
import type { RunJudges } from "../../engine/judges/judging.ts";
import type { ConfigFile } from "../../store/config.ts";
import type { Graders } from "../../store/graders.ts";
import type { Context } from "../context.ts";
import type { RunOptions } from "../run/options.ts";

import { createLanes } from "../../engine/calls/lanes.ts";
import { defaultPolicy } from "../../engine/calls/retry.ts";
import { createJudges, type Judges } from "../../engine/judges/judges.ts";
import { type Budget, capProblem, createBudget } from "../../engine/run/budget.ts";
import { readEnv } from "../../store/config.ts";
import { missingSecrets } from "../../store/providers/credentials.ts";
import { refusedByEgress } from "../../store/providers/egress.ts";
import { judgeHint, judgesOf, openJudging } from "../run/judges/judge-setup.ts";
import { createDeps } from "../run/session.ts";
import { settingsOf } from "../run/settings.ts";
import { openJudges } from "../run/target-setup.ts";

/** Judges outside a run: for regrading and for calibration. */
export type JudgePool = {
  readonly judging: RunJudges;
  readonly judges: Judges;
  readonly budget: Budget;
  /** How many replies may be judged at the same time. */
  readonly atOnce: number;
  readonly close: () => Promise<void>;
};

export type JudgePoolSetup = {
  readonly refs: readonly GraderRef[];
  readonly config: ConfigFile | null;
  readonly graders: Graders;
  /** The run whose answers are graded; null for calibration. */
  readonly run: { readonly file: string; readonly header: RunLine } | null;
};

/** What the judges may cost. */
export type JudgePoolOptions = Pick<RunOptions, "maxCost" | "allowUnknownPrice">;

/**
 * Opens the judges that the graders ask for. Null if they ask for none, or if none is configured, which is reported. The
 * rules of a run apply: secrets, egress, family, budget.
 */
export async function openJudgePool(
  setup: JudgePoolSetup,
  options: JudgePoolOptions,
  context: Context,
): Promise<JudgePool | null> {
  const { config, graders, refs, run } = setup;
  const wanted = await judgesOf(refs, config, graders);
  if (wanted.missing.length > 0) context.warn(judgeHint(wanted.missing, context.lang));
  if (wanted.judges.length === 0) return null;
  const env = await readEnv(context.cwd, context.env);
  const settings = settingsOf(options, config, run?.header.settings ?? null);
  const sources = { config, folder: context.cwd, env, settings, now: context.now(), files: [] };
  const { judges, close } = await openJudges(wanted.judges, sources);
  try {
    const entries = judges.map(({ entry }) => entry);
    const fx = config?.config.run?.fx ?? run?.header.fx ?? {};
    const caps: Settings = { ...settings, max_cost_per_target: null, max_tokens_per_target: null };
    const refused =
      (settings.via_sim ? null : missingSecrets(judges, env)) ??
      refusedByEgress(run?.header.suites ?? [], entries, config?.config.egress?.allow) ??
      capProblem(entries, caps, fx, options.allowUnknownPrice);
    if (refused !== null) throw refused;
    const judging = await openJudging(
      wanted,
      judges,
      (run?.header.targets ?? []).map((entry) => ({ entry })),
      {
        graders,
        folder: config === null ? context.cwd : dirname(config.file),
        file: run?.file ?? null,
      },
    );
    if (judging === null) throw new Error("judges were wanted and none was opened");
    const deps = await createDeps(judges, { settings, env });
    const lanes = createLanes(entries);
    const pool = createJudges(judges, {
      deps,
      lanes,
      settings,
      strikes: defaultPolicy.strikes,
      signal: context.signal,
      stopping: context.stopping,
    });
    context.stopping.addEventListener("abort", pool.halt, { once: true });
    return {
      judging,
      judges: pool,
      budget: createBudget(caps, fx, new Map()),
      atOnce: 2 * entries.reduce((sum, { limits }) => sum + limits.concurrency, 0),
      close: async () => {
        context.stopping.removeEventListener("abort", pool.halt);
        for (const lane of lanes.all()) lane.close();
        await deps.sender.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
