import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";

import type { Notify } from "../../domain/config.ts";
import type { NightlyReport } from "../../report/nightly/nightly.ts";
import type { ConfigFile } from "../../store/config.ts";
import type { Context } from "../context.ts";

import { UserError } from "../../domain/text.ts";
import { beijingDay, type NightRecord } from "../../report/nightly/history.ts";
import { judgeHistory, suspects, swappedTargets } from "../../report/nightly/nightly.ts";
import {
  hasNews,
  newsLines,
  nightlyHeadline,
  nightlyJson,
  nightlyMarkdown,
  nightlyTerminal,
  nightRemarks,
} from "../../report/nightly/text.ts";
import { chatLine, jsonText } from "../../report/render/plain.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { readConfig, readEnv } from "../../store/config.ts";
import { readNetwork } from "../../store/providers/network.ts";
import { findBoard } from "../../store/suites/find-suites.ts";
import { readHistory, recheckFile, unfinishedNight } from "../nightly/files.ts";
import { sendWebhook } from "../nightly/webhook.ts";
import {
  defaultsOf,
  defineCommand,
  flag,
  number,
  type OptionsOf,
  parsed,
  refused,
  text,
} from "../options.ts";
import { runOptions } from "../run/options.ts";
import { shared } from "../shared-options.ts";
import { command as runSuites } from "./run.ts";

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
    zh: "历史运行文件夹，默认 results/nightly/榜单",
    en: "folder of earlier runs, results/nightly/board by default",
  }),
  noRun: flag({ zh: "只判断历史，不运行", en: "judge the history alone, run nothing" }),
  noRecheck: flag({ zh: "不复测可疑的目标", en: "do not ask again what looks changed" }),
  publish: text({
    zh: "把 Markdown 和 JSON 写进这个文件夹",
    en: "write Markdown and JSON into this folder",
  }),
};

type NightlyOptions = OptionsOf<typeof options>;

/**
 * Runs a board and judges the night. Exit 2 for wrong usage, 130 interrupted, 1 where a target went down or another model
 * answered for it,
 * 3 where the run is incomplete, a target has too little data or its endpoint was broken, else 0.
 */
export const command = defineCommand({
  usage:
    "--board b [-m target]… [--history folder] [--date d | --seed n] [--no-run] [--no-recheck]",
  options,
  run: async (options, context) => {
    const { board: name, date, seed, history, noRun, config } = options;
    if (name === null) throw missingBoard;
    const board = await findBoard(name, { cwd: context.cwd, builtin: builtinFolder("suites") });
    const folder = resolve(context.cwd, history ?? join("results", "nightly", board.id));
    const today = beijingDay(new Date().toISOString());
    const reseed = seed ?? date ?? seedOfDay(today, "date");
    await mkdir(folder, { recursive: true });
    const code = noRun ? 0 : await runNight({ board: name, folder, reseed }, options, context);
    if (code === 130) return code;
    const nights = await readHistory(folder);
    if (nights.length === 0) throw emptyHistory(folder);
    const report = judgeHistory(board.id, nights);
    context.print(nightlyTerminal(report, context.lang, context.columns));
    await publish(report, options.publish, context);
    const read = await readConfig(context.cwd, config);
    await notify(report, read, context);
    const sameModel = read?.config.gate?.same_model ?? true;
    return exitCode(report, nights.at(-1), code, sameModel);
  },
});

const missingBoard = new UserError({
  zh: "请用 --board 指明榜单",
  en: "Name a board with --board",
});

const emptyHistory = (folder: string): UserError =>
  new UserError({ zh: `${folder} 里没有运行文件`, en: `${folder} holds no run file` });

/** A day as a number, such as 20261122, so that a night's fresh items can be drawn again from its date. */
function seedOfDay(day: string, named: string): number {
  const isDay =
    /^\d{4}-\d\d-\d\d$/.test(day) && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day);
  if (isDay) return Number(day.replaceAll("-", ""));
  const expected = { zh: "应是一天，例如 2026-11-22", en: "must be a day such as 2026-11-22" };
  throw refused(named, expected, day);
}

type Tonight = { readonly board: string; readonly folder: string; readonly reseed: number };

