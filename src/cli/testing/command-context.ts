import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { RunFileLine } from "../../domain/run-file/lines.ts";
import type { Command, Context } from "../command.ts";

import { UserError } from "../../domain/text.ts";

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

/** Runs a command as `cli/main.ts` does, flags given as values. */
export async function runCommand(
  command: Command,
  folder: string,
  positionals: readonly string[],
  values: Readonly<Record<string, string | boolean | readonly string[]>> = {},
  more: Partial<Context> = {},
): Promise<Outcome> {
  const printed: string[] = [];
  const { signal } = new AbortController();
  const context: Context = {
    lang: "zh",
    cwd: folder,
    env: {},
    print: (text) => printed.push(text),
    warn: (text) => printed.push(text),
    columns: 160,
    isTTY: false,
    startThread: null,
    signal,
    stopping: signal,
    ...more,
  };
  try {
    const code = await command.run({ values, positionals }, context);
    return { code, text: printed.join("\n"), error: null };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { code: error.exitCode, text: printed.join("\n"), error: error.text.zh };
  }
}
