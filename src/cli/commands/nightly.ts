import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import type { NightRecord } from "../../report/nightly/record.ts";
import type { Context } from "../context.ts";

import { NightlySettings } from "../../domain/config.ts";
import { type Text, UserError } from "../../domain/text.ts";
import { keepMap, readHistory } from "../../report/nightly/history.ts";
import { judgeHistory, swappedTargets, type NightlyReport } from "../../report/nightly/nightly.ts";
import { probeDays, probeSummaries } from "../../report/nightly/probe/summary.ts";
import { beijingDay } from "../../report/nightly/record.ts";
import {
  nightlyJson,
  nightlyMarkdown,
  type NightlyPage,
  nightlyTerminal,
} from "../../report/nightly/text.ts";
import { jsonText } from "../../report/render/plain.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { readConfig, readEnv } from "../../store/config.ts";
import { readTicks } from "../../store/nights/tick-files.ts";
import { boardIds, findBoard } from "../../store/suites/find-suites.ts";
import { recordNights } from "../nightly/keep.ts";
import { notify } from "../nightly/notify.ts";
import { runNight } from "../nightly/run-night.ts";
import { amount, defineCommand, flag, list, number, parsed, refused, text } from "../options.ts";
import { shared } from "../shared-options.ts";
import { keepHeapSmall } from "../shell/small-heap.ts";

const options = {
  board: shared.board,
  model: shared.model,
  config: shared.config,
  concurrency: shared.concurrency,
  limit: shared.limit,
  viaSim: shared.viaSim,
  trials: number(
    { zh: "每题重复次数，默认 3", en: "trials of each item (default 3)" },
    { whole: true, least: 1 },
    3,
  ),
  date: parsed(
    {
      zh: "新题按这一天的种子生成，默认今天（北京时间）",
      en: "fresh items by the seed of this day; today in Beijing by default",
    },
    seedOfDay,
    null,
  ),
  seed: number(
    { zh: "新题的种子，代替日期", en: "seed of the fresh items, instead of a day" },
    { whole: true, least: 0 },
    null,
  ),
  history: text({
    zh: "存各夜运行的文件夹，一张榜一个；默认 results/nightly/ 下以榜单 id 为名的那个",
    en: "folder of the nights' runs, one for each board; by default the one of the board's id in results/nightly",
  }),
  rebuild: flag({
    zh: "从运行文件重做历史，不运行",
    en: "make the history anew from the run files; run nothing",
  }),
  map: list({
    zh: "目标改了名，如 旧=新；历史从此跟着新名字",
    en: "a target was renamed, such as old=new: its history goes by the new name from now on",
  }),
  maxCost: amount({
    zh: "这一夜最多花多少钱（含复测），如 20CNY",
    en: "most money for the night, second measurements included, such as 20CNY",
  }),
  noRun: flag({ zh: "只判断历史，不运行", en: "judge the history alone, run nothing" }),
  noRecheck: flag({ zh: "不复测可疑的目标", en: "do not ask again what looks changed" }),
  probe: flag({
    zh: "全天探测：每隔 nightly.probe.every 问几道固定的题，直到停止",
    en: "probe around the clock: ask a few fixed items every nightly.probe.every until stopped",
  }),
  once: flag({ zh: "与 --probe 合用：只探测一次", en: "with --probe: one tick alone" }),
  publish: text({
    zh: "把 Markdown 和 JSON 写进这个文件夹",
    en: "write Markdown and JSON into this folder",
  }),
};

/**
 * Runs a board and judges the night. Exit 2 for wrong usage, 130 interrupted, 1 where a target went down
 * or another model answered for it,
 * 3 where the run is incomplete or a target has too little data or trouble that is not its own, else 0.
 */
