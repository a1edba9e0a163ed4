import { basename, join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { Config } from "../../domain/config.ts";
import type { Money } from "../../domain/money.ts";
import type { Lang } from "../../domain/text.ts";
import type { NightRecord } from "../../report/nightly/record.ts";
import type { Context } from "../context.ts";

import { durationMs, type NightlySettings } from "../../domain/config.ts";
import { lockFile } from "../../files/lock.ts";
import { packedEnding } from "../../files/packed.ts";
import { readHistory } from "../../report/nightly/history.ts";
import { suspects } from "../../report/nightly/nightly.ts";
import { readConfig } from "../../store/config.ts";
import { openGraders } from "../../store/graders.ts";
import { command as runSuites } from "../commands/run.ts";
import { defaultsOf } from "../options.ts";
import { type RunOptions, runOptions } from "../run/options.ts";
import { recheckFile, unfinishedNight } from "./files.ts";
import { nightLock, recordNights, restNights } from "./keep.ts";
import { regradeKept } from "./regrade.ts";

/** What `baimo nightly` hands on to the runs of a night. */
export type NightRunOptions = Pick<
  RunOptions,
  "model" | "config" | "concurrency" | "limit" | "viaSim" | "maxCost"
> & { readonly trials: number; readonly noRecheck: boolean };

export type Tonight = {
  readonly board: string;
  readonly folder: string;
  readonly reseed: number;
  readonly settings: NightlySettings;
  readonly config: Config | null;
};

/**
 * The night's run, then a second measurement of the targets that look changed or did not answer, the latter after a wait;
 * then all that is kept of it. Resolves to the exit code. Rejects with a UserError while another process runs a night
 * into the same history.
 */
export async function runNight(
  tonight: Tonight,
  options: NightRunOptions,
  context: Context,
): Promise<number> {
  const lock = await lockFile(nightLock(tonight.folder));
  if (lock.tookOver !== null) context.warn(lock.tookOver[context.lang]);
  try {
    const code = await measureNight(tonight, options, context);
    if (code === 130) return code;
    await recordNights(tonight.folder, { rebuild: false, slots: tonight.settings.slots });
    await restNights(tonight.folder, tonight.settings.keep ?? null);
    return code;
  } finally {
    await lock.release();
  }
}

async function measureNight(
  tonight: Tonight,
  options: NightRunOptions,
  context: Context,
): Promise<number> {
  const { folder, reseed, settings } = tonight;
  const now = new Date();
  // Milliseconds too, so that two nights in one second do not share a file.
  const stamp = now.toISOString().replaceAll(/[-:.]/g, "");
  const file = (await unfinishedNight(folder, reseed, now)) ?? join(folder, `${stamp}.jsonl`);
  const code = await runBoard(tonight, file, options, context);
  if (code === 130) return code;
  await recordNights(folder, { rebuild: false, slots: settings.slots });
  await regradeNights(tonight, options, context);
  if (options.noRecheck) return code;
  const { measurements, maps, nights } = await readHistory(folder);
  // A second measurement that was cut off belongs to the night and is not judged yet.
  const first = measurements.findLast(({ second_of }) => second_of === null);
  const before = nights.map((night) => (night.run === first?.run ? first : night));
  const { changed, troubled } = suspects(maps.length === 0 ? before : nights);
  const again = [...changed, ...troubled.filter((ref) => !changed.includes(ref))];
  if (again.length === 0) return code;
  const left = budgetLeft(options.maxCost ?? tonight.config?.run?.max_cost ?? null, first);
  if (left !== null && left.amount <= 0) {
    context.warn(spentText(again, context.lang));
    return code;
  }
  context.warn(againText(changed, troubled, settings.retry_after, context.lang));
  if (troubled.length > 0 && !(await waited(durationMs(settings.retry_after), context))) return 130;
  const second = await runBoard(
    tonight,
    recheckFile(file),
    { ...options, model: again, maxCost: left },
    context,
  );
  return second === 130 ? second : Math.max(code, second);
}

/** Answers of earlier nights whose graders are others tonight. */
async function regradeNights(
  { folder, settings }: Tonight,
  options: NightRunOptions,
  context: Context,
): Promise<void> {
  const { measurements } = await readHistory(folder);
  const graders = openGraders(await readConfig(context.cwd, options.config));
  const { files, answers } = await context.finishing(() =>
    regradeKept(folder, measurements, { graders, signal: context.stopping }),
  );
  if (answers === 0) return;
  context.warn(
    context.lang === "zh"
      ? `评分器有变：留存的 ${files} 个运行文件里 ${answers} 次作答已按新版重评`
      : `Graders changed: ${answers} answers of ${files} kept run files were graded again`,
  );
  await recordNights(folder, { rebuild: false, slots: settings.slots });
}

/** False where the process was asked to stop meanwhile. */
async function waited(ms: number, { stopping }: Context): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal: stopping });
    return true;
  } catch {
    return false;
  }
}

/** What is left of the night's budget; null without one. */
function budgetLeft(most: Money | null, night: NightRecord | undefined): Money | null {
  if (most === null || night === undefined) return most;
  const spent = [...night.targets.values()].reduce((sum, { cost }) => sum + cost[most.currency], 0);
  return { amount: Math.max(0, most.amount - spent), currency: most.currency };
}

const joined = (refs: readonly string[], lang: Lang): string =>
  refs.join(lang === "zh" ? "、" : ", ");

const spentText = (again: readonly string[], lang: Lang): string =>
  lang === "zh"
    ? `预算已用完，不再复测：${joined(again, lang)}`
    : `The budget is spent; not measured again: ${joined(again, lang)}`;

function againText(
  changed: readonly string[],
  troubled: readonly string[],
  wait: string,
  lang: Lang,
): string {
  const zh = lang === "zh";
  const lines = [
    changed.length === 0
      ? null
      : zh
        ? `看起来有变化，先复测：${joined(changed, lang)}`
        : `These look changed and are measured again first: ${joined(changed, lang)}`,
    troubled.length === 0
      ? null
      : zh
        ? `没有正常作答，${wait} 后再试：${joined(troubled, lang)}`
        : `These did not answer as usual and are asked again in ${wait}: ${joined(troubled, lang)}`,
  ];
  return lines.filter((line) => line !== null).join("\n");
}

/** What it says at its end comes when the file's own name is known: a run that came to its end is packed. */
async function runBoard(
  { board, reseed }: Tonight,
  file: string,
  options: NightRunOptions,
  context: Context,
): Promise<number> {
  const { model, config, concurrency, limit, viaSim, trials, maxCost } = options;
  const night = { model, config, concurrency, limit, viaSim, trials, maxCost, reseed };
  const out = relative(context.cwd, file);
  const said: string[] = [];
  const code = await runSuites.run(
    { ...defaultsOf(runOptions), ...night, out, reporter: "log", positionals: [board] },
    { ...context, print: (text) => said.push(text) },
  );
  const name = basename(file);
  const kept = code === 130 ? name : `${name}${packedEnding}`;
  for (const text of said) context.warn(text.replaceAll(name, kept));
  return code;
}
