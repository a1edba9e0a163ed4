import type { Lang } from "../domain/text.ts";
import type { TransportThread } from "../transport/thread/start.ts";

/** Everything of the process that a command may touch. Only `cli/main.ts` makes one. */
export type Context = {
  readonly lang: Lang;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The wall clock: prices and life cycles have days. */
  readonly now: () => Date;
  /** Whole lines; the newline is added. */
  readonly print: (text: string) => void;
  readonly warn: (text: string) => void;
  /** Width of the terminal in columns; 120 without a terminal. */
  readonly columns: number;
  readonly isTTY: boolean;
  /** Asks a person on the terminal and resolves to the line that is typed; absent where nobody is there. */
  readonly ask?: (question: string) => Promise<string>;
  /** Starts the thread that sends and times requests; null where this thread does it itself. */
  readonly startThread: (() => TransportThread) | null;
  /** Aborted by the second Ctrl-C. */
  readonly signal: AbortSignal;
  /** Aborted by the first Ctrl-C: ask nothing new, finish what is under way. */
  readonly stopping: AbortSignal;
  /**
   * Does work that ends by itself once `stopping` is aborted. Everything else that a command does is ended by the first
   * Ctrl-C at once, as there is nothing to finish.
   */
  readonly finishing: <T>(work: () => Promise<T>) => Promise<T>;
};

/** True where somebody looks at a width: wide tables are broken into blocks. A program that reads them wants whole rows. */
export const wrapsTables = ({ isTTY, env }: Pick<Context, "isTTY" | "env">): boolean =>
  isTTY || Number(env["COLUMNS"]) > 0;
