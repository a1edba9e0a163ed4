import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * By what a process does: to how much more than what is alive, in per cent, the old generation grows before it is collected, and
 * what the young one is kept near. Less growth would cost the transport thread more than it saves, but not a reader.
 */
const sizes = {
  asking: { growth: 100, young_mb: 16 },
  reading: { growth: 25, young_mb: 16 },
  coordinating: { growth: 25, young_mb: 8 },
} as const;

const lookMs = 250;

/**
 * Keeps this process small while it runs for hours or reads a year of nights. By default, V8 lets the young generation grow
 * to 128 MB, and the old one to a multiple of what is alive before it collects. The flags are read at each collection.
 */
export function keepHeapSmall(what: keyof typeof sizes): void {
  const { growth, young_mb } = sizes[what];
  setFlagsFromString(`--heap-growing-percent=${growth}`);
  let last = youngGrowth(young_mb);
  setFlagsFromString(`--semi-space-growth-factor=${last}`);
  // An idle process gives its young generation up, and has to get it back, or copies to the old one what dies a moment later.
  setInterval(() => {
    const next = youngGrowth(young_mb);
    if (next !== last) setFlagsFromString(`--semi-space-growth-factor=${next}`);
    last = next;
  }, lookMs).unref();
}

/**
 * Collects all that is dead, some thirty milliseconds of work, before something large is read; from then on the heap grows by a
 * reader's share, and no longer by that of a run.
 */
export function collectBeforeReading(): void {
  setFlagsFromString(`--heap-growing-percent=${sizes.reading.growth}`);
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
}

function youngGrowth(most_mb: number): 1 | 2 {
  const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
  return (young?.space_size ?? 0) < most_mb * 1_048_576 ? 2 : 1;
}
