/**
 * A year of the nightly board in compressed time: `npm run verify:year` [-- --nights N] [--targets N] [--seed N]
 * [--keep FOLDER]. Records are drawn and judged night by night as `baimo nightly` would, second measurements included,
 * and written, so that size, time and memory are those of real histories; the last night is judged by the built program, in a
 * process of its own. Exit code 1 where a promise is broken.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual, parseArgs } from "node:util";

import "../../own-temporary.ts";

import type { NightRecord } from "../../src/report/nightly/record.ts";

import { keepNight, readHistory } from "../../src/report/nightly/history.ts";
import { judgeHistory, suspects } from "../../src/report/nightly/nightly.ts";
import { withSecond } from "../../src/report/nightly/record.ts";
import { alarmsPerMonth } from "../../src/stats/drift/drift.ts";
import { measure, type NightPlan, skillsOf } from "./measure.ts";
import { worldOf } from "./world.ts";

const { values: flags } = parseArgs({
  options: {
    nights: { type: "string", default: "365" },
    targets: { type: "string", default: "31" },
    seed: { type: "string", default: "1" },
    keep: { type: "string" },
  },
});
const [nights, targets, seed] = [flags.nights, flags.targets, flags.seed].map(Number);
if (!(Number(nights) >= 40) || !(Number(targets) >= 6) || !Number.isInteger(seed)) {
  console.error("--nights: at least 40; --targets: at least 6; --seed: a whole number");
  process.exit(2);
}
const world = worldOf(nights ?? 0, targets ?? 0, seed ?? 0);
const skills = skillsOf(world, (seed ?? 0) * 1_000);
const folder = flags.keep ?? mkdtempSync(join(tmpdir(), "baimo-year-"));
mkdirSync(folder, { recursive: true });

type Found = { readonly night: number; readonly target: string; readonly delta: number };
type Troubled = { readonly night: number; readonly target: string; readonly kind: string };

const alarms: Found[] = [];
const troubles: Troubled[] = [];
const history: NightRecord[] = [];
let again = 0;
let slowest = 0;
for (let night = 0; night < world.nights; night++) {
  if (!world.missing.has(night)) await runNight(night);
}

async function runNight(night: number): Promise<void> {
  const all = [...world.targets.keys()];
  const previous = history.at(-1)?.run ?? null;
  const plan: NightPlan = { world, skills, night, targets: all, second: false, previous, seed: 77 };
  const first = measure(plan);
  await keepNight(folder, first);
  history.push(first.night);
  const { changed, troubled } = suspects(history);
  const odd = [...new Set([...changed, ...troubled])];
  if (odd.length === 0) return;
  const second = measure({
    ...plan,
    targets: odd.map((ref) => world.targets.indexOf(ref)),
    second: true,
  });
  again += odd.length;
  await keepNight(folder, second);
  history[history.length - 1] = withSecond(first.night, second.night);
  judge(night);
}

/** Seconds of the processor since `from`: a machine that has other work to do does not count. */
function cpuSeconds(from: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1e6;
}

/** Only what was measured again can be an alarm; trouble is told here too. */
function judge(night: number): void {
  const started = process.cpuUsage();
  const report = judgeHistory("nightly", history);
  slowest = Math.max(slowest, cpuSeconds(started));
  for (const { target, judgement, trouble, drift } of report.targets) {
    if (trouble !== null) troubles.push({ night, target, kind: trouble.kind });
    if (judgement === "down" || judgement === "up") {
      alarms.push({ night, target, delta: 100 * (drift.delta ?? 0) });
    }
  }
}

const changes = world.events.flatMap((event) => (event.what === "change" ? [event] : []));
const isTrue = ({ target, night }: Found): boolean =>
  changes.some((change) => world.targets[change.target] === target && night >= change.day);
const falseAlarms = alarms.filter((alarm) => !isTrue(alarm));
/** Nights that took place from a day to another, both included. */
const passed = (from: number, to: number): number =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at).filter(
    (day) => !world.missing.has(day),
  ).length;
