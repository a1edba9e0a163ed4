/** A stream of pseudo-random numbers, determined by its seed alone. */
export type Random = {
  /** Uniform in [0, 1). */
  readonly next: () => number;
  /** Uniform integer, both ends included. */
  readonly int: (low: number, high: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(list: readonly [T, ...T[]]) => T;
  /** Standard normal. */
  readonly normal: () => number;
  /** Lognormal with the given median and standard deviation of its logarithm. */
  readonly lognormal: (median: number, sigma: number) => number;
};

/** Equal parts give equal streams; parts are separated, so ("ab", "c") differs from ("a", "bc"). */
export function randomOf(...parts: readonly (string | number)[]): Random {
  const [high, low] = mix(parts.join("\u0000"));
  let state = (high ^ Math.imul(low, 0x9e3779b1)) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    normal,
    int,
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)] ?? list[0],
    lognormal: (median, sigma) => median * Math.exp(sigma * normal()),
  };
}

/** The members in a random order. */
export function shuffled<T>(list: readonly T[], random: Random): readonly T[] {
  return list
    .map((member) => ({ member, order: random.next() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ member }) => member);
}

/** A 53-bit hash of a text, as a number. Not for secrets. */
export function hashOf(text: string): number {
  const [high, low] = mix(text);
  return (high & 0x1fffff) * 2 ** 32 + low;
}

/** The standard normal distribution function (Abramowitz and Stegun 26.2.17, error below 7.5e-8). */
export function normalCdf(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series = [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.31938153];
  const tail =
    (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) *
    series.reduce((sum, coefficient) => (sum + coefficient) * t, 0);
  return z < 0 ? tail : 1 - tail;
}

/** Two 32-bit lanes: multiply-xor over UTF-16 units, then a finaliser that spreads every bit. */
function mix(text: string): readonly [number, number] {
  let high = 0x811c9dc5;
  let low = 0x2545f491;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ unit, 0x85ebca6b);
    low ^= low >>> 13;
  }
  return [finish(high ^ Math.imul(low, 0xc2b2ae35)), finish(low ^ Math.imul(high, 0x27d4eb2f))];
}

function finish(word: number): number {
  let mixed = word ^ (word >>> 16);
  mixed = Math.imul(mixed, 0x7feb352d);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
