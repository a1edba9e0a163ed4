/** Nights of a small simulated board as they are shown to people; `docs/captures/terminal.ts` writes them. */
import type { ProbeSummary } from "../../src/report/nightly/probe/summary.ts";
import type { NightRecord } from "../../src/report/nightly/record.ts";
import type { Event, World } from "./world.ts";

import { judgeHistory, suspects } from "../../src/report/nightly/nightly.ts";
import { withSecond } from "../../src/report/nightly/record.ts";
import {
  nightlyMarkdown,
  type NightlyPage,
  nightlyTerminal,
} from "../../src/report/nightly/text.ts";
import { measure, skillsOf } from "./measure.ts";

const last = 19;
const targets = [
  "yunqi/qinghe-large",
  "yunqi/qinghe-mini",
  "moshang/zhuxi-72b",
  "moshang/zhuxi-8b",
  "nanfeng/xinghai",
  "nanfeng/xinghai-flash",
];

/** What happens on the last night. */
const endings: Readonly<Record<string, readonly Event[]>> = {
  quiet: [],
  change: [{ what: "change", day: last, target: 2, points: 9 }],
  outage: [
    { what: "outage", day: last, targets: [0, 1], how: "server", recovers: false },
    { what: "outage", day: last, targets: [5], how: "auth", recovers: false },
    { what: "reroute", day: last, days: 2, target: 4 },
  ],
};

const columns = 110;

/** File names and texts. */
export function nightCaptures(): ReadonlyMap<string, string> {
  const captures = new Map<string, string>();
  for (const [ending, events] of Object.entries(endings)) {
    const report = judgeHistory("nightly", nightsOf(events));
    const page: NightlyPage = {
      acks: [],
      budget: { amount: 20, currency: "CNY" },
      probe: ending === "outage" ? [probed] : [],
    };
    for (const lang of ["zh", "en"] as const) {
      const screen = nightlyTerminal(report, page, lang, columns);
      captures.set(`night-${ending}.${lang}.txt`, `${screen}\n`);
      captures.set(`night-${ending}.${lang}.md`, nightlyMarkdown(report, page, lang));
    }
  }
  return captures;
}

const band = (from: number, total_ms: number, missing: number): ProbeSummary["bands"][number] => ({
  from,
  to: from + 6,
  ticks: 252,
  first_token_ms: total_ms / 4,
  total_ms,
  missing,
});

const probed: ProbeSummary = {
  target: "yunqi/qinghe-large",
  ticks: 1_008,
  asked: 3_024,
  missing: 0.004,
  bands: [band(0, 1_610, 0), band(6, 2_100, 0), band(12, 3_450, 0.012), band(18, 2_380, 0.004)],
  outages: [{ day: "2026-01-20", from: "01:40", to: null, ticks: 3 }],
};

/** Night by night as the command does it: what looks changed or did not answer is measured a second time. */
function nightsOf(events: readonly Event[]): readonly NightRecord[] {
  const world: World = {
    nights: last + 1,
    targets,
    missing: new Set([11]),
    events,
    edited: last + 1,
    regraded: last + 1,
  };
  const skills = skillsOf(world, 4_000);
  const nights: NightRecord[] = [];
  for (let night = 0; night <= last; night++) {
    if (world.missing.has(night)) continue;
    const previous = nights.at(-1)?.run ?? null;
    const plan = {
      world,
      skills,
      night,
      targets: [...targets.keys()],
      second: false,
      previous,
      seed: 5,
    };
    const first = measure(plan).night;
    nights.push(first);
    const { changed, troubled } = suspects(nights);
    const odd = targets.flatMap((ref, at) =>
      changed.includes(ref) || troubled.includes(ref) ? [at] : [],
    );
    if (odd.length === 0) continue;
    const second = measure({ ...plan, targets: odd, second: true }).night;
    nights[nights.length - 1] = withSecond(first, second);
  }
  return nights;
}
