import type { Lang, Text } from "../../domain/text.ts";
import type { OptionTable } from "../options.ts";

import { pluginIds } from "../../plugins.ts";
import { commandTable } from "../command-table.ts";
import { flagName } from "../options.ts";
import { globalOptions } from "../shared-options.ts";
import { loadCommand } from "./command-name.ts";

/** Shells that a script is written for. */
export const shells = ["bash", "zsh"] as const;

type Shell = (typeof shells)[number];
type Completed = {
  readonly name: string;
  readonly summary: string;
  readonly options: OptionTable;
  /** What may stand behind the first word, where that is few words: second words of commands, shells, formats, commands. */
  readonly kinds: readonly string[];
};

/** The script that teaches a shell the commands and options, from the same tables as `--help`. */
export async function completionScript(shell: Shell, lang: Lang): Promise<string> {
  const firsts = [...new Set(Object.keys(commandTable).map((name) => name.split(" ")[0] ?? ""))];
  const commands = [
    ...(await Promise.all(firsts.map((first) => completedOf(first, lang)))),
    { name: "help", summary: helpSummary[lang], options: globalOptions, kinds: firsts },
  ];
  return shell === "bash" ? bashScript(commands) : zshScript(commands, lang);
}

/** What is offered behind a command's first word: the options of all commands that begin with it. */
async function completedOf(first: string, lang: Lang): Promise<Completed> {
  const own = Object.entries(commandTable).filter(
    ([name]) => name === first || name.startsWith(`${first} `),
  );
  const loaded = await Promise.all(own.map(([name]) => loadCommand(name)));
  return {
    name: first,
    summary: own.map(([, { summary }]) => summary[lang]).join(lang === "zh" ? "；" : "; "),
    options: Object.assign(
      {},
      ...loaded.map((each) => each?.options),
      globalOptions,
    ) as OptionTable,
    kinds: [...own.flatMap(([name]) => name.split(" ").slice(1)), ...firstArguments(first)],
  };
}

const helpSummary: Text = { zh: "显示一个命令的用法", en: "show the usage of a command" };

/** The first arguments of commands that take one of few names. */
function firstArguments(command: string): readonly string[] {
  if (command === "completion") return shells;
  return command === "import" ? pluginIds("importers") : [];
}

/** The words of an option on the command line, such as `-o --out`. */
const wordsOf = (name: string, { short }: OptionTable[string]): readonly string[] => [
  ...(short === undefined ? [] : [`-${short}`]),
  `--${flagName(name)}`,
];

/** Words that bash offers for the argument of an option; files where it takes anything. */
function bashScript(commands: readonly Completed[]): string {
  const cases = commands.map(({ name, options, kinds }) => {
    const rows = Object.entries(options);
    const flags = rows.flatMap(([option, spec]) => wordsOf(option, spec));
    const values = rows.flatMap(([option, spec]) => {
      if (spec.takes === "nothing") return [];
      const words = wordsOf(option, spec).join("|");
      return [`        ${words}) values='${spec.names?.join(" ") ?? ""}' takes=1 ;;`];
    });
    return [
      `    ${name})`,
      `      flags='${flags.join(" ")}'`,
      `      case $previous in`,
      ...(kinds.length === 0
        ? []
        : [`        ${name}) [[ $current == -* ]] || values='${kinds.join(" ")}' ;;`]),
      ...values,
      `      esac ;;`,
    ].join("\n");
  });
  return `# bash completion of baimo:  source <(baimo completion bash)
_baimo() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  local command= flags='--lang --help --version' values= takes= at
  for ((at = 1; at < COMP_CWORD; at++)); do
    case \${COMP_WORDS[at]} in
      --lang) ((at++)) ;;
      -*) ;;
      *) command=\${COMP_WORDS[at]}; break ;;
    esac
  done
  COMPREPLY=()
  case $command in
    '')
      if [[ $previous == --lang ]]; then values='zh en' takes=1
      elif [[ $current != -* ]]; then values='${commands.map(({ name }) => name).join(" ")}'
      fi ;;
${cases.join("\n")}
  esac
  if [[ -n $values ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$values" -- "$current")
  elif [[ -z $takes && $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$flags" -- "$current")
  fi
}
complete -o default -o bashdefault -F _baimo baimo`;
}

function zshScript(commands: readonly Completed[], lang: Lang): string {
  const described = commands.map(
    ({ name, summary }) => `    ${quoted(`${name}:${escaped(summary)}`)}`,
  );
  const cases = commands.map(({ name, options, kinds }) => {
    const specs = Object.entries(options).map(([option, spec]) => zshSpec(option, spec, lang));
    return [
      `      ${name})`,
      "        _arguments -s \\",
      ...specs,
      ...(kinds.length === 0 ? [] : [`          '1:${name}:(${kinds.join(" ")})' \\`]),
      "          '*:file:_files' ;;",
    ].join("\n");
  });
  return `#compdef baimo
# zsh completion of baimo:  source <(baimo completion zsh), after compinit
_baimo() {
  local context state state_descr line
  typeset -A opt_args
  local -a commands
  commands=(
${described.join("\n")}
  )
  _arguments -C '--lang=[zh en]:lang:(zh en)' '(- *)--help' '(- *)--version' '1:command:->command' '*::arguments:->arguments'
  case $state in
    command) _describe command commands ;;
    arguments)
      case $words[1] in
${cases.join("\n")}
      esac ;;
  esac
}
compdef _baimo baimo`;
}

function zshSpec(name: string, spec: OptionTable[string], lang: Lang): string {
  const words = wordsOf(name, spec);
  const help = escaped(spec.help[lang]);
  const value =
    spec.takes === "nothing"
      ? ""
      : `:${flagName(name)}:${spec.names === undefined ? "_files" : `(${spec.names.join(" ")})`}`;
  const repeat = spec.takes === "list";
  const forms = words.map((word) =>
    quoted(
      `${repeat ? "*" : words.length > 1 ? `(${words.join(" ")})` : ""}${word}[${help}]${value}`,
    ),
  );
  return forms.map((form) => `          ${form} \\`).join("\n");
}

/** Colons and brackets end a description in zsh. */
const escaped = (text: string): string => text.replaceAll(/[[\]:\\]/g, String.raw`\$&`);

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
