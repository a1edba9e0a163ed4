import type { Answering } from "./answering.ts";
import type { NightRecord, TargetNight } from "./history.ts";

import {
  addedNights,
  changesOf,
  driftOf,
  levelFor,
  type LevelShift,
  type Drift,
  type Night,
} from "../../stats/drift.ts";
import { linearTrend, type Trend } from "../../stats/trend.ts";
import { isBroken } from "./answering.ts";

export type Judgement =
  | "unchanged"
  | "down"
  | "up"
  | "looks down"
  | "looks up"
  | "too short"
  | "not enough data"
  /** So many anchors came back without an answer that the night says nothing about the model. */
  | "broken";

export type TargetHistory = {
  readonly target: string;
  readonly judgement: Judgement;
  readonly drift: Drift;
  readonly tonight: TargetNight;
  /** Anchor score by night, null where there is none and where the endpoint was broken. */
  readonly scores: readonly {
    readonly date: string;
    readonly value: number | null;
    readonly low: number | null;
    readonly high: number | null;
  }[];
  /** Of the anchor score, per 30 nights; null below five nights. */
  readonly trend: Trend | null;
  readonly changes: readonly (LevelShift & {
    readonly found_on: string;
    readonly since_on: string;
  })[];
  /** The model that the vendor says answered, where it differs from the night before. */
  readonly model_changes: readonly ModelChange[];
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
  readonly nights: number;
  /** Of the last night's fresh items; null where they are the suites' own. */
  readonly seed: number | null;
  /** Level of each judgement, from the stated false-alarm rate. */
  readonly level: number;
  readonly targets: readonly TargetHistory[];
};

/** From this level on, a suspicion is worth a second measurement. */
const suspicion = 0.01;
/** At this level (one-sided 5%) the second measurement confirms the direction of the first. */
const confirmation = 0.1;

/**
 * Targets of the last night that look changed and are to be asked again before anything is reported. A broken endpoint
 * is none: what it did not answer tells of no change.
 */
export function suspects(all: readonly NightRecord[]): readonly string[] {
  const nights = settled(all);
  return targetsOf(nights).filter((ref) => {
    if (nights.at(-1)?.broken.has(ref)) return false;
    const { status } = driftOf(sinceLastChange(nights.slice(0, -1), nights, ref), suspicion);
    return status === "down" || status === "up";
  });
}

/**
 * Judges the last night of a history. A change is called one only at the level that keeps the stated rate of
 * false alarms, and only for targets that were measured a second time; others only look changed.
 */
export function judgeHistory(board: string, all: readonly NightRecord[]): NightlyReport {
  const nights = settled(all);
  const refs = targetsOf(nights);
  const level = levelFor(refs.length);
  return {
    board,
    date: nights.at(-1)?.date ?? "",
    nights: nights.length,
    seed: nights.at(-1)?.seed ?? null,
    level,
    targets: refs.flatMap((ref) => {
      const history = historyOf(ref, nights, level);
      return history === null ? [] : [history];
    }),
  };
}

/** Targets that another model than the asked one answered tonight. */
export const swappedTargets = ({ targets }: NightlyReport): readonly string[] =>
  targets
    .filter(({ tonight }) => tonight.facts.not_as_asked.includes("model"))
    .map(({ target }) => target);

/** A night in which each target has one measurement, and the targets whose endpoint was broken. */
type SettledNight = NightRecord & { readonly broken: ReadonlySet<string> };

/**
 * A second measurement decides how a night counts. Where it points the same way on its own, both are combined;
 * otherwise the first was a fluke, picked because it looked odd, and only the second counts. A measurement of a broken
 * endpoint decides nothing: the other one stands as if it were the only one.
 */
function settled(nights: readonly NightRecord[]): readonly SettledNight[] {
  const done: SettledNight[] = [];
  for (const night of nights) {
    const targets = new Map(
      [...night.targets].map(([ref, own]) => [ref, settledTarget(ref, own, done)] as const),
    );
    const broken = [...targets].flatMap(([ref, { answering }]) =>
      isBroken(answering, answeringsOf(done, ref)) ? [ref] : [],
    );
    done.push({ ...night, targets, broken: new Set(broken) });
  }
  return done;
}

