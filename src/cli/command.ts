import type { ParseArgsOptionsConfig } from "node:util";

import type { TransportThread } from "../transport/thread/start.ts";
import type { Lang, Text } from "../domain/text.ts";

/** What a command may touch of the process. Only `cli/main.ts` makes one. */
export type Context = {
  readonly lang: Lang;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whole lines; the newline is added. */
  readonly print: (text: string) => void;
  readonly warn: (text: string) => void;
  /** Width of the terminal in columns, or 120 where there is none. */
  readonly columns: number;
  readonly isTTY: boolean;
  /** Starts the thread in which requests are sent and timed; null where they are on this one. */
  readonly startThread: (() => TransportThread) | null;
  /** Aborted by the second Ctrl-C. */
  readonly signal: AbortSignal;
  /** Aborted by the first Ctrl-C: stop feeding, finish what is under way. */
  readonly stopping: AbortSignal;
};

export type Parsed = {
  readonly values: Readonly<
    Record<string, string | boolean | readonly (string | boolean)[] | undefined>
  >;
  readonly positionals: readonly string[];
};

/**
 * A command is one file in `src/cli/` named like the command, that exports `command`.
 * `run` returns the exit code; it throws `UserError` for the user's mistakes.
 */
export type Command = {
  readonly summary: Text;
  /** Arguments as shown after the command's name, such as `RUN… [--board b]`. */
  readonly usage: string;
  /** Flags with their one-line help. */
  readonly options: Readonly<
    Record<string, ParseArgsOptionsConfig[string] & { readonly help: Text }>
  >;
  readonly run: (parsed: Parsed, context: Context) => Promise<number>;
};
