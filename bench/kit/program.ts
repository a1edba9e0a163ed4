import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a command left: its output, exit code, and what it and all processes that it started used. */
export type Ran = {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
  readonly cpu_s: number;
  /** Most memory of one of its processes. */
  readonly rss_mb: number;
  /** The most that all of them held at once. */
  readonly all_rss_mb: number;
  readonly wall_s: number;
};

/** Runs a program to its end under the eyes of `usage.py`, whose own settings go through `env` as well. */
export async function ran(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Ran> {
  const started = performance.now();
  const probe = join(import.meta.dirname, "usage.py");
  const child = spawn("python3", [probe, command, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const texts = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (texts.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (texts.stderr += text));
  const [code] = (await once(child, "close")) as [number | null];
  const used = /@usage cpu=([\d.]+) rss=([\d.]+) all=([\d.]+)/.exec(texts.stderr)?.slice(1) ?? [];
  const [cpu_s = Number.NaN, rss_mb = Number.NaN, all_rss_mb = Number.NaN] = used.map(Number);
  return {
    ...texts,
    code,
    cpu_s,
    rss_mb,
    all_rss_mb,
    wall_s: (performance.now() - started) / 1_000,
  };
}

/** CPU time so far, in whatever unit, by moments of the machine's monotonic clock. */
export type CpuSamples = readonly (readonly [at_ms: number, cpu: number])[];

/** CPU seconds so far as `usage.py` wrote them into its file USAGE_SAMPLES; the first sample is the start. */
export const readSamples = (file: string): CpuSamples =>
  readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [at_s = Number.NaN, cpu_s = Number.NaN] = line.split(" ").map(Number);
      return [at_s * 1_000, cpu_s];
    });

/** CPU time used by a moment, between the two samples around it; before the first and after the last one theirs. */
export function usedBy(samples: CpuSamples, at_ms: number): number {
  const next = samples.findIndex(([moment]) => moment >= at_ms);
  const [after, before] = [samples[next], samples[next - 1]];
  if (after === undefined) return samples.at(-1)?.[1] ?? Number.NaN;
  if (before === undefined) return after[1];
  const share = (at_ms - before[0]) / (after[0] - before[0]);
  return before[1] + share * (after[1] - before[1]);
}

/** A program of somebody else's, found in a folder that an environment variable names. */
export type Home = {
  readonly variable: string;
  /** Its place below that folder. */
  readonly program: string;
};

/** Where it is installed; null, and said so, where it is not. */
export function installed(name: string, { variable, program }: Home): string | null {
  const folder = process.env[variable];
  if (folder !== undefined && existsSync(join(folder, program))) return folder;
  console.log(`${name} is not installed: ${variable} names no folder with ${program}`);
  return null;
}
