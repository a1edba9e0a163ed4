/** How often the interval of p99 covers the truth. */
import { percentilesByBlocks } from "../../src/stats/load/block-bootstrap.ts";
import { percentileWithInterval } from "../../src/stats/percentile.ts";
import { createStation, exponential, lognormal } from "../../src/stats/testing/queue.ts";

const cases = [
  { name: "M/M/16 at 10/s", slots: 16, rate: 10, service: exponential(1) },
  { name: "M/M/16 at 12.5/s", slots: 16, rate: 12.5, service: exponential(1) },
  { name: "M/G/32 at 26/s", slots: 32, rate: 26, service: lognormal(1, 0.5) },
  { name: "M/M/4 at 2/s", slots: 4, rate: 2, service: exponential(1) },
];
for (const each of cases) {
  const long = createStation(each, 5)(each.rate, 1_000_000).totals.subarray(10_000).slice().sort();
  const truth = [0.5, 0.9, 0.99].map((q) => long[Math.floor(q * long.length)] ?? 0);
  const covered = [0, 0, 0];
  const naive = [0, 0, 0];
  for (let seed = 1; seed <= 100; seed += 1) {
    const values = createStation(each, 1000 + seed)(each.rate, 5_000).totals.subarray(1_000).slice();
    percentilesByBlocks(values, [0.5, 0.9, 0.99]).forEach((p, at) => {
      if (p !== null && (p.low ?? -1) <= truth[at]! && truth[at]! <= (p.high ?? Infinity)) covered[at]! += 1;
    });
    const sorted = values.slice().sort();
    [0.5, 0.9, 0.99].forEach((q, at) => {
      const p = percentileWithInterval(sorted, q)!;
      if ((p.low ?? -1) <= truth[at]! && truth[at]! <= (p.high ?? Infinity)) naive[at]! += 1;
    });
  }
  console.log(each.name, "covered", covered, "as if independent", naive);
}
