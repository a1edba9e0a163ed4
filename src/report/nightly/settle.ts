import type { Night } from "../../stats/drift/night.ts";
import type { NightRecord, TargetNight } from "./record.ts";

import { driftOf } from "../../stats/drift/drift.ts";
import { addedNights } from "../../stats/drift/night.ts";
import { blame, type Earlier, type NightTrouble, troubleOf } from "./trouble.ts";

/** A night in which each target has one measurement, and what was wrong with targets that say nothing. */
export type SettledNight = NightRecord & { readonly troubles: ReadonlyMap<string, NightTrouble> };

/** At this level (one-sided 5%) the second measurement confirms the direction of the first. */
const confirmation = 0.1;

/**
 * A second measurement decides how a night counts. Where it points the same way on its own, both are combined;
 * otherwise the first was a fluke, picked because it looked odd, and only the second counts. A measurement with trouble
 * decides nothing: the other one stands as if it were the only one.
 */
export function settled(nights: readonly NightRecord[]): readonly SettledNight[] {
  const done: SettledNight[] = [];
  const earlier = new Map<string, Earlier[number][]>();
  for (const night of withKnownGraders(nights)) {
    const troubles = new Map<string, NightTrouble>();
    const targets = new Map<string, TargetNight>();
    for (const [ref, own] of night.targets) {
      const before = earlier.get(ref) ?? [];
      const target = settledTarget(own, before);
      const trouble = troubleOf(target, before);
      targets.set(ref, target);
      if (trouble !== null) troubles.set(ref, trouble);
    }
    const blamed = blame(troubles, targets);
    for (const [ref, target] of targets) {
      const before = earlier.get(ref) ?? [];
      before.push({ night: target, trouble: blamed.get(ref) ?? null });
      earlier.set(ref, before);
    }
    done.push({ ...night, targets, troubles: blamed });
  }
  return done;
}

/** What was asked and paid is that of both measurements, whichever counts. */
function settledTarget(own: TargetNight, earlier: Earlier): TargetNight {
  const { second } = own;
  if (second === null) return own;
  const cost = {
    CNY: own.cost.CNY + second.cost.CNY,
    USD: own.cost.USD + second.cost.USD,
    unknown: own.cost.unknown + second.cost.unknown,
  };
  const plan = {
    answers: own.plan.answers + second.plan.answers,
    done: own.plan.done + second.plan.done,
  };
  return { ...decided(own, second, earlier), cost, plan };
}

function decided(own: TargetNight, second: TargetNight, earlier: Earlier): TargetNight {
  if (troubleOf(second, earlier) !== null) return { ...own, second: null };
  if (troubleOf({ ...own, second: null }, earlier) !== null) return second;
  const known = earlier.filter(({ trouble }) => trouble === null).map(({ night }) => night.anchors);
  const [first, again] = [own.anchors, second.anchors].map(
    (anchors) => driftOf([...known, anchors], confirmation).status,
  );
  return first === again && (first === "down" || first === "up")
    ? { ...own, anchors: addedNights(own.anchors, second.anchors) }
    : { ...second, second };
}

/** Nights of trouble are left out, so that they are no reference either. */
export const soundNights = (
  nights: readonly SettledNight[],
  ref: string,
): readonly SettledNight[] =>
  nights.filter(({ targets, troubles }) => targets.has(ref) && !troubles.has(ref));

/** The anchors of a target on the nights that say something. */
export const soundAnchors = (nights: readonly SettledNight[], ref: string): readonly Night[] =>
  soundNights(nights, ref).flatMap(({ targets }) => targets.get(ref)?.anchors ?? []);

/**
 * Where no answer to an item reached its grader, as when all were blocked, its grader is not known: it is the one of the
 * last night that knew it.
 */
function withKnownGraders(nights: readonly NightRecord[]): readonly NightRecord[] {
  const last = new Map<string, string>();
  let whole: readonly string[] | null = null;
  return nights.map((night) => {
    // Nights of the same items share their names.
    if (night.anchors.names === whole) return night;
    const names = knownNames(night.anchors.names, last);
    if (names === night.anchors.names) {
      whole = names;
      return night;
    }
    const targets = [...night.targets].map(([ref, target]) => {
      const second = target.second === null ? null : withNames(target.second, last);
      return [ref, { ...withNames(target, last), second }] as const;
    });
    return { ...night, anchors: { ...night.anchors, names }, targets: new Map(targets) };
  });
}

const withNames = (target: TargetNight, last: Map<string, string>): TargetNight => ({
  ...target,
  anchors: { ...target.anchors, names: knownNames(target.anchors.names, last) },
});

/** The same array where all graders are known. */
function knownNames(names: readonly string[], last: Map<string, string>): readonly string[] {
  for (const name of names) if (!name.endsWith(noGrader)) last.set(withoutGrader(name), name);
  if (!names.some((name) => name.endsWith(noGrader))) return names;
  return names.map((name) =>
    name.endsWith(noGrader) ? (last.get(withoutGrader(name)) ?? name) : name,
  );
}

const noGrader = " 0";
const withoutGrader = (name: string): string => name.slice(0, name.lastIndexOf(" "));
