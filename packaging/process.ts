import { spawn } from "node:child_process";
import { delimiter, dirname } from "node:path";
import { text } from "node:stream/consumers";

export type Place = {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Another user of this machine; without it, the caller's own. */
  readonly uid?: number;
  readonly limit_ms?: number;
};

export type Result = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** Runs a program to its end. Past its limit it is killed with all that it started, and this rejects. */
export async function result(
  command: string,
  args: readonly string[],
  { limit_ms = 60_000, ...place }: Place,
): Promise<Result> {
  // In a process group of its own: npm and npx start others, which keep its output open.
  const child = spawn(command, args, {
    ...place,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  }, limit_ms);
  try {
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", resolve);
    });
    const [code, stdout, stderr] = await Promise.all([
      ended,
      text(child.stdout),
      text(child.stderr),
    ]);
    if (!late) return { code, stdout, stderr };
    throw new Error(`${command} ${args.join(" ")} took more than ${limit_ms} ms: ${stderr}`);
  } finally {
    clearTimeout(timer);
  }
}

/** What a program prints that must end with 0. */
export async function output(
  command: string,
  args: readonly string[],
  place: Place,
): Promise<string> {
  const { code, stdout, stderr } = await result(command, args, place);
  if (code === 0) return stdout;
  throw new Error(`${command} ${args.join(" ")} ended with ${code}: ${stderr}${stdout}`);
}

/** Where a user's programs are: a Node that the package asks for comes first, this checkout's own are not among them. */
export function userPath(): string {
  const paths = (process.env["PATH"] ?? "").split(delimiter);
  const own = paths.filter((path) => !path.includes("node_modules"));
  return [dirname(process.execPath), ...own].join(delimiter);
}
