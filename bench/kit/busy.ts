import { spawn } from "node:child_process";
import { once } from "node:events";

/** No loop outlives its purpose by more than this, whatever becomes of the process that started it. */
const mostMs = 600_000;

/** Starts processes that do nothing but compute. The returned function ends them, and no others. */
export function startBusyLoops(count: number): () => Promise<void> {
  const loop = `const until = Date.now() + ${mostMs}; while (Date.now() < until && process.ppid === ${process.pid});`;
  const children = Array.from({ length: count }, () =>
    spawn(process.execPath, ["-e", loop], { stdio: "ignore" }),
  );
  return async () => {
    await Promise.all(
      children.map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const ended = once(child, "exit");
        child.kill();
        await ended;
      }),
    );
  };
}
