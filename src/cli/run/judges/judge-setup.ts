import { resolve } from "node:path";

import type { TargetSetting } from "../../../domain/config.ts";
import type { BaselineRef } from "../../../domain/judging.ts";
import type { TargetEntry } from "../../../domain/run-file/header.ts";
import type { GraderRef, Suite } from "../../../domain/suite.ts";
import type { Lang } from "../../../domain/text.ts";
import type { RunJudges, PanelSetting } from "../../../engine/judges/judging.ts";
import type { ConfigFile } from "../../../store/config.ts";
import type { Graders } from "../../../store/graders.ts";
import type { ResolvedTarget } from "../../../store/providers/targets.ts";
import type { AnswerFile } from "../../../store/runs/answer-file.ts";

import { sameFamily } from "../../../domain/family.ts";
import { UserError } from "../../../domain/text.ts";
import { readAnswersOf } from "../../../engine/run/resume.ts";
import { callCounter, needsOf } from "../../../grading/judge/needs.ts";
import { targetName } from "../../../store/providers/target-ref.ts";

/** Who is to judge: what the graders ask for, as the config names it. */
export type WantedJudges = {
  readonly panels: ReadonlyMap<string, PanelSetting>;
  readonly judges: readonly TargetSetting[];
  readonly baselines: readonly BaselineRef[];
  /** Panels that a suite names and the config does not have. */
  readonly missing: readonly string[];
  /** The same with those that grading can do without. */
  readonly absent: readonly string[];
  /** Panels whose suite allows judges of the same family as the target. */
  readonly lenient: ReadonlySet<string>;
};

/** The graders that a suite names on its tasks, and on items and turns that stand in the suite itself. */
export function gradersOf(suite: Suite): readonly GraderRef[] {
  return suite.tasks.flatMap((task) => [
    task.grader,
    ...(Array.isArray(task.items) ? task.items : []).flatMap((item) =>
      [item.grader, ...(item.turns ?? []).map((turn) => turn.grader)].filter(
        (each) => each !== undefined,
      ),
    ),
  ]);
}

/** What the graders need of judges. A name with a slash that the config does not have is a target. */
export async function judgesOf(
  refs: readonly GraderRef[],
  config: ConfigFile | null,
  graders: Graders,
): Promise<WantedJudges> {
  const texts = new Set(refs.map((ref) => JSON.stringify(ref)));
  const panels = new Map<string, PanelSetting>();
  const judges = new Map<string, TargetSetting>();
  const baselines = new Map<string, BaselineRef>();
  const missing = new Set<string>();
  const absent = new Set<string>();
  const lenient = new Set<string>();
  for (const text of texts) {
    for (const needs of await needsOf(JSON.parse(text) as GraderRef, graders.load)) {
      for (const from of needs.baselines) baselines.set(JSON.stringify(from), from);
      for (const name of needs.judges) {
        if (needs.same_family === "allow") lenient.add(name);
        const { use, ...own } = panelNamed(name, config);
        if (use.length === 0) {
          absent.add(name);
          if (needs.optional !== true) missing.add(name);
        } else panels.set(name, { ...own, judges: use.map(targetName) });
        for (const each of use) judges.set(targetName(each), each);
      }
    }
  }
  return {
    panels,
    judges: [...judges.values()],
    baselines: [...baselines.values()],
    missing: [...missing],
    absent: [...absent],
    lenient,
  };
}

/** The panel of this name, or the target; nobody uses one that is neither. */
function panelNamed(name: string, config: ConfigFile | null) {
  const panel = config?.config.judges?.[name];
  if (panel === undefined) return { use: name.includes("/") ? [name] : [] };
  return Array.isArray(panel) ? { use: panel } : panel;
}

export type JudgingPlace = {
  readonly graders: Graders;
  /** Files of answers are named relative to it. */
  readonly folder: string;
  /** The run file that may hold answers already. */
  readonly file: string | null;
};

/** Judges ready for a run; null if there are none. Throws a UserError if one would judge its own family. */
export async function openJudging(
  wanted: WantedJudges,
  judges: readonly ResolvedTarget[],
  targets: readonly { readonly entry: TargetEntry }[],
  { graders, folder, file }: JudgingPlace,
): Promise<RunJudges | null> {
  if (judges.length === 0) return null;
  const kin = kinOf(wanted, judges, targets);
  if (kin !== null) throw kin;
  const files = new Map<string, AnswerFile>();
  const baselines = new Set<string>();
  for (const from of wanted.baselines) {
    if ("file" in from) {
      const { readAnswerFile } = await import("../../../store/runs/answer-file.ts");
      files.set(from.file, await readAnswerFile(resolve(folder, from.file), from.file));
    } else baselines.add(from.target);
  }
  return {
    targets: judges,
    panels: wanted.panels,
    files,
    baselines,
    earlier: file === null ? new Map() : await readAnswersOf(file, baselines),
    calls: callCounter(graders.load, (panel) => wanted.panels.get(panel)?.votes),
  };
}

/** The same judges, with the answers that a run file already holds. */
export async function withEarlier(
  judging: RunJudges | null,
  file: string | null,
): Promise<RunJudges | null> {
  if (judging === null || file === null) return judging;
  return { ...judging, earlier: await readAnswersOf(file, judging.baselines) };
}

function kinOf(
  { panels, lenient }: WantedJudges,
  judges: readonly ResolvedTarget[],
  targets: readonly { readonly entry: TargetEntry }[],
): UserError | null {
  for (const [name, panel] of panels) {
    const allowed = panel.same_family ?? (lenient.has(name) ? "allow" : "refuse");
    if (allowed === "allow") continue;
    for (const { entry: judge } of judges.filter(({ entry }) => panel.judges.includes(entry.ref))) {
      const kin = targets.find(({ entry }) => sameFamily(judge, entry));
      if (kin !== undefined) return ownFamily(judge.ref, kin.entry.ref, name);
    }
  }
  return null;
}

const ownFamily = (judge: string, target: string, panel: string): UserError =>
  new UserError({
    zh: `裁判 ${judge} 与被评的 ${target} 同系，评分会偏袒。请在配置的 judges: 里换一个裁判；确实要用，就写 judges: {${panel}: {use: [${judge}], same_family: allow}}，报告里会注明。`,
    en: `the judge ${judge} is of one family with ${target}, which it would favour. Name another under judges: in the config; if it must be, say judges: {${panel}: {use: [${judge}], same_family: allow}}, and reports will show it.`,
  });

/** Said once if a suite wants judges and there are none. */
export function judgeHint(missing: readonly string[], lang: Lang): string {
  const [name = "default"] = missing;
  return {
    zh: `题集里有开放题要裁判模型，而配置里没有 judges: 的 ${missing.join("、")}；这些题会记为未判。要评分，请在 baimo.yaml 里写：\njudges: {${name}: [服务商/模型]}`,
    en: `the suites hold open questions for a judge, and the config names no judges: ${missing.join(", ")}; they stay ungraded. To grade them, write in baimo.yaml:\njudges: {${name}: [provider/model]}`,
  }[lang];
}
