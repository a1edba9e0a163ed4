import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

/** What the young generation is kept near: a smaller one copies to the old one what dies a moment later. */
const youngBytes = 16 << 20;
const lookMs = 250;

/**
 * Keeps this process small while it runs for hours or reads a year of nights. By default, V8 lets the young generation grow
 * to 128 MB, and the old one to a multiple of what is alive before it collects. Both flags are read at each collection.
 */
export function keepHeapSmall(growth: 25 | 100 = 100): void {
  setFlagsFromString(`--semi-space-growth-factor=${youngGrowth()}`);
  // An idle process gives its young generation up, and has to get it back.
  let last = youngGrowth();
  setInterval(() => {
    const next = youngGrowth();
    if (next !== last) setFlagsFromString(`--semi-space-growth-factor=${next}`);
    last = next;
  }, lookMs).unref();
  // The old one grows to twice what is alive. Less would cost the transport thread more than it saves, but not a reader.
  setFlagsFromString(`--heap-growing-percent=${growth}`);
}

function youngGrowth(): 1 | 2 {
  const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
  return (young?.space_size ?? 0) < youngBytes ? 2 : 1;
}
