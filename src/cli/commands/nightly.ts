import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";

import type { Notify } from "../../domain/config.ts";
import type { NightlyReport } from "../../report/nightly/nightly.ts";
import type { Command, Context, Parsed } from "../command.ts";

import { UserError } from "../../domain/text.ts";
import { beijingDay, type NightRecord } from "../../report/nightly/history.ts";
import {
  hasNews,
  newsLines,
  nightlyHeadline,
  nightlyJson,
  nightlyMarkdown,
  nightlyTerminal,
} from "../../report/nightly/text.ts";
import { judgeHistory, suspects } from "../../report/nightly/nightly.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { readConfig, readEnv } from "../../store/config.ts";
import { readNetwork } from "../../store/providers/network.ts";
import { readHistory, recheckFile, unfinishedNight } from "../nightly/files.ts";
import { sendWebhook } from "../nightly/webhook.ts";
import { command as runSuites } from "./run.ts";
import { runOptions } from "../run/options.ts";
import { findBoard } from "../../store/suites/find-suites.ts";

/**
 * Runs a board and judges the night. Exit 2 for wrong usage, 130 interrupted, 1 where a target went down,
 * 3 where the run is incomplete or a target has too little data, else 0.
 */
export const command: Command = {
  summary: { zh: "夜间榜：跑榜单，判断谁变了", en: "nightly board: run it and tell what changed" },
  usage:
    "--board b [-m target]… [--history folder] [--date d | --seed n] [--no-run] [--no-recheck]",
  options: {
    board: { type: "string", help: { zh: "榜单的 id 或文件", en: "id or file of a board" } },
    model: runOptions.model,
    config: runOptions.config,
    concurrency: runOptions.concurrency,
    limit: runOptions.limit,
    "via-sim": runOptions["via-sim"],
    trials: {
      type: "string",
      help: { zh: "每题重复次数，默认 3", en: "trials of each item; 3 unless said" },
    },
    date: {
      type: "string",
      help: {
        zh: "新题按这一天的种子出，默认今天（北京时间）",
        en: "fresh items by the seed of this day; today in Beijing by default",
      },
    },
    seed: {
      type: "string",
      help: { zh: "新题的种子，代替日期", en: "seed of the fresh items, instead of a day" },
    },
    history: {
      type: "string",
      help: {
        zh: "历史运行文件夹，默认 results/nightly/榜单",
        en: "folder of earlier runs, results/nightly/board by default",
      },
    },
    "no-run": {
      type: "boolean",
      help: { zh: "只看历史，不跑", en: "judge the history alone, run nothing" },
    },
    "no-recheck": {
      type: "boolean",
      help: { zh: "不复测可疑的目标", en: "do not ask again what looks changed" },
    },
    publish: {
      type: "string",
      help: {
        zh: "把 Markdown 和 JSON 写进这个文件夹",
        en: "write Markdown and JSON into this folder",
      },
    },
  },
  run: async (parsed, context) => {
    const name = textOf(parsed, "board");
    if (name === null) throw missingBoard;
    const board = await findBoard(name, { cwd: context.cwd, builtin: builtinFolder("suites") });
    const folder = resolve(
      context.cwd,
      textOf(parsed, "history") ?? join("results", "nightly", board.id),
    );
    const reseed = seedOf(parsed, new Date());
    await mkdir(folder, { recursive: true });
    const night = { board: name, folder, reseed };
    const code = parsed.values["no-run"] === true ? 0 : await runNight(night, parsed, context);
    if (code === 130) return code;
    const nights = await readHistory(folder);
    if (nights.length === 0) throw emptyHistory(folder);
    const report = judgeHistory(board.id, nights);
    context.print(nightlyTerminal(report, context.lang, context.columns));
    await publish(report, parsed, context);
    await notify(report, parsed, context);
    return exitCode(report, nights.at(-1), code);
  },
};

const textOf = ({ values }: Parsed, name: string): string | null => {
  const value = values[name];
  return typeof value === "string" ? value : null;
};