export const command = defineCommand({
  usage:
    "--board b [-m target]… [--history folder] [--date d | --seed n] [--no-run | --rebuild | --probe [--once]] [--no-recheck]",
  options,
  run: async (options, context) => {
    const { board: name, date, seed, history, rebuild } = options;
    const folders = { cwd: context.cwd, builtin: builtinFolder("suites") };
    if (name === null) throw missingBoard(await boardIds(folders));
    const board = await findBoard(name, folders);
    const folder = resolve(context.cwd, history ?? join("results", "nightly", board.id));
    const config = (await readConfig(context.cwd, options.config))?.config ?? null;
    const settings = config?.nightly ?? NightlySettings.parse({});
    const today = beijingDay(new Date().toISOString());
    const reseed = seed ?? date ?? seedOfDay(today, "date");
    keepHeapSmall("reading");
    await mkdir(folder, { recursive: true });
    await keepMaps(folder, options.map);
    if (options.once && !options.probe) throw onceAlone;
    if (options.probe) {
      const { probe } = await import("../nightly/probe/probe.ts");
      return probe({ board: name, folder, config }, options, context);
    }
    const tonight = { board: name, folder, reseed, settings, config };
    const code = rebuild || options.noRun ? 0 : await runNight(tonight, options, context);
    if (code === 130) return code;
    const written = await recordNights(folder, { rebuild, slots: settings.slots });
    if (rebuild) context.warn(rebuiltText(written, folder)[context.lang]);
    const { nights, lost, sent } = await readHistory(folder);
    if (nights.length === 0) throw emptyHistory(folder);
    if (lost.length > 0) context.warn(lostText(lost)[context.lang]);
    const report = judgeHistory(board.id, nights);
    const budget = options.maxCost ?? config?.run?.max_cost ?? null;
    const now = new Date();
    const page = { acks: settings.acks, budget, probe: await probed(folder, now) };
    context.print(nightlyTerminal(report, page, context.lang, context.columns));
    await publish(report, page, options.publish, context);
    const env = await readEnv(context.cwd, context.env);
    const hooks = config?.notify ?? [];
    await notify({ report, folder, sent, hooks, settings, env, now }, context);
    const sameModel = config?.gate?.same_model ?? true;
    return exitCode(report, nights.at(-1), code, sameModel);
  },
});

const missingBoard = (known: readonly string[]): UserError =>
  new UserError({
    zh: `请用 --board 指明榜单，有 ${known.join("、")}，或自己的榜单文件`,
    en: `Name a board with --board: ${known.join(", ")}, or a board file of your own`,
  });

const onceAlone = new UserError({
  zh: "--once 要与 --probe 合用",
  en: "--once goes with --probe",
});

/** What the probe saw in its last days. */
const probed = async (folder: string, now: Date): Promise<NightlyPage["probe"]> => {
  const since = beijingDay(new Date(now.getTime() - probeDays * 86_400_000).toISOString());
  return probeSummaries(await readTicks(folder, since), now.toISOString());
};

const emptyHistory = (folder: string): UserError =>
  new UserError({ zh: `${folder} 里没有运行文件`, en: `${folder} holds no run file` });

const rebuiltText = (written: number, folder: string): Text => ({
  zh: `重做了 ${written} 份夜间记录（${folder}）`,
  en: `${written} records of nights were made anew (${folder})`,
});

/** The branch or folder of the history may have been cut back, pushed over, or fetched in part. */
const lostText = (lost: readonly string[]): Text => ({
  zh: `历史缺了 ${lost.length} 份记录（如 ${lost[0]}）：历史分支可能被强推、被清理，或只取回了一部分。请从备份取回；判断只用现有的夜晚。`,
  en: `The history lacks ${lost.length} records (such as ${lost[0]}): its branch may have been force-pushed, cleaned, or fetched in part. Restore them; what is there is judged.`,
});

/** Renamings, each `old=new`. */
async function keepMaps(folder: string, given: readonly string[]): Promise<void> {
  const when = new Date().toISOString();
  for (const map of given) {
    const [from = "", to = "", ...more] = map.split("=");
    if (from === "" || to === "" || more.length > 0) {
      throw refused("map", { zh: "应是 旧=新", en: "must be old=new" }, map);
    }
    await keepMap(folder, { from, to, when });
  }
}

/** A day as a number, such as 20261122, so that a night's fresh items can be drawn again from its date. */
function seedOfDay(day: string, named: string): number {
  const isDay =
    /^\d{4}-\d\d-\d\d$/.test(day) && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day);
  if (isDay) return Number(day.replaceAll("-", ""));
  const expected = { zh: "应是一天，例如 2026-11-22", en: "must be a day such as 2026-11-22" };
  throw refused(named, expected, day);
}

async function publish(
  report: NightlyReport,
  page: NightlyPage,
  folder: string | null,
  context: Context,
): Promise<void> {
  const markdown = nightlyMarkdown(report, page, context.lang);
  if (folder !== null) {
    const path = resolve(context.cwd, folder);
    await mkdir(path, { recursive: true });
    await writeFile(join(path, `${report.board}.md`), markdown);
    const data = jsonText(nightlyJson(report, page), 2);
    await writeFile(join(path, `${report.board}.json`), `${data}\n`);
  }
  const summary = context.env["GITHUB_STEP_SUMMARY"];
  if (summary !== undefined && summary !== "") await appendFile(summary, markdown);
}

function exitCode(
  report: NightlyReport,
  tonight: NightRecord | undefined,
  run: number,
  sameModel: boolean,
): number {
  const { targets } = report;
  if (sameModel && swappedTargets(report).length > 0) return 1;
  if (targets.some(({ judgement }) => judgement === "down")) return 1;
  const open = targets.some(({ judgement }) => judgement === "not enough data");
  return run === 3 || open || tonight?.complete !== true ? 3 : 0;
}
