/**
 * Loaded before a measured program (`node --import`): writes to the file that BENCH_PROBE names what the process has used
 * from its first connection to its end, and the most memory that it held.
 */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { writeFileSync } from "node:fs";

const channel = "undici:client:beforeConnect";
let start: { readonly cpu: NodeJS.CpuUsage; readonly at: number } | null = null;
const onConnect = (): void => {
  start = { cpu: process.cpuUsage(), at: performance.now() };
  unsubscribe(channel, onConnect);
};
subscribe(channel, onConnect);

process.on("exit", () => {
  const { user, system } = process.cpuUsage(start?.cpu);
  const used = {
    cpu_ms: (user + system) / 1000,
    system_ms: system / 1000,
    start_cpu_ms: ((start?.cpu.user ?? 0) + (start?.cpu.system ?? 0)) / 1000,
    wall_ms: performance.now() - (start?.at ?? 0),
    peak_mb: process.resourceUsage().maxRSS / 1024,
  };
  writeFileSync(process.env["BENCH_PROBE"] ?? "/dev/stderr", JSON.stringify(used));
});
