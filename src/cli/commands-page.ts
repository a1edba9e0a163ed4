import type { Lang, Text } from "../domain/text.ts";
import type { Command } from "./options.ts";
import type { CommandEntry } from "./shell/command-groups.ts";

import { formats } from "../domain/formats.ts";
import { colon } from "../domain/text.ts";
import { commandTable } from "./command-table.ts";
import { exampleLines, exitLine, groupedCommands, optionRows } from "./help.ts";
import { globalOptions } from "./shared-options.ts";
import { loadCommand } from "./shell/command-name.ts";

/** The documentation of all commands, by its file from the package's root; `npm run schemas` writes both. */
export const commandsPages: Readonly<Record<string, Lang>> = {
  "docs/commands.md": "en",
  "docs/commands.zh-CN.md": "zh",
};

const words = {
  twin: { zh: "[English](commands.md)", en: "[中文](commands.zh-CN.md)" },
  title: { zh: "命令", en: "Commands" },
  lead: {
    zh: "本页由 `npm run schemas` 从程序里的命令表和选项表生成，不要手改。每一节的内容与 `baimo <command> --help` 相同，另列出该命令读写的文件格式。选项后的 `…` 表示要带一个值；标明“可重复”的选项可以写多次，其余选项写第二个值会被拒绝。",
    en: "`npm run schemas` writes this page from the tables of commands and options in the program; do not edit it. Each section says what `baimo <command> --help` says, and which file formats the command reads and writes. `…` stands for a value. An option that is called repeatable may be given several times; of any other a second value is refused.",
  },
  global: { zh: "所有命令通用", en: "Options of every command" },
  reads: { zh: "读取", en: "Reads" },
  writes: { zh: "写出", en: "Writes" },
  formats: { zh: "文件格式", en: "File formats" },
  formatsLead: {
    zh: "这些文件都用 `schema` 一项写明自己的格式和版本；版本不认识的文件会被拒绝，不会猜着读。读入时逐项检查，不合格式的地方按 `file:line` 指出，退出码 2。按行读取的文件（运行文件、JSONL、导入文件、标注行）一行最长 256 MB，环境变量 `BAIMO_MAX_LINE_MB`（1 到 500）可以调整。",
    en: "Each of these files names its format and version in `schema`. A file of an unknown version is refused, not guessed at. What does not fit its format is named at `file:line`, exit 2. A line of a file of lines (run files, JSONL, imports, labelled rows) has at most 256 MB; the environment variable `BAIMO_MAX_LINE_MB` (1 to 500) sets another limit.",
  },
  builtIn: {
    zh: "内置的评分器、出题器、导入格式、排行榜格式与协议见 [catalogue.zh-CN.md](catalogue.zh-CN.md)。",
    en: "Graders, generators, importers, formats and protocols that are built in: [catalogue.md](catalogue.md).",
  },
  comma: { zh: "、", en: ", " },
  stop: { zh: "。", en: "." },
} as const satisfies Readonly<Record<string, Text>>;

