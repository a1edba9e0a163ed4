import { parseArgs } from "node:util";

import type { Command, Context } from "./command.ts";
import type { Lang, Text } from "../domain/text.ts";

import { formatProblem, UserError } from "../domain/text.ts";
import { loadPlugin } from "../plugins.ts";

/** Summaries stand here as well, so that help loads no command; a test holds them against the commands' own. */
export const commands: Readonly<Record<string, Text>> = {
  run: { zh: "跑评测，出排行榜", en: "run suites and print a leaderboard" },
  check: {
    zh: "检查题集、榜单、服务商与配置，并显示每个任务的第一个提示词",
    en: "validate suites, boards, providers and config; show the first prompt of each task",
  },
  score: {
    zh: "用现有答案重新评分，不重问被评的模型",
    en: "grade again, without asking the models again",
  },
  review: {
    zh: "人工裁定：导出、导入、在终端里裁，双盲对比",
    en: "rulings by people: export, import, in the terminal; blind side by side",
  },
  calibrate: { zh: "用人工标注检验评分器", en: "measure a grader against labelled replies" },
  import: {
    zh: "把公开评测集、表格或日志导入为题集",
    en: "turn a public benchmark, a table or a log into a suite",
  },
  leaderboard: { zh: "从运行文件生成排行榜", en: "a leaderboard from run files" },
  compare: { zh: "比较运行文件：差多少、多确定", en: "compare run files: how much, how sure" },
  gate: { zh: "按配置里的门禁规则检查一次运行", en: "check a run against the config's gate rules" },
  nightly: { zh: "夜间榜：跑榜单，判断谁变了", en: "nightly board: run it and tell what changed" },
  plan: {
    zh: "算出要多少题、重复几次、花多少钱",
    en: "items, trials and cost that a comparison needs",
  },
  providers: { zh: "列出服务商", en: "list the providers" },
  models: { zh: "列出模型、价格与限额", en: "list models with prices and limits" },
  init: {
    zh: "写出带注释的 baimo.yaml 和一个小题集",
    en: "write a commented baimo.yaml and a small suite",
  },
  ping: {
    zh: "向每个目标发一个小请求，说明哪里不通、该怎么办",
    en: "send one small request to each target; say what is wrong and what to do",
  },
  sim: { zh: "单独运行本机的厂商模拟器", en: "run the loopback vendor simulator alone" },
};

const globalOptions = {
  help: { type: "boolean", short: "h" },
  lang: { type: "string" },
  version: { type: "boolean" },
} as const;

/** What a process gives: everything of a `Context` but the language, which the arguments decide. */
export type Host = Omit<Context, "lang">;

/** Runs the command that the arguments name; resolves to the exit code. Touches nothing but its host. */
export async function main(args: readonly string[], host: Host): Promise<number> {
  const lang = languageOf(args, host.env);
  const [name, ...rest] = args;
  const say = (text: string): number => {
    host.print(text);
    return 0;
  };
  try {
    if (name === undefined || name === "--help" || name === "-h" || name === "help") {
      return say(overview(lang));
    }
    if (name === "--version") return say(await version());
    const command = await load(name);
    const { values, positionals, help } = parse(command, name, rest);
    if (help) return say(usage(name, command, lang));
    return await command.run({ values, positionals }, { ...host, lang });
  } catch (error) {
    return report(error, lang, host);
  }
}

/** `--lang`, else the locale; a locale that names no language counts as Chinese. */
export function languageOf(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Lang {
  const flag = args.find((each) => each.startsWith("--lang="))?.slice(7);
  const asked = flag ?? (args.includes("--lang") ? args[args.indexOf("--lang") + 1] : undefined);
  if (asked !== undefined) return asked.toLowerCase().startsWith("en") ? "en" : "zh";
  const locale = env["LC_ALL"] || env["LC_MESSAGES"] || env["LANG"] || "";
  return /^(zh|c\b|posix|$)/i.test(locale) ? "zh" : "en";
}

async function load(name: string): Promise<Command> {
  if (!Object.hasOwn(commands, name)) {
    const { nearest } = await import("../text/nearest.ts");
    const near = nearest(name, Object.keys(commands));
    throw new UserError({
      zh: `没有 ${name} 这个命令${near === null ? "" : `，是不是 ${near}？`}（baimo --help 列出全部）`,
      en: `there is no command ${name}${near === null ? "" : `; did you mean ${near}?`} (baimo --help lists them)`,
    });
  }
  const command = await loadPlugin<Command>("cli/commands", name);
  if (command === null) throw new Error(`src/cli/commands/ has no ${name}`);
  return command;
}

function parse(command: Command, name: string, args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...command.options, ...globalOptions },
      allowPositionals: true,
      strict: true,
    });
    const { help = false, lang: _lang, ...own } = values;
    return { values: own, positionals, help };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(". To ")[0] : String(error);
    throw new UserError({
      zh: `${reason}（baimo ${name} --help 列出可用的选项）`,
      en: `${reason} (baimo ${name} --help lists the options)`,
    });
  }
}

function report(error: unknown, lang: Lang, { warn }: Host): number {
  if (error instanceof UserError) {
    const problems = error.problems.map((problem) => formatProblem(problem, lang));
    warn((problems.length > 0 ? problems : [error.text[lang]]).join("\n"));
    return error.exitCode;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const lead = { zh: "baimo 内部出错，请报告：", en: "A fault inside baimo, please report it:" };
  warn(`${lead[lang]}\n${detail}`);
  return 3;
}

async function version(): Promise<string> {
  const { packageVersion } = await import("../store/builtin.ts");
  return packageVersion().version;
}

function overview(lang: Lang): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const rows = Object.entries(commands).map(
    ([name, summary]) => `  ${name.padEnd(width)}  ${summary[lang]}`,
  );
  const text = {
    zh: [
      "baimo 百模：中文任务上的大模型评测",
      "",
      "用法：baimo <命令> [参数]",
      "",
      ...rows,
      "",
      "每个命令都有 --help；--lang zh|en 选择语言。",
    ],
    en: [
      "baimo 百模: benchmarks of LLM providers on Chinese tasks",
      "",
      "Usage: baimo <command> [arguments]",
      "",
      ...rows,
      "",
      "Every command takes --help; --lang zh|en chooses the language.",
    ],
  };
  return text[lang].join("\n");
}

function usage(name: string, command: Command, lang: Lang): string {
  const flags = Object.entries(command.options).map(([flag, { help, type, short }]) => {
    const shown = `${short === undefined ? "" : `-${short}, `}--${flag}${type === "string" ? " …" : ""}`;
    return [shown, help[lang]] as const;
  });
  const width = Math.max(0, ...flags.map(([shown]) => shown.length));
  return [
    command.summary[lang],
    "",
    `baimo ${name} ${command.usage}`.trimEnd(),
    ...(flags.length === 0 ? [] : [""]),
    ...flags.map(([shown, help]) => `  ${shown.padEnd(width)}  ${help}`),
  ].join("\n");
}
