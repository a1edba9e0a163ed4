import { type Knee, kneeOf, type KneeStep } from "../../stats/load/knee.ts";

/** What is asked of a search for the knee. */
export type SearchPlan = {
  /** The level of the first step. */
  readonly start: number;
  /** No step goes beyond it. */
  readonly most: number;
  /** Requests in all, warm-up included. */
  readonly requests: number;
  /** The share of requests that must keep the SLO. */
  readonly share: number;
  /** A step that only brackets the knee lasts no longer than this: at a low rate it has fewer requests. */
  readonly probe_s: number;
  /** Half the width of the interval, as a share of the knee, at which the search ends. */
  readonly precision: number;
};

export type SearchStep = {
  readonly level: number;
  /** Requests to send, warm-up included. */
  readonly requests: number;
};

export type SearchedStep = KneeStep & {
  /** Requests sent, warm-up included; a step that was cut short, because it failed clearly, has fewer than were planned. */
  readonly sent: number;
  /** False where its figures cannot be believed: it is not used, and made again. */
  readonly trusted: boolean;
};

/** Of a step's requests, how many come before those that count. */
export const warmShare = 0.25;

/** Requests of a step that only brackets the knee, one that looks where it is about, and one that measures it, of a search of so many in all. */
const sizes = (requests: number) => {
  const share = Math.min(1, requests / 20_000);
  return {
    probe: Math.max(60, Math.round(400 * share)),
    scout: Math.max(150, Math.round(2_000 * share)),
    full: Math.max(300, Math.round(5_000 * share)),
  };
};
/** Fewer requests tell not even on which side of the knee a level lies. */
const fewestProbing = 40;
/** Half the width of the interval from which on steps are full ones. */
const scouted = 0.15;
/** Steps that measure lie this far beside the knee, by turns above and below it. */
const spread = 0.05;
/** And so much lower: above the knee a queue takes longest to settle. */
const shift = 0.03;
/** Bisection goes on until the levels that fail and pass are this near to each other. */
const bracket = 1.2;
/** Steps in a row whose times cannot be believed end a search. */
const mostLate = 3;
/** Levels below this are no load. */
const least = 1e-3;

/**
 * The next step of a search, or null at its end: doubling until a step fails, bisection until the bracket is narrow, then longer
 * steps beside the knee as it is known, until its interval is as narrow as asked or the requests are used up.
 */
export function nextSearchStep(
  done: readonly SearchedStep[],
  { start, most, requests, share, probe_s, precision }: SearchPlan,
): SearchStep | null {
  const rest = requests - done.reduce((sum, { sent }) => sum + sent, 0);
  const trusted = done.filter((step) => step.trusted);
  const passed = trusted.filter((step) => shareOf(step) >= share).map(({ level }) => level);
  const failed = trusted.filter((step) => shareOf(step) < share).map(({ level }) => level);
  // What was late once may have been late by chance: the step is made again, and no more after the third.
  if (done.slice(-mostLate).filter((step) => !step.trusted).length === mostLate) return null;
  const probe = (level: number): SearchStep | null => {
    const own = Math.min(
      sizes(requests).probe,
      Math.max(fewestProbing, Math.ceil(level * probe_s)),
    );
    return rest < own || level < least ? null : { level, requests: own };
  };
  if (done.length === 0) return probe(Math.min(start, most));
  if (failed.length === 0) {
    const highest = Math.max(0, ...passed);
    const next = Math.min(most, highest === 0 ? start : highest * 2);
    return next <= highest ? null : probe(next);
  }
  if (passed.length === 0) return probe(Math.min(...failed) / 2);
  const high = Math.min(...failed);
  const low = Math.max(least, ...passed.filter((level) => level < high));
  if (!passed.some((level) => level < high)) return probe(high / 1.5);
  if (high / low > bracket) return probe(Math.sqrt(high * low));
  const middle = Math.sqrt(high * low);
  return refine(trusted, { rest, requests, share, precision, middle, most });
}

/** The steps that measure the knee: short ones only bracket it, since a queue takes its time to fill. */
export const measuringSteps = (
  done: readonly SearchedStep[],
  requests: number,
): readonly SearchedStep[] =>
  done.filter(
    ({ sent, trusted, good }) => trusted && sent >= sizes(requests).scout && good.length > 0,
  );

type Refining = {
  readonly rest: number;
  readonly requests: number;
  readonly share: number;
  readonly precision: number;
  readonly middle: number;
  readonly most: number;
};

function refine(
  trusted: readonly SearchedStep[],
  { rest, requests: all, share, precision, middle, most }: Refining,
): SearchStep | null {
  const { scout, full } = sizes(all);
  const measuring = measuringSteps(trusted, all);
  const knee = kneeOf(measuring, share);
  const width = halfWidth(knee);
  if (isDecided(knee, precision)) return null;
  if (rest < scout) return null;
  const own = Math.min(rest, width > scouted ? scout : full);
  // What would leave too little for another step is used at once.
  const requests = rest - own < scout ? rest : own;
  const around = knee?.level ?? outside(measuring, share) ?? middle;
  const below = sentBeside(measuring, around, -1) <= sentBeside(measuring, around, 1);
  return { level: Math.min(most, around * Math.exp((below ? -spread : spread) - shift)), requests };
}

/** Requests sent on one side of a level, not far from it. */
const sentBeside = (measuring: readonly SearchedStep[], level: number, side: number): number =>
  measuring
    .filter((step) => {
      const distance = (Math.log(step.level / level) + shift) * side;
      return distance > 0 && distance < 3 * spread;
    })
    .reduce((sum, { sent }) => sum + sent, 0);

/** A level beyond the steps where all of them lie on one side of the knee; null where they do not. */
function outside(measuring: readonly SearchedStep[], share: number): number | null {
  if (measuring.length < 2) return null;
  const levels = measuring.map(({ level }) => level);
  if (measuring.every((step) => shareOf(step) < share)) return Math.min(...levels) / 1.1;
  return measuring.every((step) => shareOf(step) >= share) ? Math.max(...levels) * 1.1 : null;
}

/** Half the width of the interval as a share of the level; infinite where an end is open. */
export const halfWidth = (knee: Knee | null): number =>
  knee === null || knee.interval === null
    ? Number.POSITIVE_INFINITY
    : (knee.interval.high - knee.interval.low) / 2 / knee.level;

/** Fewer bursts of bad requests tell neither their share nor its error. */
const fewestBursts = 14;

/** Whether the knee is known as closely as asked. */
export const isDecided = (knee: Knee | null, precision: number): boolean =>
  knee !== null && halfWidth(knee) <= precision && knee.bursts >= fewestBursts;

/** From so few bursts not even an interval can be told. */
const fewestForInterval = 5;

/** The interval of a knee as it may be told; null where too few bursts were seen. */
export const toldInterval = ({ interval, bursts }: Knee): Knee["interval"] =>
  bursts < fewestForInterval ? null : interval;

/** True once a step has failed so clearly that the rest of its requests would tell nothing more. */
export const isHopeless = (measured: number, good: number): boolean =>
  measured >= 300 && good < 0.2 * measured;

function shareOf({ good }: KneeStep): number {
  let sum = 0;
  for (let at = 0; at < good.length; at += 1) sum += good[at] ?? 0;
  return good.length === 0 ? 0 : sum / good.length;
}
