import { type Knee, kneeOf, type KneeStep, overloaded } from "../../stats/load/knee.ts";

/** What lone requests tell of a server, in seconds. */
export type Alone = {
  /** A whole answer: so long a server takes to fill. */
  readonly answer_s: number;
  /** A request that waits longer than this breaks the SLO; 0 where waiting breaks nothing. */
  readonly slack_s: number;
};

/** What is asked of a search for the knee. */
export type SearchPlan = Alone & {
  /** The level of the first step. */
  readonly start: number;
  /** From one level to the next until one fails. */
  readonly growth: number;
  /** No step goes beyond it. */
  readonly most: number;
  /** Requests in all, warm-up included. */
  readonly requests: number;
  /** The share of requests that must keep the SLO. */
  readonly share: number;
  /** A step that only brackets the knee needs to last no longer than this for the number of its requests. */
  readonly probe_s: number;
  /** Such a step must fail where the level is this share beyond what the server bears. */
  readonly notices: number;
  /** The same while levels grow and such steps would use up too many requests. */
  readonly growing_notices: number;
  /** Half the width of the interval, as a share of the knee, at which the search ends. */
  readonly precision: number;
};

export type SearchStep = {
  readonly level: number;
  /** Requests that come first and do not count, and those that count. */
  readonly warmup: number;
  readonly measure: number;
  /** With so many bad requests the step has failed, and the rest of it would tell nothing. */
  readonly most_bad: number;
};

export type SearchedStep = KneeStep & {
  /** Requests sent, warm-up included. */
  readonly sent: number;
  /** Ended before all were sent. */
  readonly cut: boolean;
  /** False where its figures cannot be believed: it is not used, and made again. */
  readonly trusted: boolean;
};

/** Of a step's requests, how many come before those that count, at least. */
const warmShare = 0.25;

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
/** How far steps that measure lie beside the knee, in logarithms: where its slope is not known yet, and at least and most where it is. */
const [unknownSpread, nearest, farthest] = [0.05, 0.008, 0.1];
/** Of all requests, what the first step may use, and what is too much for a step while levels grow. */
const [firstShare, dearShare] = [0.05, 0.1];
/** Bisection goes on until the levels that fail and pass are this near to each other. */
const bracket = 1.2;
/** A step that measures must fail where its level is this share beyond what the server bears. */
const measuringNotices = 0.04;
/** And what counts of it comes after the wait has grown to the slack at a level this share beyond. */
const settled = 0.05;
/** Bad requests among those of a step after which it has failed: one that brackets, one that measures and counts below this share only. */
const failedShare = { probe: 0.25, measure: overloaded };
/** Steps in a row whose times cannot be believed end a search. */
export const mostLate = 3;
/** Levels below this are no load. */
const least = 1e-3;

/**
 * How long a step lasts at least. A level that is a share beyond a server's capacity fills its places while the first answers are
 * written; then the wait grows by that share of the time, and breaks the SLO when it has grown to the slack. Until then the step looks
 * good, however far beyond the level is.
 */
const lengthFor = ({ answer_s, slack_s }: Alone, beyond: number): number =>
  Math.max(1.25 * (answer_s + slack_s / beyond), 2 * filling * answer_s);

/** Answer times until as many requests leave as come. */
const filling = 1.25;

/** What a step is for: its requests, its warm-up, how far beyond capacity it must notice, and the share of bad ones with which it has failed. */
type Purpose = {
  readonly requests: number;
  readonly warm_s: number;
  readonly beyond: number;
  readonly failed: number;
};

/** A step of this purpose; null where neither the requests nor the seconds that are left suffice for it. */
function stepAt(
  level: number,
  { requests, warm_s, beyond, failed }: Purpose,
  plan: SearchPlan,
  left: number,
): SearchStep | null {
  const fewest = Math.max(fewestProbing, Math.ceil(level * lengthFor(plan, beyond)));
  const all = Math.min(Math.max(requests, fewest), left);
  if (all < fewest || level < least) return null;
  const warmup = Math.ceil(Math.min(all / 2, Math.max(warmShare * all, level * warm_s)));
  const measure = all - warmup;
  return { level, warmup, measure, most_bad: Math.ceil(failed * measure) };
}

/**
 * The next step of a search, or null at its end: growing until a step fails, bisection until the bracket is narrow, then longer
 * steps beside the knee as it is known, until its interval is as narrow as asked or the requests or seconds are used up.
 */
