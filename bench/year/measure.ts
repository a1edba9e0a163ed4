import type { TasksLine, WindowsLine } from "../../src/domain/nights/lines.ts";
/** Measurements of a simulated world, as records of the history: no run files, no calls. */
import type { Outcome } from "../../src/domain/outcome.ts";
import type { Measured } from "../../src/report/nightly/of-run.ts";
import type { Anchors, TargetNight } from "../../src/report/nightly/record.ts";
import type { Event, World } from "./world.ts";

import { columnText } from "../../src/domain/nights/lines.ts";
import { anchorName, beijingDay } from "../../src/report/nightly/record.ts";
import { hourMs, windowMs } from "../../src/report/steadiness/collect.ts";
import { nightSums } from "../../src/stats/drift/night.ts";
import { seededRandom } from "../../src/stats/random.ts";
import { sketchOf } from "../../src/stats/sketch.ts";

const trials = 3;
/** As in the board `nightly`: the anchors of `starter` and `math`, and with `fresh` all items, in tasks. */
const anchorCount = 168;
const itemCount = 334;
const taskCount = 47;
const editedItems = 6;
const regradedItems = 10;

export type Skills = readonly (readonly number[])[];

/** Per target, how likely each anchor is answered right: many are nearly always right, some nearly never. */
export const skillsOf = ({ targets }: World, seed: number): Skills =>
  targets.map((_, target) => {
    const random = seededRandom(seed + target * 13);
    return Array.from({ length: anchorCount + editedItems }, () => {
      const kind = random();
      return kind < 0.4 ? 0.98 : kind < 0.5 ? 0.03 : 0.3 + 0.6 * random();
    });
  });

/** The anchors on a night: some are edited, later some have a grader of another version. */
function anchorsOf({ edited, regraded }: World, night: number): Anchors {
  const at = Array.from({ length: anchorCount }, (_, item) => item);
  const items = at.map((item) => `starter/task-${item % 9}/item-${String(item).padStart(3, "0")}`);
  const ask = at.map(
    (item) => 7_919 * (item + 1) + (night >= edited && item < editedItems ? 1 : 0),
  );
  const gold = at.map((item) => 104_729 * (item + 1));
  const grader = at.map((item) =>
    night >= regraded && item >= anchorCount - regradedItems ? 900_002 : 900_001,
  );
  return {
    names: at.map((item) =>
      anchorName(items[item] ?? "", ask[item] ?? 0, gold[item] ?? 0, grader[item] ?? 0),
    ),
    items,
    dimensions: at.map((item) => ["中文特性", `任务${item % 9}`]),
    ask,
    gold,
    grader,
    before: null,
    graders: { 900001: "choice 8", 900002: "choice 9" },
  };
}

export type NightPlan = {
  readonly world: World;
  readonly skills: Skills;
  readonly night: number;
  /** The targets to ask; all of them on a first measurement. */
  readonly targets: readonly number[];
  readonly second: boolean;
  readonly previous: string | null;
  readonly seed: number;
};

/** One measurement of a night. */
export function measure(plan: NightPlan): Measured {
  const { world, night, second, targets, previous } = plan;
  const started_at = new Date(Date.UTC(2026, 0, 1 + night, second ? 20 : 18, 17)).toISOString();
  const run = `${started_at.replaceAll(/[-:]|\.\d+/g, "")}-year`;
  const first = new Date(Date.UTC(2026, 0, 1 + night, 18, 17)).toISOString();
  const anchors = anchorsOf(world, night);
  const measured = targets.map((target) => targetNight(plan, anchors, target));
  return {
    night: {
      run,
      second_of: second ? `${first.replaceAll(/[-:]|\.\d+/g, "")}-year` : null,
      previous,
      started_at,
      date: beijingDay(started_at),
      complete: true,
      seed: 20260101 + night,
      slot: null,
      bytes: 1_000_000,
      tool: "0.1.0",
      suites: ["starter", "fresh"].map((id) => ({ id, digest: `${id} ${night}`.padEnd(64, "0") })),
      trials,
      anchors,
      targets: new Map(measured.map(({ ref, own }) => [ref, own])),
    },
    tasks: measured.map(({ tasks }) => tasks),
    windows: measured.map(({ ref }, at) => windowsLine(ref, started_at, plan.night * 97 + at)),
  };
}

const isOn = (event: Event, { world, night, second }: NightPlan, target: number): boolean => {
  if (event.what === "outage") {
    const over = second && event.recovers;
    return event.day === night && event.targets.includes(target) && !over;
  }
  if (event.target !== target) return false;
  return event.what === "change"
    ? night >= event.day
    : night >= event.day && presentNights(world, event.day, night) < event.days;
};

const presentNights = ({ missing }: World, from: number, to: number): number =>
  Array.from({ length: to - from }, (_, at) => from + at).filter((day) => !missing.has(day)).length;

