import type { LevelShift, Drift } from "../../stats/drift/drift.ts";
import type { NightRecord, TargetNight } from "./record.ts";
import type { NightTrouble } from "./trouble.ts";

import { driftOf, levelFor, scanNights } from "../../stats/drift/drift.ts";
import { latencySteps } from "../../stats/drift/latency.ts";
import { levelsOf } from "../../stats/drift/levels.ts";
import { linearTrend, type Trend } from "../../stats/trend.ts";
import { type ChangedPart, changedParts } from "./changed-parts.ts";
import { type GraderChange, graderChange } from "./grader-change.ts";
import { type SettledNight, settled, soundAnchors, soundNights } from "./settle.ts";
import { slotTimes, type SlotTimes } from "./slot-times.ts";
import { needsSomebody } from "./trouble.ts";

export type Judgement =
  | "unchanged"
  | "down"
  | "up"
  | "looks down"
  | "looks up"
  | "too short"
  /** Too few answers, or trouble, so that the night says nothing about the model. */
  | "not enough data";

export type TargetHistory = {
  readonly target: string;
  readonly judgement: Judgement;
  /** What was wrong tonight that is not the model's doing; null where nothing was. */
  readonly trouble: NightTrouble | null;
  /** The day on which this trouble began; null without any. */
  readonly trouble_since: string | null;
  readonly drift: Drift;
  readonly tonight: TargetNight;
  /** By night, null where there is none and where there was trouble. */
  readonly scores: readonly NightScore[];
  /** Of the level, per 30 nights; null below five nights. */
  readonly trend: Trend | null;
  readonly changes: readonly Change[];
  /** The model that the vendor says answered, where it differs from the night before. */
  readonly model_changes: readonly ModelChange[];
  /** Steps of the median total time. */
  readonly latency_changes: readonly { readonly since_on: string; readonly ratio: number }[];
};

export type NightScore = {
  readonly date: string;
  /** The anchor score as it was reported, with its interval. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The mean over the anchors on a scale that changed items do not move. */
  readonly level: number | null;
  /** Whether the anchors are those of the night before, some of them, or none of them. */
  readonly items: "same" | "changed" | "others";
  /** Levels of one scale can be compared. */
  readonly scale: number;
};

export type Change = LevelShift & {
  readonly found_on: string;
  readonly since_on: string;
  /** Found on a night that was measured twice: only such a change is an alarm. */
  readonly confirmed: boolean;
  /** What changed most: dimensions, then items. */
  readonly dimensions: readonly ChangedPart[];
  readonly items: readonly ChangedPart[];
};

export type ModelChange = {
  readonly date: string;
  readonly what: "model_returned" | "fingerprint";
  readonly before: readonly string[];
  readonly after: readonly string[];
};

export type NightlyReport = {
  readonly board: string;
  readonly date: string;
  readonly run: string;
  readonly slot: string | null;
  readonly nights: number;
  /** Days on which they ran: fewer than nights where one was started twice. */
  readonly days: number;
  /** The day of the night before; null on the first. */
  readonly previous: string | null;
  /** Of the last night's fresh items; null where they are the suites' own. */
  readonly seed: number | null;
  /** Level of each judgement, from the stated false-alarm rate. */
  readonly level: number;
  readonly targets: readonly TargetHistory[];
  /** What became of earlier nights where graders are other ones tonight; null where none is. */
  readonly graders: GraderChange | null;
  /** Times and errors by time of day; nothing where nights have one slot. */
  readonly slots: readonly SlotTimes[];
};

/** From this level on, a suspicion is worth a second measurement. */
const suspicion = 0.01;

/**
 * Targets of the last night that are to be asked again before anything is reported: `changed` look changed, `troubled`
 * did not answer, and may do so later in the night.
 */
export function suspects(all: readonly NightRecord[]): {
  readonly changed: readonly string[];
  readonly troubled: readonly string[];
} {
  const nights = settled(ofSlot(all));
  const level = levelOf(all, nights);
  const last = nights.at(-1);
  const changed = targetsOf(nights).filter((ref) => {
    if (last?.troubles.has(ref) === true) return false;
    const { changes } = scanNights(soundAnchors(nights.slice(0, -1), ref), level);
    const since = changes.at(-1)?.since ?? 0;
    const { status } = driftOf(soundAnchors(nights, ref).slice(since), suspicion);
    return status === "down" || status === "up";
  });
  const troubled = [...(last?.troubles ?? [])]
    .filter(([, { kind }]) => !needsSomebody.has(kind))
    .map(([ref]) => ref);
  return { changed, troubled };
}

/**
 * Judges the last night of a history against the nights of its slot. A change is called one only at the level that keeps
 * the stated rate of false alarms, and only for targets that were measured a second time; others only look changed.
 */
export function judgeHistory(board: string, all: readonly NightRecord[]): NightlyReport {
  const nights = settled(ofSlot(all));
  const last = nights.at(-1);
  const level = levelOf(all, nights);
  return {
    board,
    date: last?.date ?? "",
    run: last?.run ?? "",
    slot: last?.slot ?? null,
    nights: nights.length,
    days: new Set(nights.map(({ date }) => date)).size,
    previous: nights.at(-2)?.date ?? null,
    seed: last?.seed ?? null,
    level,
    targets: targetsOf(nights).flatMap((ref) => historyOf(ref, nights, level) ?? []),
    graders: graderChange(nights),
    slots: slotTimes(all),
  };
}

