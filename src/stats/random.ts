/**
 * A seeded source of uniform numbers in [0, 1) with 32 bits each: Blackman and Vigna's xoshiro128**
 * (prng.di.unimi.it), its state filled from the seed by SplitMix32 steps. The same seed gives the same
 * numbers on every machine.
 */
export function seededRandom(seed: number): () => number {
  const fill = splitMix(seed);
  let a = fill();
  let b = fill();
  let c = fill();
  let d = fill() | 1;
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result / 4_294_967_296;
  };
}

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

function splitMix(seed: number): () => number {
  let state = Math.trunc(seed) ^ Math.trunc(seed / 4_294_967_296);
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let word = state ^ (state >>> 16);
    word = Math.imul(word, 0x85ebca6b);
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
    return word ^ (word >>> 16);
  };
}
