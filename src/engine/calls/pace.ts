/** Spaces requests evenly by requests and tokens per minute. Times are monotonic milliseconds. */
export type Pacer = {
  /** Milliseconds until the next request may start; 0 for now. */
  readonly waitMs: (now: number) => number;
  /** A request starts; `tokens` is its estimate. */
  readonly start: (now: number, tokens: number) => void;
  /** A request used `tokens` more (or fewer, if negative) than estimated. */
  readonly correct: (now: number, tokens: number) => void;
  /** The vendor refused the request that started at `startedAt`; `first` if it had accepted the one before. */
  readonly refused: (now: number, startedAt: number, first: boolean) => void;
  /** Requests per minute allowed now, or null if unlimited. */
  readonly rpm: () => number | null;
};

const minuteMs = 60_000;
/** Our minutes and the vendor's do not coincide. */
const margin = 0.97;
/** The burst allowed after a pause; small, because vendors also meter by the second. */
const burstMs = 100;
/** After each minute without a refusal a higher rate than the learned one is tried. */
const growth = 1.25;
/** With fewer requests in a minute nothing is learned: the refusal may have had another reason. */
const leastLearned = 10;
/** Refused share of the last minute: less is chance, more is a vendor that accepts nothing for a while. */
const telling = { least: 0.02, most: 0.5 };
/** If keeping to a learned rate did not help, the rate is not what is refused: learn nothing for this long. */
const disbeliefMs = 10 * minuteMs;

type Learned = {
  /** Refused share of the minute before the rate was first learned. */
  readonly share: number;
  /** When the rate was set. */
  readonly since: number;
  /** Time of the last refusal, or when the rate was set. */
  readonly calmSince: number;
  /** The rate has been raised to see whether it holds. */
  readonly trying: boolean;
};

type Rates = {
  readonly rpm: number | null;
  readonly tpm: number | null;
  readonly found?: number | null;
  readonly now?: number;
};

/**
 * A bucket for requests and one for tokens that fill evenly and hold next to nothing, so that two minutes' worth never
 * passes around the edge of a minute. If the vendor refuses although its stated rate is respected, or states none, the
 * number of requests it accepted in the last minute becomes the rate. `found` is what an earlier session learned.
 */
export function createPacer({ rpm, tpm, found = null, now: born = 0 }: Rates): Pacer {
  const taken = createMinuteCount();
  const denied = createMinuteCount();
  const tokens = tpm === null ? null : createBucket(tpm * margin, 0);
  let requests = rpm === null ? null : createBucket(rpm * margin, 1);
  let rate = rpm;
  let learned: Learned | null = null;
  let disbelieveUntil = 0;

  const setRate = (now: number, value: number | null): void => {
    rate = rpm === null || value === null ? (value ?? rpm) : Math.min(rpm, value);
    requests = rate === null ? null : createBucket(rate * margin, 1, now);
  };
  const settle = (now: number, value: number, share: number, trying = false): void => {
    setRate(now, value);
    learned = { share, since: now, calmSince: now, trying };
  };
  const regrow = (now: number): void => {
    if (rate === null || learned === null || now - learned.calmSince < minuteMs) return;
    settle(now, rate * growth, learned.share, true);
    if (rate === rpm) learned = null;
  };
  const learn = (now: number, seen: number, share: number): void => {
    const isTelling = share >= telling.least && share <= telling.most;
    if (learned === null) {
      if (!isTelling || now < disbelieveUntil) return;
      settle(now, rate === null ? seen : Math.min(rate, seen), share);
    } else if (learned.trying) {
      settle(now, seen, learned.share);
    } else if (now - learned.since < minuteMs || !isTelling) {
      learned = { ...learned, calmSince: now };
    } else if (share > learned.share / 2) {
      setRate(now, rpm);
      learned = null;
      disbelieveUntil = now + disbeliefMs;
    } else {
      settle(now, Math.min(rate ?? seen, seen), learned.share);
    }
  };

  if (found !== null && found < (rpm ?? Number.POSITIVE_INFINITY))
    settle(born, found, telling.most);

  return {
    waitMs: (now) => {
      regrow(now);
      return Math.max(requests?.waitMs(now, 1) ?? 0, tokens?.waitMs(now, 0) ?? 0);
    },
    start: (now, count) => {
      taken.add(now, 1);
      requests?.take(now, 1);
      tokens?.take(now, count);
    },
    correct: (now, count) => tokens?.take(now, count),
    refused: (now, startedAt, first) => {
      taken.add(startedAt, -1);
      denied.add(now, 1);
      const seen = first ? taken.inLastMinute(now) : null;
      if (seen === null || seen < leastLearned) return;
      const refusals = denied.sum(now);
      learn(now, seen, refusals / (seen + refusals));
    },
    rpm: () => (rate === null ? null : Math.round(rate)),
  };
}

type Bucket = {
  readonly waitMs: (now: number, need: number) => number;
  readonly take: (now: number, count: number) => void;
};

/** `unit` is the capacity besides the burst. The level may go below zero: requests then wait until the debt is filled. */
function createBucket(perMinute: number, unit: number, start = 0): Bucket {
  const perMs = perMinute / minuteMs;
  const most = unit + perMs * burstMs;
  let level = most;
  let at = start;
  const fill = (now: number): void => {
    level = Math.min(most, level + Math.max(0, now - at) * perMs);
    at = Math.max(at, now);
  };
  return {
    waitMs: (now, need) => {
      fill(now);
      return level >= need ? 0 : (need - level) / perMs;
    },
    take: (now, count) => {
      fill(now);
      level -= count;
    },
  };
}

/** Fine enough that a burst of requests leaves the minute bit by bit, not all at once. */
const tickMs = 100;
const ticks = minuteMs / tickMs;

/** A sliding count over the last minute, in ticks. */
function createMinuteCount() {
  const counts = new Float64Array(ticks + 1);
  const times = new Float64Array(ticks + 1).fill(-1);
  let first: number | null = null;
  const sum = (now: number): number => {
    const since = Math.floor(now / tickMs) - ticks;
    return counts.reduce(
      (total, count, slot) => ((times[slot] ?? -1) > since ? total + count : total),
      0,
    );
  };
  return {
    add: (at: number, count: number): void => {
      const tick = Math.floor(at / tickMs);
      const slot = tick % counts.length;
      first ??= at;
      if (times[slot] !== tick) {
        if (count < 0) return;
        times[slot] = tick;
        counts[slot] = 0;
      }
      counts[slot] = (counts[slot] ?? 0) + count;
    },
    sum,
    /** Null until a whole minute has been seen. */
    inLastMinute: (now: number): number | null =>
      first === null || now - first < minuteMs ? null : sum(now),
  };
}
