/** Keeps the latest 4,096 values in a ring buffer. */
export function createLagMeter(): { add: (lag: number) => void; latest: () => Float64Array } {
  const ring = new Float64Array(4096);
  let count = 0;
  return {
    add: (lag) => {
      ring[count % ring.length] = lag;
      count += 1;
    },
    latest: () => ring.slice(0, Math.min(count, ring.length)),
  };
}

/** The median of what several meters hold; null if there is nothing. */
export function medianLag(latest: readonly Float64Array[]): number | null {
  const sorted = latest.flatMap((lags) => [...lags]).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