const lags = changes.map(({ day, target, points }) => {
  const first = alarms.find((each) => each.target === world.targets[target] && each.night >= day);
  return { points, lag: first === undefined ? null : passed(day, first.night) };
});
const reroutes = world.events.flatMap((event) => (event.what === "reroute" ? [event] : []));
/** The first night that took place. */
const firstNight = (day: number): number => {
  let night = day;
  while (world.missing.has(night)) night++;
  return night;
};
const named = reroutes.filter(({ day, target }) =>
  troubles.some(
    ({ night, target: ref, kind }) =>
      kind === "rerouted" && ref === world.targets[target] && night === firstNight(day),
  ),
);
const outages = world.events.flatMap((event) => (event.what === "outage" ? [event] : []));
const blamed = alarms.filter(({ night, target }) =>
  outages.some(
    ({ day, targets: hit }) => day === night && hit.some((at) => world.targets[at] === target),
  ),
);
const wronglyBlamed = blamed.filter((alarm) => !isTrue(alarm));

const sizes = readdirSync(join(folder, "nights")).map(
  (name) => statSync(join(folder, "nights", name)).size,
);
const bytes = sizes.reduce((sum, size) => sum + size, 0);
const started = process.cpuUsage();
const read = await readHistory(folder);
const reading = cpuSeconds(started);
const same = isDeepStrictEqual(
  judgeHistory("nightly", read.nights),
  judgeHistory("nightly", history),
);

const lastNight = judgedByProgram();

/** What the whole command took, its start included, and the most memory that it held. */
function judgedByProgram(): { readonly seconds: number; readonly megabytes: number } {
  const told =
    "process.on('exit', () => console.error('USED ' + JSON.stringify(process.resourceUsage())))";
  const program = join(import.meta.dirname, "../../dist/cli/bin.js");
  const args = ["nightly", "--no-run", "--board", "nightly", "--history", folder];
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${told}`, program, ...args],
    { cwd: folder, encoding: "utf8" },
  );
  const used = /USED (\{.*\})/.exec(stderr)?.[1];
  if (used === undefined || status === 2) throw new Error(stderr);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(used) as NodeJS.ResourceUsage;
  return { seconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1e3 };
}

const months = (world.nights - world.missing.size) / 30;
const expected = alarmsPerMonth * months;
/** Above this a Poisson count of that mean comes by chance in less than one of a hundred years. */
const mostFalse = poissonBound(expected, 0.99);

function poissonBound(mean: number, share: number): number {
  let [term, sum, count] = [Math.exp(-mean), Math.exp(-mean), 0];
  while (sum < share) {
    count++;
    term *= mean / count;
    sum += term;
  }
  return count;
}

const rows: readonly (readonly [string, string, boolean])[] = [
  [
    "history",
    `${(bytes / 1e6).toFixed(1)} MB in ${sizes.length} records, largest ${(Math.max(...sizes) / 1e3).toFixed(0)} kB`,
    bytes <= 80e6 && Math.max(...sizes) <= 200e3,
  ],
  ["reading it", `${reading.toFixed(2)} s of the processor`, true],
  ["slowest judgement", `${slowest.toFixed(2)} s of the processor`, reading + slowest <= 5],
  [
    "the last night judged by the program",
    `${lastNight.seconds.toFixed(2)} s of the processor, at most ${lastNight.megabytes.toFixed(0)} MB`,
    lastNight.seconds <= 5 && lastNight.megabytes <= 200,
  ],
  ["judged the same from the records", String(same), same],
  ["nights missing", String(world.missing.size), true],
  [
    "second measurements",
    `${again} of ${history.length * world.targets.length} target nights`,
    true,
  ],
  [
    "false alarms",
    `${falseAlarms.length}, stated ${expected.toFixed(2)}`,
    falseAlarms.length <= mostFalse,
  ],
  ...lags.map(({ points, lag }): readonly [string, string, boolean] => [
    `a fall of ${points} points`,
    lag === null ? "not found" : `found on night ${lag}`,
    points < 6 || (lag !== null && lag <= 3),
  ]),
  [
    "reroutes named on their first night",
    `${named.length} of ${reroutes.length}`,
    named.length === reroutes.length,
  ],
  [
    "outages called a decline",
    `${wronglyBlamed.length} of ${outages.length}`,
    wronglyBlamed.length === 0,
  ],
];
for (const [name, value, ok] of rows) console.log(`${ok ? "  " : "✗ "}${name}: ${value}`);
if (flags.keep === undefined) rmSync(folder, { recursive: true });
process.exitCode = rows.every(([, , ok]) => ok) ? 0 : 1;