function settledTarget(
  ref: string,
  own: TargetNight,
  earlier: readonly SettledNight[],
): TargetNight {
  const { second } = own;
  if (second === null) return own;
  const usual = answeringsOf(earlier, ref);
  if (isBroken(second.answering, usual)) return { ...own, second: null };
  if (isBroken(own.answering, usual)) return second;
  const known = anchorsOf(earlier, ref);
  const [first, again] = [own.anchors, second.anchors].map(
    (anchors) => driftOf([...known, anchors], confirmation).status,
  );
  return first === again && (first === "down" || first === "up")
    ? { ...own, anchors: addedNights(own.anchors, second.anchors) }
    : { ...second, second };
}

const answeringsOf = (nights: readonly NightRecord[], ref: string): readonly Answering[] =>
  nights.flatMap(({ targets }) => targets.get(ref)?.answering ?? []);

const targetsOf = (nights: readonly NightRecord[]): readonly string[] => [
  ...(nights.at(-1)?.targets.keys() ?? []),
];

/** Nights in which the target took part, from its last change on. */
function sinceLastChange(
  earlier: readonly SettledNight[],
  nights: readonly SettledNight[],
  ref: string,
): readonly Night[] {
  const level = levelFor(targetsOf(nights).length);
  const [before, all] = [anchorsOf(earlier, ref), anchorsOf(nights, ref)];
  return all.slice(changesOf(before, level).at(-1)?.since ?? 0);
}

/** Nights of a broken endpoint are left out, so that they are no reference either. */
const anchorsOf = (nights: readonly SettledNight[], ref: string): readonly Night[] =>
  nights.flatMap(({ targets, broken }) =>
    broken.has(ref) ? [] : (targets.get(ref)?.anchors ?? []),
  );

function historyOf(
  target: string,
  nights: readonly SettledNight[],
  level: number,
): TargetHistory | null {
  const own = nights.filter(({ targets }) => targets.has(target));
  const tonight = own.at(-1)?.targets.get(target);
  if (tonight === undefined) return null;
  const sound = own.filter(({ broken }) => !broken.has(target));
  const down = own.at(-1)?.broken.has(target) === true;
  const drift = down
    ? driftOf([...anchorsOf(own, target), new Map()], level)
    : driftOf(sinceLastChange(nights.slice(0, -1), nights, target), level);
  const scores = own.map(({ date, targets, broken }) => {
    const score = broken.has(target) ? null : targets.get(target)?.anchor_score;
    return {
      date,
      value: score?.value ?? null,
      low: score?.interval?.low ?? null,
      high: score?.interval?.high ?? null,
    };
  });
  const judgement = down ? "broken" : judgementOf(drift, tonight.second !== null);
  const looksOnly = judgement === "looks down" || judgement === "looks up";
  const certain = looksOnly ? sound.slice(0, -1) : sound;
  return {
    target,
    judgement,
    drift,
    tonight,
    scores,
    trend: linearTrend(scores.map(({ value }) => value)),
    changes: changesOf(anchorsOf(certain, target), level).map((change) =>
      Object.assign(change, {
        found_on: sound[change.found]?.date ?? "",
        since_on: sound[change.since]?.date ?? "",
      }),
    ),
    model_changes: own.flatMap((night, index) => modelChanges(target, own[index - 1], night)),
  };
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
    { what: "model_returned" as const, before: then.models, after: now.models },
    { what: "fingerprint" as const, before: then.fingerprints, after: now.fingerprints },
  ];
  return sides
    .filter((side) => side.before.length > 0 && side.after.length > 0)
    .filter((side) => !side.before.some((value) => side.after.includes(value)))
    .map((side) => Object.assign(side, { date: after.date }));
}
