import { seededRandom } from "../random.ts";
import { signTail } from "./sign-tail.ts";

/** A randomisation test: its p-value, and the smallest that these data could have given. */
export type RandomisationTest = { readonly p: number; readonly least_p: number };

export type RandomisationOptions = {
  readonly seed: number;
  /** Draws where the distribution is too large to be enumerated and too coarse, or too near to a level, to be computed. */
  readonly draws: number;
};

/** Largest number of sums that are enumerated. */
const mostSums = 65_536;
/** Below so many draws that are expected to be as far out, the draws measure nothing. */
const fewestHits = 20;
/** A p above this says the same whatever its second digit. */
const plain = 0.2;
/** With at least so many effective contributions the computed tail is as good as any number of draws. */
const smooth = 100;
/** Sums closer than this fraction of the largest are the same sum. */
const grain = 1e-9;

/**
 * Two-sided test that the sides of a paired comparison could be exchanged (Fisher, The Design of Experiments, 1935,
 * §21): the labels of each cluster are swapped at random, which turns the sign of its contribution to the difference,
 * and p is the share of all swaps whose difference is at least as far from 0. It holds at every n, whatever the values.
 *
 * Exact where few sums can occur, however many clusters they are made of: clusters of one contribution have a binomial
 * distribution, and those are combined. For equal contributions this is McNemar's exact test. Else seeded draws with
 * p = (1 + extreme) / (1 + draws) (Phipson and Smyth, Stat. Appl. Genet. Mol. Biol. 9(1), 2010), which is valid too; but
 * computed (`signTail`) where p is too small for the draws, is far from every level, or is that of a hundred and more
 * effective contributions.
 * `least_p` is 2 / 2^k for k contributions that are not 0, and 1 where there are none.
 *
 * @param contributions of each cluster to the difference, in any unit
 */
export function signFlipTest(
  contributions: ArrayLike<number>,
  { seed, draws }: RandomisationOptions,
): RandomisationTest {
  const all = Float64Array.from(contributions, Math.abs);
  const whole = all.reduce((sum, each) => sum + each, 0);
  const sizes = all.filter((size) => size > whole * grain * 1e-3).toSorted();
  if (sizes.length === 0) return { p: 1, least_p: 1 };
  let observed = 0;
  for (let i = 0; i < contributions.length; i++) observed += contributions[i] ?? 0;
  const bound = Math.abs(observed) - whole * grain;
  const least_p = Math.max(Number.MIN_VALUE, 2 ** (1 - sizes.length));
  const groups = grouped(sizes, whole * grain);
  const sums = groups.reduce((product, { count }) => product * (count + 1), 1);
  const p = sums <= mostSums ? enumerated(groups, bound) : sampled(sizes, bound, { seed, draws });
  return { p: Math.min(1, p), least_p };
}

function sampled(sizes: Float64Array, bound: number, { seed, draws }: RandomisationOptions) {
  const computed = bound <= 0 ? 1 : signTail(sizes, bound);
  const sum = sizes.reduce((total, size) => total + size, 0);
  const effective = sum ** 2 / sizes.reduce((total, size) => total + size ** 2, 0);
  const isSure = computed > plain || computed * draws < fewestHits || effective >= smooth;
  return isSure ? computed : drawn(sizes, bound, seed, draws);
}

type Group = { readonly size: number; readonly count: number };

/** Equal sizes together. */
function grouped(sorted: Float64Array, tolerance: number): readonly Group[] {
  const groups: { size: number; count: number }[] = [];
  for (const size of sorted) {
    const last = groups.at(-1);
    if (last !== undefined && size - last.size <= tolerance) last.count++;
    else groups.push({ size, count: 1 });
  }
  return groups;
}

function enumerated(groups: readonly Group[], bound: number): number {
  let sums = new Float64Array([0]);
  let chances = new Float64Array([1]);
  for (const { size, count } of groups) {
    const binomial = halves(count);
    const nextSums = new Float64Array(sums.length * (count + 1));
    const nextChances = new Float64Array(nextSums.length);
    let at = 0;
    for (let i = 0; i < sums.length; i++) {
      for (let up = 0; up <= count; up++) {
        nextSums[at] = (sums[i] ?? 0) + size * (2 * up - count);
        nextChances[at++] = (chances[i] ?? 0) * (binomial[up] ?? 0);
      }
    }
    sums = nextSums;
    chances = nextChances;
  }
  let p = 0;
  for (let i = 0; i < sums.length; i++) if (Math.abs(sums[i] ?? 0) >= bound) p += chances[i] ?? 0;
  return p;
}

/** The binomial distribution of n trials at one half, built from its middle so that nothing underflows before it must. */
function halves(n: number): Float64Array {
  const chances = new Float64Array(n + 1);
  const middle = n >> 1;
  chances[middle] = 1;
  for (let k = middle; k < n; k++) chances[k + 1] = ((chances[k] ?? 0) * (n - k)) / (k + 1);
  for (let k = middle; k > 0; k--) chances[k - 1] = ((chances[k] ?? 0) * k) / (n - k + 1);
  const sum = chances.reduce((total, chance) => total + chance, 0);
  return chances.map((chance) => chance / sum);
}

function drawn(sizes: Float64Array, bound: number, seed: number, draws: number): number {
  const random = seededRandom(seed);
  let extreme = 0;
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0;
    let bits = 0;
    for (let i = 0; i < sizes.length; i++) {
      if ((i & 31) === 0) bits = random() * 4_294_967_296;
      sum += (bits & 1) === 1 ? (sizes[i] ?? 0) : -(sizes[i] ?? 0);
      bits >>>= 1;
    }
    if (Math.abs(sum) >= bound) extreme++;
  }
  return (1 + extreme) / (1 + draws);
}
