import type { Lang, Text } from "../domain/text.ts";
import type { Command, OptionTable } from "./options.ts";

import { commandTable } from "./command-table.ts";
import { flagName } from "./options.ts";
import { commandGroups } from "./shell/command-groups.ts";
import { examples } from "./shell/examples.ts";

/** The commands of each group, in the order of both tables. */
export const groupedCommands = Object.entries(commandGroups).map(([group, title]) => ({
  title,
  commands: Object.entries(commandTable).filter(([, entry]) => entry.group === group),
}));

/** What `baimo --help` prints. */
export function overviewText(lang: Lang): string {
  const width = Math.max(...Object.keys(commandTable).map((name) => name.length));
  const rows = groupedCommands.flatMap(({ title, commands }) => [
    "",
    title[lang],
    ...commands.map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary[lang]}`),
  ]);
  const { lead, end } = {
    zh: {
      lead: ["baimo 百模：中文任务上的大模型评测", "", "用法：baimo <命令> [参数]"],
      end: "每个命令都有 --help；--lang zh|en 选择语言，也可以写在命令之前。",
    },
    en: {
      lead: [
        "baimo 百模: benchmarks of LLM providers on Chinese tasks",
        "",
        "Usage: baimo <command> [arguments]",
      ],
      end: "Every command takes --help; --lang zh|en chooses the language, also before the command.",
    },
  }[lang];
  return [...lead, ...rows, "", end].join("\n");
}

/** What `baimo <command> --help` prints. */
export function usageText(name: string, { usage, options, exits }: Command, lang: Lang): string {
  const flags = optionRows(options, lang);
  const width = Math.max(0, ...flags.map(({ shown }) => shown.length));
  return [
    commandTable[name]?.summary[lang] ?? "",
    "",
    `baimo ${name} ${usage}`.trimEnd(),
    ...(flags.length === 0 ? [] : [""]),
    ...flags.map(({ shown, help }) => `  ${shown.padEnd(width)}  ${help}`),
    ...(exits === undefined ? [] : ["", exitLine(exits, lang)]),
    "",
    { zh: "例：", en: "Examples:" }[lang],
    exampleLines(name, lang, "  "),
  ].join("\n");
}

/** The exit codes of a command in a line. */
export const exitLine = (exits: Text, lang: Lang): string =>
  lang === "zh" ? `退出码：${exits.zh}` : `Exit codes: ${exits.en}`;

/** The examples of a command, one a line, each with its purpose as a comment. */
export function exampleLines(name: string, lang: Lang, indent = ""): string {
  const own = examples[name] ?? [];
  const width = Math.max(0, ...own.map(({ line }) => line.length));
  return own
    .map(({ line, purpose }) => `${indent}${line.padEnd(width)}  # ${purpose[lang]}`)
    .join("\n");
}

/** Each option as it is typed, such as `-o, --out …`, with its help. */
export const optionRows = (
  options: OptionTable,
  lang: Lang,
): readonly { readonly shown: string; readonly help: string }[] =>
  Object.entries(options).map(([name, { help, takes, short }]) => ({
    shown: `${short === undefined ? "" : `-${short}, `}--${flagName(name)}${takes === "nothing" ? "" : " …"}`,
    help: help[lang],
  }));
