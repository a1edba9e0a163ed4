import type { Lang } from "../../domain/text.ts";
import type { Context } from "../context.ts";
import type { Command, OptionTable } from "../options.ts";

import { type Flags, optionsWith } from "./command-context.ts";

type Call = {
  readonly cwd: string;
  readonly lang?: Lang;
  readonly columns?: number;
  readonly env?: Context["env"];
  readonly args?: readonly string[];
  readonly values?: Flags;
  readonly stopping?: AbortSignal;
};

/** The exit code and all that a command printed. */
export async function call<T extends OptionTable>(
  command: Command<T>,
  { args = [], values = {}, ...given }: Call,
) {
  const printed: string[] = [];
  const { signal } = new AbortController();
  const code = await command.run(optionsWith(command, values, args), {
    lang: "zh",
    columns: 120,
    env: {},
    print: (text) => printed.push(text),
    warn: (text) => printed.push(text),
    isTTY: false,
    startThread: null,
    now: () => new Date("2026-11-29T04:00:00Z"),
    finishing: (work) => work(),
    signal,
    stopping: signal,
    ...given,
  });
  return { code, text: printed.join("\n") };
}