function targetNight(plan: NightPlan, anchors: Anchors, target: number) {
  const { world, skills, night, second, seed } = plan;
  const random = seededRandom(seed + night * 1_009 + target * 31 + (second ? 7 : 0));
  const events = world.events.filter((event) => isOn(event, plan, target));
  const fall = events.reduce((sum, each) => sum + (each.what === "change" ? each.points : 0), 0);
  const rerouted = events.some(({ what }) => what === "reroute");
  const outage = events.find((each) => each.what === "outage");
  const usual = skills[target] ?? [];
  const mean = usual.reduce((sum, p) => sum + p, 0) / usual.length;
  // A weekly pattern and moods of single nights, of about half a point.
  const mood = 0.004 * Math.sin((2 * Math.PI * night) / 7) + 0.006 * (random() + random() - 1);
  const p = (item: number): number => {
    const edited = night >= world.edited && item < editedItems;
    const own = usual[edited ? anchorCount + item : item] ?? 0;
    const now = rerouted ? own * 0.6 : own * (1 - fall / 100 / mean);
    return Math.min(1, Math.max(0, now + mood));
  };
  const lost = outage?.how === "filtered" ? 0.15 : outage === undefined ? 0.004 : 0.7;
  const n = new Uint16Array(anchorCount);
  const sum = new Float64Array(anchorCount);
  let missing = 0;
  for (let item = 0; item < anchorCount; item++) {
    for (let trial = 0; trial < trials; trial++) {
      const isLost = random() < lost;
      if (isLost) missing++;
      if (isLost && outage?.how !== "filtered") continue;
      n[item] = (n[item] ?? 0) + 1;
      sum[item] = (sum[item] ?? 0) + (!isLost && random() < p(item) ? 1 : 0);
    }
  }
  const ref = world.targets[target] ?? "";
  const name = ref.split("/")[1] ?? "";
  const how = outage?.how ?? "server";
  const isFailure = how !== "empty" && how !== "filtered";
  const value = sum.reduce((total, each) => total + each, 0) / (anchorCount * trials);
  const interval = { low: value - 0.039, high: value + 0.039 };
  const score = { value, interval, se: 0.02, n: anchorCount, of: anchorCount };
  const failures: Partial<Record<Outcome, number>> = isFailure ? { [how]: missing } : {};
  const own: TargetNight = {
    provider: ref.split("/")[0] ?? "",
    anchors: { names: anchors.names, n, sum: nightSums(sum), squares: nightSums(sum) },
    before: null,
    anchor_score: { ...score, partial: false, lacking: [] },
    fresh_score: { ...score, partial: false, lacking: [] },
    answering: {
      asked: anchorCount * trials,
      failed: isFailure ? missing : 0,
      failures,
      empty: how === "empty" ? missing : 0,
      notices: 0,
      same: 0,
      filtered: how === "filtered" ? missing : 0,
    },
    simulated: true,
    fingerprints: [`fp-${Math.floor(random() * 1e9).toString(36)}`],
    facts: {
      model_asked: name,
      models_returned: [{ id: rerouted ? "tiny-chat" : name, answers: itemCount * trials }],
      returned_as: [],
      priced_as: [],
      thinking_kept: null,
      refused_params: [],
      not_as_asked: [],
      misnamed: false,
      counted: anchorCount * trials - missing,
      zero_reasons: {
        cut_thinking: 0,
        cut_answer: Math.floor(random() * 9),
        empty: 0,
        reasoning_only: 0,
        refused: Math.floor(random() * 5),
        no_answer: Math.floor(random() * 12),
        filtered: 0,
        overflow: 0,
      },
      usage_doubt: null,
      shortfall: null,
    },
    times: {
      n: itemCount * trials,
      first_token_p50_ms: 300 + 50 * random(),
      first_token_p90_ms: 700 + 90 * random(),
      total_p50_ms: 2_000 * Math.exp(0.1 * (random() + random() - 1)),
      total_p90_ms: 6_000,
    },
    cost: { CNY: 1.5 + random(), USD: 0, unknown: 0 },
    price: { currency: "CNY", verified: false, tiers: [{ input: 0.8, output: 2 }] },
    plan: { answers: itemCount * trials, done: itemCount * trials },
    second: null,
  };
  return { ref, own, tasks: tasksLine(ref, random) };
}

/** As many attempts as a night has, over an hour and a half. */
function windowsLine(ref: string, started_at: string, seed: number): WindowsLine {
  const random = seededRandom(seed);
  const windows = 18;
  const each = Math.round((itemCount * trials) / windows);
  const own = Array.from({ length: windows }, () => {
    const calls = each + Math.floor(9 * random());
    const failed = random() < 0.3 ? Math.floor(4 * random()) : 0;
    return { calls, failed };
  });
  const column = (value: (window: (typeof own)[number]) => number): string =>
    columnText(own.map(value));
  const from = Math.floor(Date.parse(started_at) / windowMs);
  const hours = [0, 1].map((after) => {
    const times = Array.from(
      { length: each * 9 },
      () => 400 * Math.exp(1.5 * (random() + random() - 1)),
    );
    const { from: bin, counts } = sketchOf(times);
    const hour = Math.floor(Date.parse(started_at) / hourMs) + after;
    return { hour, times: { from: bin, counts: columnText(counts) }, late: 0 };
  });
  return {
    kind: "windows",
    ref,
    from,
    after: columnText(own.map((_, at) => (at === 0 ? 0 : 1))),
    calls: column(({ calls }) => calls),
    first: column(({ calls, failed }) => calls - failed),
    met: { answered: column(({ calls }) => calls), server: column(({ failed }) => failed) },
    counted: column(({ calls, failed }) => calls + failed),
    server: column(({ failed }) => failed),
    timed: "first_token",
    hours,
  };
}

function tasksLine(ref: string, random: () => number): TasksLine {
  const each = Math.round((itemCount * trials) / taskCount);
  const times = (median: number) => {
    const values = Array.from({ length: each }, () => {
      const normal = random() + random() + random() + random() - 2;
      return median * Math.exp(0.8 * normal);
    });
    const { from, counts } = sketchOf(values);
    return { from, counts: columnText(counts) };
  };
  return {
    kind: "tasks",
    ref,
    tasks: Array.from({ length: taskCount }, (_, task) => {
      const right = Math.round(each * (0.5 + 0.5 * random()));
      return {
        task: `suite/task-${task}`,
        dimension: ["中文特性", `任务${task}`],
        n: each,
        sum: right,
        squares: right,
        outcomes: { ok: each },
        first_token_ms: times(400),
        total_ms: times(2_500),
        speed: times(45),
      };
    }),
  };
}
