import type { Lang } from "../domain/text.ts";
import type { Context } from "./context.ts";

import { formatProblem, UserError } from "../domain/text.ts";
import { setLineLimit } from "../files/line-limit.ts";
import { asTyped, setTypedName } from "../report/render/as-typed.ts";
import { terminalText } from "../report/render/plain.ts";
import { commandTable } from "./command-table.ts";
import { ownName, shownProblem } from "./names.ts";
import { type Command, readOptions } from "./options.ts";
import { globalOptions, shared } from "./shared-options.ts";
import { commandIn, loadCommand } from "./shell/command-name.ts";
import { systemError } from "./system-error.ts";

/** What a process gives: a `Context` without the language, which the arguments decide. */
export type Host = Omit<Context, "lang">;

/** Runs the command that the arguments name; resolves to the exit code. Touches nothing but its host. */
export async function main(args: readonly string[], process: Host): Promise<number> {
  setTypedName(ownName(process), Object.keys(commandTable));
  const host = {
    ...process,
    print: (text: string) => process.print(asTyped(terminalText(text))),
    warn: (text: string) => process.warn(asTyped(terminalText(text))),
  };
  const lang = languageOf(args, host.env);
  const say = (text: string): number => {
    host.print(text);
    return 0;
  };
  try {
    const [name = "", ...rest] = helpFirst(nameFirst(args));
    if (name === "--help") {
      readOptions("", globalOptions, rest);
      return say((await import("./help.ts")).overviewText(lang));
    }
    if (name === "--version") return say(await version(readOptions(name, versionOptions, rest)));
    const command = await load(name);
    const table = { ...command.options, ...globalOptions };
    const options = readOptions(name, table, rest);
    if (options.help) return say((await import("./help.ts")).usageText(name, command, lang));
    if (options.version) return say(await version({ json: false }));
    setLineLimit(host.env);
    const print = isForPrograms(name, options)
      ? (text: string) => process.print(terminalText(text))
      : host.print;
    return await command.run(options, { ...host, print, lang });
  } catch (error) {
    return report(error, lang, host);
  }
}

/** Whether a program or a file gets what is printed, so that it must not depend on who started baimo. */
function isForPrograms(name: string, options: Readonly<Record<string, unknown>>): boolean {
  const format = options["format"] ?? "table";
  return name === "completion" || options["json"] === true || format !== "table";
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

/** The arguments with the command's name first, in one piece: a `--lang` before it goes behind it. */
function nameFirst(args: readonly string[]): readonly string[] {
  const [first = ""] = args;
  const leading = first === "--lang" ? 2 : first.startsWith("--lang=") ? 1 : 0;
  if (args.length <= leading) return ["--help", ...args];
  const { name, rest } = commandIn(args.slice(leading));
  return [name, ...args.slice(0, leading), ...rest];
}

/** `help run` and `--help run` are `run --help`; without a command they are `--help`. */
function helpFirst(words: readonly string[]): readonly string[] {
  const [first = "", ...rest] = words;
  if (!["--help", "-h", "help"].includes(first)) return words;
  const named = rest
    .map((_, at) => commandIn(rest.slice(at)).name)
    .find((name) => Object.hasOwn(commandTable, name));
  if (named !== undefined) return [named, "--help"];
  const unknown = positionalsOf(rest)[0];
  return unknown === undefined ? ["--help", ...rest] : [unknown];
}

/** What is no option and no value of `--lang`. */
const positionalsOf = (words: readonly string[]): readonly string[] =>
  words.filter((word, at) => !word.startsWith("-") && words[at - 1] !== "--lang");

async function load(name: string): Promise<Command> {
  const command = await loadCommand(name);
  if (command !== null) return command;
  if (name.startsWith("-")) throw optionFirst(name);
  const kinds = Object.keys(commandTable).filter((each) => each.startsWith(`${name} `));
  if (kinds.length > 0) throw kindMissing(name, kinds);
  const { didYouMean } = await import("../validation/suggest.ts");
  const meant = didYouMean(name, Object.keys(commandTable));
  throw new UserError({
    zh: `没有 ${name} 这个命令${meant.zh}（baimo --help 列出全部）`,
    en: `there is no command ${name}${meant.en} (baimo --help lists them)`,
  });
}

const optionFirst = (name: string): UserError =>
  new UserError({
    zh: `命令之前只能写 --lang、--help 和 --version，得到 ${name}；命令的选项写在命令之后（baimo --help 列出全部命令）`,
    en: `only --lang, --help and --version may stand before a command; got ${name}. A command's options go behind it (baimo --help lists the commands)`,
  });

const kindMissing = (name: string, kinds: readonly string[]): UserError =>
  new UserError({
    zh: `baimo ${name} 后面要写明做哪一种：${kinds.map((each) => `baimo ${each}`).join("、")}`,
    en: `baimo ${name} needs a second word: ${kinds.map((each) => `baimo ${each}`).join(", ")}`,
  });

function report(error: unknown, lang: Lang, { cwd, warn, stopping }: Host): number {
  if (stopping.aborted && error instanceof Error && error.name === "AbortError") return 130;
  const known = error instanceof UserError ? error : systemError(error);
  if (known !== null) {
    const problems = known.problems.map((problem) =>
      formatProblem(shownProblem(problem, { cwd }), lang),
    );
    warn((problems.length > 0 ? problems : [known.text[lang]]).join("\n"));
    return known.exitCode;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const lead = { zh: "baimo 内部出错，请报告：", en: "A fault inside baimo, please report it:" };
  warn(`${lead[lang]}\n${detail}`);
  return 3;
}

const versionOptions = { json: shared.json, lang: globalOptions.lang };

/** The version alone, or with `--json` all that tells two installations apart. */
async function version({ json }: { readonly json: boolean }): Promise<string> {
  const { versionJson, versionText } = await import("./shell/version.ts");
  return json ? versionJson() : versionText();
}
