import { appendFile, mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";

import type { Notify } from "../domain/config.ts";
import type { NightlyReport } from "../report/nightly.ts";
import type { Command, Context, Parsed } from "./command.ts";

import { UserError } from "../domain/text.ts";
import { mergeNights, nightOf, type NightRecord } from "../report/history.ts";
import {
  hasNews,
  newsLines,
  nightlyHeadline,
  nightlyJson,
  nightlyMarkdown,
  nightlyTerminal,
} from "../report/nightly-text.ts";
import { judgeHistory, suspects } from "../report/nightly.ts";
import { readView } from "../report/read-view.ts";
import { builtinFolder } from "../store/builtin.ts";
import { readConfig, readEnv } from "../store/config.ts";
import { readNetwork } from "../store/network.ts";
import { findBoard } from "../store/find-board.ts";
import { sendWebhook } from "./webhook.ts";
import { command as runSuites } from "./run.ts";
import { runOptions } from "./run-options.ts";

const recheckMark = ".recheck";

/**
 * Runs a board and judges the night. Exit 2 for wrong usage, 130 interrupted, 1 where a target went down,
 * 3 where the run is incomplete or a target has too little data, else 0.
 */
export const command: Command = {
  summary: { zh: "夜间榜：跑榜单，判断谁变了", en: "nightly board: run it and tell what changed" },
  usage: "--board b [-m target]… [--history folder] [--no-run] [--no-recheck]",
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
    await mkdir(folder, { recursive: true });
    const code =
      parsed.values["no-run"] === true ? 0 : await runNight(name, folder, parsed, context);
    if (code === 130) return code;
    const { nights, remeasured } = await readHistory(folder);
    if (nights.length === 0) throw emptyHistory(folder);
    const report = judgeHistory(board.id, nights, remeasured);
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

/** The night's run, then a second measurement of the targets that look changed. Its exit code. */
async function runNight(
  board: string,
  folder: string,
  parsed: Parsed,
  context: Context,
): Promise<number> {
  const stamp = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const file = join(folder, `${stamp}.jsonl`);
  const code = await runBoard(board, file, parsed.values["model"], parsed, context);
  if (code === 130 || parsed.values["no-recheck"] === true) return code;
  const { nights } = await readHistory(folder);
  const doubtful = suspects(nights);
  if (doubtful.length === 0) return code;
  context.warn(
    context.lang === "zh"
      ? `看起来有变化，先复测：${doubtful.join("、")}`
      : `These look changed and are measured again first: ${doubtful.join(", ")}`,
  );
  const again = file.replace(/\.jsonl$/, `${recheckMark}.jsonl`);
  const second = await runBoard(board, again, doubtful, parsed, context);
  return second === 130 ? second : Math.max(code, second);
}

function runBoard(
  board: string,
  file: string,
  model: Parsed["values"][string],
  parsed: Parsed,
  context: Context,
): Promise<number> {
  const passed = ["config", "concurrency", "limit", "via-sim"];
  const values = {
    ...Object.fromEntries(passed.map((name) => [name, parsed.values[name]])),
    out: relative(context.cwd, file),
    trials: textOf(parsed, "trials") ?? "3",
    reporter: "log",
    ...(model === undefined ? {} : { model }),
  };
  return runSuites.run({ values, positionals: [board] }, { ...context, print: context.warn });
}

type History = {
  readonly nights: readonly NightRecord[];
  /** Targets of the last night that were measured twice. */
  readonly remeasured: ReadonlySet<string>;
};

/** All runs of a folder by their start; a second measurement belongs to the night before it. */
async function readHistory(folder: string): Promise<History> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".jsonl"));
  const records: { night: NightRecord; isRecheck: boolean }[] = [];
  for (const name of names) {
    const night = nightOf(await readView([join(folder, name)]));
    const isRecheck = basename(name, ".jsonl").endsWith(recheckMark);
    if (night !== null) records.push({ night, isRecheck });
  }
  const nights: NightRecord[] = [];
  let remeasured: ReadonlySet<string> = new Set();
  const inOrder = records.toSorted((a, b) => a.night.started_at.localeCompare(b.night.started_at));
  for (const { night, isRecheck } of inOrder) {
    const last = nights.at(-1);
    if (isRecheck && last !== undefined) {
      nights[nights.length - 1] = mergeNights(last, night);
      remeasured = new Set(night.targets.keys());
    } else {
      nights.push(night);
      remeasured = new Set();
    }
  }
  return { nights, remeasured };
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
