import { parseArgs, type ParseArgsOptionsConfig } from "node:util";

import type { Money } from "../domain/money.ts";
import type { Text } from "../domain/text.ts";
import type { Context } from "./context.ts";

import { UserError } from "../domain/text.ts";
import { didYouMean } from "../validation/suggest.ts";

/** One option of a command: what it is for, what it takes, and how its text becomes a value. */
export type Option<T> = {
  readonly help: Text;
  /** One letter, such as `o` for `-o`. */
  readonly short?: string;
  /** A list may be given several times; of anything else a second value is refused. */
  readonly takes: "nothing" | "text" | "list";
  /** The only values that it takes, where they are few; shells complete them. */
  readonly names?: readonly string[];
  /** The value of the given texts, of which there are none where the option is absent. Throws a UserError. */
  readonly read: (given: readonly string[], named: string) => T;
};

/** The options of a command. A name is written `maxCost` in code and `--max-cost` on the command line. */
export type OptionTable = Readonly<Record<string, Option<unknown>>>;

/** What a command gets: the value of every option of its table, and its other arguments. */
export type OptionsOf<T extends OptionTable> = {
  readonly [K in keyof T]: T[K] extends Option<infer Value> ? Value : never;
} & { readonly positionals: readonly string[] };

/**
 * A command is one file in `src/cli/commands/`, named like the command (`export-run.ts` is `export run`), that exports
 * `command`. What it is for stands in
 * `command-table.ts`. `run` resolves to the exit code and throws a `UserError` for a mistake that the user can mend.
 */
export type Command<T extends OptionTable = OptionTable> = {
  /** The arguments after the command's name, such as `RUN… [--board b]`. */
  readonly usage: string;
  readonly options: T;
  /** What its exit codes say, where they say more than that it worked. */
  readonly exits?: Text;
  readonly run: (options: OptionsOf<T>, context: Context) => Promise<number>;
};

/** Infers the type of `run`'s options from the table. */
export const defineCommand = <T extends OptionTable>(command: Command<T>): Command<T> => command;

/** An option's name as it stands on the command line, without its dashes. */
export const flagName = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Reads the arguments of a command by its table. Throws a UserError for an option that is unknown or has a wrong value. */
export function readOptions<T extends OptionTable>(
  name: string,
  table: T,
  args: readonly string[],
): OptionsOf<T> {
  const { values, positionals } = split(name, table, args);
  return valuesOf(table, (named) => [values[named] ?? []].flat().map(String), positionals);
}

/** What an empty command line says: the value of every option where it is not given. */
export const defaultsOf = <T extends OptionTable>(table: T): OptionsOf<T> =>
  valuesOf(table, () => [], []);

function valuesOf<T extends OptionTable>(
  table: T,
  givenTo: (named: string) => readonly string[],
  positionals: readonly string[],
): OptionsOf<T> {
  const values = Object.entries(table).map(([name, option]) => {
    const named = flagName(name);
    const given = givenTo(named);
    // Most likely an unset variable in a shell script.
    if (given.includes("")) throw refused(named, { zh: "需要一个值", en: "needs a value" }, "");
    if (option.takes === "text" && new Set(given).size > 1) throw givenTwice(named, given);
    return [name, option.read(given, named)] as const;
  });
  // The keys are those of the table, and each value is what its own option reads.
  return { ...Object.fromEntries(values), positionals } as OptionsOf<T>;
}

function split(name: string, table: OptionTable, args: readonly string[]) {
  const flags = Object.entries(table).map(([key, { takes, short }]) => {
    const type = takes === "nothing" ? ("boolean" as const) : ("string" as const);
    return [flagName(key), { type, multiple: true, ...(short === undefined ? {} : { short }) }];
  });
  try {
    const options: ParseArgsOptionsConfig = Object.fromEntries(flags);
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const { zh, en } = wrongOption(
      error,
      Object.keys(table).map((key) => `--${flagName(key)}`),
    );
    const help = ["baimo", name, "--help"].filter(Boolean).join(" ");
    throw new UserError({
      zh: `${zh}（${help} 列出可用的选项）`,
      en: `${en} (${help} lists the options)`,
    });
  }
}

/** The options that an unknown letter may stand for. */
function beginning(given: string, known: readonly string[]): Text {
  const names = known.filter((each) => each.startsWith(`--${given.charAt(1)}`));
  return names.length === 0
    ? { zh: "", en: "" }
    : {
        zh: `；是否应为 ${names.join(" 或 ")}？`,
        en: `; did you mean ${names.join(" or ")}?`,
      };
}

