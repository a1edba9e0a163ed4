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

/** Processor time of all threads, in microseconds, up to which a run is short: ten questions take a third of it. */
const shortUs = 1_500_000;

/** While nothing is known of a run but that it has begun. */
let isShort = false;

/**
 * Begins a run as a short one, before anything is loaded. The young generation stays at 1 MB a half, where loading alone would make
 * it 8, and nothing is optimised: TurboFan takes 5 MB of pages of Node's program and as much for its work, which a short run does not
 * get back. Once so much has been computed that it is none, both are as ever. V8 reads these flags at each collection and each time
 * that a function is hot; on the command line it takes a growth of 1 for 2. Not `--max-optimized-bytecode-size`: a function that was
 * hot under a limit is never looked at again.
 */
export function startShort(longFromUs = shortUs): void {
  isShort = true;
  setFlagsFromString("--semi-space-growth-factor=1");
  setOptimising(false);
  // Functions wait by the hundred for Maglev, and those that are done for being let go of, each with some hundred kilobytes: on
  // background threads that give way to those that take times, they would pile up.
  setFlagsFromString("--concurrent-maglev-max-threads=1");
  setFlagsFromString("--no-maglev-destroy-on-background");
  // Code of an earlier start is good under the same flags alone, and `keepHeapSmall` would change this one while modules are loaded.
  setFlagsFromString(`--heap-growing-percent=${sizes.asking.growth}`);
  const looking = setInterval(() => {
    const { user, system } = process.cpuUsage();
    if (user + system < longFromUs) return;
    isShort = false;
    clearInterval(looking);
    setOptimising(true);
    setFlagsFromString("--semi-space-growth-factor=2");
  }, lookMs).unref();
}

function setOptimising(on: boolean): void {
  for (const compiler of ["turbo", "maglev"])
    setFlagsFromString(`--${compiler}-filter=${on ? "*" : "~"}`);
}

/**
 * Keeps this process small while it runs for hours or reads a year of nights. By default, V8 lets the young generation grow
 * to 128 MB, and the old one to a multiple of what is alive before it collects. The flags are read at each collection.
 */
export function keepHeapSmall(what: keyof typeof sizes): void {
  const { growth, young_mb } = sizes[what];
  setFlagsFromString(`--heap-growing-percent=${growth}`);
  let last: 1 | 2 | null = null;
  // An idle process gives its young generation up, and has to get it back, or copies to the old one what dies a moment later.
  const look = (): void => {
    const next = isShort ? 1 : youngGrowth(young_mb);
    if (next !== last) setFlagsFromString(`--semi-space-growth-factor=${next}`);
    last = next;
  };
  look();
  setInterval(look, lookMs).unref();
}

/**
 * Collects all that is dead, some thirty milliseconds of work, before something large is read; from then on the heap grows by a
 * reader's share, and no longer by that of a run. Returns what collects once more.
 */
export function collectBeforeReading(): () => void {
  setFlagsFromString(`--heap-growing-percent=${sizes.reading.growth}`);
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  return collect;
}

function youngGrowth(most_mb: number): 1 | 2 {
  const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
  return (young?.space_size ?? 0) < most_mb * 1_048_576 ? 2 : 1;
}