/** The night's run, then a second measurement of the targets that look changed. Its exit code. */
async function runNight(
  tonight: Tonight,
  options: NightlyOptions,
  context: Context,
): Promise<number> {
  const { folder, reseed } = tonight;
  const now = new Date();
  // Milliseconds too, so that two nights in one second do not share a file.
  const stamp = now.toISOString().replaceAll(/[-:.]/g, "");
  const file = (await unfinishedNight(folder, reseed, now)) ?? join(folder, `${stamp}.jsonl`);
  const again = recheckFile(file);
  const code = await runBoard(tonight, file, options, context);
  if (code === 130 || options.noRecheck) return code;
  const doubtful = suspects(await readHistory(folder, again));
  if (doubtful.length === 0) return code;
  context.warn(
    context.lang === "zh"
      ? `看起来有变化，先复测：${doubtful.join("、")}`
      : `These look changed and are measured again first: ${doubtful.join(", ")}`,
  );
  const second = await runBoard(tonight, again, { ...options, model: doubtful }, context);
  return second === 130 ? second : Math.max(code, second);
}

function runBoard(
  { board, reseed }: Tonight,
  file: string,
  { model, config, concurrency, limit, viaSim, trials }: NightlyOptions,
  context: Context,
): Promise<number> {
  const night = { model, config, concurrency, limit, viaSim, trials, reseed };
  const out = relative(context.cwd, file);
  return runSuites.run(
    { ...defaultsOf(runOptions), ...night, out, reporter: "log", positionals: [board] },
    { ...context, print: context.warn },
  );
}

async function publish(
  report: NightlyReport,
  folder: string | null,
  context: Context,
): Promise<void> {
  const markdown = nightlyMarkdown(report, context.lang);
  if (folder !== null) {
    const path = resolve(context.cwd, folder);
    await mkdir(path, { recursive: true });
    await writeFile(join(path, `${report.board}.md`), markdown);
    const data = jsonText(nightlyJson(report), 2);
    await writeFile(join(path, `${report.board}.json`), `${data}\n`);
  }
  const summary = context.env["GITHUB_STEP_SUMMARY"];
  if (summary !== undefined && summary !== "") await appendFile(summary, markdown);
}

/** Sends the news to the webhooks of the config. One that fails is reported and does not change the result. */
async function notify(
  report: NightlyReport,
  config: ConfigFile | null,
  context: Context,
): Promise<void> {
  const env = await readEnv(context.cwd, context.env);
  const news = hasNews(report);
  for (const hook of config?.config.notify ?? []) {
    if (hook.when === "changes" && !news) continue;
    const problem = await send(hook, report, env, context);
    if (problem !== null) {
      context.warn(
        context.lang === "zh"
          ? `${hook.kind} 通知未送达：${problem}`
          : `${hook.kind}: not delivered: ${problem}`,
      );
    }
  }
}

async function send(
  hook: Notify,
  report: NightlyReport,
  env: Context["env"],
  { lang, signal }: Context,
): Promise<string | null> {
  const url = env[hook.url_env];
  if (url === undefined || url === "") {
    return lang === "zh" ? `缺少环境变量 ${hook.url_env}` : `${hook.url_env} is not set`;
  }
  const secret = hook.secret_env === undefined ? null : (env[hook.secret_env] ?? "");
  if (secret === "") {
    return lang === "zh" ? `缺少环境变量 ${hook.secret_env}` : `${hook.secret_env} is not set`;
  }
  const title = chatLine(`${report.board} ${report.date}`);
  const told = [...newsLines(report, lang), ...nightRemarks(report, lang)];
  const lines = [nightlyHeadline(report, lang), ...told].map(chatLine);
  const text = [`**${title}**`, ...lines].join("\n\n");
  const message = { title, text, data: nightlyJson(report) };
  const keys = { url, secret, now: Date.now() };
  try {
    const { network } = await readNetwork({ id: hook.kind }, { env, folder: "", base_url: url });
    return await sendWebhook(hook.kind, message, keys, { signal, network });
  } catch (error) {
    if (error instanceof UserError) return error.text[lang];
    throw error;
  }
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
  const open = targets.some(
    ({ judgement }) => judgement === "not enough data" || judgement === "broken",
  );
  return run === 3 || open || tonight?.complete !== true ? 3 : 0;
}
