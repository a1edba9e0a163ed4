import type { Measured } from "../src/report/nightly/of-run.ts";
import type { NightRecord } from "../src/report/nightly/record.ts";

import { measure, skillsOf } from "../bench/year/measure.ts";
import { type World, worldOf } from "../bench/year/world.ts";
import { keepNight } from "../src/report/nightly/history.ts";
import { suspects } from "../src/report/nightly/nightly.ts";
import { withSecond } from "../src/report/nightly/record.ts";

/** The target that the vendor silently exchanged, one that became cheaper, one that another model answered for. */
export const [changed, cheaper, rerouted] = [2, 1, 4].map((at) => `vendor${at}/model-${at}`) as [
  string,
  string,
  string,
];

const [changeNight, priceNight] = [26, 20] as const;

/** The Beijing day of a simulated night, which begins in the evening of UTC. */
const dayOf = (night: number): string =>
  new Date(Date.UTC(2026, 0, 2 + night)).toISOString().slice(0, 10);

export const [changeDay, priceDay] = [changeNight, priceNight].map(dayOf) as [string, string];

const world: World = {
  ...worldOf(40, 6, 1),
  missing: new Set([7]),
  events: [
    { what: "change", day: changeNight, target: 2, points: 12 },
    { what: "reroute", day: 31, days: 2, target: 4 },
    { what: "outage", day: 15, targets: [0], how: "server", recovers: false },
  ],
};

/** Writes the records of 40 nights of six targets, measured twice where they look odd, as `nightly` does. */
export async function writeNights(folder: string): Promise<void> {
  const skills = skillsOf(world, 1_000);
  const history: NightRecord[] = [];
  for (let night = 0; night < world.nights; night += 1) {
    if (world.missing.has(night)) continue;
    const previous = history.at(-1)?.run ?? null;
    const plan = { world, skills, night, previous, seed: 77, second: false };
    const first = repriced(measure({ ...plan, targets: [...world.targets.keys()] }), night);
    await keepNight(folder, first);
    history.push(first.night);
    const { changed: odd, troubled } = suspects(history);
    const again = [...new Set([...odd, ...troubled])].map((ref) => world.targets.indexOf(ref));
    if (again.length === 0) continue;
    const second = repriced(measure({ ...plan, targets: again, second: true }), night);
    await keepNight(folder, second);
    history[history.length - 1] = withSecond(first.night, second.night);
  }
}

/** Half the price from one night on. */
function repriced({ night, tasks, windows }: Measured, at: number): Measured {
  const targets = new Map(night.targets);
  const own = targets.get(cheaper);
  if (own !== undefined && at >= priceNight) {
    const price = { currency: "CNY" as const, verified: false, tiers: [{ input: 0.4, output: 1 }] };
    targets.set(cheaper, { ...own, price });
  }
  return { night: { ...night, targets }, tasks, windows };
}
