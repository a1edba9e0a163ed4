import { seededRandom } from "../random.ts";

/** A station of `slots` servers with one queue, first come first served; times in seconds. */
export type Queue = {
  readonly slots: number;
  /** Arrivals a second. */
  readonly rate: number;
  readonly service: (random: () => number) => number;
  /** Gaps between arrivals follow the exponential distribution unless they are all equal. */
  readonly arrivals?: "poisson" | "constant";
};

export const exponential =
  (mean: number) =>
  (random: () => number): number =>
    -mean * Math.log(1 - random());

/** Lognormal with this mean; `sigma` is the standard deviation of the logarithm (Box and Muller 1958). */
export const lognormal =
  (mean: number, sigma: number) =>
  (random: () => number): number => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return mean * Math.exp(sigma * normal - (sigma * sigma) / 2);
  };

/** A station that goes on from where it is: each call adds arrivals at the given rate. */
export type Station = (
  rate: number,
  count: number,
) => {
  readonly arrivals: Float64Array;
  readonly waits: Float64Array;
  readonly totals: Float64Array;
};

/**
 * Simulates arrivals in their order, event by event, from an empty station: each takes the slot that is free first. Gives
 * the moment, the wait and the time in the station of each. Knows nothing of sockets, servers or the program under test.
 */
export function createStation(
  { slots, service, arrivals = "poisson" }: Omit<Queue, "rate">,
  seed: number,
): Station {
  const random = seededRandom(seed);
  const free = new Float64Array(slots);
  let now = 0;
  return (rate, count) => {
    const moments = new Float64Array(count);
    const waits = new Float64Array(count);
    const totals = new Float64Array(count);
    for (let at = 0; at < count; at += 1) {
      now += arrivals === "poisson" ? -Math.log(1 - random()) / rate : 1 / rate;
      const start = Math.max(now, free[0] ?? 0);
      const end = start + service(random);
      moments[at] = now;
      waits[at] = start - now;
      totals[at] = end - now;
      replaceLeast(free, end);
    }
    return { arrivals: moments, waits, totals };
  };
}

/** The root of the heap of times at which slots become free. */
function replaceLeast(heap: Float64Array, value: number): void {
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    if (left >= heap.length) break;
    const right = left + 1;
    const least = right < heap.length && (heap[right] ?? 0) < (heap[left] ?? 0) ? right : left;
    if ((heap[least] ?? 0) >= value) break;
    heap[at] = heap[least] ?? 0;
    at = least;
  }
  heap[at] = value;
}

/** The share of arrivals that wait in a steady M/M/c queue: Erlang's second formula (1917), by its recursion. */
export function erlangC(slots: number, offered: number): number {
  let blocked = 1;
  for (let k = 1; k <= slots; k += 1) blocked = (offered * blocked) / (k + offered * blocked);
  return blocked / (1 - (offered / slots) * (1 - blocked));
}

/** The share that waits longer than `seconds` in a steady M/M/c queue with this mean service time. */
export const waitsLonger = (
  { slots, rate, mean }: { readonly slots: number; readonly rate: number; readonly mean: number },
  seconds: number,
): number => erlangC(slots, rate * mean) * Math.exp(-(slots / mean - rate) * seconds);
