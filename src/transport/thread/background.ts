import { readdirSync, readFileSync } from "node:fs";
import { constants, setPriority } from "node:os";

/** What Node calls the threads on which V8 compiles and collects. */
const name = "V8Worker";
const tasks = "/proc/self/task";

/**
 * Lets the threads on which V8 compiles and collects in the background give way to those that send and read. A run compiles most of
 * its code while its first answers come, on more threads than many machines have cores: what was read late for that would count
 * as the vendor's latency. Only on Linux, where each thread has a priority of its own; returns how many threads give way.
 */
export function lowerBackground(): number {
  if (process.platform !== "linux") return 0;
  try {
    const found = readdirSync(tasks).filter((id) => nameOf(id) === name);
    for (const id of found) setPriority(Number(id), constants.priority.PRIORITY_BELOW_NORMAL);
    return found.length;
  } catch {
    // A system that hides its threads, or does not let their priority be changed.
    return 0;
  }
}

const nameOf = (id: string): string => readFileSync(`${tasks}/${id}/comm`, "utf8").trim();
