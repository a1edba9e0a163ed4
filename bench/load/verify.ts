/**
 * Whether the intervals of `baimo load` hold what they say: `npm run verify:load` [-- --repeats 100]. Searches for the knee and
 * single steps on simulated queues, without sockets; the truth is Erlang's formula where it holds, else a simulation of a
 * million arrivals. Exit 1 where fewer than 90% of the intervals that were told cover it.
 */
import { parseArgs } from "node:util";

import { searched } from "../../src/engine/load/load.ts";
import {
  halfWidth,
  isDecided,
  measuringSteps,
  nextSearchStep,
  type SearchedStep,
  toldInterval,
} from "../../src/engine/load/search.ts";
import { simulatedStep } from "../../src/engine/load/testing/simulated-step.ts";
import { percentilesByBlocks } from "../../src/stats/load/block-bootstrap.ts";
import { type Knee, kneeOf } from "../../src/stats/load/knee.ts";
import { percentileWithInterval } from "../../src/stats/percentile.ts";
import {
  createStation,
  exponential,
  lognormal,
  type Queue,
  waitsLonger,
} from "../../src/stats/testing/queue.ts";

const { values } = parseArgs({
  options: { repeats: { type: "string", default: "100" }, only: { type: "string" } },
});
const repeats = Number(values.repeats);
const share = 0.95;
const precision = 0.05;
const requests = 20_000;
const longRun = 1_000_000;

/** A server of known capacity, and the wait that its SLO allows; seconds. */
type KnownServer = Omit<Queue, "rate"> & {
  readonly name: string;
  readonly mean: number;
  readonly slo: number;
};

const lognormalOf = (slots: number, sigma: number, slo: number, mean = 1): KnownServer => ({
  name: `M/G/${slots} lognormal ${sigma}, mean ${mean} s, wait ≤ ${slo} s`,
  slots,
  mean,
  service: lognormal(mean, sigma),
  slo,
});
const memoryless = (slots: number, slo: number, mean = 1): KnownServer => ({
  name: `M/M/${slots}, mean ${mean} s, wait ≤ ${slo} s`,
  slots,
  mean,
  service: exponential(mean),
  slo,
});

const servers: readonly KnownServer[] = [
  memoryless(4, 1),
  memoryless(16, 1),
  memoryless(64, 0.2),
  memoryless(8, 5),
  lognormalOf(16, 1, 1),
  lognormalOf(32, 0.3, 0.2),
  lognormalOf(8, 0.3, 0.5),
  // Answers that take long beside what a step used to last.
  lognormalOf(64, 0.3, 2, 2),
  lognormalOf(256, 0.5, 2, 10),
];