const formatTitles: Readonly<Record<keyof typeof formats, Text>> = {
  suite: { zh: "题集（YAML）", en: "a suite (YAML)" },
  board: { zh: "榜单（YAML）", en: "a board (YAML)" },
  judge: { zh: "自己的裁判（YAML）", en: "a judge of one's own (YAML)" },
  provider: { zh: "服务商（YAML）", en: "a provider (YAML)" },
  config: { zh: "配置 baimo.yaml", en: "the config, baimo.yaml" },
  run: { zh: "运行文件（JSONL）", en: "a run file (JSONL)" },
  leaderboard: { zh: "排行榜（JSON）", en: "a leaderboard (JSON)" },
  comparison: { zh: "两次运行的比较（JSON）", en: "a comparison of two runs (JSON)" },
  hosts: { zh: "同一模型的几家服务商（JSON）", en: "hosts of one model (JSON)" },
  migration: { zh: "换模型的代价（JSON）", en: "the cost of migration (JSON)" },
  items: { zh: "题目分析（JSON）", en: "an item analysis (JSON)" },
  report: { zh: "报告（JSON）", en: "a report (JSON)" },
  sampleSize: { zh: "所需题量与费用（JSON）", en: "items and cost that are needed (JSON)" },
  nightly: { zh: "夜间榜的判断（JSON）", en: "the judgement of a night (JSON)" },
  steadiness: { zh: "一个月的稳定性（JSON）", en: "the steadiness of a month (JSON)" },
  nights: { zh: "夜间榜的历史（压缩的 JSONL）", en: "the history of nights (packed JSONL)" },
  blindKey: { zh: "双盲对比的揭盲文件（JSON）", en: "what unblinds a blind comparison (JSON)" },
  blindResult: { zh: "双盲对比的结果（JSON）", en: "the result of a blind comparison (JSON)" },
  judgeBench: { zh: "裁判校准的记录（JSONL）", en: "the record of a judge's calibration (JSONL)" },
  load: { zh: "压力测试的文件（JSONL）", en: "a load (JSONL)" },
  loadComparison: { zh: "两次压力测试的比较（JSON）", en: "a comparison of two loads (JSON)" },
  recording: { zh: "与厂商往来的录制（JSON）", en: "the recording of calls to a vendor (JSON)" },
  traffic: { zh: "业务流量（YAML）", en: "traffic of one's own (YAML)" },
  prices: { zh: "自己的价格（YAML）", en: "prices of one's own (YAML)" },
  clauses: { zh: "招标条款（YAML）", en: "clauses of a buyer (YAML)" },
  response: { zh: "逐条响应表（JSON）", en: "a table that answers clauses (JSON)" },
  scorecard: { zh: "计分卡（YAML）", en: "a scorecard (YAML)" },
  seal: { zh: "封存文件（JSON）", en: "a seal of files (JSON)" },
  faults: { zh: "模拟器的故障脚本（YAML 或 JSON）", en: "faults of the simulator (YAML or JSON)" },
};

/** One page of the documentation, from the tables of commands, options and formats. */
export async function commandsPage(lang: Lang): Promise<string> {
  const blocks = [`# ${words.title[lang]}`, words.twin[lang], words.lead[lang]];
  blocks.push(`## ${words.global[lang]}`, optionList(globalOptions, lang));
  for (const { title, commands } of groupedCommands) {
    blocks.push(`## ${title[lang]}`);
    for (const [name, entry] of commands) blocks.push(...(await section(name, entry, lang)));
  }
  blocks.push(`## ${words.formats[lang]}`, words.formatsLead[lang], formatList(lang));
  blocks.push(words.builtIn[lang]);
  return `${blocks.join("\n\n")}\n`;
}

async function section(name: string, entry: CommandEntry, lang: Lang): Promise<readonly string[]> {
  const command = await loadCommand(name);
  if (command === null) throw new Error(`src/cli/commands/ has no ${name}`);
  const { usage, options, exits } = command;
  const files = (["reads", "writes"] as const)
    .filter((way) => entry[way].length > 0)
    .map((way) => `${words[way][lang]}${colon[lang]}${entry[way].join(words.comma[lang])}`);
  const summary = entry.summary[lang];
  return [
    `### ${name}`,
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}${words.stop[lang]}`,
    `\`\`\`\nbaimo ${name} ${usage}\n\`\`\``,
    ...(Object.keys(options).length === 0 ? [] : [optionList(options, lang)]),
    ...(exits === undefined ? [] : [`${exitLine(exits, lang)}${words.stop[lang]}`]),
    `\`\`\`sh\n${exampleLines(name, lang)}\n\`\`\``,
    ...(files.length === 0
      ? []
      : [`${files.join(lang === "zh" ? "。" : ". ")}${words.stop[lang]}`]),
  ];
}

const optionList = (options: Command["options"], lang: Lang): string =>
  optionRows(options, lang)
    .map(({ shown, help }) => `- \`${shown}\`${colon[lang]}${help.replaceAll("*", "\\*")}`)
    .join("\n");

function formatList(lang: Lang): string {
  const users = (format: string, way: "reads" | "writes"): string => {
    const names = Object.entries(commandTable)
      .filter(([, entry]) => entry[way].includes(format))
      .map(([name]) => name);
    const lead = {
      reads: { zh: "；读取：", en: "; read by " },
      writes: { zh: "；写出：", en: "; written by " },
    };
    return names.length === 0 ? "" : `${lead[way][lang]}${names.join(words.comma[lang])}`;
  };
  return Object.entries(formatTitles)
    .map(([name, title]) => {
      const format = formats[name as keyof typeof formats];
      return `- \`${format}\`${colon[lang]}${title[lang]}${users(format, "reads")}${users(format, "writes")}`;
    })
    .join("\n");
}