/** Targets that another model than the asked one answered tonight. */
export const swappedTargets = ({ targets }: NightlyReport): readonly string[] =>
  targets
    .filter(({ tonight }) => tonight.facts.not_as_asked.includes("model"))
    .map(({ target }) => target);

/** A night is like others of the same time of day alone. */
const ofSlot = (all: readonly NightRecord[]): readonly NightRecord[] =>
  all.filter(({ slot }) => slot === all.at(-1)?.slot);

/** Every slot of the day has its own judgements, which share the rate of false alarms. */
const levelOf = (all: readonly NightRecord[], nights: readonly SettledNight[]): number =>
  levelFor(targetsOf(nights).length * new Set(all.map(({ slot }) => slot)).size);

const targetsOf = (nights: readonly NightRecord[]): readonly string[] => [
  ...(nights.at(-1)?.targets.keys() ?? []),
];

function historyOf(
  target: string,
  nights: readonly SettledNight[],
  level: number,
): TargetHistory | null {
  const own = nights.filter(({ targets }) => targets.has(target));
  const last = own.at(-1);
  const tonight = last?.targets.get(target);
  if (last === undefined || tonight === undefined) return null;
  const trouble = last.troubles.get(target) ?? null;
  const sound = soundNights(own, target);
  const anchors = soundAnchors(own, target);
  const { changes, drift } = scanNights(anchors, level);
  const told = trouble === null ? drift : noDrift(sound.length);
  const judgement = trouble === null ? judgementOf(drift, tonight.second !== null) : noData;
  const looksOnly = judgement === "looks down" || judgement === "looks up";
  const certain = looksOnly ? changes.filter(({ found }) => found < sound.length - 1) : changes;
  const scores = scoresOf(target, own, sound);
  return {
    target,
    judgement,
    trouble,
    trouble_since: troubleSince(target, own),
    drift: told,
    tonight,
    scores,
    trend: linearTrend(
      scores.map((each) => (each.scale === scores.at(-1)?.scale ? each.level : null)),
    ),
    changes: certain.map((change, at) => ({
      ...change,
      found_on: sound[change.found]?.date ?? "",
      since_on: sound[change.since]?.date ?? "",
      confirmed: (sound[change.found]?.targets.get(target)?.second ?? null) !== null,
      ...changedParts(
        sound.map((night) => night.anchors),
        anchors,
        {
          from: certain[at - 1]?.since ?? 0,
          since: change.since,
          until: change.found,
        },
      ),
    })),
    model_changes: own.flatMap((night, index) => modelChanges(target, own[index - 1], night)),
    latency_changes: latencySteps(
      sound.map(({ targets }) => targets.get(target)?.times.total_p50_ms ?? null),
    ).map(({ since, ratio }) => ({ since_on: sound[since]?.date ?? "", ratio })),
  };
}

/** The first of the last nights that had the same trouble. */
function troubleSince(target: string, own: readonly SettledNight[]): string | null {
  const kind = own.at(-1)?.troubles.get(target)?.kind;
  if (kind === undefined) return null;
  const before = own.findLastIndex(({ troubles }) => troubles.get(target)?.kind !== kind);
  return own[before + 1]?.date ?? null;
}

const noData = "not enough data" as const;

const noDrift = (reference: number): Drift => ({
  status: "not enough data",
  delta: null,
  interval: null,
  p: null,
  window: 0,
  reference,
});

function scoresOf(
  target: string,
  own: readonly SettledNight[],
  sound: readonly SettledNight[],
): readonly NightScore[] {
  const measured = sound.flatMap(({ targets }) => targets.get(target) ?? []);
  const levels = levelsOf(
    measured.map(({ anchors }) => anchors),
    measured.map(({ before }) => before),
  );
  const places = new Map(sound.map((night, place) => [night, place]));
  return own.map((night) => {
    const level = levels[places.get(night) ?? -1];
    const score = level === undefined ? null : night.targets.get(target)?.anchor_score;
    return {
      date: night.date,
      value: score?.value ?? null,
      low: score?.interval?.low ?? null,
      high: score?.interval?.high ?? null,
      level: level?.value ?? null,
      items: level?.items ?? "same",
      scale: level?.scale ?? -1,
    };
  });
}

function judgementOf({ status }: Drift, wasRemeasured: boolean): Judgement {
  if (status !== "down" && status !== "up") return status;
  if (wasRemeasured) return status;
  return status === "down" ? "looks down" : "looks up";
}

function modelChanges(
  target: string,
  before: NightRecord | undefined,
  after: NightRecord,
): readonly ModelChange[] {
  const [then, now] = [before?.targets.get(target), after.targets.get(target)];
  if (then === undefined || now === undefined) return [];
  const sides = [
    { what: "model_returned" as const, before: namesOf(then), after: namesOf(now) },
    { what: "fingerprint" as const, before: then.fingerprints, after: now.fingerprints },
  ];
  return sides
    .filter((side) => side.before.length > 0 && side.after.length > 0)
    .filter((side) => !side.before.some((value) => side.after.includes(value)))
    .map((side) => ({ ...side, date: after.date }));
}

const namesOf = ({ facts }: TargetNight): readonly string[] =>
  facts.models_returned.map(({ id }) => id).toSorted();