function trueKnee(server: KnownServer): number {
  const { slots, mean, slo, name } = server;
  const isExact = name.startsWith("M/M");
  const bad = (rate: number): number => {
    if (isExact) return waitsLonger({ slots, rate, mean }, slo);
    const waits = createStation(server, 99)(rate, longRun).waits.subarray(longRun / 10);
    return waits.reduce((sum, wait) => sum + (wait > slo ? 1 : 0), 0) / waits.length;
  };
  let [low, high] = [0, slots / mean];
  for (let round = 0; round < (isExact ? 50 : 14); round += 1) {
    const middle = (low + high) / 2;
    if (bad(middle) > 1 - share) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/** A search as the program makes it, each step on an empty server. */
function search(
  server: KnownServer,
  seed: number,
): { readonly knee: Knee | null; readonly sent: number } {
  const done: SearchedStep[] = [];
  const { mean, slo: slack_s } = server;
  const plan = {
    start: 4 / mean,
    growth: 2,
    most: 1e6,
    requests,
    share,
    probe_s: 30,
    notices: 0.2,
    growing_notices: 0.5,
    precision,
    answer_s: mean,
    slack_s,
  };
  const slo = { ttft_ms: slack_s * 1_000, total_ms: null, speed: null };
  for (;;) {
    const step = nextSearchStep(done, plan);
    if (step === null) break;
    const station = createStation(server, seed * 1_000 + done.length);
    const { line, rows } = simulatedStep(station, step, { slo, first: "served" });
    done.push(searched(rows, line, slo));
  }
  const sent = done.reduce((sum, step) => sum + step.sent, 0);
  return { knee: kneeOf(measuringSteps(done, requests), share), sent };
}

let missed = 0;

function verifyKnee(server: KnownServer): void {
  const truth = trueKnee(server);
  const found = Array.from({ length: repeats }, (_, at) => search(server, at + 1));
  const told = found.flatMap(({ knee }) =>
    knee === null || toldInterval(knee) === null ? [] : [knee],
  );
  const covers = ({ interval }: Knee): boolean =>
    interval !== null && interval.low <= truth && truth <= interval.high;
  const covered = told.filter(covers).length;
  const decided = told.filter((knee) => isDecided(knee, precision));
  const error = Math.sqrt(
    told.reduce((sum, { level }) => sum + (level / truth - 1) ** 2, 0) / told.length,
  );
  const widths = told.map(halfWidth).toSorted((a, b) => a - b);
  if (covered < 0.9 * told.length) missed += 1;
  console.log(
    `${server.name}: truth ${truth.toFixed(3)}; ${told.length} intervals, ${covered} cover; ${decided.length} found (≤ 5%), of which ${decided.filter(covers).length} cover; error ${(100 * error).toFixed(1)}%, median half-width ${(100 * (widths[Math.floor(widths.length / 2)] ?? 0)).toFixed(1)}%; ${Math.round(found.reduce((sum, { sent }) => sum + sent, 0) / repeats)} requests`,
  );
}

const shares = [0.5, 0.9, 0.99] as const;

function verifyPercentiles(name: string, queue: Queue): void {
  const long = createStation(queue, 5)(queue.rate, longRun)
    .totals.subarray(longRun / 100)
    .toSorted();
  const counts = shares.map(() => ({ blocks: 0, independent: 0 }));
  for (let seed = 1; seed <= repeats; seed += 1) {
    const totals = createStation(queue, 1_000 + seed)(queue.rate, 5_000).totals.slice(1_000);
    const sorted = totals.toSorted();
    const byBlocks = percentilesByBlocks(totals, shares);
    for (const [at, count] of counts.entries()) {
      const q = shares[at] ?? 0;
      const truth = long[Math.floor(q * long.length)] ?? 0;
      const isIn = (
        found: { low: number | null; high: number | null } | null | undefined,
      ): boolean =>
        found != null &&
        (found.low ?? 0) <= truth &&
        truth <= (found.high ?? Number.POSITIVE_INFINITY);
      count.blocks += isIn(byBlocks[at]) ? 1 : 0;
      count.independent += isIn(percentileWithInterval(sorted, q)) ? 1 : 0;
    }
  }
  const p99 = counts[2]?.blocks ?? 0;
  if (p99 < 0.9 * repeats) missed += 1;
  console.log(
    `${name}: of ${repeats}, p50/p90/p99 covered by blocks ${counts.map(({ blocks }) => blocks).join("/")}, as if independent ${counts.map(({ independent }) => independent).join("/")}`,
  );
}

console.log(`Knees within ${requests} requests`);
servers
  .filter((_, at) => values.only === undefined || values.only.split(",").includes(String(at + 1)))
  .forEach(verifyKnee);
console.log("\nPercentiles of the whole time, 4,000 requests measured");
verifyPercentiles("M/M/16 at 10/s", { slots: 16, rate: 10, service: exponential(1) });
verifyPercentiles("M/M/16 at 12.5/s", { slots: 16, rate: 12.5, service: exponential(1) });
verifyPercentiles("M/G/32 lognormal 0.5 at 26/s", {
  slots: 32,
  rate: 26,
  service: lognormal(1, 0.5),
});
verifyPercentiles("M/M/4 at 2/s", { slots: 4, rate: 2, service: exponential(1) });
process.exitCode = missed === 0 ? 0 : 1;
