/** Keeps the latest 4,096 values in a ring buffer. */
export function createLagMeter(): { add: (lag: number) => void; median: () => number | null } {
  const ring = new Float64Array(4096);
  let count = 0;
  return {
    add: (lag) => {
      ring[count % ring.length] = lag;
      count += 1;
    },
    median: () => {
      if (count === 0) return null;
      const sorted = ring.slice(0, Math.min(count, ring.length)).toSorted();
      return sorted[Math.floor(sorted.length / 2)] ?? null;
    },
  };
}
