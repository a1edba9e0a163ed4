import type { Command } from "../options.ts";

import { loadPlugin } from "../../plugins.ts";
import { commandTable } from "../command-table.ts";

/** The file of a command in `commands/`: that of `export run` is `export-run`. */
export const commandFile = (name: string): string => name.replaceAll(" ", "-");

/** A command by its name, of one word or two; null where there is none. */
export const loadCommand = (name: string): Promise<Command | null> =>
  loadPlugin<Command>("cli/commands", commandFile(name));

/** The command that words begin with, of two words where the table has such a one, and the words behind it. */
export function commandIn(words: readonly string[]): {
  readonly name: string;
  readonly rest: readonly string[];
} {
  const [first = "", second = "", ...more] = words;
  const pair = `${first} ${second}`;
  return Object.hasOwn(commandTable, pair)
    ? { name: pair, rest: more }
    : { name: first, rest: words.slice(1) };
}
