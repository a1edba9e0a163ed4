import type { RunLine } from "../../../domain/run-file/header.ts";
import type { Text } from "../../../domain/text.ts";
import type { Plan } from "../../../engine/plan/plan.ts";

import { readResumePoint } from "../../../engine/run/resume.ts";
import { newestRuns } from "../../../store/runs/newest.ts";
import { readHeader } from "../../../store/runs/reader.ts";
import { isSamePlan, planChanges } from "./changed-plan.ts";
import { movedTargets } from "./moved.ts";

/** A run that a new one does not go on with, and what differs. */
export type PassedOver = {
  readonly file: string;
  readonly why: readonly Text[];
  /** Its suites lie as they were, so that `--resume` goes on with it. */
  readonly goesOn: boolean;
};

/**
 * The newest run in `folder` that asks nearly the same, where it is unfinished and another plan or server keeps a new one from
 * going on with it: a suite was edited, the config names one target more, an address changed. Null if there is none.
 */
export async function passedOver(plan: Plan, folder: string): Promise<PassedOver | null> {
  for (const file of await newestRuns(folder)) {
    const header = await readHeader(file).catch(() => null);
    if (header === null || !asksNearlyTheSame(header, plan)) continue;
    // Shards of one run lie side by side.
    if ((header.settings.shard ?? plan.settings.shard) !== undefined) return null;
    const why = [...planChanges(header, plan), ...movedTo(header, plan)];
    const { end } = await readResumePoint(file, "none");
    if (end?.status === "complete" || why.length === 0) return null;
    return { file, why, goesOn: isSamePlan(header, plan) || !isEdited(header, plan) };
  }
  return null;
}

/** The same suites for some of the targets, or the same targets on some of the suites. */
function asksNearlyTheSame(old: RunLine, { suites, targets }: Plan): boolean {
  const asked = sides(
    old.suites.map(({ id }) => id),
    suites.map(({ id }) => id),
  );
  const asks = sides(real(old.targets), real(targets.map(({ entry }) => entry)));
  return (asked.same && asks.shared) || (asks.same && asked.shared);
}

function sides(a: readonly string[], b: readonly string[]) {
  const shared = a.filter((each) => b.includes(each)).length;
  return { shared: shared > 0, same: shared === a.length && shared === b.length };
}

/** Baselines cost nothing, and every run has them. */
function real(targets: readonly Pick<RunLine["targets"][number], "ref">[]): readonly string[] {
  const refs = targets.map(({ ref }) => ref);
  const models = refs.filter((ref) => !ref.startsWith("baseline/"));
  return models.length > 0 ? models : refs;
}

const isEdited = (old: RunLine, { suites }: Plan): boolean =>
  old.suites.some(({ id, digest }) =>
    suites.some((suite) => suite.id === id && suite.digest !== digest),
  );

const movedTo = (old: RunLine, plan: Plan): readonly Text[] =>
  movedTargets(old, plan).map(({ ref, was, is }) => ({
    zh: `${ref} 的地址由 ${was} 换成了 ${is}`,
    en: `${ref} is at ${is} now, was at ${was}`,
  }));

/** `file` and `command` as the user would write them. */
export function passedOverText({ why, goesOn }: PassedOver, file: string, command: string): Text {
  const then = goesOn
    ? {
        zh: `要照原来的计划接着跑：${command} run --resume ${file}`,
        en: `To go on by its own plan: ${command} run --resume ${file}`,
      }
    : {
        zh: "要接着跑它，先把题集改回去，再执行同一命令",
        en: "To go on with it, undo the edit and say the same command again",
      };
  return {
    zh: `另开一次新的运行：${why.map(({ zh }) => zh).join("，")}；未做完的 ${file} 留着。${then.zh}`,
    en: `A new run begins: ${why.map(({ en }) => en).join("; ")}. The unfinished ${file} stays as it is. ${then.en}`,
  };
}
