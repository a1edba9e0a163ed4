import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { CodeTest } from "../../domain/code-test.ts";
import type { CodeRunner } from "../../domain/config.ts";
import type { BoxFailure, BoxLimits, BoxResult } from "./box/messages.ts";

import { printedOutcome, skipped, type TestOutcome } from "./run-tests.ts";

const defaultEnv = { PATH: "/usr/local/bin:/usr/bin:/bin" } as const;
const mostMessageChars = 300;

type Printed = Pick<BoxResult, "stdout" | "failure">;

/**
 * Runs a program by the user's own command, which nothing here confines: it is ended after the time limit, of the clock
 * and not of the processor, and when it prints too much. It does not see the harness's environment. Tests with input and
 * output only.
 */
export async function runOwnTests(
  program: string,
  tests: readonly CodeTest[],
  runner: CodeRunner,
  limits: BoxLimits,
  stopEarly: boolean,
): Promise<readonly TestOutcome[]> {
  const folder = await mkdtemp(join(tmpdir(), "baimo-program-"));
  try {
    const file = join(folder, runner.file);
    await writeFile(file, program);
    const outcomes: TestOutcome[] = [];
    for (const test of tests) {
      const isOver = stopEarly && outcomes.some(({ passed }) => !passed);
      if (isOver || !("stdin" in test)) outcomes.push(skipped(test));
      else
        outcomes.push(
          printedOutcome(test, await runOnce(runner, file, folder, test.stdin, limits)),
        );
    }
    return outcomes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runOnce(
  { command, env = defaultEnv }: CodeRunner,
  file: string,
  folder: string,
  stdin: string,
  limits: BoxLimits,
): Promise<Printed> {
  const [name = "", ...args] = command.map((part) => part.replaceAll("{file}", file));
  return new Promise((resolve) => {
    // A group of its own, so that what it starts ends with it.
    const child = spawn(name, args, { cwd: folder, env, detached: true });
    const out: Buffer[] = [];
    let errors = "";
    let size = 0;
    let stopped: BoxFailure | null = null;
    const stop = (failure: BoxFailure): void => {
      stopped ??= failure;
      endGroup(child.pid);
    };
    const timer = setTimeout(
      () => stop({ kind: "time", message: `more than ${limits.time_ms / 1000} s` }),
      limits.time_ms,
    );
    child.stdout.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limits.output_bytes) out.push(chunk);
      else stop({ kind: "output", message: `more than ${limits.output_bytes} bytes printed` });
    });
    child.stderr.on("data", (chunk: Buffer) => {
      errors = `${errors}${chunk.toString()}`.slice(-2_000);
    });
    // A program need not read its input.
    child.stdin.on("error", () => null);
    child.stdin.end(stdin);
    const done = (failure: BoxFailure | null): void => {
      clearTimeout(timer);
      resolve({ stdout: Buffer.concat(out).toString(), failure });
    };
    child.on("error", ({ message }) => done({ kind: "unavailable", message }));
    child.on("close", (code) => {
      endGroup(child.pid);
      done(stopped ?? (code === 0 ? null : { kind: "error", message: lastLine(errors, code) }));
    });
  });
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}

const lastLine = (errors: string, code: number | null): string =>
  (errors.trim().split("\n").at(-1) ?? "").slice(0, mostMessageChars) || `ended with ${code}`;
