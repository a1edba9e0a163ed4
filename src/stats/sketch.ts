/**
 * Counts of positive values by logarithmic bin: bin i holds values in (γ^(i-1), γ^i] with γ = 1.05, so that every quantile
 * is off by at most 2.5% (DDSketch: Masson, Rim and Lee, 2019). Sketches of parts add up to that of the whole.
 */
export type Sketch = {
  /** Bin of `counts[0]`. */
  readonly from: number;
  readonly counts: readonly number[];
};

const base = Math.log(1.05);

/** The sketch of values; those that are not positive numbers are left out. */
export function sketchOf(values: Iterable<number>): Sketch {
  const bins = new Map<number, number>();
  for (const value of values) {
    if (!(value > 0) || value === Number.POSITIVE_INFINITY) continue;
    const bin = Math.ceil(Math.log(value) / base);
    bins.set(bin, (bins.get(bin) ?? 0) + 1);
  }
  return fromBins(bins);
}

/** Sketches added up. */
export function addedSketches(sketches: readonly Sketch[]): Sketch {
  const bins = new Map<number, number>();
  for (const { from, counts } of sketches) {
    for (const [at, count] of counts.entries()) {
      if (count > 0) bins.set(from + at, (bins.get(from + at) ?? 0) + count);
    }
  }
  return fromBins(bins);
}

/** How many values a sketch holds. */
export const sizeOf = ({ counts }: Sketch): number => counts.reduce((sum, count) => sum + count, 0);

/** The value below which a share of the values lies; null for an empty sketch. */
export function sketchQuantile(sketch: Sketch, share: number): number | null {
  const rank = share * (sizeOf(sketch) - 1);
  let below = 0;
  for (const [at, count] of sketch.counts.entries()) {
    below += count;
    // The middle of a bin by ratio: off by at most half of it.
    if (count > 0 && below > rank) return Math.exp((sketch.from + at - 0.5) * base);
  }
  return null;
}

function fromBins(bins: ReadonlyMap<number, number>): Sketch {
  if (bins.size === 0) return { from: 0, counts: [] };
  const from = Math.min(...bins.keys());
  const to = Math.max(...bins.keys());
  return {
    from,
    counts: Array.from({ length: to - from + 1 }, (_, at) => bins.get(from + at) ?? 0),
  };
}
