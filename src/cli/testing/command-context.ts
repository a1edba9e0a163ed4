import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { RunFileLine } from "../../domain/run-file/lines.ts";
import type { Context } from "../context.ts";

import { UserError } from "../../domain/text.ts";
import { type Command, type OptionTable, readOptions } from "../options.ts";

/** A command run in a folder of its own: what it printed and how it ended. */
export type Outcome = {
  readonly code: number;
  readonly text: string;
  readonly error: string | null;
};

export const newFolder = (): string => mkdtempSync(join(tmpdir(), "baimo-test-"));

/** Writes a run file and gives its name back. */
export function writeRun(folder: string, name: string, lines: readonly RunFileLine[]): string {
  writeFileSync(join(folder, name), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return name;
}

/** Flags by their names on the command line. */
export type Flags = Readonly<Record<string, string | boolean | readonly string[]>>;

/** What a command gets from `cli/main.ts`; the flags are read by its own table. */
export function optionsWith<T extends OptionTable>(
  { options }: Command<T>,
  flags: Flags,
  positionals: readonly string[],
) {
  const args = Object.entries(flags).flatMap(([name, value]) =>
    typeof value === "boolean"
      ? value
        ? [`--${name}`]
        : []
      : [value].flat().map((each) => `--${name}=${each}`),
  );
  return readOptions("test", options, [...args, "--", ...positionals]);
}

/** What a command sees in a folder; what it prints and warns of is added to `printed`. */
export function contextIn(folder: string, printed: string[], more: Partial<Context> = {}): Context {
  const { signal } = new AbortController();
  return {
    lang: "zh",
    cwd: folder,
    env: {},
    print: (text) => printed.push(text),
    warn: (text) => printed.push(text),
    columns: 160,
    isTTY: false,
    startThread: null,
    now: () => new Date("2026-11-29T04:00:00Z"),
    finishing: (work) => work(),
    signal,
    stopping: signal,
    ...more,
  };
}

/** Runs a command as `cli/main.ts` does. */
export async function runCommand<T extends OptionTable>(
  command: Command<T>,
  folder: string,
  positionals: readonly string[],
  flags: Flags = {},
  more: Partial<Context> = {},
): Promise<Outcome> {
  const printed: string[] = [];
  const context = contextIn(folder, printed, more);
  try {
    const code = await command.run(optionsWith(command, flags, positionals), context);
    return { code, text: printed.join("\n"), error: null };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { code: error.exitCode, text: printed.join("\n"), error: error.text.zh };
  }
}
