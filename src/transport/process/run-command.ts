import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";

import type { HttpFailure } from "../http-failure.ts";
import type { Deadlines, HttpEnd, Receiver } from "../http.ts";

/** A program to run once, with all that it gets. */
export type CommandLine = {
  readonly run: readonly string[];
  readonly cwd: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly input: string;
};

/** How a program ended; `code` is null where it was ended by a signal or never began. */
export type CommandEnd = HttpEnd & {
  readonly exit: { readonly code: number | null; readonly errors: string } | null;
};

const sweepMs = 50;
const mostErrors = 2_000;

/**
 * Runs a program of the user's own: what it is asked goes to its input, what it prints to the receiver, as the bytes of a
 * response would. Times are from the line before it is started, so they include its start. Past a deadline, when the
 * answer is complete, and when the run aborts, its whole process group is ended. Never rejects.
 */
export function runCommand(
  command: CommandLine,
  receiver: Receiver,
  { deadlines, signal }: { readonly deadlines: Deadlines; readonly signal: AbortSignal },
): Promise<CommandEnd> {
  return new Promise((resolve) => {
    const started_at = new Date().toISOString();
    const start = performance.now();
    let headers_ms: number | null = null;
    let lastProgress: number | null = null;
    let errors = "";
    let isOver = false;
    let child: ChildProcessWithoutNullStreams | null = null;

    const finish = (failure: HttpFailure | null, exit: CommandEnd["exit"]): void => {
      if (isOver) return;
      isOver = true;
      clearInterval(sweeper);
      signal.removeEventListener("abort", abort);
      if (child !== null) endGroup(child);
      if (headers_ms === null && failure === null) receiver.head(200, {});
      const total_ms = performance.now() - start;
      resolve({ started_at, connect_ms: null, headers_ms, total_ms, failure, exit });
    };
    const abort = (): void => finish(aborted, null);
    const sweeper = setInterval(() => {
      const now = performance.now() - start;
      if (receiver.settled?.(now) === true) return finish(null, null);
      const overdue = overdueDeadline(deadlines, lastProgress, now);
      if (overdue === null) return;
      const message = `no ${overdue} within ${deadlines[overdue]} ms; the process and all that it started were ended`;
      finish({ outcome: "timeout", code: `deadline-${overdue}`, message }, null);
    }, sweepMs);
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });

    const [program = "", ...given] = command.run;
    try {
      // A group of its own, so that what it starts ends with it.
      child = spawn(program, given, {
        cwd: command.cwd,
        env: { ...command.environment },
        detached: process.platform !== "win32",
        stdio: ["pipe", "pipe", "pipe"],
        windowsHide: true,
      });
    } catch (error) {
      return finish(notStarted(error), null);
    }
    child.on("error", (error) => finish(notStarted(error), null));
    // It may answer without reading what it is asked.
    child.stdin.on("error", () => undefined);
    child.stdin.end(command.input);
    child.stderr.on("data", (chunk: Buffer) => {
      errors = (errors + chunk.toString("utf8")).slice(-mostErrors);
    });
    child.stdout.on("data", (chunk: Buffer) => {
      if (isOver) return;
      const now = performance.now() - start;
      if (headers_ms === null) {
        headers_ms = now;
        receiver.head(200, {});
      }
      if (receiver.data(chunk, now)) lastProgress = now;
      const excess = receiver.enough?.() ?? null;
      if (excess !== null) finish({ outcome: "malformed", ...excess }, null);
    });
    child.on("close", (code) => finish(null, { code, errors: errors.trim() }));
  });
}

/** Ends a process with all that it started. */
function endGroup(child: ChildProcessWithoutNullStreams): void {
  const { pid } = child;
  if (pid === undefined) return;
  try {
    if (process.platform === "win32") spawn("taskkill", ["/pid", String(pid), "/t", "/f"]);
    else process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself, with all of its group.
  }
}

function overdueDeadline(
  deadlines: Deadlines,
  lastProgress: number | null,
  now: number,
): keyof Deadlines | null {
  if (now > deadlines.total) return "total";
  if (lastProgress === null) return now > deadlines.first_byte ? "first_byte" : null;
  return now - lastProgress > deadlines.idle ? "idle" : null;
}

const aborted: HttpFailure = { outcome: "aborted", code: "aborted", message: "aborted" };

/** Nothing but a change of the configuration helps. */
function notStarted(error: unknown): HttpFailure {
  const message = error instanceof Error ? error.message : String(error);
  return { outcome: "permission", code: "not-started", message: `cannot be started: ${message}` };
}
