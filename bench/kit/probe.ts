/**
 * Loaded before a measured program (`node --import`), in each of its threads: writes to the file named by BENCH_PROBE
 * what the process used from its first connection to its end, its peak memory, and every tenth of a second what it had
 * used so far.
 */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

type Start = { readonly cpu: NodeJS.CpuUsage; readonly at: number };

const file = process.env["BENCH_PROBE"] ?? "/dev/stderr";
const startFile = `${file}.start`;
const channel = "undici:client:beforeConnect";
/** CPU time of all threads, and milliseconds of the clock that they share. */
const used = (): Start => ({
  cpu: process.cpuUsage(),
  at: Number(process.hrtime.bigint()) / 1e6,
});
const onConnect = (): void => {
  unsubscribe(channel, onConnect);
  writeFileSync(startFile, JSON.stringify(used()));
};
subscribe(channel, onConnect);

if (isMainThread) {
  const samples: [at_ms: number, cpu_ms: number][] = [];
  setInterval(() => {
    const { cpu, at } = used();
    samples.push([at, (cpu.user + cpu.system) / 1000]);
  }, 100).unref();
  process.on("exit", () => {
    const end = used();
    const start = existsSync(startFile)
      ? (JSON.parse(readFileSync(startFile, "utf8")) as Start)
      : { cpu: { user: 0, system: 0 }, at: end.at };
    const system = end.cpu.system - start.cpu.system;
    writeFileSync(
      file,
      JSON.stringify({
        cpu_ms: (end.cpu.user - start.cpu.user + system) / 1000,
        system_ms: system / 1000,
        start_cpu_ms: (start.cpu.user + start.cpu.system) / 1000,
        wall_ms: end.at - start.at,
        samples,
        peak_mb: process.resourceUsage().maxRSS / 1024,
      }),
    );
  });
}
