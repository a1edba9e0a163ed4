import type { RunFileLine } from "../../domain/run-file/lines.ts";
import type { RunWriter } from "./writer.ts";

/** Hands lines to a writer without waiting for each. */
export type Appender = {
  /** The line is written after those before it; what goes wrong is told by `settled`. */
  readonly add: (line: RunFileLine) => void;
  /** The same for bytes of lines that were checked, each with its end. */
  readonly addBytes: (bytes: Uint8Array) => void;
  /** True once so many lines wait that the disk should be waited for. */
  readonly isFull: () => boolean;
  /** Resolves when all lines so far are written; rejects with what went wrong first. */
  readonly settled: () => Promise<void>;
};

/** Lines that share a write; a few milliseconds of work. */
const most = 1_024;

/** For whole passes over a file: a wait for each line would cost a millisecond of sleep each. */
export function createAppender(writer: Pick<RunWriter, "append" | "appendBytes">): Appender {
  let waiting: Promise<void>[] = [];
  const wait = (written: Promise<void>): void => {
    // What goes wrong is told where all of them are awaited.
    written.catch(() => undefined);
    waiting.push(written);
  };
  return {
    add: (line) => wait(writer.append(line)),
    addBytes: (bytes) => wait(writer.appendBytes(bytes)),
    isFull: () => waiting.length >= most,
    settled: async () => {
      const all = waiting;
      waiting = [];
      await Promise.all(all);
    },
  };
}
