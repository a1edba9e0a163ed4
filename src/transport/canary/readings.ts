import { createHistogram, type RecordableHistogram } from "node:perf_hooks";

/** Figures of the errors read so far; null where there are none. */
export type ErrorFigures = {
  readonly samples: number;
  readonly p50_ms: number | null;
  readonly p99_ms: number | null;
  readonly max_ms: number | null;
};

/** What the canary found, in memory of a fixed size however long a run lasts. */
export type Readings = {
  readonly addError: (ms: number) => void;
  /** What should have happened at `from` happened at `to`, both by `performance.now()`. */
  readonly addDelay: (from: number, to: number) => void;
  /** The longest delay seen around a moment of the last half hour; 0 if there was none. */
  readonly delayAround: (at: number) => number;
  readonly errors: Durations;
};

/** Delays are remembered by the tenth of a second they fell into, for half an hour. */
const slotMs = 100;
const slots = 18_000;
/** A delay speaks for the moments about it that had no sample of their own. */
const aroundMs = 50;

export function createReadings(): Readings {
  const errors = createDurations();
  const longest = new Float32Array(slots);
  /** Which tenth of a second a slot holds at present. */
  const holds = new Float64Array(slots).fill(-1);

  const note = (number: number, ms: number): void => {
    const at = number % slots;
    if (holds[at] !== number) longest[at] = 0;
    holds[at] = number;
    longest[at] = Math.max(longest[at] ?? 0, ms);
  };

  return {
    addError: errors.add,
    addDelay: (from, to) => {
      const last = Math.floor(to / slotMs);
      const first = Math.max(0, Math.floor(from / slotMs), last - slots + 1);
      for (let number = first; number <= last; number += 1) note(number, to - from);
    },
    delayAround: (at) => {
      let found = 0;
      const last = Math.floor((at + aroundMs) / slotMs);
      const first = Math.max(0, Math.floor((at - aroundMs) / slotMs));
      for (let number = first; number <= last; number += 1) {
        if (holds[number % slots] === number) found = Math.max(found, longest[number % slots] ?? 0);
      }
      return found;
    },
    errors,
  };
}

export const figuresOf = ({ count, quantile }: Durations): ErrorFigures => ({
  samples: count(),
  p50_ms: quantile(0.5),
  p99_ms: quantile(0.99),
  max_ms: quantile(1),
});

/** Any number of durations, to within one percent and from a microsecond to an hour. */
export type Durations = {
  readonly add: (ms: number) => void;
  readonly count: () => number;
  /** The smallest value that this share of all does not exceed; null if there are none. */
  readonly quantile: (share: number) => number | null;
  /** How many of them exceed a value. */
  readonly above: (ms: number) => number;
  /** They themselves, which another thread can be given. */
  readonly histogram: RecordableHistogram;
};

const longestUs = 3_600_000_000;

/** Those of other threads are counted from the start. */
export function createDurations(of: readonly RecordableHistogram[] = []): Durations {
  const histogram = createHistogram({ lowest: 1, highest: longestUs, figures: 2 });
  for (const each of of) histogram.add(each);
  /** The value of which this many are not exceeded, counted from 1. */
  const atRank = (rank: number): number =>
    histogram.percentile((rank / histogram.count) * 100) / 1_000;
  return {
    // What the resolution of the clocks makes negative is nothing.
    add: (ms) => histogram.record(Math.min(longestUs, Math.max(1, Math.round(ms * 1_000)))),
    count: () => histogram.count,
    quantile: (share) => (histogram.count === 0 ? null : histogram.percentile(share * 100) / 1_000),
    above: (ms) => {
      let [within, beyond] = [0, histogram.count + 1];
      while (beyond - within > 1) {
        const rank = Math.floor((within + beyond) / 2);
        if (atRank(rank) <= ms) within = rank;
        else beyond = rank;
      }
      return histogram.count - within;
    },
    histogram,
  };
}
