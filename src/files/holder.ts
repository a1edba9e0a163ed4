import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** The process that holds a lock, as its lock names it. */
export type Holder = {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
  /** When the process started, in clock ticks after the start of its machine; null where the system does not say. */
  readonly started: number | null;
  /** Where `pid` has its meaning: the machine's start and the container; null where the system does not say. */
  readonly space: string | null;
};

/** How long the lock of a process that cannot be looked at may go without a sign of life. */
export const silenceMs = 60_000;

/** Without hard links, a lock's text comes after its name: for so long, an unreadable one may still be coming. */
const comingMs = 1_000;

/** This process. */
export const ownHolder = (): Holder => ({
  pid: process.pid,
  host: hostname(),
  since: new Date().toISOString(),
  started: statOf(process.pid)?.started ?? null,
  space: ownSpace(),
});

/** The holder that a lock's text names, or null if the text names none. Locks of earlier versions say less. */
export function readHolder(text: string): Holder | null {
  const value = parsed(text);
  if (typeof value !== "object" || value === null) return null;
  const { pid, host, since, started, space } = value as Readonly<Record<string, unknown>>;
  // Signals to 0 and to negative numbers reach whole groups of processes, so these would always look alive.
  if (!Number.isSafeInteger(pid) || Number(pid) <= 0 || Number(pid) > 0x7fff_ffff) return null;
  if (typeof host !== "string" || host === "") return null;
  return {
    pid: Number(pid),
    host,
    since: typeof since === "string" ? since : "",
    started: typeof started === "number" ? started : null,
    space: typeof space === "string" ? space : null,
  };
}

/** What is known of a lock's holder; `gone` and `silent` may be taken over, `coming` is a lock still being written. */
export type Liveness = "alive" | "coming" | "gone" | "reused" | "silent" | "unreadable";

/**
 * Whether the holder of a lock lives. On this machine its process is asked: a zombie is dead, and a process of the
 * same number that started at another time is another. Elsewhere only the lock's age in milliseconds can tell.
 */
export function livenessOf(holder: Holder | null, age_ms: number): Liveness {
  if (holder === null) return age_ms < comingMs ? "coming" : "unreadable";
  const bySign = age_ms > silenceMs ? "silent" : "alive";
  if (holder.host !== hostname()) return bySign;
  if (holder.space !== null && holder.space !== ownSpace()) return bySign;
  if (!exists(holder.pid)) return "gone";
  const found = statOf(holder.pid);
  // The system does not let us look, so that a number may belong to anybody.
  if (found === null) return bySign;
  if (found.state === "Z" || found.state === "X") return "gone";
  return isSame(holder, found) ? "alive" : "reused";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && Reflect.get(error, "code") === "EPERM";
  }
}

type ProcessStat = { readonly state: string; readonly started: number };

/** State and start of a process (Linux, proc_pid_stat(5): fields 3 and 22), or null where it cannot be read. */
function statOf(pid: number): ProcessStat | null {
  const text = readOrNull(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  if (text === null) return null;
  // The name in brackets may hold blanks and brackets of its own.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state = "", started] = [fields[0], Number(fields[19])];
  return Number.isSafeInteger(started) ? { state, started } : null;
}

const ticksPerSecond = 100;
const clockSlackMs = 2_000;

/** A lock of an earlier version does not say when its process started, but certainly not after the lock. */
function isSame({ started, since }: Holder, found: ProcessStat): boolean {
  if (started !== null) return started === found.started;
  const boot = readOrNull(() => /^btime (\d+)$/m.exec(readFileSync("/proc/stat", "utf8"))?.[1]);
  const made = Date.parse(since);
  if (boot == null || Number.isNaN(made)) return true;
  const startedAt = (Number(boot) + found.started / ticksPerSecond) * 1_000;
  return startedAt <= made + clockSlackMs;
}

/** Process numbers mean something only within one start of one machine and one container. */
function ownSpace(): string | null {
  const boot = readOrNull(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
  const container = readOrNull(() => readlinkSync("/proc/self/ns/pid"));
  return boot === null || container === null ? null : `${boot} ${container}`;
}

function readOrNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