export function nextSearchStep(
  done: readonly SearchedStep[],
  plan: SearchPlan,
  left_s = Number.POSITIVE_INFINITY,
): SearchStep | null {
  const { most, requests, share, probe_s, growth } = plan;
  const rest = requests - done.reduce((sum, { sent }) => sum + sent, 0);
  const left = (level: number): number => Math.min(rest, Math.floor(left_s * level));
  const trusted = done.filter((step) => step.trusted);
  const passed = trusted.filter((step) => shareOf(step) >= share);
  const failed = trusted.filter((step) => shareOf(step) < share).map(({ level }) => level);
  // What was late once may have been late by chance: the step is made again, and no more after the third.
  if (done.slice(-mostLate).filter((step) => !step.trusted).length === mostLate) return null;
  const probe = (level: number, beyond = plan.notices): SearchStep | null => {
    const own = Math.min(
      sizes(requests).probe,
      Math.max(fewestProbing, Math.ceil(level * probe_s)),
    );
    const warm_s = filling * plan.answer_s;
    const purpose = { requests: own, warm_s, beyond, failed: failedShare.probe };
    return stepAt(level, purpose, plan, left(level));
  };
  const isDear = (level: number): boolean =>
    level * lengthFor(plan, plan.notices) > dearShare * requests;
  const grow = (level: number): SearchStep | null =>
    probe(level, isDear(level) ? plan.growing_notices : plan.notices);
  const affordable = (firstShare * requests) / lengthFor(plan, plan.growing_notices);
  const start = Math.min(plan.start, most, affordable);
  if (done.length === 0) return grow(start);
  if (failed.length === 0) {
    const highest = Math.max(0, ...passed.map(({ level }) => level));
    const next = Math.min(most, highest === 0 ? start : highest * growth);
    return next <= highest ? null : grow(next);
  }
  if (passed.length === 0) return probe(Math.min(...failed) / growth);
  const high = Math.min(...failed);
  const below = passed.map((step) => borneAt(step, plan)).filter((level) => level < high);
  if (below.length === 0) return probe(high / 1.5);
  const low = Math.max(least, ...below);
  const middle = Math.sqrt(high * low);
  if (high / low > bracket) return probe(middle);
  return refine(trusted, plan, { left, middle });
}

/** What a step that passed has shown to be borne: less than its level where it was too short to tell so finely. */
const borneAt = ({ level, sent }: SearchedStep, plan: SearchPlan): number =>
  sent >= Math.floor(level * lengthFor(plan, plan.notices))
    ? level
    : level / (1 + plan.growing_notices);

/** The steps that measure the knee: short ones only bracket it, and what was given up says no more than that it failed. */
export const measuringSteps = (
  done: readonly SearchedStep[],
  requests: number,
): readonly SearchedStep[] =>
  done.filter(
    ({ sent, cut, trusted, good }) =>
      trusted && !cut && sent >= sizes(requests).scout && good.length > 0,
  );

type Refining = {
  readonly left: (level: number) => number;
  readonly middle: number;
};

function refine(
  trusted: readonly SearchedStep[],
  plan: SearchPlan,
  { left, middle }: Refining,
): SearchStep | null {
  const { requests: all, share, precision, most } = plan;
  const { scout, full } = sizes(all);
  const measuring = measuringSteps(trusted, all);
  const knee = kneeOf(measuring, share);
  if (isDecided(knee, precision)) return null;
  const around = knee?.level ?? outside(measuring, share) ?? middle;
  const beside = besideOf(knee);
  const isBelow =
    sentBeside(measuring, around, beside, -1) <= sentBeside(measuring, around, beside, 1);
  const wished = Math.min(most, around * Math.exp(isBelow ? beside.below : beside.above));
  const level = belowFailed(wished, trusted, scout);
  const rest = left(level);
  if (rest < scout) return null;
  const own = halfWidth(knee) > scouted ? scout : full;
  // What would leave too little for another step is used at once.
  const requests = rest - own < scout ? rest : own;
  const purpose = {
    requests,
    warm_s: filling * plan.answer_s + plan.slack_s / settled,
    beyond: measuringNotices,
    failed: failedShare.measure,
  };
  return stepAt(level, purpose, plan, rest);
}

/** No step is made again where one as long was given up: it goes between that level and the highest one below it that was measured. */
function belowFailed(wished: number, trusted: readonly SearchedStep[], scout: number): number {
  const long = trusted.filter(({ sent }) => sent >= scout);
  const failed = Math.min(...long.filter(({ cut }) => cut).map(({ level }) => level));
  if (wished < failed) return wished;
  const below = long.filter(({ cut, level }) => !cut && level < failed).map(({ level }) => level);
  return below.length === 0 ? failed / 1.05 : Math.sqrt(failed * Math.max(...below));
}

/** Where steps lie beside the knee, as differences of logarithms. */
type Beside = { readonly below: number; readonly above: number };

/**
 * Far enough apart to differ, and near enough for bad requests on both sides: the odds of one differ by a factor of about two from
 * those at the knee. They lie a little lower than around it: above the knee a queue takes longest to settle.
 */
function besideOf(knee: Knee | null): Beside {
  const spread =
    knee === null ? unknownSpread : Math.max(nearest, Math.min(farthest, 0.7 / knee.slope));
  return { below: -1.3 * spread, above: 0.7 * spread };
}

/** Requests sent on one side of a level, not far from it. */
const sentBeside = (
  measuring: readonly SearchedStep[],
  level: number,
  { below, above }: Beside,
  side: number,
): number =>
  measuring
    .filter((step) => {
      const distance = (Math.log(step.level / level) - (below + above) / 2) * side;
      return distance > 0 && distance < (3 * (above - below)) / 2;
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

function shareOf({ good }: KneeStep): number {
  let sum = 0;
  for (let at = 0; at < good.length; at += 1) sum += good[at] ?? 0;
  return good.length === 0 ? 0 : sum / good.length;
}
