/**
 * Sends n items (default 100,000) to a simulator in its own process in compressed vendor time, with faults, and watches
 * memory, sockets and listeners meanwhile: `npm run soak [n] [minutes]`. Ends after the minutes (default 10) at the
 * latest. Exit code 1 where memory grows or something leaks.
 */
import { getEventListeners } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import "../own-temporary.ts";
import { makeRig } from "../src/cli/testing/rig.ts";

const items = Number(process.argv[2] ?? 100_000);
const minutes = Number(process.argv[3] ?? 10);
setFlagsFromString("--expose_gc");
const collect = runInNewContext("gc") as () => void;

const rig = await makeRig({
  items,
  separate: true,
  speed: 2_000,
  models: ["baicao"],
  limits: { concurrency: 64 },
  params: { max_tokens: 6 },
  script: {
    schema: "faults/1",
    rules: [
      {
        attempts: 1,
        share: 0.02,
        do: [
          { fault: "status", status: 500 },
          { fault: "reset" },
          { fault: "truncate" },
          { fault: "status", status: 429, retry_after_ms: 5 },
        ],
      },
    ],
  },
});

const stop = new AbortController();
const abort = new AbortController();
const start = performance.now();
const warnings: string[] = [];
process.on("warning", ({ message }) => warnings.push(message));
const samples: { answers: number; heap_mb: number; rss_mb: number; sockets: number }[] = [];
let answers = 0;

const sample = (): void => {
  collect();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  const sockets = process.getActiveResourcesInfo().filter((kind) => kind === "TCPSocketWrap");
  const heap_mb = (heapUsed + arrayBuffers) / 1e6;
  samples.push({ answers, heap_mb, rss_mb: rss / 1e6, sockets: sockets.length });
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(
    `${seconds} s: ${answers} answers, heap ${heap_mb.toFixed(1)} MB, rss ${(rss / 1e6).toFixed(0)} MB, ` +
      `${sockets.length} sockets, ${listeners()} listeners`,
  );
  if (performance.now() - start > minutes * 60_000) stop.abort();
};
const listeners = (): number =>
  [stop, abort].reduce((sum, { signal }) => sum + getEventListeners(signal, "abort").length, 0);

const timer = setInterval(sample, 5_000);
const end = await rig.run({
  stopping: stop.signal,
  signal: abort.signal,
  observe: ({ kind }) => {
    if (kind === "answer") answers += 1;
  },
});
clearInterval(timer);
const seconds = (performance.now() - start) / 1000;
const left = listeners();
await rig.close();
await new Promise((done) => setTimeout(done, 200));
collect();
const sockets = process.getActiveResourcesInfo().filter((kind) => kind === "TCPSocketWrap").length;

const early = samples[Math.floor(samples.length * 0.2)];
const late = samples.at(-1);
const growth = (late?.heap_mb ?? 0) - (early?.heap_mb ?? 0);
console.log(
  `${end.status}: ${end.answers} answers, ${end.failed} failed, ${seconds.toFixed(0)} s, ` +
    `${(end.answers / seconds).toFixed(0)}/s, loop utilisation ${end.loop.utilisation.toFixed(2)}`,
);
console.log(
  `heap from ${early?.answers} to ${late?.answers} answers: ${growth >= 0 ? "+" : ""}${growth.toFixed(1)} MB; ` +
    `afterwards ${left} listeners, ${sockets} sockets, warnings: ${warnings.length === 0 ? "none" : warnings.join("; ")}`,
);
if (growth > 10 || left > 0 || sockets > 0 || warnings.length > 0 || end.failed > 0) {
  process.exitCode = 1;
}
