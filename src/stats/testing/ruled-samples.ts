import type { RuledMark, JudgedPopulation } from "../agreement/prediction-powered.ts";
import type { Interval } from "../interval.ts";

import { normalQuantile, studentQuantile } from "../distributions.ts";
import { seededRandom } from "../random.ts";

/** A rule that turns a random sample of rulings and all of a judge's marks into an interval for people's mean. */
export type RulingRule = (
  ruled: readonly RuledMark[],
  all: JudgedPopulation,
) => { readonly interval: Interval } | null;

/** How a person's opinion of an answer, a standard normal number, becomes a mark in [0, 1]. */
export type MarkScale = (opinion: number) => number;

const steps =
  (...bounds: readonly number[]): MarkScale =>
  (opinion) =>
    bounds.filter((bound) => opinion >= bound).length / bounds.length;

/** Marks with two levels, of which `share` are full. */
const twoLevels = (share: number): MarkScale => steps(-normalQuantile(share));

/** The scales of the simulation, with the share of full marks where there are two levels. */
export const markScales = {
  continuous: (opinion) => Math.min(1, Math.max(0, 0.6 + 0.18 * opinion)),
  "five levels": (opinion) => Math.min(5, Math.max(1, Math.round(3.4 + 1.1 * opinion))) / 5,
  "three levels": steps(-0.7, 0.4),
  "two levels, 70%": twoLevels(0.7),
  "two levels, 80%": twoLevels(0.8),
  "two levels, 50%": twoLevels(0.5),
} as const satisfies Readonly<Record<string, MarkScale>>;

export type SimulatedJudge = {
  /** Correlation of the judge's opinion with a person's. */
  readonly correlation: number;
  /** Added to its opinion. */
  readonly bias: number;
  /** Its marks are mean + this times the distance from it; 1 leaves them. */
  readonly spread: number;
};

export const simulatedJudges = {
  useless: { correlation: 0, bias: 0, spread: 1 },
  weak: { correlation: 0.3, bias: 0, spread: 1 },
  strong: { correlation: 0.9, bias: 0, spread: 1 },
  biased: { correlation: 0.9, bias: 0.9, spread: 1 },
  timid: { correlation: 0.9, bias: 0.3, spread: 0.4 },
} as const satisfies Readonly<Record<string, SimulatedJudge>>;

export type SampleCoverage = {
  /** Share of the intervals that hold the true mean. */
  readonly covered: number;
  /** Mean width over the mean width of mean ± t · se of the rulings alone. */
  readonly width: number;
  /** Mean correlation of the marks that were drawn. */
  readonly correlation: number;
};

export type SampleShape = {
  readonly scale: MarkScale;
  readonly judge: SimulatedJudge;
  /** Rulings, and answers for each ruling. */
  readonly rulings: number;
  readonly answersEach: number;
};

/** Tries a rule on `runs` samples of one shape. */
export function coverageOf(
  rule: RulingRule,
  { scale, judge, rulings, answersEach }: SampleShape,
  runs: number,
  seed: number,
): SampleCoverage {
  const normal = normals(seed);
  const truth = trueMean(scale);
  const t = studentQuantile(0.975, rulings - 1);
  let [covered, width, alone, correlation] = [0, 0, 0, 0];
  for (let run = 0; run < runs; run++) {
    const ruled: RuledMark[] = [];
    let sum = 0;
    const n = rulings * answersEach;
    for (let index = 0; index < n; index++) {
      const opinion = normal();
      const noise = normal();
      const own =
        judge.correlation * opinion + Math.sqrt(1 - judge.correlation ** 2) * noise + judge.bias;
      const mark = 0.6 + judge.spread * (scale(own) - 0.6);
      sum += mark;
      if (index < rulings) ruled.push({ person: scale(opinion), judge: mark, cluster: index });
    }
    const found = rule(ruled, { n, mean: sum / n })?.interval ?? { low: 0, high: 1 };
    if (found.low <= truth && truth <= found.high) covered += 1;
    width += found.high - found.low;
    const { spread, together } = momentsOf(ruled);
    alone += 2 * t * Math.sqrt(spread / rulings);
    correlation += together;
  }
  return {
    covered: covered / runs,
    width: width / alone,
    correlation: correlation / runs,
  };
}

/** By the midpoint rule over the normal distribution. */
function trueMean(scale: MarkScale): number {
  const [from, step, count] = [-8, 0.0005, 32_000];
  let sum = 0;
  for (let index = 0; index < count; index++) {
    const at = from + (index + 0.5) * step;
    sum += scale(at) * Math.exp((-at * at) / 2);
  }
  return (sum * step) / Math.sqrt(2 * Math.PI);
}

/** Box and Muller's normal numbers. */
function normals(seed: number): () => number {
  const random = seededRandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function momentsOf(ruled: readonly RuledMark[]): {
  readonly spread: number;
  readonly together: number;
} {
  const n = ruled.length;
  const person = ruled.reduce((sum, each) => sum + each.person, 0) / n;
  const judge = ruled.reduce((sum, each) => sum + each.judge, 0) / n;
  let [pp, jj, pj] = [0, 0, 0];
  for (const each of ruled) {
    pp += (each.person - person) ** 2;
    jj += (each.judge - judge) ** 2;
    pj += (each.person - person) * (each.judge - judge);
  }
  return { spread: pp / (n - 1), together: pp * jj < 1e-12 ? 0 : pj / Math.sqrt(pp * jj) };
}
