/** What the threads that send the requests of one lane have to know of each other, in memory that they share. */
export type LaneCounts = Int32Array<SharedArrayBuffer>;

const inFlight = 0;
const failures = 1;

export const createLaneCounts = (): LaneCounts =>
  new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));

/** A request starts; returns how many are then in flight. */
export const enter = (counts: LaneCounts): number => Atomics.add(counts, inFlight, 1) + 1;

/** A request has ended. */
export const leave = (counts: LaneCounts): void => void Atomics.sub(counts, inFlight, 1);

/** A request has failed; returns how many have by now. */
export const addFailure = (counts: LaneCounts): number => Atomics.add(counts, failures, 1) + 1;

export const failuresIn = (counts: LaneCounts): number => Atomics.load(counts, failures);