/** What `parseArgs` found wrong, in both languages; it names the option in its message alone. */
function wrongOption(error: unknown, known: readonly string[]): Text {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error ? Reflect.get(error, "code") : null;
  const [, given = ""] = /^(?:Unknown option|Option) '(?:-\w, )?(-[^' ]+)/.exec(message) ?? [];
  if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
    const meant = /^-\w$/.test(given) ? beginning(given, known) : didYouMean(given, known);
    return {
      zh: `没有 ${given} 这个选项${meant.zh}`,
      en: `there is no option ${given}${meant.en}`,
    };
  }
  if (/does not take an argument/.test(message)) {
    return { zh: `${given} 不带值`, en: `${given} takes no value` };
  }
  if (/is ambiguous/.test(message)) {
    return {
      zh: `${given} 的值以 - 开头时要用等号连写，如 ${given}=-1`,
      en: `a value of ${given} that begins with - needs an equals sign, as in ${given}=-1`,
    };
  }
  if (/argument missing/.test(message)) {
    return { zh: `${given} 需要一个值`, en: `${given} needs a value` };
  }
  return { zh: message, en: message };
}

function givenTwice(named: string, given: readonly string[]): UserError {
  const values = [...new Set(given)].map((each) => `"${each}"`);
  return new UserError({
    zh: `--${named} 只能给一次，得到 ${values.join(" 和 ")}`,
    en: `--${named} may be given once; got ${values.join(" and ")}`,
  });
}

/** The error that names an option, what it expects and what it got. */
export const refused = (named: string, expected: Text, given: string): UserError =>
  new UserError({
    zh: `--${named} ${expected.zh}，得到 "${given}"`,
    en: `--${named} ${expected.en}; got "${given}"`,
  });

/** A switch: true where it is given. */
export const flag = (help: Text): Option<boolean> => ({
  help,
  takes: "nothing",
  read: (given) => given.length > 0,
});

/** A text that `parse` turns into a value, or `absent` where the option is not given. */
export const parsed = <T, D>(
  help: Text,
  parse: (given: string, named: string) => T,
  absent: D,
): Option<T | D> => ({
  help,
  takes: "text",
  read: (given, named) => {
    const last = given.at(-1);
    return last === undefined ? absent : parse(last, named);
  },
});

/** A text as it is. */
export const text = (help: Text): Option<string | null> => parsed(help, (given) => given, null);

/** Texts in the order in which they are given; none where the option is absent. */
export const list = (help: Text): Option<readonly string[]> => ({
  help,
  takes: "list",
  read: (given) => given,
});

type Range = { readonly least: number; readonly most?: number; readonly whole?: boolean };

/** A number within a range. */
export const number = <D extends number | null>(
  help: Text,
  range: Range,
  absent: D,
): Option<number | D> => parsed(help, (given, named) => numberOf(given, named, range), absent);

/** Percentage points, such as `5` or `5%`, read as a fraction. */
export const points = (help: Text, range: Range, absent: number): Option<number> =>
  parsed(help, (given, named) => numberOf(given.replace(/%$/, ""), named, range) / 100, absent);

function numberOf(given: string, named: string, { least, most, whole = false }: Range): number {
  const number = /^[\d.]/.test(given) ? Number(given) : Number.NaN;
  const isInside = number >= least && number <= (most ?? Number.MAX_SAFE_INTEGER);
  if (isInside && (!whole || Number.isSafeInteger(number))) return number;
  const [zh, en] = whole ? ["整数", "whole number"] : ["数", "number"];
  const expected =
    most === undefined
      ? { zh: `应是不小于 ${least} 的${zh}`, en: `must be a ${en} of at least ${least}` }
      : { zh: `应是 ${least} 到 ${most} 的${zh}`, en: `must be a ${en} from ${least} to ${most}` };
  throw refused(named, expected, given);
}

/** What people write for a name that is short. */
const longNames: Readonly<Record<string, string>> = { markdown: "md", excel: "xlsx" };

/** One of a few names. */
export const choice = <const Name extends string, D extends Name | null>(
  help: Text,
  names: readonly Name[],
  absent: D,
): Option<Name | D> => ({
  names,
  ...parsed(
    help,
    (given, named) => {
      const name = names.find((each) => each === (longNames[given] ?? given));
      if (name !== undefined) return name;
      const expected = {
        zh: `应是 ${names.join("、")} 之一`,
        en: `must be one of ${names.join(", ")}`,
      };
      throw refused(named, expected, given);
    },
    absent,
  ),
});

const currencies: Readonly<Record<string, Money["currency"]>> = {
  CNY: "CNY",
  元: "CNY",
  "¥": "CNY",
  USD: "USD",
  $: "USD",
};

/** An amount of money, such as `20CNY`, `20 元` or `1.5USD`. */
export const amount = (help: Text): Option<Money | null> =>
  parsed(
    help,
    (given, named) => {
      const [, figure, unit = ""] = /^(\d+(?:\.\d+)?)\s*(\D+)$/.exec(given.trim()) ?? [];
      const currency = currencies[unit.toUpperCase()];
      if (figure !== undefined && currency !== undefined) {
        return { amount: Number(figure), currency };
      }
      const expected = {
        zh: "应是金额加币种，例如 20CNY",
        en: "must be an amount with its currency, such as 20CNY",
      };
      throw refused(named, expected, given);
    },
    null,
  );
