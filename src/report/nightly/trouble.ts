import type { Outcome } from "../../domain/outcome.ts";
import type { Answering } from "./answering.ts";
import type { NightRecord, TargetNight } from "./record.ts";

import { isBroken, missingOf } from "./answering.ts";

/**
 * Why a night says nothing about a model: our own network, an outage, throttling, a key or account that is refused, empty or
 * broken replies, notices in place of answers, one reply to everything, another model, a filter that blocks.
 */
export const troubleKinds = [
  "ours",
  "outage",
  "throttled",
  "key",
  "account",
  "empty",
  "notice",
  "same",
  "rerouted",
  "filtered",
] as const;
export type TroubleKind = (typeof troubleKinds)[number];

export type NightTrouble = {
  readonly kind: TroubleKind;
  /** Of an answer by another model: the names before, and those of the night. */
  readonly before: readonly string[];
  readonly after: readonly string[];
};

/** What somebody has to mend first; asking again the same night is of no use. */
export const needsSomebody: ReadonlySet<TroubleKind> = new Set(["key", "account"]);

const kindOfOutcome: Readonly<Partial<Record<Outcome, TroubleKind>>> = {
  auth: "key",
  permission: "key",
  "model-not-found": "key",
  quota: "account",
  "rate-limited": "throttled",
  overloaded: "throttled",
};

/** Share of answers above which another name is another model, and above the usual of blocked ones a filter. */
const mostForeign = 0.2;
const mostFiltered = 0.05;
/** Nights that say how much is usually blocked: a filter that stays is what there is, after a week. */
const filterNights = 14;
/** A name that stays for this many nights is the model from then on. */
const patience = 3;
/** Nights that say what is usual. */
const usualNights = 30;

/** A target's nights before, with what was wrong in them. */
export type Earlier = readonly {
  readonly night: TargetNight;
  readonly trouble: NightTrouble | null;
}[];

/** What is wrong with one measurement of a target, by itself. */
export function troubleOf(night: TargetNight, all: Earlier): NightTrouble | null {
  const earlier = all.slice(-usualNights);
  const usual = earlier.map((each) => each.night.answering);
  if (isBroken(night.answering, usual)) return { ...nothing, kind: cause(night.answering) };
  return reroute(night, earlier) ?? blocked(night.answering, usual);
}

const nothing = { before: [], after: [] } as const;

/**
 * Who is to blame by what is seen of all targets: where nine in ten of them, of several vendors, were down at once for
 * want of a connection, it is our own network.
 */
export function blame(
  troubles: ReadonlyMap<string, NightTrouble>,
  targets: NightRecord["targets"],
): ReadonlyMap<string, NightTrouble> {
  const isDown = (ref: string): boolean => troubles.get(ref)?.kind === "outage";
  const down = [...targets.keys()].filter(isDown);
  const vendors = new Set(down.map((ref) => targets.get(ref)?.provider));
  if (vendors.size < 2 || down.length < targets.size * 0.9) return troubles;
  return new Map(
    [...troubles].map(([ref, trouble]) => [
      ref,
      isDown(ref) ? { ...trouble, kind: "ours" } : trouble,
    ]),
  );
}

/** The commonest kind among the anchors that were not answered. */
function cause(answering: Answering): TroubleKind {
  const counts = new Map<TroubleKind, number>([
    ["empty", answering.empty],
    ["notice", answering.notices],
    ["same", answering.same],
  ]);
  for (const [outcome, count] of Object.entries(answering.failures)) {
    const kind = kindOfOutcome[outcome as Outcome] ?? "outage";
    counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  const [[kind] = ["outage" as const]] = [...counts].toSorted((a, b) => b[1] - a[1]);
  return missingOf(answering) === 0 ? "outage" : kind;
}

/**
 * Another model under the same name: names came back that no earlier night knew, with more than a fifth of the
 * answers. A name that was known but for its date is the vendor's update, which is judged.
 */
function reroute({ facts }: TargetNight, earlier: Earlier): NightTrouble | null {
  const accepted = earlier.filter(({ trouble }) => trouble?.kind !== "rerouted");
  const names = accepted.flatMap(({ night }) => night.facts.models_returned.map(({ id }) => id));
  if (names.length === 0) return null;
  const known = new Set([...names, facts.model_asked ?? ""].map(undated));
  const foreign = facts.models_returned.filter(({ id }) => !known.has(undated(id)));
  const answers = facts.models_returned.reduce((sum, each) => sum + each.answers, 0);
  const strange = foreign.reduce((sum, each) => sum + each.answers, 0);
  if (strange <= answers * mostForeign) return null;
  const after = foreign.map(({ id }) => id);
  const last = earlier.slice(1 - patience);
  const stays =
    last.length === patience - 1 &&
    last.every(({ trouble }) => trouble?.kind === "rerouted" && sharesName(trouble.after, after));
  const before = accepted.at(-1)?.night.facts.models_returned.map(({ id }) => id) ?? [];
  return stays ? null : { kind: "rerouted", before, after };
}

const sharesName = (one: readonly string[], other: readonly string[]): boolean =>
  one.some((name) => other.map(undated).includes(undated(name)));

/** A name without the date or `latest` behind it. */
const undated = (name: string): string =>
  name.toLowerCase().replace(/[-_.@:](?:v?\d[\d._-]{3,}|latest|preview)$/, "");

function blocked(answering: Answering, usual: readonly Answering[]): NightTrouble | null {
  const shares = usual.slice(-filterNights).map(filteredShare);
  const median = shares.toSorted((a, b) => a - b)[Math.floor((shares.length - 1) / 2)] ?? 0;
  if (shares.length === 0 || filteredShare(answering) - median <= mostFiltered) return null;
  return { ...nothing, kind: "filtered" };
}

const filteredShare = ({ filtered, asked }: Answering): number =>
  asked === 0 ? 0 : filtered / asked;
