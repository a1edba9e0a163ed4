/**
 * 半数水平: `npm run verify:ladders [-- --runs 2000]`. How often its interval covers the midpoint, and how often monotone and
 * broken ladders are marked.
 */
import { parseArgs } from "node:util";

import { type LevelCount, midpoint } from "../src/stats/ladder/midpoint.ts";
import { isBroken } from "../src/stats/ladder/monotone.ts";
import { seededRandom } from "../src/stats/random.ts";

const { values } = parseArgs({
  options: { runs: { type: "string", default: "2000" }, midpoints: { type: "string" } },
});
const runs = Number(values.runs);
const perLevel = 8;
const floors = [0, 0.25, 0.5];
const midpoints =
  values.midpoints?.split(",").map(Number) ?? Array.from({ length: 12 }, (_, at) => at);

/** What 2,000 runs allow, and the sampling error of fewer. */
const allowance = 2.5 * Math.sqrt((0.05 * 0.95) / runs) - 2.5 * Math.sqrt((0.05 * 0.95) / 2_000);
const [least, most] = [0.93 - allowance, 0.97 + allowance];
/** Of ladders that fall instead of rising, four of five are marked. */
const leastMarked = 0.8 - 2.5 * Math.sqrt((0.8 * 0.2) / runs);
let failures = 0;
for (const floor of floors) {
  const shares = midpoints.map((b) => coverageOf(b, floor));
  // Beyond the levels hardly any answer tells, and counts are whole: there the interval may be a little too wide. One by the
  // likelihood integrated over s falls to 87 % at a floor of .25.
  failures += shares.filter(
    (share, at) => share < least || share > mostAt(midpoints[at] ?? 0),
  ).length;
  console.log(`coverage, floor ${floor}: ${shares.map(percent).join(" ")}`);
  const [rising, swapped] = [markedShare(floor, false), markedShare(floor, true)];
  console.log(
    `marked, floor ${floor}: ${percent(rising)} of rising ladders, ${percent(swapped)} of broken ones`,
  );
  failures += Number(rising > 0.02 + allowance) + Number(swapped < leastMarked);
}
console.log(`${failures} outside of what is promised`);
process.exitCode = failures > 0 ? 1 : 0;

function mostAt(b: number): number {
  return b < 1 || b > 10 ? most + 0.01 : most;
}

/** How many ladders of midpoint 5 are marked; of broken ones, the levels 1 to 5 stand above 6 to 10. */
function markedShare(floor: number, isSwapped: boolean): number {
  const random = seededRandom(77 + 10 * floor);
  const known = (level: number): number =>
    1 / (1 + Math.exp((isSwapped ? (level > 5 ? level - 5 : level + 5) - 5 : level - 5) / 1));
  const found = Array.from({ length: runs }, () => isBroken(ladder(random, floor, known)));
  return found.filter(Boolean).length / runs;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function coverageOf(b: number, floor: number): number {
  const random = seededRandom(1_000 * b + 10 * floor);
  let covered = 0;
  for (let run = 0; run < runs; run += 1) {
    const s = 0.5 * 4 ** random();
    const found = midpoint(ladder(random, floor, (level) => 1 / (1 + Math.exp((level - b) / s))));
    if (found !== null && found.interval.low <= b && b <= found.interval.high) covered += 1;
  }
  return covered / runs;
}

function ladder(
  random: () => number,
  floor: number,
  known: (level: number) => number,
): readonly LevelCount[] {
  return Array.from({ length: 10 }, (_, at) => {
    const p = floor + (1 - floor) * known(at + 1);
    const right = Array.from({ length: perLevel }, () => random()).filter(
      (each) => each < p,
    ).length;
    return { level: at + 1, floor, n: perLevel, right };
  });
}
