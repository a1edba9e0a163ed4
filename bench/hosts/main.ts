/**
 * How often hosts of one model are judged rightly: `npm run verify:hosts [-- --runs 500]`. Three honest hosts are compared with
 * the official service together, and every comparison in which any of them is outside in anything is a false alarm; then
 * hosts that are quantised, that cut replies, or that are another model. Exit code 1 where false alarms are more than
 * 5 % plus two errors of the simulation, or a quantised host of 3 points is missed in more than 1 of 5 (plus two errors) at the n stated
 * in docs/hosts.md.
 */
import { parseArgs } from "node:util";

import { conformityOf } from "../../src/report/hosts/conformity.ts";
import { type Alteration, worldOf } from "./world.ts";

const { values: flags } = parseArgs({
  options: {
    runs: { type: "string", default: "500" },
    items: { type: "string", default: "300" },
    draws: { type: "string", default: "4000" },
    power: { type: "string", default: "100" },
  },
});
const [runs, items, draws, powerRuns] = [flags.runs, flags.items, flags.draws, flags.power].map(
  Number,
);
if (runs === undefined || items === undefined || draws === undefined || powerRuns === undefined)
  process.exit(2);

/** Items and repeats at which the guide says that 3 points are found. */
const stated = { items: 1_000, trials: 3 };
const wavers = 0.3;
const honest: Alteration = {};

const started = performance.now();
let failed = false;
for (const [n, trials] of [
  [40, 2],
  [items, 2],
  [items, 3],
] as const) {
  if (runs === 0) break;
  let alarms = 0;
  let withins = 0;
  for (let run = 0; run < runs; run++) {
    const worlds = worldOf([honest, honest, honest], {
      items: n,
      trials: { official: trials, host: trials },
      skill: 0.75,
      wavers,
      seed: 1_000_003 * trials + 7 * n + run,
    });
    const verdicts = worlds.map((each) => conformityOf(each, { seed: run, hosts: 3, draws }));
    if (verdicts.some((of) => of.some(({ verdict }) => verdict === "outside"))) alarms++;
    withins += verdicts.flat().filter(({ verdict }) => verdict === "within").length / 3;
  }
  const rate = alarms / runs;
  if (rate > 0.05 + 2 * Math.sqrt((0.05 * 0.95) / runs)) failed = true;
  console.log(
    `honest  n ${n} trials ${trials}: ${alarms} of ${runs} comparisons of 3 hosts with an alarm (${(100 * rate).toFixed(1)} %), ${(withins / runs).toFixed(1)} of 12 measures within`,
  );
}
for (const [name, altered, n, trials] of [
  ["-3 points", { skill: -0.03 }, 300, 3],
  ["-3 points", { skill: -0.03 }, 700, 3],
  ["-3 points", { skill: -0.03 }, stated.items, stated.trials],
  ["-3 points", { skill: -0.03 }, 1_000, 2],
  ["-3 points", { skill: -0.03 }, 1_500, 2],
  ["cut +3 %", { cut: 0.03 }, 300, 2],
  ["cut +5 %", { cut: 0.05 }, 300, 2],
  ["other model of equal skill", { other: true }, 100, 2],
  ["other model of equal skill", { other: true }, 300, 2],
] as const) {
  let [found, effect, falseWithin] = [0, 0, 0];
  for (let run = 0; run < powerRuns; run++) {
    const [world] = worldOf([altered], {
      items: n,
      trials: { official: trials, host: trials },
      skill: 0.75,
      wavers,
      seed: 77_003 * trials + 11 * n + run,
    });
    const verdicts = conformityOf(world ?? [], { seed: run, hosts: 3, draws });
    if (verdicts.some(({ verdict }) => verdict === "outside")) found++;
    if (verdicts[0]?.verdict === "outside") effect++;
    if (verdicts[0]?.verdict === "within") falseWithin++;
  }
  const share = (of: number): string => `${((100 * of) / powerRuns).toFixed(0)} %`;
  if (
    n === stated.items &&
    trials === stated.trials &&
    effect / powerRuns < 0.8 - 2 * Math.sqrt(0.16 / powerRuns)
  )
    failed = true;
  console.log(
    `${name}  n ${n} trials ${trials}: outside in anything ${share(found)}, in effect ${share(effect)}; effect called within ${share(falseWithin)}`,
  );
}
console.log(`${((performance.now() - started) / 1_000).toFixed(0)} s`);
process.exitCode = failed ? 1 : 0;
