import { dirname } from "node:path";

import type { AnswerLine, ItemLine, RunLine, ScoreLine } from "../domain/record.ts";
import type { GraderRef } from "../domain/suite.ts";
import type { Judging } from "../engine/judging.ts";
import type { ConfigFile } from "../store/config.ts";
import type { Graders } from "../store/graders.ts";
import type { Context, Parsed } from "./command.ts";

import { defaultPolicy } from "../engine/backoff.ts";
import { capProblem, createBudget, judges as purse, nothing } from "../engine/budget.ts";
import { createCompanions } from "../engine/companions.ts";
import { createJudges, type Judges } from "../engine/judges.ts";
import { judgeAccess } from "../engine/judging.ts";
import { createLanes } from "../engine/lanes.ts";
import { judgingNeed } from "../engine/score.ts";
import { createTurns } from "../engine/turns.ts";
import { gradeAnswer } from "../graders/grade.ts";
import { readEnv } from "../store/config.ts";
import { missingSecrets } from "../store/credentials.ts";
import { refusedByEgress } from "../store/egress.ts";
import { judgeHint, judgesOf, openJudging } from "./judge-setup.ts";
import { settingsOf } from "./run-options.ts";
import { createDeps } from "./run-session.ts";
import { openJudges } from "./target-setup.ts";

/** Grades the answers of a run file, by judges too. */
export type Scorer = {
  /** Null where the money is used up. */
  readonly grade: (item: ItemLine, answer: AnswerLine) => Promise<ScoreLine | null>;
  /** How many may be graded side by side. */
  readonly atOnce: number;
  readonly close: () => Promise<void>;
};

export type ScorerSetup = {
  readonly file: string;
  readonly header: RunLine;
  readonly refs: readonly GraderRef[];
  readonly config: ConfigFile | null;
  readonly graders: Graders;
};

/** Opens the judges that the graders ask for; the rules of a run hold: secrets, egress, family, budget. */
export async function openScorer(
  setup: ScorerSetup,
  parsed: Parsed,
  context: Context,
): Promise<Scorer> {
  const { config, graders, header, refs, file } = setup;
  const wanted = await judgesOf(refs, config, graders);
  if (wanted.missing.length > 0) context.warn(judgeHint(wanted.missing, context.lang));
  if (wanted.judges.length === 0) {
    return {
      grade: (item, answer) => gradeAnswer(item, answer, graders.load),
      atOnce: 1,
      close: () => Promise.resolve(),
    };
  }
  const env = await readEnv(context.cwd, context.env);
  const settings = settingsOf(parsed, config, header.settings);
  const { judges, close } = await openJudges(wanted.judges, { config, env, settings, files: [] });
  try {
    const allow = config?.config.egress?.allow;
    const entries = judges.map(({ entry }) => entry);
    const fx = config?.config.run?.fx ?? header.fx;
    const caps = { ...settings, max_cost_per_target: null, max_tokens_per_target: null };
    const refused =
      (settings.via_sim ? null : missingSecrets(judges, env)) ??
      refusedByEgress(header.suites, entries, allow) ??
      capProblem(entries, caps, fx, parsed.values["allow-unknown-price"] === true);
    if (refused !== null) throw refused;
    const folder = config === null ? context.cwd : dirname(config.file);
    const targets = header.targets.map((entry) => ({ entry }));
    const judging = await openJudging(wanted, judges, targets, { graders, folder, file });
    if (judging === null) throw new Error("judges were wanted and none was opened");
    const { deps, http } = createDeps(judges, settings, env);
    const lanes = createLanes(entries);
    const bench = createJudges(judges, {
      deps,
      lanes,
      settings,
      turn: createTurns(),
      strikes: defaultPolicy.strikes,
      signal: context.signal,
      stopping: context.stopping,
    });
    context.stopping.addEventListener("abort", bench.halt, { once: true });
    return {
      grade: graderWith({ judging, bench, header, graders }, createBudget(caps, fx, new Map())),
      atOnce: 2 * entries.reduce((sum, { limits }) => sum + limits.concurrency, 0),
      close: async () => {
        context.stopping.removeEventListener("abort", bench.halt);
        for (const lane of lanes.all()) lane.close();
        await http.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

type Bench = {
  readonly judging: Judging;
  readonly bench: Judges;
  readonly header: RunLine;
  readonly graders: Graders;
};

function graderWith(
  { judging, bench, header, graders }: Bench,
  budget: ReturnType<typeof createBudget>,
): Scorer["grade"] {
  const companions = createCompanions(judging.baselines, judging.earlier);
  const access = judgeAccess(judging, [], bench.ask, companions);
  const panel = judgeAccess(judging, header.targets, bench.ask, companions).panel;
  return async (item, answer) => {
    const letters = answer.turns.reduce((sum, { text }) => sum + text.length, 0);
    const need = await judgingNeed(item, letters, judging, bench);
    const held = (await budget.reserve(purse, () => nothing, need))?.judging ?? null;
    if (held === null) return null;
    const line = await gradeAnswer(item, answer, graders.load, { ...access, panel });
    held.settle((line.judge_calls ?? []).map(bench.spentOn));
    return line;
  };
}