const missingBoard = new UserError({
  zh: "请用 --board 指明榜单",
  en: "Name a board with --board",
});

const emptyHistory = (folder: string): UserError =>
  new UserError({ zh: `${folder} 里没有运行文件`, en: `${folder} holds no run file` });

/** A day as a number, such as 20261122, so that a night's fresh items can be drawn again from its date. */
function seedOf(parsed: Parsed, now: Date): number {
  const day = textOf(parsed, "date") ?? beijingDay(now.toISOString());
  const text = textOf(parsed, "seed") ?? (isDay(day) ? day.replaceAll("-", "") : "");
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new UserError({
    zh: "--date 应是一天，例如 2026-11-22；--seed 应是不小于 0 的整数",
    en: "--date must be a day such as 2026-11-22, --seed a whole number of at least 0",
  });
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text);

type Tonight = { readonly board: string; readonly folder: string; readonly reseed: number };

/** The night's run, then a second measurement of the targets that look changed. Its exit code. */
async function runNight(tonight: Tonight, parsed: Parsed, context: Context): Promise<number> {
  const { folder, reseed } = tonight;
  const now = new Date();
  const stamp = now.toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const file = (await unfinishedNight(folder, reseed, now)) ?? join(folder, `${stamp}.jsonl`);
  const again = recheckFile(file);
  const code = await runBoard(tonight, file, parsed.values["model"], parsed, context);
  if (code === 130 || parsed.values["no-recheck"] === true) return code;
  const doubtful = suspects(await readHistory(folder, again));
  if (doubtful.length === 0) return code;
  context.warn(
    context.lang === "zh"
      ? `看起来有变化，先复测：${doubtful.join("、")}`
      : `These look changed and are measured again first: ${doubtful.join(", ")}`,
  );
  const second = await runBoard(tonight, again, doubtful, parsed, context);
  return second === 130 ? second : Math.max(code, second);
}

function runBoard(
  { board, reseed }: Tonight,
  file: string,
  model: Parsed["values"][string],
  parsed: Parsed,
  context: Context,
): Promise<number> {
  const passed = ["config", "concurrency", "limit", "via-sim"];
  const values = {
    ...Object.fromEntries(passed.map((name) => [name, parsed.values[name]])),
    out: relative(context.cwd, file),
    reseed: String(reseed),
    trials: textOf(parsed, "trials") ?? "3",
    reporter: "log",
    ...(model === undefined ? {} : { model }),
  };
  return runSuites.run({ values, positionals: [board] }, { ...context, print: context.warn });
}

async function publish(report: NightlyReport, parsed: Parsed, context: Context): Promise<void> {
  const markdown = nightlyMarkdown(report, context.lang);
  const folder = textOf(parsed, "publish");
  if (folder !== null) {
    const path = resolve(context.cwd, folder);
    await mkdir(path, { recursive: true });
    await writeFile(join(path, `${report.board}.md`), markdown);
    const data = JSON.stringify(nightlyJson(report), null, 2);
    await writeFile(join(path, `${report.board}.json`), `${data}\n`);
  }
  const summary = context.env["GITHUB_STEP_SUMMARY"];
  if (summary !== undefined && summary !== "") await appendFile(summary, markdown);
}

/** Sends the news where the config says; a webhook that fails is told and spoils nothing. */
async function notify(report: NightlyReport, parsed: Parsed, context: Context): Promise<void> {
  const config = await readConfig(context.cwd, textOf(parsed, "config"));
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
  const headline = nightlyHeadline(report, lang);
  const title = `${report.board} ${report.date}`;
  const text = [`**${title}**`, headline, ...newsLines(report, lang)].join("\n\n");
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
  { targets }: NightlyReport,
  tonight: NightRecord | undefined,
  run: number,
): number {
  if (targets.some(({ judgement }) => judgement === "down")) return 1;
  const open = targets.some(({ judgement }) => judgement === "not enough data");
  return run === 3 || open || tonight?.complete !== true ? 3 : 0;
}
