/**
 * How often a quiet month is given bad names, how surely a slow afternoon and an outage are found, and how often the
 * interval of the availability holds: `npm run verify:steadiness` [-- --months N] [--seed N]. Exit code 1 where a promise
 * is broken.
 */
import { parseArgs } from "node:util";

import type { SteadinessReport } from "../../src/report/steadiness/steadiness.ts";
import type { MonthPlan } from "../../src/report/testing/month.ts";

import { monthPeriod } from "../../src/report/steadiness/period.ts";
import { falseNaming, steadinessOf } from "../../src/report/steadiness/steadiness.ts";
import { monthWindows } from "../../src/report/testing/month.ts";
import { binomialQuantile } from "../../src/stats/distributions.ts";
import { drawnOutages, isWorkday, minuteOf, shapes } from "./worlds.ts";

const { values: flags } = parseArgs({
  options: {
    months: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
  },
});
const [months, seed] = [Number(flags.months), Number(flags.seed)];
if (!(months >= 10) || !Number.isInteger(seed)) {
  console.error("--months: at least 10; --seed: a whole number");
  process.exit(2);
}

const november = monthPeriod("2026-11");
const judged = (plan: MonthPlan): SteadinessReport =>
  steadinessOf({ nights: [], windows: monthWindows(plan), without_windows: 0 }, november);
const share = (count: number, of: number): string =>
  `${count} of ${of} (${((100 * count) / of).toFixed(1)}%)`;
/** So many by chance in less than one of a hundred checks, at the stated rate. */
const most = (rate: number): number => binomialQuantile(0.99, months, rate);

type Row = { readonly name: string; readonly value: string; readonly ok: boolean };
const rows: Row[] = [];
function tell(...more: readonly Row[]): void {
  for (const { name, value, ok } of more) console.log(`${ok ? "  " : "✗ "}${name}: ${value}`);
  rows.push(...more);
}

for (const { name, plan } of shapes) {
  let [hours, weekdays, spells, outages, steps, any] = [0, 0, 0, 0, 0, 0];
  for (let month = 0; month < months; month++) {
    const { targets } = judged({ ...plan, seed: seed * 100_000 + month });
    const has = (
      kind: "slow_hours" | "slow_weekdays" | "slow_spells" | "outages" | "steps",
    ): number => (targets.some((target) => target[kind].length > 0) ? 1 : 0);
    hours += has("slow_hours");
    weekdays += has("slow_weekdays");
    spells += has("slow_spells");
    outages += has("outages");
    steps += has("steps");
    any += Math.max(
      has("slow_hours"),
      has("slow_weekdays"),
      has("slow_spells"),
      has("outages"),
      has("steps"),
    );
  }
  tell({
    name: `quiet, ${name}`,
    value: `named ${share(any, months)}: slow hours ${hours}, days of the week ${weekdays}, spells ${spells}, outages ${outages}, steps ${steps}`,
    ok: any <= most(falseNaming),
  });
}

const power = Math.max(10, Math.round(months / 5));
for (const shape of shapes.filter(({ plan }) => plan.moods === undefined)) {
  for (const factor of [1.3, 1.5, 2.3]) {
    let found = 0;
    for (let month = 0; month < power; month++) {
      const { targets } = judged({
        ...shape.plan,
        seed: seed * 200_000 + month,
        slower: (target, { day, hour }) =>
          target === "vendor0/model-0" && isWorkday(day) && hour >= 14 && hour < 17 ? factor : 1,
      });
      const own = targets[0]?.slow_hours ?? [];
      if (own.some(({ days, from, to }) => days === "workdays" && from <= 15 && to > 15)) found++;
    }
    tell({
      name: `workday afternoons ${factor} times as slow, ${shape.name}`,
      value: `named in ${share(found, power)}`,
      ok: factor < 1.5 || found >= power * 0.9,
    });
  }
}

for (const shape of shapes.filter(({ plan }) => plan.moods === undefined)) {
  let [spells, outages] = [0, 0];
  for (let month = 0; month < power; month++) {
    const { targets } = judged({
      ...shape.plan,
      seed: seed * 500_000 + month,
      slower: (target, { day, hour }) =>
        target === "vendor0/model-0" && day === 17 && hour >= 14 && hour < 17 ? 3 : 1,
      failing: (target, moment) =>
        target === "vendor1/model-1" &&
        moment.day === 12 &&
        isBetween(minuteOf(moment) % 1_440, 610, 640)
          ? { share: 0.9, outcome: "server", status: 503 }
          : null,
    });
    if (targets[0]?.slow_spells.some(({ from, to }) => from <= 15 && to > 15) === true) spells++;
    if ((targets[1]?.outages.length ?? 0) === 1) outages++;
  }
  tell(
    {
      name: `one afternoon 3 times as slow, ${shape.name}`,
      value: `named in ${share(spells, power)}`,
      ok: spells >= power * 0.2,
    },
    {
      name: `half an hour of 90% errors, ${shape.name}`,
      value: `named in ${share(outages, power)}`,
      ok: outages >= power * 0.9,
    },
  );
}

let [held, seen, full] = [0, 0, 0];
for (let month = 0; month < months; month++) {
  const drawn = drawnOutages(seed * 300_000 + month, 30);
  const isOut = (minute: number): boolean =>
    drawn.some(({ from, to }) => minute >= from && minute < to);
  const truth =
    1 -
    Array.from({ length: 8_640 }, (_, window) => (isOut(window * 5) ? 0.95 : 0.005)).reduce(
      (sum, each) => sum + each,
      0,
    ) /
      8_640;
  // Half an hour every three hours.
  const slots = Array.from({ length: 8 }, (_, at) => ({ hour: at * 3, windows: 6 }));
  const plan = { start: "2026-11-01", days: 30, targets: ["vendor0/model-0"], calls_per_window: 4 };
  const { targets } = judged({
    ...plan,
    slots,
    seed: seed * 400_000 + month,
    failing: (_, moment) =>
      isOut(minuteOf(moment)) ? { share: 0.95, outcome: "server", status: 503 } : null,
  });
  const user = targets[0]?.user;
  if (user?.interval == null) continue;
  seen++;
  full += user.interval.high - user.interval.low;
  if (user.interval.low <= truth && truth <= user.interval.high) held++;
}
tell({
  name: "the availability's interval, a sixth of the month seen",
  value: `holds in ${share(held, seen)}, ${((100 * full) / seen).toFixed(2)} points wide on average`,
  ok: held >= binomialQuantile(0.01, seen, 0.92),
});

function isBetween(value: number, from: number, to: number): boolean {
  return value >= from && value < to;
}

process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;
